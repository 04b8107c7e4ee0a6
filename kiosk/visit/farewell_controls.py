"""What the resident may ask at the end of a visit; every call is safe in every state."""

from __future__ import annotations

from typing import Protocol


class FarewellControls(Protocol):
    """Touches of the last screens, to be called on the asyncio loop."""

    async def open_summary(self) -> None:
        """« Emporter un résumé »."""

    async def choose_item(self, item: str, chosen: bool) -> None:
        """Put a `SummaryItem` on the summary, or leave it out."""

    async def print_summary(self) -> None:
        """On the ticket printer, or on A4 in large type where there is none."""

    async def show_summary(self) -> None:
        """As a code for a telephone."""

    async def go_on(self) -> None:
        """From the end of the call, or the summary, to the survey; from there Home."""

    async def answer(self, face: int) -> None:
        """A face, 1 to 3."""

    async def say(self, words: str) -> None:
        """The answer to the open question; empty to leave it out."""
