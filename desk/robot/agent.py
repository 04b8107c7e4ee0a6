"""The robot agent: available, answers whoever waits, talks until the booth hangs up, and again."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Coroutine, Sequence

import httpx
import structlog
from aiortc.rtcconfiguration import RTCIceServer
from pydantic import BaseModel
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import WebSocketException

from desk.page_messages import (
    DEAD_AFTER_S,
    BoothSignal,
    Claimed,
    ClaimTicket,
    Ended,
    GatewayMessage,
    InCall,
    PageSignal,
    ParcelTaken,
    Ping,
    Pong,
    QueueState,
    SetPresence,
    Welcome,
)
from desk.robot.call import RobotCall
from desk.robot.parcels import lay_down
from desk.robot.session import SignInError, decode, open_socket, sign_in
from kiosk.link.messages import AgentState, Answer, Bye, Candidate, EndReason, Offer, Ready
from kiosk.link.papers import Offer as PaperOffer

log = structlog.get_logger(__name__)

ANSWER_AFTER_S = 1.5
"""A person needs a moment too; the resident sees the waiting screen."""
READY_EVERY_S = 1.0
CONFIRM_S = 5.0
"""After a new socket: how long the gateway may take to say that the call is still ours."""
RETRY_S = 1.0


class Robot:
    """Runs for ever; survives the gateway's restarts and its own calls' failures."""

    def __init__(
        self,
        desk: str,
        user: str,
        password: str,
        speech: Sequence[bytes],
        *,
        on_ready: Callable[[], object] = lambda: None,
    ) -> None:
        """`desk` is the gateway's address; `on_ready` is called whenever the robot is signed in."""
        self._desk = desk.rstrip("/")
        self._user = user
        self._password = password
        self._speech = speech
        self._on_ready = on_ready
        self._page = secrets.token_hex(8)
        self._cookie: str | None = None
        self._socket: ClientConnection | None = None
        self._servers: list[RTCIceServer] = []
        self._call: RobotCall | None = None
        self._wanted: str | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Sign in and answer, until cancelled."""
        try:
            while True:
                wait_s = await self._session()
                await asyncio.sleep(wait_s)
        finally:
            for task in self._tasks:
                task.cancel()
            await self._end_call()

    async def _session(self) -> float:
        """Hold one socket until it breaks; return how long to wait before the next, in seconds."""
        try:
            if self._cookie is None:
                self._cookie = await sign_in(self._desk, self._user, self._password)
            async with open_socket(self._desk, self._cookie) as socket:
                self._socket = socket
                if self._call is not None:
                    self._spawn(self._end_unless_confirmed(self._call))
                await self._listen(socket)
        except SignInError as error:
            log.warning("sign-in refused", error=str(error))
            return error.retry_after_s
        except (httpx.HTTPError, WebSocketException, OSError, TimeoutError) as error:
            log.info("the desk is not there", error=type(error).__name__)
            # A gateway that came back may not know the session any more.
            self._cookie = None
        finally:
            self._socket = None
            self._wanted = None
        return RETRY_S

    async def _listen(self, socket: ClientConnection) -> None:
        while True:
            async with asyncio.timeout(DEAD_AFTER_S):
                text = await socket.recv()
            message = decode(text)
            if message is not None:
                await self._take(message)

    async def _take(self, message: GatewayMessage) -> None:
        match message:
            case Ping():
                await self._send(Pong(n=message.n))
            case Welcome():
                await self._welcome(message)
            case QueueState():
                self._consider(message)
            case Claimed(outcome="lost" | "gone" | "no_line"):
                self._wanted = None
            case InCall():
                await self._begin(message)
            case BoothSignal():
                await self._signal(message)
            case ParcelTaken(id=parcel) if self._call is not None:
                self._call.parcel_taken(parcel)
            case Ended(ticket=ticket) if self._call is not None and self._call.ticket == ticket:
                await self._end_call()
                await self._send(SetPresence(state=AgentState.AVAILABLE))
            case _:
                pass

    async def _welcome(self, message: Welcome) -> None:
        self._servers = [
            RTCIceServer(list(server.urls), server.username, server.credential)
            for server in message.ice_servers
        ]
        if self._call is None:
            await self._send(SetPresence(state=AgentState.AVAILABLE))
        self._on_ready()

    def _consider(self, queue: QueueState) -> None:
        """Answer the first who waits, unless already at it."""
        free = [entry.ticket for entry in queue.waiting if entry.claimed_by is None]
        if self._wanted is not None and self._wanted not in free:
            self._wanted = None
        if self._call is None and self._wanted is None and free:
            self._wanted = free[0]
            self._spawn(self._claim(free[0]))

    async def _claim(self, ticket: str) -> None:
        await asyncio.sleep(ANSWER_AFTER_S)
        if self._wanted == ticket and self._call is None:
            await self._send(ClaimTicket(ticket=ticket))

    async def _begin(self, message: InCall) -> None:
        self._wanted = None
        if self._call is not None and self._call.ticket == message.ticket:
            self._call.confirmed = True
            return
        await self._end_call()
        log.info("in call", ticket=message.ticket)
        ticket = message.ticket

        async def say(answer: Answer) -> None:
            await self._send(PageSignal(ticket=ticket, body=answer))

        async def deposit(offer: PaperOffer, content: bytes) -> int | None:
            if self._cookie is None:
                return None
            return await lay_down(self._desk, self._cookie, ticket, offer, content)

        self._call = RobotCall(ticket, say, self._speech, self._servers, deposit)
        self._spawn(self._ask_for_offer(self._call))

    async def _ask_for_offer(self, call: RobotCall) -> None:
        while call is self._call and not call.offered:
            await self._send(PageSignal(ticket=call.ticket, body=Ready(page=self._page)))
            await asyncio.sleep(READY_EVERY_S)

    async def _signal(self, message: BoothSignal) -> None:
        call = self._call
        if call is None or call.ticket != message.ticket:
            return
        match message.body:
            case Offer():
                self._spawn(call.offer(message.body))
            case Candidate():
                self._spawn(call.candidate(message.body))
            case Bye():
                await self._send(
                    PageSignal(ticket=call.ticket, body=Bye(reason=EndReason.RESIDENT))
                )
            case _:
                pass

    async def _end_unless_confirmed(self, call: RobotCall) -> None:
        call.confirmed = False
        await asyncio.sleep(CONFIRM_S)
        if call is self._call and not call.confirmed and not call.connected:
            await self._end_call()
            await self._send(SetPresence(state=AgentState.AVAILABLE))

    async def _end_call(self) -> None:
        call, self._call = self._call, None
        if call is not None:
            log.info("call over", ticket=call.ticket)
            await call.close()

    async def _send(self, message: BaseModel) -> None:
        if self._socket is None:
            return
        try:
            await self._socket.send(message.model_dump_json())
        except WebSocketException:
            return

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("robot stumbled", error=type(error).__name__, exc_info=error)
