"""Why a booth could not be asked, in a sentence for whoever typed the command."""

from __future__ import annotations

from kiosk.control.client import BoothClosed, BoothSilent, NoBooth


def not_reached(error: NoBooth | BoothClosed | BoothSilent) -> str:
    """Return what is the matter, and what to do."""
    match error:
        case NoBooth():
            return f"no booth runs here (looked in {error})"
        case BoothClosed():
            return f"{error} belongs to another user: run this as that user, or as root"
        case BoothSilent():
            return f"a booth runs here but does not answer: {error}"
