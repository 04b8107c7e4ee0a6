"""Asks an IPP printer or a CUPS server over HTTP, and bounds what comes back."""

from __future__ import annotations

import getpass
import io
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from pyipp.enums import IppOperation, IppStatus

from devices.document_printer.errors import IppLost, IppRefused
from devices.document_printer.message import (
    MAX_ANSWER_BYTES,
    Answer,
    MalformedAnswer,
    Written,
    answer,
    request,
)

CUPS_PORT = 631
CONNECT_S = 4.0
"""A printer that wakes from its sleep takes up to three seconds to answer."""
ANSWER_S = 8.0
"""For a question without a document; a small printer that is drawing a page is slow to answer."""
SILENCE_S = 120.0
"""After a document was handed over: a printer without a spool answers when it has drawn it."""
_HTTP_OK = 200
_MEDIA_TYPE = "application/ipp"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an IPP server is."""

    uri: str
    """What it is asked for, `ipp://…` or `ipps://…`."""
    socket: Path | None = None
    """The Unix socket that leads there, for the CUPS of this machine."""

    @property
    def url(self) -> str:
        """The same for HTTP (RFC 8010, 4; RFC 3510)."""
        parts = urlsplit(self.uri)
        host = parts.hostname or "localhost"
        host = f"[{host}]" if ":" in host else host
        scheme = "https" if parts.scheme == "ipps" else "http"
        return f"{scheme}://{host}:{parts.port or CUPS_PORT}{parts.path or '/'}"


class IppClient:
    """One connection a question: who answers is there now, and a printer switched off is noticed.

    The certificate of an `ipps` printer is not checked: nearly all sign their own (as CUPS does by
    default). TLS then keeps out listeners on the agency's network, not impostors.
    """

    def __init__(self, socket: Path | None = None) -> None:
        """`socket`: of a CUPS server on this machine; TCP where there is none. Close it at last."""
        connector: aiohttp.BaseConnector = (
            aiohttp.UnixConnector(str(socket), force_close=True)
            if socket
            else aiohttp.TCPConnector(force_close=True, ssl=False)
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            auto_decompress=False,  # A small answer could swell beyond any bound.
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"Content-Type": _MEDIA_TYPE, "Accept": _MEDIA_TYPE, "Accept-Encoding": ""}
            | ({"Authorization": f"PeerCred {getpass.getuser()}"} if socket else {}),
        )
        self._numbers = itertools.count(1)

    async def ask(
        self,
        url: str,
        operation: IppOperation,
        attributes: Iterable[Written],
        job: Iterable[Written] = (),
        document: bytes | None = None,
    ) -> Answer:
        """Send a request; returns a successful answer.

        Raises:
            IppLost: there was none.
            IppRefused: the printer declined.
        """
        number = next(self._numbers)
        head = request(operation, number, attributes, job)
        data = await self._post(url, head if document is None else io.BytesIO(head + document))
        try:
            told = answer(data, number)
        except MalformedAnswer as error:
            raise IppLost(f"answer malformed: {error}", sent=True) from error
        if told.status > IppStatus.OK_EVENTS_COMPLETE:
            raise IppRefused(told.status, _name_of(told.status))
        return told

    async def close(self) -> None:
        """Hang up."""
        await self._session.close()

    async def _post(self, url: str, body: bytes | io.BytesIO) -> bytes:
        waits = (
            aiohttp.ClientTimeout(total=ANSWER_S, sock_connect=CONNECT_S)
            if isinstance(body, bytes)
            # A document has no total: without paper a printer takes nothing more, for hours maybe.
            else aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S, sock_read=SILENCE_S)
        )
        if self._session.closed:
            raise IppLost("hung up", sent=False)
        try:
            async with self._session.post(
                url, data=body, timeout=waits, allow_redirects=False
            ) as reply:
                if reply.status != _HTTP_OK or reply.content_type != _MEDIA_TYPE:
                    raise IppLost(f"HTTP status {reply.status}, no IPP", sent=True)
                data = bytearray()
                async for chunk in reply.content.iter_any():
                    data += chunk
                    if len(data) > MAX_ANSWER_BYTES:
                        raise IppLost("answer too long", sent=True)
                return bytes(data)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise IppLost("does not answer", sent=False) from error
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise IppLost(f"contact lost: {type(error).__name__}", sent=True) from error


def _name_of(status: int) -> str:
    try:
        return IppStatus(status).name.lower().replace("_", "-").removeprefix("error-")
    except ValueError:
        return f"status {status:#06x}"
