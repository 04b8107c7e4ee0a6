"""The papers of a visit that nobody can touch: it is only watched, as a replay is."""

from __future__ import annotations


class QuietPapers:
    """`PapersControls` without an effect."""

    async def scan(self) -> None:
        """Nothing."""

    async def decline(self) -> None:
        """Nothing."""

    async def take(self) -> None:
        """Nothing."""

    async def keep(self) -> None:
        """Nothing."""

    async def retake(self) -> None:
        """Nothing."""

    async def drop(self) -> None:
        """Nothing."""

    async def end_scan(self) -> None:
        """Nothing."""

    async def read(self, document: str) -> None:
        """Nothing."""

    async def show_page(self, page: int) -> None:
        """Nothing."""

    async def print(self, copies: int) -> None:
        """Nothing."""

    async def cancel_print(self) -> None:
        """Nothing."""

    async def take_away(self) -> None:
        """Nothing."""

    async def refuse(self) -> None:
        """Nothing."""

    async def close(self) -> None:
        """Nothing."""
