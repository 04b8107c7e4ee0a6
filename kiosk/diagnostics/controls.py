"""What a technician may ask of the booth; every call is safe in every state."""

from __future__ import annotations

from typing import Protocol

from kiosk.diagnostics.view import Room


class TechnicianControls(Protocol):
    """The technician's touches, to be called on the asyncio loop.

    Whatever needs the door to be open is ignored while it is closed.
    """

    async def knock(self) -> None:
        """The hidden gesture: show the door. Refused during a visit, without a sign."""

    async def enter_pin(self, pin: str) -> None:
        """Try a PIN at the door."""

    async def go(self, room: Room) -> None:
        """Open the overview, or begin the network test, the rehearsal or the report."""

    async def test(self, kind: str) -> None:
        """Begin the guided test of a device."""

    async def confirm(self) -> None:
        """« Oui, ça marche », or « Continuer » once the booth has judged."""

    async def fails(self) -> None:
        """« Ça ne marche pas »: show the hint; a second time, the step has failed."""

    async def again(self) -> None:
        """Try the present step, list or report once more."""

    async def surface_done(self, good: bool) -> None:
        """The touch grid or the colours were gone through, or left because they don't work."""

    async def print_report(self) -> None:
        """Print the report on the A4 printer."""

    async def seen(self) -> None:
        """The crash has been read: show it no more."""

    async def retry(self, kind: str) -> None:
        """Try a device again now."""

    async def leave(self) -> None:
        """Close the door behind oneself: Home."""
