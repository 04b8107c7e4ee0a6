"""What the resident may ask about papers; every call is safe in every state."""

from __future__ import annotations

from typing import Protocol


class PapersControls(Protocol):
    """Touches of the papers' panels, to be called on the asyncio loop."""

    async def scan(self) -> None:
        """« Montrer un papier », or « Oui » to the agent's proposal: open the document camera."""

    async def decline(self) -> None:
        """« Non » to the agent's proposal."""

    async def take(self) -> None:
        """« Prendre la photo »: now, without waiting for the page to lie still."""

    async def keep(self) -> None:
        """« Garder »: the page goes to the agent, and the camera looks for the next one."""

    async def retake(self) -> None:
        """« Recommencer »: drop the page and look again."""

    async def drop(self) -> None:
        """« Jeter »: drop the page and stop scanning."""

    async def end_scan(self) -> None:
        """« J'ai fini »: close the document camera."""

    async def read(self, document: str) -> None:
        """Look at a document of the agent's."""

    async def show_page(self, page: int) -> None:
        """Look at another page of it, from 1."""

    async def print(self, copies: int) -> None:
        """Print it, 1 to 3 times; while a job runs, and right after one, nothing is printed."""

    async def cancel_print(self) -> None:
        """Stop the job."""

    async def take_away(self) -> None:
        """Prepare a download for the resident's telephone."""

    async def refuse(self) -> None:
        """« Je n'en veux pas »: the document is erased, and the agent is told."""

    async def close(self) -> None:
        """Back to the face of the agent, or to the screen behind; a job that runs goes on."""
