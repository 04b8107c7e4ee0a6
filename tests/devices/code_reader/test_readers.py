"""Serial and typing scanners, the simulated reader, the sieve, and the factory."""

from __future__ import annotations

import os
import pty
import tty
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.code_reader import open_code_reader
from devices.code_reader.camera import CameraReader
from devices.code_reader.interface import MAX_CODE_CHARACTERS
from devices.code_reader.keyboard import KeyboardReader
from devices.code_reader.lines import MAX_LINE_BYTES, Lines
from devices.code_reader.serial_scanner import SerialScanner
from devices.code_reader.sieve import REMEMBERED, Sieve
from devices.code_reader.simulated import SimulatedCodeReader
from devices.code_reader.wire import SEEN, codes_of, seen_message
from devices.dock import WrongArgument
from devices.status import DeviceState
from devices.supervisor import Backoff
from tests.devices.code_reader.test_camera_reader import Codes
from tests.devices.helpers import Statuses

FAST = Backoff(first_s=0.05, cap_s=0.2, poll_s=0.02)


class Port:
    """A scanner's serial port."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.plug()

    def plug(self) -> None:
        self.master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        self.path.symlink_to(os.ttyname(self._slave))

    def unplug(self) -> None:
        self.path.unlink()
        os.close(self.master)
        os.close(self._slave)

    def send(self, data: bytes) -> None:
        os.write(self.master, data)


async def test_a_serial_scanner_unplugged_and_plugged_in_again(tmp_path: Path) -> None:
    port = Port(tmp_path / "scanner")
    scanner, codes, statuses = (
        SerialScanner(str(port.path), baud=9600, backoff=FAST),
        Codes(),
        Statuses(),
    )
    scanner.on_code(codes)
    scanner.on_status(statuses)
    await scanner.start()
    await statuses.ever(DeviceState.ONLINE)
    assert await scanner.found() == (str(port.path),)
    assert scanner.capabilities["baud"] == 9600
    port.send(b"\x02VG1.AAA\x03\r\nVG1.B")
    port.send(b"BB\r\nVG1.AAA\r\n\xff\xfe\r\n\r\n" + b"z" * 6000 + b"\nwithout its end")
    await codes.until(lambda: len(codes.seen) == 3)
    assert [code.text for code in codes.seen] == ["VG1.AAA", "VG1.BBB", "without its end"]
    port.unplug()
    await statuses.ever(DeviceState.OFFLINE)
    assert await scanner.found() == ()
    port.plug()
    await statuses.next(DeviceState.ONLINE)
    port.send(b"again\r")
    await codes.until(lambda: codes.seen[-1].text == "again")
    await scanner.stop()
    port.unplug()


async def test_a_scanner_that_types(tmp_path: Path) -> None:
    (tmp_path / "usb-Scanner-event-kbd").touch()
    reader, codes, statuses = KeyboardReader(tmp_path), Codes(), Statuses()
    reader.on_code(codes)
    reader.on_status(statuses)
    reader.typed("before the start")
    await reader.start()
    await statuses.until(lambda: reader.status.state is DeviceState.UNKNOWN)
    reader.typed("VG1.AAA")
    reader.typed("VG1.AAA\r")
    reader.typed("x" * 2000)
    assert [code.text for code in codes.seen] == ["VG1.AAA"]
    await reader.start()
    assert reader.status.state is DeviceState.ONLINE
    assert await reader.found() == (str(tmp_path / "usb-Scanner-event-kbd"),)
    await reader.stop()
    # Never online before a line came, and never unknown again after it.
    assert [status.state for status in statuses.seen] == [
        "starting",
        "unknown",
        "online",
        "unknown",
    ]
    reader.typed("after the end")
    assert len(codes.seen) == 1


async def test_the_simulated_reader() -> None:
    reader, codes, statuses = SimulatedCodeReader(FAST), Codes(), Statuses()
    reader.on_code(codes)
    reader.on_status(statuses)
    await reader.start()
    await statuses.ever(DeviceState.ONLINE)
    does = reader.actions
    does["slow"].run("0.01")
    does["show"].run("VG1.AAA")
    await codes.until(lambda: len(codes.seen) == 1)
    does["unplug"].run("")
    await statuses.ever(DeviceState.NO_DEVICE)
    assert await reader.found() == ()
    does["plug"].run("")
    await statuses.next(DeviceState.ONLINE)
    does["show"].run("VG1.BBB")
    await codes.until(lambda: len(codes.seen) == 2)
    with pytest.raises(WrongArgument):
        does["show"].run("")
    with pytest.raises(WrongArgument):
        does["show"].run("x" * (MAX_CODE_CHARACTERS + 1))
    await reader.stop()
    assert reader.status.simulated


def test_a_code_that_stays_in_sight_is_told_once() -> None:
    sieve = Sieve()
    told = [sieve.take("A", "QRCode", now / 2) for now in range(20)]
    assert [code is not None for code in told] == [True] + [False] * 19
    assert sieve.take("A", "QRCode", 12) is not None
    sieve.forget()
    assert sieve.take("A", "QRCode", 12.1) is not None


def test_many_codes_take_no_more_memory() -> None:
    sieve = Sieve()
    for number in range(100):
        assert sieve.take(str(number), "QRCode", 0)
    assert len(sieve._seen) == REMEMBERED


@given(st.text(max_size=3000))
def test_what_passes_the_sieve_is_bounded_and_printable(text: str) -> None:
    code = Sieve().take(text, "QRCode", 0)
    if code is not None:
        assert 0 < len(code.text) <= MAX_CODE_CHARACTERS
        assert code.text.isprintable()


@given(st.lists(st.binary(max_size=6000), max_size=5))
def test_lines_are_bounded_however_the_bytes_come(chunks: list[bytes]) -> None:
    at_once, in_pieces = Lines(), Lines()
    lines = at_once.feed(b"".join(chunks)) + at_once.pause()
    assert lines == [line for chunk in chunks for line in in_pieces.feed(chunk)] + in_pieces.pause()
    assert all(0 < len(line.encode()) <= MAX_LINE_BYTES for line in lines)


@given(st.binary(max_size=200))
def test_odd_messages_of_the_child_are_no_codes(data: bytes) -> None:
    codes_of(data)
    codes_of(SEEN + data)


def test_codes_that_do_not_fit_in_a_message_are_left_out() -> None:
    assert codes_of(seen_message([("é", "QRCode")])) == [("é", "QRCode")]
    assert codes_of(seen_message([("é" * 9000, "QRCode")])) == []


def test_the_factory_knows_what_is_meant() -> None:
    kinds = {
        "none": type(None),
        "simulated": SimulatedCodeReader,
        "auto": CameraReader,
        "camera": CameraReader,
        "keyboard": KeyboardReader,
        "/dev/serial/by-id/usb-scanner": SerialScanner,
    }
    for source, kind in kinds.items():
        assert isinstance(open_code_reader(source, baud=9600), kind)
