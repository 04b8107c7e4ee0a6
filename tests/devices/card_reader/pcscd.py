"""A real pcscd of the test's own, whose readers are vsmartcard's and whose cards are ours."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import shutil
import signal
import socket
import struct
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

CONTACTLESS_ATR = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")
"""As PC/SC part 3 makes it up for a MIFARE Classic card."""
CONTACT_ATR = bytes.fromhex("3B6500002063CBA000")
"""Of a card that is pushed in."""
UID = bytes.fromhex("04A1B2C3D4E5F6")
GET_UID = bytes.fromhex("FFCA000000")
OK = b"\x90\x00"
_READY_S = 15
READERS = ("Booth 00 00", "Booth 00 01")
"""vsmartcard's driver makes two of one line; a second line would take the first one's place."""
_LINE = """
FRIENDLYNAME "Booth"
DEVICENAME   /dev/null:{port:#x}
LIBPATH      /usr/lib/pcsc/drivers/serial/libifdvpcd.so
CHANNELID    {port:#x}
"""


def free_ports() -> int:
    """The first of two neighbouring ports that are free, outside the kernel's own choice."""
    while True:
        first = random.randrange(20_000, 30_000, 2)
        with socket.socket() as one, socket.socket() as two:
            try:
                one.bind(("", first))
                two.bind(("", first + 1))
            except OSError:
                continue
            return first


class Pcscd:
    """Started in a mount namespace with a /run of its own, so that many may run beside another."""

    def __init__(self) -> None:
        """With the readers `READERS`, whose ports are in `ports`."""
        # A short path: the address of a Unix socket has 107 bytes at most.
        self._folder = Path(tempfile.mkdtemp(prefix="vg-pcscd-"))
        self._run = self._folder / "run"
        self._run.mkdir(mode=0o755)
        self._config = self._folder / "readers"
        first = free_ports()
        self.ports = (first, first + 1)
        self.socket = self._run / "pcscd" / "pcscd.comm"
        self._process: asyncio.subprocess.Process | None = None
        self._drain: asyncio.Task[None] | None = None

    async def start(self, *, readers: bool = True) -> None:
        """Run it, with its readers or none; returns once it takes calls."""
        self._config.write_text(_LINE.format(port=self.ports[0]) if readers else "")
        space = ("--mount",) if os.geteuid() == 0 else ("--mount", "--map-root-user")
        script = 'mount --bind "$0" /run && exec pcscd --foreground --info --config "$1"'
        self._process = await asyncio.create_subprocess_exec(
            *("unshare", *space, "sh", "-c", script, str(self._run), str(self._config)),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output = self._process.stdout
        assert output is not None
        said = b""
        async with asyncio.timeout(_READY_S):
            while b"daemon ready" not in said:
                line = await output.readline()
                assert line, said.decode()
                said += line
        self._drain = asyncio.create_task(_read_away(output))

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    async def end(self, number: signal.Signals = signal.SIGKILL) -> None:
        """End it, by default without a word."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self.send(number)
        await self._process.wait()
        self._process = None
        if self._drain is not None:
            await self._drain

    async def close(self) -> None:
        """End it for good."""
        await self.end()
        shutil.rmtree(self._folder)


class VirtualCard:
    """A card in a reader of vsmartcard's: two bytes of length, then an APDU or a control byte."""

    def __init__(self, answer: Callable[[bytes], Awaitable[bytes]], atr: bytes) -> None:
        """`answer` is given each APDU; an empty answer pulls the card out in the middle of it."""
        self.asked: list[bytes] = []
        self._answer = answer
        self._atr = atr
        self._task: asyncio.Task[None] | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def insert(self, port: int) -> None:
        """Put it into the reader that listens on `port`."""
        reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
        self._task = asyncio.create_task(self._serve(reader, self._writer))

    async def remove(self) -> None:
        """Pull it out."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait((self._task,))
        if self._writer is not None:
            self._writer.close()
            with contextlib.suppress(OSError):
                await self._writer.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                (size,) = struct.unpack(">H", await reader.readexactly(2))
                command = await reader.readexactly(size)
                if size > 1:
                    self.asked.append(command)
                    if not (answer := await self._answer(command)):
                        break
                elif command == b"\x04":
                    answer = self._atr
                else:
                    continue  # Power off, power on, reset: nothing to say.
                writer.write(struct.pack(">H", len(answer)) + answer)
                await writer.drain()
        writer.close()


def card(answer: bytes = UID + OK, atr: bytes = CONTACTLESS_ATR) -> VirtualCard:
    """A card that answers all with the same, at once."""

    async def same(_: bytes) -> bytes:
        return answer

    return VirtualCard(same, atr)


async def _read_away(output: asyncio.StreamReader) -> None:
    while await output.read(65_536):
        pass
