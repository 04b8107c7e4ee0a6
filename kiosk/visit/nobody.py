"""What answers touches that come when nobody's visit is there to take them: nothing happens."""

from __future__ import annotations

from kiosk.documents.controls import PapersControls
from kiosk.visit.farewell_controls import FarewellControls


class _NobodysPapers(PapersControls):
    """The protocol's own empty methods."""


class _NobodysFarewell(FarewellControls):
    """The protocol's own empty methods."""


def nobodys_papers() -> PapersControls:
    """Return what stands for papers while there is no visit."""
    return _NobodysPapers()  # type: ignore[abstract]


def nobodys_farewell() -> FarewellControls:
    """Return what stands for the end of a visit while none has ended."""
    return _NobodysFarewell()  # type: ignore[abstract]
