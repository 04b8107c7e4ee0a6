"""A real ticket printer, behind a child process."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Hashable

from devices.child import Child
from devices.child_driver import ChildDriver
from devices.device import SupervisedDevice
from devices.hotplug import HotPlug
from devices.status import Capabilities, DeviceError, DeviceKind, DeviceState
from devices.supervisor import Backoff
from devices.ticket_printer.finding import Place
from devices.ticket_printer.interface import Paper, Printed, Slip
from devices.ticket_printer.realtime import Condition
from devices.ticket_printer.wire import (
    CONDITION,
    RESULT,
    condition_of,
    result_of,
    slip_message,
)

STALL_S = 5.0
"""The child gives a sign of life every second, also while it waits for the printer; to draw the
longest slip takes it another."""


class EscposPrinter(SupervisedDevice):
    """A thermal printer on a serial, USB or network line."""

    kind = DeviceKind.TICKET_PRINTER

    def __init__(
        self,
        place: Place,
        *,
        baud: int,
        width_dots: int,
        profile: str,
        hotplug: HotPlug | None = None,
        backoff: Backoff | None = None,
    ) -> None:
        """Nothing is opened until `start`."""
        settings: dict[str, str | int] = {
            "source": place.source,
            "baud": baud,
            "width_dots": width_dots,
            "profile": profile,
        }
        self._place = place
        self._driver = _Driver(place, settings, self._told)
        self._printing = asyncio.Lock()
        super().__init__(self._driver, hotplug=hotplug, backoff=backoff)

    @property
    def paper(self) -> Paper:
        """The roll, when last asked."""
        return self._driver.paper

    @property
    def capabilities(self) -> Capabilities:
        """Width, cutter, QR; nothing until it was first opened."""
        return self._driver.capabilities

    @property
    def child_pid(self) -> int | None:
        """The process that holds the line, while there is one."""
        return self._driver.child.pid if self._driver.child else None

    async def found(self) -> tuple[str, ...]:
        """The nodes or the address that would be used."""
        try:
            named = self._place.address() is not None
        except DeviceError:
            return ()
        return (self._place.source,) if named else self._place.nodes()

    async def start(self) -> None:
        """Begin to watch the printer."""
        await self._begin()

    def forget(self) -> int:
        """Nothing of a slip is held once it is out: the child draws and drops it."""
        return 0

    async def print(self, slip: Slip) -> Printed:
        """Print and cut; slips wait for each other.

        Raises:
            DeviceError: as the interface says.
            ValueError: the slip is longer than any of ours.
        """
        message = slip_message(slip)
        async with self._printing:
            return await self._driver.print(message)

    def _told(self, detail: str, condition: Condition) -> None:
        words = f"{detail}: {condition.detail}" if condition.detail else detail
        self._supervisor.report(condition.state, words, condition.reasons, condition.hint)


class _Driver(ChildDriver):
    """The child process as the supervisor sees it."""

    def __init__(
        self,
        place: Place,
        settings: dict[str, str | int],
        told: Callable[[str, Condition], None],
    ) -> None:
        super().__init__("sign of life", STALL_S, "switch the printer off and on")
        self.paper = Paper.UNKNOWN
        self._place = place
        self._settings = settings
        self._on_condition = told
        self._detail = ""
        self._condition: Condition | None = None
        """As it was last told; the first comes before the line counts as open."""
        self._results: deque[asyncio.Future[Printed]] = deque()

    async def open(self) -> str:
        """Start the child; its own reports follow."""
        self._detail = await super().open()
        if self._condition is not None:
            self._on_condition(self._detail, self._condition)
        return self._detail

    def spawn(self) -> Child:
        """Start a child for the line."""
        return Child.spawn("devices.ticket_printer.worker", self._settings, self.on_messages)

    def plugged(self) -> Hashable:
        """What is plugged in."""
        return self._place.plugged()

    def present(self) -> bool | None:
        """Whether the system sees it."""
        return self._place.present()

    def forget(self) -> None:
        """What the printer said is no longer known; a slip that was under way did not come out."""
        self.paper = Paper.UNKNOWN
        self._condition = None
        self._detail = ""
        while self._results:
            self._end(self._fault or DeviceError(DeviceState.OFFLINE, "lost while printing"))

    async def print(self, message: bytes) -> Printed:
        """Hand a slip to the child and wait for its end; raises `DeviceError`."""
        if self.child is None or not self._detail or not self.child.send(message):
            raise DeviceError(DeviceState.NO_DEVICE, "no printer", hint="check its cable")
        result: asyncio.Future[Printed] = asyncio.get_running_loop().create_future()
        # One of who stops waiting stays in the row: the next slip must not get its result.
        self._results.append(result)
        return await result

    def on_data(self, messages: list[bytes]) -> None:
        """Take conditions and results."""
        for message in messages:
            self.alive()
            if message[:1] == RESULT:
                self._end(result_of(message))
            elif message[:1] == CONDITION and (condition := condition_of(message)):
                self.paper = condition.paper
                self._condition = condition
                if self._detail:
                    self._on_condition(self._detail, condition)

    def _end(self, ended: Printed | DeviceError) -> None:
        if not self._results:
            return
        result = self._results.popleft()
        if result.done():
            return
        if isinstance(ended, Printed):
            result.set_result(ended)
        else:
            result.set_exception(ended)
