"""Another process's end of the control socket."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from kiosk.control.messages import (
    MAX_LINE_BYTES,
    MalformedLine,
    Progress,
    Reply,
    Request,
    decode_reply,
    encode,
)
from kiosk.control.place import address

#: A booth whose loop is frozen accepts no more connections in the end, seconds.
CONNECT_S = 3.0

#: Longest silence within an answer: the longest of the booth's probes, and some, seconds.
SILENCE_S = 30.0


class NoBooth(Exception):
    """No booth listens in that folder."""


class BoothClosed(Exception):
    """A booth may listen there, but for another user; the message names the folder."""


class BoothSilent(Exception):
    """The booth took the question and did not answer, or not in words that are understood."""


async def ask(
    folder: Path, request: Request, on_progress: Callable[[Progress], None] | None = None
) -> Reply:
    """Send one request to the booth of that state folder and return its answer.

    Raises:
        NoBooth, BoothClosed, BoothSilent: as they say.
    """
    async with _connected(folder) as (reader, writer):
        try:
            writer.write(encode(request))
            await writer.drain()
            while True:
                async with asyncio.timeout(SILENCE_S):
                    reply = decode_reply(await reader.readuntil())
                if not isinstance(reply, Progress):
                    return reply
                if on_progress is not None:
                    on_progress(reply)
        except TimeoutError:
            raise BoothSilent(f"no answer within {SILENCE_S:g} s") from None
        except (OSError, asyncio.IncompleteReadError) as error:
            raise BoothSilent(f"the connection was lost ({type(error).__name__})") from None
        except (MalformedLine, asyncio.LimitOverrunError) as error:
            raise BoothSilent(f"an answer of another version? {error}") from None


@contextlib.asynccontextmanager
async def _connected(
    folder: Path,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    try:
        with address(folder) as name:
            async with asyncio.timeout(CONNECT_S):
                reader, writer = await asyncio.open_unix_connection(name, limit=MAX_LINE_BYTES)
    except (FileNotFoundError, ConnectionRefusedError, NotADirectoryError):
        raise NoBooth(str(folder)) from None
    except PermissionError:
        raise BoothClosed(str(folder)) from None
    except TimeoutError:
        raise BoothSilent(f"no connection within {CONNECT_S:g} s") from None
    try:
        yield reader, writer
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def ask_first(
    folders: tuple[Path, ...],
    request: Request,
    on_progress: Callable[[Progress], None] | None = None,
) -> tuple[Path, Reply]:
    """Ask the first of `folders` in which a booth runs; return which one, and its answer.

    Raises:
        NoBooth: none runs in any of them.
        BoothClosed: the only ones that may run are another user's.
        BoothSilent: one runs, and does not answer.
    """
    closed: BoothClosed | None = None
    for folder in folders:
        try:
            return folder, await ask(folder, request, on_progress)
        except NoBooth:
            continue
        except BoothClosed as error:
            closed = error
    if closed is not None:
        raise closed
    raise NoBooth(", ".join(str(folder) for folder in folders))
