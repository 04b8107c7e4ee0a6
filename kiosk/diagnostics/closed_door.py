"""The technician's door of a booth that has none yet: nobody is let in."""

from __future__ import annotations

from kiosk.diagnostics.view import Room


class ClosedDoor:
    """`TechnicianControls` without an effect."""

    async def knock(self) -> None:
        """Nothing."""

    async def enter_pin(self, pin: str) -> None:
        """Nothing."""

    async def go(self, room: Room) -> None:
        """Nothing."""

    async def test(self, kind: str) -> None:
        """Nothing."""

    async def confirm(self) -> None:
        """Nothing."""

    async def fails(self) -> None:
        """Nothing."""

    async def again(self) -> None:
        """Nothing."""

    async def surface_done(self, good: bool) -> None:
        """Nothing."""

    async def print_report(self) -> None:
        """Nothing."""

    async def seen(self) -> None:
        """Nothing."""

    async def retry(self, kind: str) -> None:
        """Nothing."""

    async def leave(self) -> None:
        """Nothing."""
