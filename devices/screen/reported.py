"""The screen as the interface reports it: Qt drives it, and this only keeps what Qt tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from devices.screen.interface import ScreenFacts
from devices.status import Capabilities, DeviceKind, DeviceState, DeviceStatus

CABLE_HINT = "check the screen's power and its cable"


class ReportedScreen:
    """`Screen` without a driver; lives on the loop.

    It is never told to be simulated: a virtual X screen answers as a real one does. Qt gives both
    witnesses of a screen that is gone: the signal, and a list that has none left.
    """

    kind: ClassVar[DeviceKind] = DeviceKind.SCREEN

    def __init__(self) -> None:
        """Until the interface has told of a screen, nothing is known of one."""
        self._facts: ScreenFacts | None = None
        self._status = DeviceStatus()
        self._listeners: list[Callable[[DeviceStatus], None]] = []

    @property
    def status(self) -> DeviceStatus:
        """How it is now; readable from any thread."""
        return self._status

    @property
    def capabilities(self) -> Capabilities:
        """Pixels, orientation, touch, and millimetres where the screen tells them."""
        facts = self._facts
        if facts is None:
            return {}
        told: dict[str, str | int | bool] = {
            "width": facts.width,
            "height": facts.height,
            "orientation": "portrait" if facts.height > facts.width else "landscape",
            "touch": facts.touch,
        }
        if facts.millimetres is not None:
            told["width_mm"], told["height_mm"] = facts.millimetres
        return told

    def on_status(self, listener: Callable[[DeviceStatus], None]) -> None:
        """Call `listener` on the loop at each change of status."""
        self._listeners.append(listener)

    async def found(self) -> tuple[str, ...]:
        """The screen's name, where there is a screen."""
        return () if self._facts is None else (self._facts.name or "screen",)

    def retry(self) -> None:
        """Nothing to try: the interface tells by itself when a screen comes."""

    async def stop(self) -> None:
        """Forget the screen."""
        self._facts = None
        self._become(DeviceStatus())

    def told(self, facts: ScreenFacts | None) -> None:
        """Take over what the interface knows; None when there is no screen."""
        self._facts = facts
        if facts is None:
            self._become(
                DeviceStatus(DeviceState.NO_DEVICE, detail="no screen", recovery_hint=CABLE_HINT)
            )
        else:
            self._become(DeviceStatus(DeviceState.ONLINE, detail=_detail(facts)))

    def _become(self, status: DeviceStatus) -> None:
        if status != self._status:
            self._status = status
            for listener in self._listeners:
                listener(status)


def _detail(facts: ScreenFacts) -> str:
    parts = [f"{facts.name} {facts.width}x{facts.height}".strip()]
    if facts.millimetres is not None:
        parts.append(f"{facts.millimetres[0]}x{facts.millimetres[1]} mm")
    parts.append("touch" if facts.touch else "no touch screen")
    return ", ".join(parts)
