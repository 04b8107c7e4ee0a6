"""Guided tests on the product's own simulated devices, with a technician who touches."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from devices.dock import Dockable
from devices.picture import Picture
from devices.status import DeviceKind
from kiosk.diagnostics.guided.tests import GuidedTests
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.view import GuidedView
from kiosk.hardware import Devices
from kiosk.settings.booth import KioskSettings

PATIENCE_S = 30.0


class Technician:
    """Sees views, touches, and knows what was recorded."""

    def __init__(self, devices: Devices) -> None:
        self.devices = devices
        self.recorded: list[tuple[DeviceKind, Outcome]] = []
        self.pictures = 0
        self._changed = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self.tests = GuidedTests(KioskSettings(), lambda: devices, self._record, self._preview)
        self.tests.on_change(self._changed.set)

    @property
    def view(self) -> GuidedView:
        view = self.tests.view
        assert view is not None
        return view

    async def until(self, condition: Callable[[GuidedView], object]) -> GuidedView:
        """Wait for a view of this kind."""
        async with asyncio.timeout(PATIENCE_S):
            while not condition(self.view):
                self._changed.clear()
                await self._changed.wait()
        return self.view

    async def judged(self, outcome: Outcome, number: int) -> GuidedView:
        """Wait until the booth has judged step `number`."""
        view = await self.until(lambda view: view.number == number and view.outcome.ended)
        assert view.outcome is outcome, view
        return view

    async def passed(self, number: int) -> GuidedView:
        """Wait for the booth's own success at step `number`, and go on."""
        view = await self.judged(Outcome.SUCCESS, number)
        self.tests.confirm()
        return view

    async def again(self) -> None:
        """Try the step once more, and wait until that has begun."""
        self.tests.again()
        await self.until(lambda view: not view.outcome.ended)

    async def agree(self, number: int) -> None:
        """« Oui, ça marche » at step `number`."""
        await self.until(lambda view: view.number == number and view.asks_person)
        self.tests.confirm()

    async def finished(self) -> Outcome:
        """Wait for the end."""
        view = await self.until(lambda view: view.finished)
        async with asyncio.timeout(PATIENCE_S):
            while not self.recorded:
                await asyncio.sleep(0.01)
        assert self.recorded[-1][1] is view.outcome
        return view.outcome

    def do(self, kind: DeviceKind, action: str, argument: str = "") -> None:
        """Do something to a simulated device."""
        for device in self.devices.all:
            # The handset's own sound is of its kind too, and cannot be lifted.
            if device.kind is kind and isinstance(device, Dockable) and action in device.actions:
                device.actions[action].run(argument)

    def _record(self, kind: DeviceKind, outcome: Outcome) -> None:
        self.recorded.append((kind, outcome))

    def _preview(self, _picture: Picture) -> None:
        self.pictures += 1
        self._loop.call_soon_threadsafe(self._changed.set)


def figure(view: GuidedView, name: str) -> str:
    """Return one of the figures that are shown."""
    return dict(view.figures)[name]
