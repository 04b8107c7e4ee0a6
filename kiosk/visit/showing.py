"""What the interface is shown: put together anew of the booth and the visit at each change."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.visit.ports import Surroundings
from kiosk.visit.snapshot import Screen, Tile, VisitSnapshot
from kiosk.visit.stay import Stay


class Showing:
    """The newest snapshot, and who is told of it; lives on the asyncio loop."""

    def __init__(
        self,
        place_name: str,
        tiles: Callable[[], tuple[Tile, ...]],
        line_up: Callable[[], bool],
        around: Surroundings,
        home_in_s: int,
    ) -> None:
        """Ask `tiles`, `line_up` and `around` each time; the last screen stays for `home_in_s`."""
        self.tiles = tiles
        self._line_up = line_up
        self._around = around
        self._home_in_s = home_in_s
        self._listeners: list[Callable[[VisitSnapshot], None]] = []
        self.snapshot = VisitSnapshot(place_name=place_name)
        self.idle_seconds_left: int | None = None
        """While somebody is asked whether they are still there."""
        self.private = False
        """Whether sound goes through the handset alone."""

    def subscribe(self, listener: Callable[[VisitSnapshot], None]) -> None:
        """Call `listener` on the loop with each new snapshot."""
        self._listeners.append(listener)

    def tile_of(self, stay: Stay | None) -> Tile | None:
        """Return the tile of the agency that the visit is for."""
        return next((t for t in self.tiles() if stay and t.agency == stay.visit.agency), None)

    def show(self, screen: Screen, stay: Stay | None, *, assisted: bool) -> None:
        """Show how things stand; `assisted`: a mediator is with the resident."""
        around = self._around
        snapshot = VisitSnapshot(
            place_name=self.snapshot.place_name,
            screen=screen,
            tiles=self.tiles(),
            line_up=self._line_up(),
            agency=self.tile_of(stay),
            idle_seconds_left=self.idle_seconds_left,
            appointments=around.appointments.view,
            simulated=around.simulated,
            lost=around.lost,
            technician=around.technician,
            dock=around.dock,
            wipe_wanted=around.wipe_wanted,
            assisted=assisted,
        )
        if stay is not None:
            snapshot = stay.shown(snapshot, private=self.private, home_in_s=self._home_in_s)
        self.snapshot = snapshot
        for listener in self._listeners:
            listener(snapshot)
