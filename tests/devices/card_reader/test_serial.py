"""Serial readers on a pty: both protocols, rubbish on the line, and the cable."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.card_reader import open_card_reader
from devices.card_reader.identity import digest
from devices.card_reader.interface import CardKind, CardReader
from devices.card_reader.serial_port import GONE_S
from devices.serial_port import open_fault
from devices.status import DeviceState
from tests.devices.card_reader.conftest import Heard
from tests.devices.card_reader.pcscd import UID
from tests.devices.card_reader.test_parsing import frame
from tests.devices.helpers import Statuses

KEY = bytes(range(32))
STAFF = digest(KEY, UID)
OTHER = bytes.fromhex("0102030405")


class Cable:
    """A serial reader under a stable name, as udev would make it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "usb-Reader-port0"
        self._fds: tuple[int, int] | None = None

    def plug(self) -> None:
        self._fds = os.openpty()
        self.path.symlink_to(os.ttyname(self._fds[1]))

    def unplug(self) -> None:
        self.path.unlink(missing_ok=True)
        if self._fds is not None:
            for fd in self._fds:
                os.close(fd)
            self._fds = None

    def say(self, data: bytes) -> None:
        assert self._fds is not None
        os.write(self._fds[0], data)


@pytest.fixture
def cable(tmp_path: Path) -> Iterator[Cable]:
    cable = Cable(tmp_path)
    cable.plug()
    yield cable
    cable.unplug()


@contextlib.asynccontextmanager
async def watched(cable: Cable, heard: Heard, protocol: str):  # noqa: ANN201
    reader = open_card_reader(
        str(cable.path), key=KEY, cards={STAFF: CardKind.MEDIATOR}, protocol=protocol
    )
    statuses = Statuses()
    reader.on_card(heard)
    reader.on_status(statuses)
    await reader.start()
    await statuses.ever(DeviceState.ONLINE)
    try:
        yield reader, statuses
    finally:
        await reader.stop()


async def test_lines_with_rubbish_between(cable: Cable, heard: Heard) -> None:
    async with watched(cable, heard, "line") as (reader, _):
        assert await reader.found() == (str(cable.path),)
        assert reader.capabilities == {"protocol": "line", "readers": 1}
        cable.say(b"\xff\x00RDR v1.2\r\n" + b"9" * 1000 + b"\r\n" + UID.hex(":").encode() + b"\r\n")
        come = await heard.count(1)
        assert (come.present, come.card.kind) == (True, CardKind.MEDIATOR)
        assert come.card.digest == STAFF
        cable.say(b"-\r\n")
        assert not (await heard.count(2)).present


async def test_frames_with_rubbish_between(cable: Cable, heard: Heard) -> None:
    async with watched(cable, heard, "framed") as (reader, _):
        wrong = frame(OTHER)[:-2] + b"\x00\x03"
        cable.say(b"\x02\x02" + wrong + b"\x02\xff" + frame(UID)[:3])
        cable.say(frame(UID)[3:])
        assert (await heard.count(1)).card.digest == STAFF
        cable.say(frame(OTHER))
        assert not (await heard.count(2)).present
        assert (await heard.count(3)).card.kind is CardKind.RESIDENT
        cable.say(frame(b""))
        assert not (await heard.count(4)).present
        assert reader.cards == ()


async def test_a_frame_behind_half_a_frame_is_found(cable: Cable, heard: Heard) -> None:
    async with watched(cable, heard, "framed"):
        cable.say(b"\x02\x0a" + frame(UID))
        assert (await heard.count(1)).card.digest == STAFF


async def test_a_card_that_is_told_no_more_is_gone(cable: Cable, heard: Heard) -> None:
    async with watched(cable, heard, "line"):
        cable.say(UID.hex().encode() + b"\n")
        await heard.count(1)
        cable.say(UID.hex().encode() + b"\n")
        assert not (await heard.count(2)).present
        assert len(heard.events) == 2
        assert GONE_S < 5


async def test_the_cable_is_pulled_and_put_back(cable: Cable, heard: Heard) -> None:
    async with watched(cable, heard, "line") as (reader, statuses):
        cable.say(UID.hex().encode() + b"\n")
        await heard.count(1)
        cable.unplug()
        assert not (await heard.count(2)).present
        await statuses.until(lambda: reader.status.state.faulty)
        assert await reader.found() == ()
        cable.plug()
        await statuses.until(lambda: reader.status.state is DeviceState.ONLINE)
        cable.say(UID.hex().encode() + b"\n")
        assert (await heard.count(3)).card.digest == STAFF


async def test_a_reader_that_another_program_holds_is_a_fault(cable: Cable, heard: Heard) -> None:
    async with watched(cable, heard, "line"):
        second = open_card_reader(str(cable.path), key=KEY, cards={})
        assert second is not None
        statuses = Statuses()
        second.on_status(statuses)
        await second.start()
        held = await statuses.ever(DeviceState.USER_ERROR)
        assert held.recovery_hint == "end the other program"
        assert held.state.faulty
        await second.stop()


async def _first_fault(reader: CardReader | None) -> DeviceState:
    assert reader is not None
    statuses = Statuses()
    reader.on_status(statuses)
    await reader.start()
    await statuses.until(lambda: reader.status.state.faulty)
    state = reader.status.state
    await reader.stop()
    return state


async def test_what_is_not_there_and_what_is_no_serial_device(tmp_path: Path) -> None:
    missing = open_card_reader(str(tmp_path / "none"), key=KEY, cards={})
    assert await _first_fault(missing) is DeviceState.NO_DEVICE
    (tmp_path / "file").touch()
    wrong = open_card_reader(str(tmp_path / "file"), key=KEY, cards={})
    assert await _first_fault(wrong) is DeviceState.HARDWARE_ERROR


@pytest.mark.parametrize(
    ("number", "state", "permanent"),
    [
        (errno.ENODEV, DeviceState.NO_DEVICE, False),
        (errno.EACCES, DeviceState.USER_ERROR, True),
        (errno.EAGAIN, DeviceState.USER_ERROR, False),
        (errno.EIO, DeviceState.HARDWARE_ERROR, False),
    ],
)
def test_what_an_error_of_the_system_means(
    number: int, state: DeviceState, permanent: bool
) -> None:
    fault = open_fault("/dev/x", OSError(number, "no"), group="dialout")
    assert (fault.state, fault.permanent) == (state, permanent)
    assert fault.hint
    assert open_fault("/dev/x", ValueError("baud"), group="dialout").permanent


def test_none_is_none_and_a_key_has_its_length() -> None:
    assert open_card_reader("none", key=KEY, cards={}) is None
    with pytest.raises(ValueError, match="32"):
        open_card_reader("auto", key=b"short", cards={})
