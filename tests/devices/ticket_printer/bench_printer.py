"""The tests' printer at the far end of a pty or of a TCP connection."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pty
import tty
from collections.abc import Callable
from pathlib import Path

from tests.devices.helpers import Watched
from tests.devices.ticket_printer.paper import READY, Paper

EMPTY_AFTER_NEVER = 10**9


class BenchPrinter(Watched):
    """Reads a file descriptor on the loop and answers as told."""

    def __init__(self, width_dots: int = 512) -> None:
        super().__init__()
        self.paper = Paper(width_dots)
        self.answers = {1: READY, 2: READY, 3: READY, 4: READY, 0: 0}
        self.answering = True
        self.in_order = True
        self.delay_s = 0.0
        self.garbage = b""
        self.runs_out_at_row = EMPTY_AFTER_NEVER
        self.asked = 0

    def run_out(self) -> None:
        self.answers |= {1: READY | 0x08, 2: READY | 0x20, 4: READY | 0x60}

    def refill(self) -> None:
        self.answers |= {1: READY, 2: READY, 4: READY}
        self.runs_out_at_row = EMPTY_AFTER_NEVER

    def take(self, data: bytes, reply: Callable[[bytes], None]) -> None:
        """Bytes of the booth; answers go to `reply`."""
        for query in self.paper.feed(data):
            self.asked += 1
            if self.paper.rows > self.runs_out_at_row:
                self.run_out()
            if not self.answering or (query == 0 and not self.in_order):
                continue
            answer = self.garbage + bytes((self.answers[query],))
            if self.delay_s:
                asyncio.get_running_loop().call_later(self.delay_s, reply, answer)
            else:
                reply(answer)
        self.happened()


class Pty:
    """A serial port: the path is a link that goes when it is unplugged, as udev's do."""

    def __init__(self, folder: Path, printer: BenchPrinter) -> None:
        self.path = folder / "usb-printer"
        self._printer = printer
        self._master = -1
        self.plug()

    def plug(self) -> None:
        self._master, slave = pty.openpty()
        tty.setraw(slave)
        self.path.symlink_to(os.ttyname(slave))
        # Held open: reading a master whose other side nobody has open fails.
        self._slave = slave
        os.set_blocking(self._master, False)
        asyncio.get_running_loop().add_reader(self._master, self._read)

    def unplug(self) -> None:
        asyncio.get_running_loop().remove_reader(self._master)
        self.path.unlink()
        os.close(self._master)
        os.close(self._slave)
        self._master = -1

    def stop_reading(self) -> None:
        """Take no bytes any more, as a printer that stands still."""
        asyncio.get_running_loop().remove_reader(self._master)

    def send(self, rubbish: bytes) -> None:
        """What nobody asked for; a booth that does not read it loses it."""
        with contextlib.suppress(BlockingIOError):
            os.write(self._master, rubbish)

    def _read(self) -> None:
        master = self._master
        try:
            data = os.read(master, 65536)
        except BlockingIOError:
            return
        self._printer.take(data, lambda answer: self._reply(master, answer))

    def _reply(self, master: int, answer: bytes) -> None:
        if master == self._master:
            os.write(master, answer)
