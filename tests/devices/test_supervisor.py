"""The supervisor of a device's life."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.status import DeviceError, DeviceState
from devices.supervisor import Backoff, Supervisor
from tests.devices.helpers import Statuses

FAST = Backoff(first_s=0.01, cap_s=0.05, poll_s=0.005)


class FakeDriver:
    """A device that does what the test says."""

    def __init__(self) -> None:
        self.faults: list[Exception] = []
        self.lost: asyncio.Future[None] | None = None
        self.opened = 0
        self.closed = 0
        self.cable = 0
        self.seen_by_the_system: bool | None = False
        self.hold_close: asyncio.Event | None = None

    async def open(self) -> str:
        self.opened += 1
        if self.faults:
            raise self.faults.pop(0)
        self.lost = asyncio.get_running_loop().create_future()
        return "fake"

    async def watch(self) -> None:
        assert self.lost is not None
        await self.lost

    async def close(self) -> None:
        if self.hold_close is not None:
            await self.hold_close.wait()
        self.closed += 1

    def plugged(self) -> int:
        return self.cable

    def present(self) -> bool | None:
        return self.seen_by_the_system


async def test_a_good_life_goes_from_starting_to_online_and_is_closed_at_stop() -> None:
    driver, statuses = FakeDriver(), Statuses()
    supervisor = Supervisor("fake", driver, simulated=True)
    supervisor.on_status(statuses)
    await supervisor.start()
    await supervisor.start()
    online = await statuses.ever(DeviceState.ONLINE)
    assert online.detail == "fake"
    assert online.simulated
    await supervisor.stop()
    await supervisor.stop()
    assert [status.state for status in statuses.seen] == ["starting", "online", "unknown"]
    assert (driver.opened, driver.closed) == (1, 1)


async def test_a_passing_fault_is_told_once_and_tried_again() -> None:
    driver, statuses = FakeDriver(), Statuses()
    driver.faults = [DeviceError(DeviceState.NO_DEVICE, "gone", hint="plug it in")] * 3
    supervisor = Supervisor("fake", driver, backoff=FAST)
    supervisor.on_status(statuses)
    await supervisor.start()
    await statuses.ever(DeviceState.ONLINE)
    assert [status.state for status in statuses.seen] == ["starting", "noDevice", "online"]
    assert statuses.seen[1].recovery_hint == "plug it in"
    assert (driver.opened, driver.closed) == (4, 3)
    await supervisor.stop()


async def test_a_permanent_fault_is_not_tried_again_until_the_next_start() -> None:
    driver, statuses = FakeDriver(), Statuses()
    driver.faults = [DeviceError(DeviceState.USER_ERROR, "no such file", permanent=True)]
    supervisor = Supervisor("fake", driver, backoff=FAST)
    supervisor.on_status(statuses)
    await supervisor.start()
    await statuses.ever(DeviceState.USER_ERROR)
    await supervisor.start()
    await statuses.ever(DeviceState.ONLINE)
    assert driver.opened == 2
    await supervisor.stop()


async def test_a_change_of_cables_cuts_the_wait_short() -> None:
    driver, statuses = FakeDriver(), Statuses()
    driver.faults = [DeviceError(DeviceState.NO_DEVICE, "gone")]
    patient = Backoff(first_s=3600, cap_s=3600, poll_s=0.005)
    supervisor = Supervisor("fake", driver, backoff=patient)
    supervisor.on_status(statuses)
    await supervisor.start()
    await statuses.ever(DeviceState.NO_DEVICE)
    await asyncio.sleep(0)  # Let the wait begin: it remembers the cables as they are then.
    driver.cable += 1
    await statuses.ever(DeviceState.ONLINE)
    await supervisor.stop()


async def test_a_driver_that_ends_by_itself_is_opened_again() -> None:
    driver, statuses = FakeDriver(), Statuses()
    supervisor = Supervisor("fake", driver, backoff=FAST)
    supervisor.on_status(statuses)
    await supervisor.start()
    await statuses.ever(DeviceState.ONLINE)
    assert driver.lost is not None
    driver.lost.set_result(None)
    await statuses.ever(DeviceState.OFFLINE)
    await statuses.next(DeviceState.ONLINE)
    assert driver.closed == 1
    await supervisor.stop()


@pytest.mark.expects_log("unexpected fault")
async def test_a_bug_in_a_driver_is_a_fault_and_not_the_end() -> None:
    driver, statuses = FakeDriver(), Statuses()
    driver.faults = [ZeroDivisionError()]
    supervisor = Supervisor("fake", driver, backoff=FAST)
    supervisor.on_status(statuses)
    await supervisor.start()
    await statuses.ever(DeviceState.ONLINE)
    assert statuses.seen[1].detail == "unexpected ZeroDivisionError"
    await supervisor.stop()


async def test_a_driver_that_hangs_while_opening_is_closed() -> None:
    class Hanging(FakeDriver):
        async def open(self) -> str:
            self.opened += 1
            await asyncio.Event().wait()
            return ""

    driver, statuses = Hanging(), Statuses()
    supervisor = Supervisor("fake", driver, open_timeout_s=0.05, backoff=FAST)
    supervisor.on_status(statuses)
    await supervisor.start()
    fault = await statuses.ever(DeviceState.HARDWARE_ERROR)
    assert "did not open" in fault.detail
    await supervisor.stop()
    assert driver.opened == driver.closed


async def test_stop_in_the_middle_of_closing_still_closes_to_the_end() -> None:
    driver, statuses = FakeDriver(), Statuses()
    supervisor = Supervisor("fake", driver, backoff=FAST)
    supervisor.on_status(statuses)
    driver.hold_close = asyncio.Event()
    await supervisor.start()
    await statuses.ever(DeviceState.ONLINE)
    assert driver.lost is not None
    driver.lost.set_result(None)
    stopping = asyncio.ensure_future(supervisor.stop())
    done, _ = await asyncio.wait((stopping,), timeout=0.05)
    assert not done
    driver.hold_close.set()
    await stopping
    assert driver.closed == 1


async def test_what_is_started_while_it_still_closes_waits_for_that() -> None:
    driver, statuses = FakeDriver(), Statuses()
    driver.hold_close = asyncio.Event()
    supervisor = Supervisor("fake", driver)
    supervisor.on_status(statuses)
    await supervisor.start()
    await statuses.ever(DeviceState.ONLINE)
    stops = [asyncio.create_task(supervisor.stop())]
    # Somebody who can't decide: only the last life is to be lived.
    for _ in range(2):
        await asyncio.sleep(0)
        await supervisor.start()
        stops.append(asyncio.create_task(supervisor.stop()))
    await asyncio.sleep(0)
    await supervisor.start()
    assert (driver.opened, driver.closed) == (1, 0)
    driver.hold_close.set()
    await asyncio.wait(stops)
    await statuses.until(lambda: supervisor.status.state is DeviceState.ONLINE)
    assert (driver.opened, driver.closed) == (2, 1)
    await supervisor.stop()
    assert (driver.opened, driver.closed) == (2, 2)
    assert "unknown" not in [status.state for status in statuses.seen[:-1]]


async def test_one_witness_is_not_enough_for_disconnected() -> None:
    """The driver alone says that it is gone, and at the next try it is there: nothing is told."""
    for seen in (None, True):
        driver, statuses = FakeDriver(), Statuses()
        driver.seen_by_the_system = seen
        supervisor = Supervisor("fake", driver, backoff=FAST)
        supervisor.on_status(statuses)
        await supervisor.start()
        await statuses.ever(DeviceState.ONLINE)
        assert driver.lost is not None
        driver.lost.set_exception(DeviceError(DeviceState.OFFLINE, "a hiccup"))
        await statuses.next(DeviceState.ONLINE)
        assert [status.state for status in statuses.seen] == [
            "starting",
            "online",
            "starting",
            "online",
        ]
        assert statuses.seen[2].detail == "a hiccup"
        await supervisor.stop()


async def test_a_second_failure_in_a_row_is_the_second_witness() -> None:
    driver, statuses = FakeDriver(), Statuses()
    driver.seen_by_the_system = True
    driver.faults = [DeviceError(DeviceState.NO_DEVICE, "gone")] * 2
    supervisor = Supervisor("fake", driver, backoff=FAST)
    supervisor.on_status(statuses)
    await supervisor.start()
    await statuses.ever(DeviceState.ONLINE)
    assert [status.state for status in statuses.seen] == [
        "starting",
        "starting",
        "noDevice",
        "online",
    ]
    await supervisor.stop()


PERMANENT = DeviceError(DeviceState.USER_ERROR, "not allowed", permanent=True)


@pytest.mark.parametrize("what", ["cable", "retry"])
async def test_a_permanent_fault_is_tried_again_once_something_changed(what: str) -> None:
    driver, statuses = FakeDriver(), Statuses()
    driver.faults = [PERMANENT]
    supervisor = Supervisor("fake", driver, backoff=FAST)
    supervisor.on_status(statuses)
    await supervisor.start()
    await statuses.ever(DeviceState.USER_ERROR)
    waited, _ = await asyncio.wait(
        (asyncio.ensure_future(statuses.next(DeviceState.ONLINE)),), timeout=0.2
    )
    assert not waited
    assert driver.opened == 1
    if what == "cable":
        driver.cable += 1
    else:
        supervisor.retry()
    await statuses.ever(DeviceState.ONLINE)
    await supervisor.stop()


async def test_cables_that_change_during_a_failing_try_are_not_missed() -> None:
    class Replugged(FakeDriver):
        async def close(self) -> None:
            await super().close()
            self.cable = 1

    driver, statuses = Replugged(), Statuses()
    driver.faults = [PERMANENT]
    supervisor = Supervisor("fake", driver, backoff=FAST)
    supervisor.on_status(statuses)
    await supervisor.start()
    await statuses.ever(DeviceState.ONLINE)
    await supervisor.stop()


async def test_an_open_device_reports_its_condition_and_a_repetition_is_not_told() -> None:
    driver, statuses = FakeDriver(), Statuses()
    supervisor = Supervisor("fake", driver, backoff=FAST)
    supervisor.on_status(statuses)
    await supervisor.start()
    await statuses.ever(DeviceState.ONLINE)
    for _ in range(2):
        supervisor.report(DeviceState.ONLINE, "fake", ("media-low",))
    assert [status.reasons for status in statuses.seen[1:]] == [(), ("media-low",)]
    await supervisor.stop()


@pytest.mark.expects_log("a listener failed")
async def test_a_bug_in_a_listener_ends_neither_the_device_nor_the_other_listeners() -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    driver, statuses = FakeDriver(), Statuses()
    driver.faults = [DeviceError(DeviceState.NO_DEVICE, "gone")]
    supervisor = Supervisor("fake", driver, backoff=FAST)
    supervisor.on_status(fail)
    supervisor.on_status(statuses)
    await supervisor.start()
    await statuses.ever(DeviceState.NO_DEVICE)
    await statuses.ever(DeviceState.ONLINE)
    await supervisor.stop()
    assert [status.state for status in statuses.seen][-1] == "unknown"


async def test_a_node_that_may_not_be_looked_at_does_not_end_the_device() -> None:
    """`Path.exists` raises where a folder on the way is closed to the booth's user."""

    class Forbidden(FakeDriver):
        closed_to_us = True

        def plugged(self) -> int:
            if self.closed_to_us:
                raise PermissionError(13, "no")
            return super().plugged()

        def present(self) -> bool | None:
            raise PermissionError(13, "no")

    driver, statuses = Forbidden(), Statuses()
    driver.faults = [
        DeviceError(DeviceState.NO_DEVICE, "gone"),
        DeviceError(DeviceState.USER_ERROR, "not allowed", permanent=True),
    ]
    supervisor = Supervisor("fake", driver, backoff=FAST)
    supervisor.on_status(statuses)
    await supervisor.start()
    await statuses.ever(DeviceState.USER_ERROR)
    driver.closed_to_us = False
    await statuses.ever(DeviceState.ONLINE)
    await supervisor.stop()


async def test_what_a_driver_reports_while_it_opens_is_told_and_not_online_before_it() -> None:
    class Empty(FakeDriver):
        async def open(self) -> str:
            supervisor.report(DeviceState.USER_ERROR, "fake", ("media-empty",), "put paper in")
            return await super().open()

    driver, statuses = Empty(), Statuses()
    supervisor = Supervisor("fake", driver, backoff=FAST)
    supervisor.on_status(statuses)
    await supervisor.start()
    empty = await statuses.ever(DeviceState.USER_ERROR)
    assert (empty.reasons, empty.recovery_hint) == (("media-empty",), "put paper in")
    assert [status.state for status in statuses.seen] == ["starting", "userError"]
    supervisor.report(DeviceState.ONLINE, "fake")
    assert supervisor.status.state is DeviceState.ONLINE
    await supervisor.stop()


@pytest.mark.expects_log("unexpected fault")
async def test_a_timeout_of_the_drivers_own_is_not_called_slow_opening() -> None:
    driver, statuses = FakeDriver(), Statuses()
    driver.faults = [TimeoutError()]
    supervisor = Supervisor("fake", driver, backoff=FAST)
    supervisor.on_status(statuses)
    await supervisor.start()
    fault = await statuses.ever(DeviceState.HARDWARE_ERROR)
    assert fault.detail == "unexpected TimeoutError"
    await supervisor.stop()


@pytest.mark.parametrize("failures", [1, 12])
def test_waits_are_spread_so_that_booths_do_not_try_in_step(failures: int) -> None:
    backoff = Backoff()
    assert len({backoff.delay(failures) for _ in range(20)}) > 10


@given(failures=st.integers(1, 10_000))
def test_waits_grow_and_are_capped(failures: int) -> None:
    backoff = Backoff()
    delay = backoff.delay(failures)
    assert 0 < delay <= 30
    assert failures > 1 or delay <= 0.32
    assert failures < 8 or delay >= 18
