"""One connection to the broker, used once: from dialling until it is found dead."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import structlog
from nats import errors
from nats.aio.client import Client

from kiosk.link.cancelling import cancellable

#: Seconds for each step of dialling (TCP, TLS, INFO, CONNECT): ten round trips of a satellite line.
_STEP_S = 1
#: Seconds between two pings, and for the answer: a black hole is noticed within their sum.
_PING_EVERY_S = 1.0
_PONG_WITHIN_S = 2.0
#: Seconds after which a ping that nobody waits for is forgotten: its connection is long closed.
_ABANDONED_PING_S = 30

_log = structlog.get_logger(__name__)


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


class Session:
    """One connection; everything may raise `OSError`, `TimeoutError` or `nats.errors.Error`."""

    def __init__(self, settings: LineSettings) -> None:
        self.client = Client()
        self.cause = ""
        """The last thing that went wrong, which nats-py sums up as "no servers"."""
        self._settings = settings
        self._failed = asyncio.Event()
        self._dialled = False

    async def dial(self) -> None:
        """Connect and sign in."""
        tls = self._tls()
        dialling = self.client.connect(
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
            ping_interval=3_600,  # `until_dead` pings instead: it also bounds the answer.
            error_cb=self._note,
            closed_cb=self._note_closed,
        )
        self._dialled = True
        await cancellable(dialling)
        self._failed.clear()

    async def barrier(self) -> None:
        """Return when the broker has taken all that was sent.

        Twice, because the first ping can overtake commands that the client still holds.
        """
        await self._ping()
        await self._ping()

    async def until_dead(self) -> None:
        """Return when the connection has failed; raise when the broker has stopped answering."""
        while self.client.is_connected:
            with suppress(TimeoutError):
                async with asyncio.timeout(_PING_EVERY_S):
                    await self._failed.wait()
                    return
            await self._ping()

    async def close(self) -> None:
        """Hang up; a connection that is broken already may take its time (30 s with TLS)."""
        if not self._dialled:
            # What stopped `dial` came before nats-py, which cannot close what it never opened.
            return
        with suppress(OSError, errors.Error):
            await self.client.close()

    async def _ping(self) -> None:
        # The waiter is left waiting where we do not wait any more: nats-py's read loop ends when
        # an answer comes to a ping that was given up.
        ping = asyncio.ensure_future(self.client.flush(timeout=_ABANDONED_PING_S))
        ping.add_done_callback(lambda done: done.cancelled() or done.exception())
        answered, _ = await asyncio.wait({ping}, timeout=_PONG_WITHIN_S)
        if not answered:
            raise TimeoutError("no answer to a ping")
        ping.result()

    async def _note(self, error: Exception) -> None:
        self.cause = str(error) or type(error).__name__
        if isinstance(error, OSError | errors.UnexpectedEOF):
            self._failed.set()
        elif self.client.is_connected:
            _log.warning("broker refused", reason=self.cause)

    async def _note_closed(self) -> None:
        self._failed.set()

    def _tls(self) -> ssl.SSLContext | None:
        if urlsplit(self._settings.url).scheme != "tls":
            return None
        return ssl.create_default_context(cafile=self._settings.ca_file)
