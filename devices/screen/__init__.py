"""The booth's screen: what the interface tells of it, as a device like the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from devices.screen.interface import Screen


def open_screen() -> Screen:
    """Return the screen; nothing is known of it until the interface tells."""
    from devices.screen.reported import ReportedScreen  # noqa: PLC0415

    return ReportedScreen()
