"""Controls of a visit that nobody can touch: it is only watched, as a replay is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from devices.picture import PictureSink
from devices.screen.interface import ScreenFacts
from kiosk.calls.sinks import Sinks, no_picture
from kiosk.diagnostics.closed_door import closed_door
from kiosk.log import get_logger
from kiosk.visit.nobody import nobodys_appointments, nobodys_farewell, nobodys_papers
from kiosk.visit.snapshot import VisitSnapshot

_log = get_logger(__name__)


class Spectator:
    """`VisitControls` without an effect; `show` says what is seen."""

    def __init__(self) -> None:
        """Show a Home without agencies until the first `show`."""
        self.technician = closed_door()
        self.papers = nobodys_papers()
        self.appointments = nobodys_appointments()
        self.farewell = nobodys_farewell()
        self.self_view: PictureSink = no_picture
        self._snapshot = VisitSnapshot()
        self._listeners: list[Callable[[VisitSnapshot], None]] = []

    def show(self, snapshot: VisitSnapshot) -> None:
        """Bring `snapshot` to the screens; on the loop."""
        self._snapshot = snapshot
        for listener in self._listeners:
            listener(snapshot)

    @property
    def snapshot(self) -> VisitSnapshot:
        """What is shown now."""
        return self._snapshot

    def subscribe(self, listener: Callable[[VisitSnapshot], None]) -> None:
        """Call `listener` on the loop with each new snapshot."""
        self._listeners.append(listener)

    def show_pictures(self, sinks: Sinks) -> None:
        """Say where the resident's own picture goes; there is no agent's."""
        self.self_view = sinks.own

    async def touched(self) -> None:
        """Nothing."""

    async def choose(self, agency: str) -> None:
        """Nothing."""

    async def cancel(self) -> None:
        """Nothing."""

    async def hang_up(self) -> None:
        """Nothing."""

    async def go_home(self) -> None:
        """Nothing."""

    async def set_muted(self, muted: bool) -> None:
        """Nothing."""

    async def set_volume(self, volume: int) -> None:
        """Nothing."""

    async def interface_failed(self, detail: str) -> None:
        """Tell of it: a replay that breaks the interface is what it is for."""
        _log.error("interface failed", reason=detail)

    async def agree(self) -> None:
        """Nothing."""

    async def show_writing(self, shown: bool) -> None:
        """Nothing."""

    async def type_text(self, text: str) -> None:
        """Nothing."""

    async def end_text(self) -> None:
        """Nothing."""

    async def correct_text(self, number: int, text: str) -> None:
        """Nothing."""

    async def interface_wiped(self, number: int, counts: Mapping[str, tuple[int, int]]) -> None:
        """Nothing."""

    async def dock(self, device: str, action: str, argument: str) -> None:
        """Nothing."""

    async def screen_told(self, facts: ScreenFacts | None) -> None:
        """Nothing."""

    async def key_handset(self, lifted: bool) -> None:
        """Nothing."""

    async def typed_code(self, text: str) -> None:
        """Nothing."""
