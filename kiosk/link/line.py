"""One connection to the broker that comes back by itself and never claims to be up when it is not.

Every connection is used once: when it fails, a new one is dialled. So nothing that was waiting to
be sent goes out after an outage, when it may no longer be true, and a connection that hangs while
closing (a black-holed TLS line does for 30 s) delays nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Self
from urllib.parse import urlsplit

import structlog
from nats import errors
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription as ClientSubscription

from kiosk.link.cancelling import cancellable
from kiosk.link.session import LineSettings, Session
from kiosk.settings import SettingsError

__all__ = ["Line", "LineDown", "LineSettings", "Subscription"]

#: Seconds for a whole attempt: five such steps; bounds a server that answers only in part.
_ATTEMPT_S = 5.0
#: Seconds from a failure to the next attempt: short, because residents wait; not a busy loop.
_REDIAL_S = 0.2
#: Seconds for a request: a slow line's round trip many times over, yet short beside a ticket's TTL.
_REQUEST_S = 1.5
#: Messages waiting for one handler. Handlers do not block, so this is a bound, not a buffer.
_MAX_PENDING = 4_096
#: Seconds that `close` waits for the last connection; what still hangs then is abandoned.
_CLOSE_S = 0.5

_log = structlog.get_logger(__name__)


class LineDown(Exception):
    """The broker could not be reached or did not answer; whether it acted is not known."""


class Subscription:
    """A subject listened to across reconnects, until `close`."""

    def __init__(self, line: Line, subject: str, handler: Callable[[Msg], None]) -> None:
        self.subject = subject
        self._line = line
        self._handler = handler
        self._heard: ClientSubscription | None = None

    async def attach(self, client: Client) -> None:
        """Listen on a new connection."""
        self._heard = await client.subscribe(
            self.subject, cb=self._deliver, pending_msgs_limit=_MAX_PENDING
        )

    async def _deliver(self, message: Msg) -> None:
        self._handler(message)

    async def close(self) -> None:
        """Listen no more."""
        heard, self._heard = self._heard, None
        await self._line.forget(self, heard)


class Line:
    """The line to the broker: `Line.connect`, or `start` where nothing should wait for it."""

    def __init__(self, settings: LineSettings) -> None:
        if urlsplit(settings.url).scheme not in {"nats", "tls"}:
            raise ValueError("the broker's address must begin with nats:// or tls://")
        self._settings = settings
        self._session: Session | None = None
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
        return self._session is not None

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
            asking = client.request(subject, payload, timeout=_REQUEST_S, headers=headers)
            return await cancellable(asking)
        except (OSError, TimeoutError, errors.Error) as error:
            raise LineDown(type(error).__name__) from error

    async def subscribe(self, subject: str, handler: Callable[[Msg], None]) -> Subscription:
        """Call `handler` on the loop with each message on `subject`; it must not block.

        When this returns with the line up, the broker already delivers.
        """
        subscription = Subscription(self, subject, handler)
        self._subscriptions.add(subscription)
        if self._session is not None:
            session = self._session
            # Where this connection fails, the next one attaches every subscription.
            with suppress(OSError, TimeoutError, errors.Error):
                await subscription.attach(session.client)
                await session.barrier()
        return subscription

    async def forget(self, subscription: Subscription, heard: ClientSubscription | None) -> None:
        """End a subscription; for `Subscription.close`."""
        self._subscriptions.discard(subscription)
        if heard is not None and self._session is not None:
            # Else the connection is gone, and the subscription with it.
            with suppress(OSError, errors.Error):
                await heard.unsubscribe()

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
        if self._session is None:
            raise LineDown("no connection")
        return self._session.client

    async def _stay_connected(self) -> None:
        while True:
            session = Session(self._settings)
            try:
                await self._use(session)
            except errors.NoServersError:
                self._explain(session.cause)
            except (OSError, TimeoutError, errors.Error, SettingsError) as error:
                self._explain(str(error) or type(error).__name__)
            except Exception:  # noqa: BLE001
                # A booth without its line is of no use to anybody: whatever went wrong, dial again.
                _log.exception("line failed")
            finally:
                self._set(None)
                self._retire(session)
            await asyncio.sleep(_REDIAL_S)

    async def _use(self, session: Session) -> None:
        attached: set[Subscription] = set()
        async with asyncio.timeout(_ATTEMPT_S):
            await session.dial()
            # Again until none is left: others may be added while these are on their way.
            while missing := self._subscriptions - attached:
                for subscription in missing:
                    await subscription.attach(session.client)
                attached |= missing
                await session.barrier()
        self._set(session)
        await session.until_dead()

    def _set(self, session: Session | None) -> None:
        was_up, self._session = self.up, session
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

    def _retire(self, session: Session) -> None:
        task = asyncio.create_task(session.close(), name="line-retire")
        self._retired.add(task)
        task.add_done_callback(self._retired.discard)
