"""The handset's hook: a serial port over a pty, a key, a simulated one, and bouncing contacts."""

from __future__ import annotations

import asyncio
import errno
import os
import pty
import statistics
import threading
from pathlib import Path

import pytest
import serial
from hypothesis import given
from hypothesis import strategies as st

from devices.handset import open_handset
from devices.handset.hook import SETTLE_S, Debounce, Hook
from devices.handset.key import KeyHandset
from devices.handset.serial_line import MAX_STUCK, POLL_S, SerialHandset, control_line
from devices.handset.simulated import SimulatedHandset
from devices.serial_port import open_port
from devices.status import DeviceState
from devices.supervisor import Backoff
from tests.devices.helpers import Statuses, Watched

FAST = Backoff(first_s=0.01, cap_s=0.05, poll_s=0.005)


class Told(Watched):
    """What a hook told, and when."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[bool] = []
        self.at = 0.0

    def __call__(self, lifted: bool) -> None:
        self.seen.append(lifted)
        self.at = asyncio.get_running_loop().time()
        self.happened()


class Adapter:
    """A serial adapter on a stable name; a pty has no control lines, so the test gives those."""

    def __init__(self, folder: Path) -> None:
        self.link = folder / "usb-handset-port0"
        self.level = True
        self.fds: tuple[int, ...] = ()

    def plug(self) -> None:
        self.fds = pty.openpty()
        self.link.symlink_to(os.ttyname(self.fds[1]))

    def unplug(self) -> None:
        self.link.unlink()
        for fd in self.fds:
            os.close(fd)

    def read(self, port: serial.Serial, line: str) -> bool:
        assert line == "CTS"
        assert port.in_waiting >= 0  # Asks the kernel: fails once the port is gone.
        return self.level


@pytest.fixture
def adapter(tmp_path: Path) -> Adapter:
    made = Adapter(tmp_path)
    made.plug()
    return made


async def test_a_port_whose_rights_are_put_right_is_tried_again(adapter: Adapter) -> None:
    """The kernel makes a node for root alone; udev opens it to its group a moment later."""
    tries = 0

    def read(port: serial.Serial, line: str) -> bool:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise OSError(errno.ENOTTY, "a fault that lasts")
        return adapter.read(port, line)

    handset = SerialHandset(str(adapter.link), "CTS", lifted_when=False, read=read, backoff=FAST)
    statuses = Statuses()
    handset.on_status(statuses)
    await handset.start()
    await statuses.ever(DeviceState.USER_ERROR)
    Path(os.ttyname(adapter.fds[1])).chmod(0o666)
    await statuses.ever(DeviceState.ONLINE)
    await handset.stop()
    adapter.unplug()


def _handset(adapter: Adapter) -> tuple[SerialHandset, Statuses, Told]:
    handset = SerialHandset(
        str(adapter.link), "CTS", lifted_when=False, read=adapter.read, backoff=FAST
    )
    statuses, told = Statuses(), Told()
    handset.on_status(statuses)
    handset.on_hook(told)
    return handset, statuses, told


async def test_a_lifted_handset_is_told_within_50_ms(adapter: Adapter) -> None:
    handset, statuses, told = _handset(adapter)
    assert await handset.found() == (str(adapter.link),)
    await handset.start()
    online = await statuses.ever(DeviceState.ONLINE)
    assert online.detail == str(adapter.link)
    assert handset.capabilities == {"line": "CTS"}
    assert not handset.lifted
    handset.key(True)
    assert not told.seen
    delays = []
    for turn in range(1, 12):
        adapter.level = not adapter.level
        begun = asyncio.get_running_loop().time()
        await told.until(lambda turn=turn: len(told.seen) == turn)
        assert handset.lifted is not adapter.level
        delays.append(told.at - begun)
    assert statistics.median(delays) < 0.05
    await handset.stop()
    await handset.stop()
    for thread in threading.enumerate():
        if thread.name == "handset":
            thread.join(5)
            assert not thread.is_alive()


async def test_a_hook_that_is_lost_while_lifted_does_not_end_the_privacy(
    adapter: Adapter,
) -> None:
    handset, statuses, told = _handset(adapter)
    await handset.start()
    await statuses.ever(DeviceState.ONLINE)
    adapter.level = False
    await told.until(lambda: told.seen == [True])
    adapter.unplug()
    await statuses.ever(DeviceState.OFFLINE)
    missing = await statuses.ever(DeviceState.NO_DEVICE)
    assert missing.recovery_hint == "plug it in"
    assert await handset.found() == ()
    assert not handset.lifted
    assert told.seen == [True]
    adapter.level = True
    adapter.plug()
    await statuses.next(DeviceState.ONLINE)
    assert told.seen == [True, False]
    await handset.stop()


async def test_a_port_without_control_lines_is_the_wrong_port(adapter: Adapter) -> None:
    handset = SerialHandset(str(adapter.link), "DSR", lifted_when=True, read=control_line)
    statuses = Statuses()
    handset.on_status(statuses)
    await handset.start()
    fault = await statuses.ever(DeviceState.USER_ERROR)
    assert "has no control lines" in fault.detail
    await handset.stop()


async def test_a_driver_that_hangs_is_a_fault_and_holds_nothing_up(
    adapter: Adapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.handset.serial_line.STALL_S", 0.1)
    monkeypatch.setattr("devices.handset.serial_line.END_S", 0.05)
    hung, released = threading.Event(), threading.Event()

    def read(port: serial.Serial, line: str) -> bool:
        if hung.is_set():
            released.wait(20)
        return True

    handset = SerialHandset(str(adapter.link), "CTS", lifted_when=False, read=read)
    statuses = Statuses()
    handset.on_status(statuses)
    await handset.start()
    await statuses.ever(DeviceState.ONLINE)
    hung.set()
    fault = await statuses.ever(DeviceState.HARDWARE_ERROR)
    assert fault.detail == "no answer for 0.1 s"
    await handset.stop()
    released.set()


async def test_a_driver_that_hangs_for_ever_takes_few_threads(
    adapter: Adapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.handset.serial_line.END_S", 0.01)
    hung: list[str] = []
    released = threading.Event()

    def opening(path: str, baud: int) -> serial.Serial:
        """A kernel's driver that hangs before its port is ours."""
        if not released.is_set():
            hung.append(path)
            released.wait(20)
            raise OSError(errno.EIO, "woken")
        return open_port(path, baud)

    monkeypatch.setattr("devices.handset.serial_line.open_port", opening)
    handset = SerialHandset(
        str(adapter.link),
        "CTS",
        lifted_when=False,
        read=adapter.read,
        backoff=FAST,
        open_timeout_s=0.3,
    )
    statuses = Statuses()
    handset.on_status(statuses)
    await handset.start()
    await statuses.until(lambda: any(seen.detail.endswith(" hangs") for seen in statuses.seen))
    assert len(hung) == MAX_STUCK
    released.set()
    await statuses.next(DeviceState.ONLINE)
    await handset.stop()
    assert len(hung) == MAX_STUCK


@pytest.mark.expects_log("handset: a listener failed")
def test_who_listens_badly_takes_nothing_from_the_others() -> None:
    hook, told = Hook(), []

    def fail(lifted: bool) -> None:
        raise RuntimeError

    hook.on_hook(fail)
    hook.on_hook(told.append)
    hook.tell(True)
    hook.tell(False)
    assert told == [True, False]


class Lines:
    """The two control lines of a port."""

    cts = True
    dsr = False


def test_the_line_that_is_named_is_read() -> None:
    assert control_line(Lines(), "CTS")
    assert not control_line(Lines(), "DSR")


def test_a_bouncing_contact_is_one_change() -> None:
    debounce, now, told = Debounce(), 0.0, []
    for level in [True] * 9 + [False, True, False, False, True] + [False] * 9:
        now += 0.005
        if debounce.settled(level, now) and level is not (told[-1] if told else None):
            told.append(level)
    assert told == [True, False]


@given(levels=st.lists(st.booleans(), max_size=100))
def test_a_level_is_believed_when_it_has_held_and_soon_after(levels: list[bool]) -> None:
    debounce = Debounce()
    needed = round(SETTLE_S / POLL_S)
    for number, level in enumerate(levels):
        held = 0
        while held < number and levels[number - held - 1] is level:
            held += 1
        # A hair later each time, so that rounding has no say.
        assert debounce.settled(level, number * POLL_S * 1.001) is (held >= needed)


async def test_a_key_is_unknown_until_it_is_pressed() -> None:
    handset = open_handset("auto")
    assert isinstance(handset, KeyHandset)
    statuses, told = Statuses(), Told()
    handset.on_status(statuses)
    handset.on_hook(told)
    await handset.start()
    handset.retry()
    assert handset.status.state is DeviceState.UNKNOWN
    assert await handset.found() == ()
    for lifted in (True, True, False):
        handset.key(lifted)
        assert handset.lifted is lifted
    assert told.seen == [True, False]
    assert [status.state for status in statuses.seen] == ["online"]
    assert await handset.found() == ("key",)
    assert handset.capabilities == {"line": "key"}
    await handset.stop()


async def test_a_simulated_handset_is_lifted_from_the_dock() -> None:
    handset = open_handset("simulated")
    assert isinstance(handset, SimulatedHandset)
    statuses, told = Statuses(), Told()
    handset.on_status(statuses)
    handset.on_hook(told)
    handset.actions["lift"].run("")
    await handset.start()
    await statuses.ever(DeviceState.ONLINE)
    assert handset.lifted
    handset.actions["unplug"].run("")
    await statuses.ever(DeviceState.NO_DEVICE)
    assert await handset.found() == ()
    handset.actions["hang_up"].run("")
    assert told.seen == [True]
    handset.actions["plug"].run("")
    await told.until(lambda: told.seen == [True, False])
    assert handset.capabilities == {"line": "simulated"}
    assert await handset.found() == ("simulated",)
    await handset.stop()


def test_the_factory_knows_what_is_meant() -> None:
    assert open_handset("none") is None
    assert isinstance(open_handset("key"), KeyHandset)
    assert isinstance(open_handset("/dev/serial/by-id/usb-x", line="DSR"), SerialHandset)
