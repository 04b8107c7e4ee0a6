"""One supervisor for a device's life: open, watch, tear down, back off, open again."""

from __future__ import annotations

import asyncio
import logging
import math
import random
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Protocol, TypedDict

from devices.hotplug import HotPlug, Polling
from devices.listeners import tell_all
from devices.status import DeviceError, DeviceState, DeviceStatus

logger = logging.getLogger(__name__)

_jitter = random.Random()  # noqa: S311 - spreads retries; no secret.
HINT = "unplug it for ten seconds"
"""The first thing to try where the driver has nothing better to say."""
StatusListener = Callable[[DeviceStatus], None]


class Driver(Protocol):
    """What the supervisor asks of a device; each call runs on the supervisor's loop."""

    async def open(self) -> str:
        """Open the device and return its name and mode once it works; raise `DeviceError`."""

    async def watch(self) -> None:
        """Return, or raise `DeviceError`, only when the device is lost."""

    async def close(self) -> None:
        """Let go of everything; called after every `open`, also one that failed half-way."""

    def plugged(self) -> Hashable:
        """A cheap fingerprint of what is plugged in: once it changes, opening is tried at once."""

    def present(self) -> bool | None:
        """The second witness: whether the system sees the device; None where it can't tell."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """How long to wait between two lives of a device."""

    first_s: float = 0.25
    """A resident in a call waits for this one: a replugged cable should be back at once."""
    cap_s: float = 30.0
    """A booth left with a dead device overnight should neither spin nor flood its log."""
    stable_s: float = 10.0
    """A life that lasted this long was a good one: the next wait is the first again."""
    poll_s: float = 0.25
    """Without hot-plug events, how often `Driver.plugged` is asked while waiting."""

    def delay(self, failures: int) -> float:
        """Seconds to wait after `failures` (≥ 1) short lives in a row, less up to 40 % of jitter.

        Less, not more, so that the longest waits are spread as well and stay below the cap.
        """
        wait_s = self.first_s * float(2 ** min(failures - 1, 16))
        return min(self.cap_s, wait_s) * _jitter.uniform(0.6, 1.0)


class Upkeep(TypedDict, total=False):
    """How a device is kept alive; what is left out is as `Supervisor` has it."""

    simulated: bool
    open_timeout_s: float
    """A driver that has not opened by then is torn down."""
    backoff: Backoff | None
    hotplug: HotPlug | None
    """Where there is none the supervisor looks by itself for what was plugged in."""


class Supervisor:
    """Keeps one `Driver` alive between `start` and `stop`, and tells of changes of status only."""

    def __init__(
        self,
        name: str,
        driver: Driver,
        *,
        simulated: bool = False,
        open_timeout_s: float = 10.0,
        backoff: Backoff | None = None,
        hotplug: HotPlug | None = None,
    ) -> None:
        """The device's `name` is for the log; the rest is told at `Upkeep`."""
        self._name = name
        self._driver = driver
        self._simulated = simulated
        self._open_timeout_s = open_timeout_s
        self._backoff = backoff or Backoff()
        self._hotplug = hotplug or Polling(self._backoff.poll_s)
        self._wanted = asyncio.Event()
        self._listeners: list[StatusListener] = []
        self._task: asyncio.Task[None] | None = None
        self._ending: set[asyncio.Task[None]] = set()
        """Lives that were stopped and still let go of the device."""
        self._opening = False
        self._found: DeviceStatus | None = None
        """What the driver reported while it opened."""
        self._status = DeviceStatus(simulated=simulated)

    @property
    def status(self) -> DeviceStatus:
        """How the device is now; readable from any thread."""
        return self._status

    def on_status(self, listener: StatusListener) -> None:
        """Call `listener` on the loop at each change."""
        self._listeners.append(listener)

    async def start(self) -> None:
        """Begin the device's life; returns at once. One that waits to try again tries now.

        One that was stopped and still closes is waited for before it is opened again.
        """
        if self._task is None or self._task.done():
            self._tell(DeviceState.STARTING)
            self._task = asyncio.create_task(self._live(), name=f"device {self._name}")
        else:
            self.retry()

    def retry(self) -> None:
        """End the wait after a fault: somebody has changed something."""
        self._wanted.set()

    def report(
        self, state: DeviceState, detail: str, reasons: tuple[str, ...] = (), hint: str = ""
    ) -> None:
        """Tell how a device that is open is doing, as its driver has just learnt.

        While it opens this is kept, and told in the place of "online" once it is open.
        """
        status = DeviceStatus(state, self._simulated, detail, hint, reasons)
        if self._opening:
            self._found = status
        else:
            self._become(status)

    async def stop(self) -> None:
        """End the device's life; when this returns the driver is closed. Safe to call twice."""
        task, self._task = self._task, None
        if task is not None:
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)
            task.cancel()
        await self._ended()
        if self._task is None:
            self._tell(DeviceState.UNKNOWN)

    async def _ended(self) -> None:
        if self._ending:
            await asyncio.wait(tuple(self._ending))

    async def _live(self) -> None:
        await self._ended()
        failures = 0
        clock = asyncio.get_running_loop().time
        while True:
            born = clock()
            self._wanted.clear()
            # Before the attempt: what is plugged in while it fails must not be missed.
            cables = self._cables()
            fault = await self._one_life()
            failures = 1 if clock() - born >= self._backoff.stable_s else failures + 1
            if self._proven(fault, failures):
                self._tell(fault.state, fault.detail, fault.hint)
            else:
                self._tell(DeviceState.STARTING, fault.detail)
            await self._pause(
                math.inf if fault.permanent else self._backoff.delay(failures), cables
            )

    def _proven(self, fault: DeviceError, failures: int) -> bool:
        """Two witnesses are needed for "disconnected": the driver, and the system or a new try."""
        if fault.state not in (DeviceState.NO_DEVICE, DeviceState.OFFLINE):
            return True
        return fault.permanent or failures > 1 or self._absent()

    def _cables(self) -> Hashable:
        """`Driver.plugged`, or what it ran into: a node that may not be looked at is news too."""
        try:
            return self._driver.plugged()
        except OSError as error:
            return error.errno

    def _absent(self) -> bool:
        try:
            return self._driver.present() is False
        except OSError:
            return False

    async def _one_life(self) -> DeviceError:
        self._found, self._opening = None, True
        try:
            await self._open()
            await self._driver.watch()
            return DeviceError(DeviceState.OFFLINE, "ended by itself", hint=HINT)
        except DeviceError as fault:
            return fault
        except Exception as error:  # The supervisor is where a driver's bug stops.
            logger.exception("device %s: unexpected fault", self._name)
            detail = f"unexpected {type(error).__name__}"
            return DeviceError(DeviceState.HARDWARE_ERROR, detail, hint=HINT)
        finally:
            await self._close()

    async def _open(self) -> None:
        limit = asyncio.timeout(self._open_timeout_s)
        try:
            async with limit:
                detail = await self._driver.open()
        except TimeoutError:
            if not limit.expired():
                raise
            raise DeviceError(
                DeviceState.HARDWARE_ERROR,
                f"did not open within {self._open_timeout_s:g} s",
                hint=HINT,
            ) from None
        finally:
            self._opening = False
        if self._found is None:
            self._tell(DeviceState.ONLINE, detail)
        else:
            self._become(self._found)

    async def _close(self) -> None:
        """Close the driver to the end, also when `stop` comes while it is closing."""
        closing = asyncio.create_task(self._driver.close())
        cancelled = False
        while not closing.done():
            try:
                await asyncio.wait((closing,))
            except asyncio.CancelledError:
                cancelled = True
        if error := closing.exception():
            logger.error("device %s: closing failed", self._name, exc_info=error)
        if cancelled:
            raise asyncio.CancelledError

    async def _pause(self, delay_s: float, before: Hashable) -> None:
        """Wait `delay_s`, less when the cables are not as `before` or somebody asks."""
        clock = asyncio.get_running_loop().time
        until = clock() + delay_s
        while (left := until - clock()) > 0 and not self._wanted.is_set():
            if self._cables() != before:
                return
            changed = asyncio.ensure_future(self._hotplug.change(left))
            asked = asyncio.ensure_future(self._wanted.wait())
            try:
                await asyncio.wait((changed, asked), return_when=asyncio.FIRST_COMPLETED)
            finally:
                changed.cancel()
                asked.cancel()

    def _tell(self, state: DeviceState, detail: str = "", hint: str = "") -> None:
        self._become(DeviceStatus(state, self._simulated, detail, hint))

    def _become(self, status: DeviceStatus) -> None:
        if status == self._status:
            return
        self._status = status
        logger.info("device %s: %s %s", self._name, status.state.value, status.detail)
        tell_all(self._listeners, status, f"device {self._name}")
