"""One connection to the broker that comes back by itself and never claims to be up when it is not.

Every connection is used once: when it fails, a new one is dialled. So nothing that was waiting to
be sent goes out after an outage, when it may no longer be true, and a connection that hangs while
closing (a black-holed TLS line does for 30 s) delays nothing.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol, Self
from urllib.parse import urlsplit

import structlog
from nats import errors
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription as ClientSubscription

#: Seconds for each step of dialling (TCP, TLS, INFO, CONNECT): ten round trips of a satellite line.
_STEP_S = 1
#: Seconds for a whole attempt: five such steps; bounds a server that answers only in part.
_ATTEMPT_S = 5.0
#: Seconds from a failure to the next attempt: short, because residents wait; not a busy loop.
_REDIAL_S = 0.2
#: Seconds between two pings, and for the answer: a black hole is noticed within their sum.
_PING_EVERY_S = 1.0
_PONG_WITHIN_S = 2.0
#: Seconds after which a ping that nobody waits for is forgotten: its connection is long closed.
_ABANDONED_PING_S = 30
#: Seconds for a request: a slow line's round trip many times over, yet short beside a ticket's TTL.
_REQUEST_S = 1.5
#: Messages waiting for one handler. Handlers do not block, so this is a bound, not a buffer.
_MAX_PENDING = 4_096
#: Seconds that `close` waits for the last connection; what still hangs then is abandoned.
_CLOSE_S = 0.5

_log = structlog.get_logger(__name__)


class LineDown(Exception):
    """The broker could not be reached or did not answer; whether it acted is not known."""


class LineSettings(Protocol):
    """Where the broker is and who we are; `kiosk.settings.LinkSettings` is one."""

    @property
    def url(self) -> str:
        """`nats://host:port`, or `tls://` for an encrypted line."""

    @property
    def user(self) -> str:
        """The broker user; also names the inboxes."""

    @property
    def password(self) -> str:
        """That user's password."""

    @property
    def ca_file(self) -> Path | None:
        """The certificate authority to trust in place of the system's."""


class Subscription:
    """A subject listened to across reconnects, until `close`."""

    def __init__(self, line: Line, subject: str, handler: Callable[[Msg], None]) -> None:
        self.subject = subject
        self._line = line
        self._handler = handler
        self._session: ClientSubscription | None = None

    async def attach(self, client: Client) -> None:
        """Listen on a new connection."""
        self._session = await client.subscribe(
            self.subject, cb=self._deliver, pending_msgs_limit=_MAX_PENDING
        )

    async def _deliver(self, message: Msg) -> None:
        self._handler(message)

    async def close(self) -> None:
        """Listen no more."""
        session, self._session = self._session, None
        await self._line.forget(self, session)


class Line:
    """The line to the broker: `Line.connect`, or `start` where nothing should wait for it."""

    def __init__(self, settings: LineSettings) -> None:
        if urlsplit(settings.url).scheme not in {"nats", "tls"}:
            raise ValueError("the broker's address must begin with nats:// or tls://")
        self._settings = settings
        self._client: Client | None = None
        self._subscriptions: set[Subscription] = set()
        self._listeners: list[Callable[[bool], None]] = []
        self._retired: set[asyncio.Task[None]] = set()
        self._last_reason = ""
        self._first_outcome = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @classmethod
    async def connect(
        cls, settings: LineSettings, on_state: Callable[[bool], None] | None = None
    ) -> Self:
        """Return a line that is up, or that goes on trying where the first attempt failed.

        `on_state` is called on the loop with True when the line comes up and False when it is lost.

        Raises:
            ValueError: the address is not one of a broker.
        """
        line = cls(settings)
        if on_state is not None:
            line.on_state(on_state)
        line.start()
        await line._first_outcome.wait()
        return line

    def start(self) -> None:
        """Begin to dial, in the background."""
        self._task = asyncio.create_task(self._stay_connected(), name="line")

    @property
    def up(self) -> bool:
        """Whether the broker answered last time it was asked, at most 3 s ago."""
        return self._client is not None

    def on_state(self, listener: Callable[[bool], None]) -> Callable[[], None]:
        """Call `listener` at each change of `up`; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def publish(self, subject: str, payload: bytes) -> None:
        """Send and forget.

        Raises:
            LineDown: it certainly was not sent.
        """
        client = self._connected()
        try:
            await client.publish(subject, payload)
        except (OSError, errors.Error) as error:
            raise LineDown(type(error).__name__) from error

    async def request(
        self, subject: str, payload: bytes = b"", headers: dict[str, str] | None = None
    ) -> Msg:
        """Send and return the answer.

        Raises:
            LineDown: no answer; the broker may have acted all the same.
        """
        client = self._connected()
        try:
            return await client.request(subject, payload, timeout=_REQUEST_S, headers=headers)
        except (OSError, TimeoutError, errors.Error) as error:
            raise LineDown(type(error).__name__) from error

    async def subscribe(self, subject: str, handler: Callable[[Msg], None]) -> Subscription:
        """Call `handler` on the loop with each message on `subject`; it must not block.

        When this returns with the line up, the broker already delivers.
        """
        subscription = Subscription(self, subject, handler)
        self._subscriptions.add(subscription)
        if self._client is not None:
            client = self._client
            # Where this connection fails, the next one attaches every subscription.
            with suppress(OSError, TimeoutError, errors.Error):
                await subscription.attach(client)
                await _barrier(client)
        return subscription

    async def forget(self, subscription: Subscription, session: ClientSubscription | None) -> None:
        """End a subscription; for `Subscription.close`."""
        self._subscriptions.discard(subscription)
        if session is not None and self._client is not None:
            # Else the connection is gone, and the subscription with it.
            with suppress(OSError, errors.Error):
                await session.unsubscribe()

    async def close(self) -> None:
        """Hang up for good."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._retired:
            _, hanging = await asyncio.wait(self._retired, timeout=_CLOSE_S)
            for task in hanging:
                task.cancel()

    def _connected(self) -> Client:
        if self._client is None:
            raise LineDown("no connection")
        return self._client

    async def _stay_connected(self) -> None:
        while True:
            client = Client()
            try:
                await self._use(client)
            except (OSError, TimeoutError, errors.Error) as error:
                self._explain(str(error) or type(error).__name__)
            except Exception:  # noqa: BLE001
                # A booth without its line is of no use to anybody: whatever went wrong, dial again.
                _log.exception("line failed")
            finally:
                self._set(None)
                self._retire(client)
            await asyncio.sleep(_REDIAL_S)

    async def _use(self, client: Client) -> None:
        failed = asyncio.Event()
        async with asyncio.timeout(_ATTEMPT_S):
            await self._dial(client, failed)
            for subscription in tuple(self._subscriptions):
                await subscription.attach(client)
            await _barrier(client)
        self._set(client)
        await _until_dead(client, failed)

    async def _dial(self, client: Client, failed: asyncio.Event) -> None:
        async def fault(error: Exception) -> None:
            if isinstance(error, OSError | errors.UnexpectedEOF):
                failed.set()
            elif client.is_connected:
                _log.warning("broker refused", reason=str(error))

        async def closed() -> None:
            failed.set()

        tls = self._tls()
        await client.connect(
            self._settings.url,
            user=self._settings.user,
            password=self._settings.password,
            inbox_prefix=f"_INBOX_{self._settings.user}",
            tls=tls,
            # Else a server, or who stands before it, could ask for the password in the clear.
            tls_handshake_first=tls is not None,
            allow_reconnect=False,
            connect_timeout=_STEP_S,
            max_reconnect_attempts=1,
            reconnect_time_wait=0,
            ping_interval=3_600,  # `_until_dead` pings instead: it also bounds the answer.
            error_cb=fault,
            closed_cb=closed,
        )
        failed.clear()

    def _tls(self) -> ssl.SSLContext | None:
        if urlsplit(self._settings.url).scheme != "tls":
            return None
        return ssl.create_default_context(cafile=self._settings.ca_file)

    def _set(self, client: Client | None) -> None:
        was_up, self._client = self.up, client
        self._first_outcome.set()
        if self.up == was_up:
            return
        _log.info("line up" if self.up else "line down")
        self._last_reason = ""
        for listener in tuple(self._listeners):
            # Not called here: a fault in a listener must not end the line.
            asyncio.get_running_loop().call_soon(listener, self.up)

    def _explain(self, reason: str) -> None:
        if reason != self._last_reason:
            self._last_reason = reason
            _log.warning("broker not reached", reason=reason)

    def _retire(self, client: Client) -> None:
        async def close() -> None:
            # It may be broken already: that is why it is being closed.
            with suppress(OSError, errors.Error):
                await client.close()

        task = asyncio.create_task(close(), name="line-retire")
        self._retired.add(task)
        task.add_done_callback(self._retired.discard)


async def _ping(client: Client) -> None:
    """Return when the broker has answered a ping.

    The waiter is left waiting where we do not wait any more: nats-py's read loop ends when an
    answer comes to a ping that was given up.

    Raises:
        TimeoutError: no answer in time.
    """
    ping = asyncio.ensure_future(client.flush(timeout=_ABANDONED_PING_S))
    ping.add_done_callback(lambda done: done.cancelled() or done.exception())
    answered, _ = await asyncio.wait({ping}, timeout=_PONG_WITHIN_S)
    if not answered:
        raise TimeoutError("no answer to a ping")
    ping.result()


async def _barrier(client: Client) -> None:
    """Return when the broker has taken all that was sent.

    Twice, because the first ping can overtake commands that the client still holds.
    """
    await _ping(client)
    await _ping(client)


async def _until_dead(client: Client, failed: asyncio.Event) -> None:
    """Return when the connection has failed or the broker has stopped answering."""
    while client.is_connected:
        with suppress(TimeoutError):
            async with asyncio.timeout(_PING_EVERY_S):
                await failed.wait()
                return
        await _ping(client)
