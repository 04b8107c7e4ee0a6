"""Watches one serial reader, inside the child."""

from __future__ import annotations

import errno
import select
import time

import serial

from devices.card_reader.protocols import GONE, Parser
from devices.card_reader.teller import Teller
from devices.serial_port import open_port
from devices.status import DeviceError, DeviceState

BEAT_S = 1.0
PAUSE_S = 0.25
"""Longest pause inside a frame: its 14 bytes take 0.12 s at 1200 baud."""
GONE_S = 1.5
"""Many readers repeat a card while it lies there and say nothing when it leaves."""
_CHUNK_BYTES = 4096


class SerialWatch:
    """Tells of the cards of one serial reader."""

    def __init__(self, teller: Teller, path: str, baud: int, parser: Parser) -> None:
        """Nothing is opened until `run`."""
        self._teller = teller
        self._path = path
        self._baud = baud
        self._parser = parser
        self._uid: bytes | None = None
        self._gone_at = 0.0

    def run(self) -> None:
        """Until the booth leaves; raises `DeviceError` when the reader does."""
        port = open_port(self._path, self._baud)
        try:
            self._teller.readers((self._path,))
            self._teller.online(f"{self._path} at {self._baud} baud")
            self._watch(port)
        except OSError as error:  # serial.SerialException is one.
            if isinstance(error, BrokenPipeError | ConnectionError):
                raise
            raise DeviceError(
                DeviceState.OFFLINE, f"{self._path} went away", hint="check the reader's cable"
            ) from error
        finally:
            port.close()

    def _watch(self, port: serial.Serial) -> None:
        poll = select.poll()
        poll.register(self._teller.link, select.POLLIN)
        poll.register(port.fileno(), select.POLLIN)
        while not self._teller.gone():
            self._teller.beat()
            ready = {fd for fd, _ in poll.poll((PAUSE_S if self._uid else BEAT_S) * 1000)}
            if port.fileno() in ready:
                self._take(self._parser.feed(self._read(port)))
            else:
                self._take(self._parser.silence())
            if self._uid and time.monotonic() > self._gone_at:
                self._leave()

    def _read(self, port: serial.Serial) -> bytes:
        data = bytes(port.read(min(_CHUNK_BYTES, max(1, port.in_waiting))))
        if not data:
            raise OSError(errno.EIO, "readable, and nothing to read")
        return data

    def _take(self, uids: list[bytes]) -> None:
        for uid in uids:
            if uid != self._uid:
                self._leave()
                if uid != GONE:
                    self._teller.card_in(self._path, uid)
                    self._uid = uid
            self._gone_at = time.monotonic() + GONE_S

    def _leave(self) -> None:
        if self._uid:
            self._uid = None
            self._teller.card_out(self._path)
