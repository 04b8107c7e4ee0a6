"""The guided tests of all devices, one at a time: `kiosk.diagnostics.ports.Guided`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from devices.picture import PictureSink
from devices.status import DeviceKind
from kiosk.diagnostics.guided.framework import DeviceTest
from kiosk.diagnostics.guided.session import Session, Touch
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.ports import Changed, NotNow
from kiosk.diagnostics.readiness import words
from kiosk.diagnostics.view import GuidedView
from kiosk.hardware import Devices
from kiosk.settings.booth import KioskSettings

if TYPE_CHECKING:
    from kiosk.diagnostics.guided.choice import Choice

Record = Callable[[DeviceKind, Outcome], None]


class GuidedTests:
    """Lives on the loop."""

    def __init__(
        self,
        settings: KioskSettings,
        devices: Callable[[], Devices],
        record: Record,
        preview: PictureSink,
    ) -> None:
        """`record` is told how each test ended; live pictures go to `preview`, from any thread."""
        self._settings = settings
        self._devices = devices
        self._record = record
        self._preview = preview
        self._listeners: list[Changed] = []
        self._choice: Choice | None = None
        self._session: Session | None = None
        self._running: asyncio.Task[None] | None = None

    @property
    def view(self) -> GuidedView | None:
        """The step that the technician is at; None while no test is shown."""
        return None if self._session is None else self._session.view

    def on_change(self, listener: Changed) -> None:
        """Call `listener` whenever `view` has changed."""
        self._listeners.append(listener)

    async def begin(self, kind: str) -> None:
        """Abort what runs, and begin the test of a device (a `DeviceKind` value).

        Raises:
            NotNow: there is no such device here.
        """
        await self.abort()
        if kind not in tuple(DeviceKind):
            raise NotNow("Cet appareil n’a pas de test.")
        device = DeviceKind(kind)
        test = self._test_of(device)
        if test is None:
            raise NotNow(f"{words.NAMES[device]} : non installé, rien à tester.")
        self._session = Session(device, test, self._tell)
        self._running = asyncio.create_task(self._run(device, self._session), name="guided test")
        self._tell()

    def confirm(self) -> None:
        """« Oui, ça marche », or « Continuer »."""
        self._touch(Touch.CONFIRM)

    def fails(self) -> None:
        """« Ça ne marche pas »."""
        self._touch(Touch.FAILS)

    def again(self) -> None:
        """Try the present step once more."""
        self._touch(Touch.AGAIN)

    def surface_done(self, good: bool) -> None:
        """The touch grid or the colours were gone through, or left."""
        self._touch(Touch.SURFACE_GOOD if good else Touch.SURFACE_BAD)

    async def abort(self) -> None:
        """Leave: an unfinished test is aborted, not failed; when this returns no device is held."""
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        if self._session is not None:
            self._session = None
            self._tell()

    async def _run(self, kind: DeviceKind, session: Session) -> None:
        outcome = Outcome.ABORTED
        try:
            outcome = await session.run()
        finally:
            self._record(kind, outcome)

    def _touch(self, touch: Touch) -> None:
        if self._session is not None:
            self._session.touch(touch)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()

    def _test_of(self, kind: DeviceKind) -> DeviceTest | None:
        if self._choice is None:
            # Loaded when a technician first tests something: a booth rarely needs it.
            from kiosk.diagnostics.guided.choice import Choice  # noqa: PLC0415

            self._choice = Choice(self._settings, self._devices(), self._preview)
        return self._choice.makers[kind]()
