"""Plays a recorded visit: what the screens showed, in its own time or faster."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final, assert_never

from devices.status import DeviceKind
from kiosk.diagnostics.black_box.entries import (
    AnyEntry,
    CallEntry,
    DeviceEntry,
    EndedEntry,
    FullEntry,
    ScreenEntry,
    StatsEntry,
    VisitEntry,
    WaitingEntry,
    WipeEntry,
)
from kiosk.diagnostics.black_box.files import RecordedVisit
from kiosk.directory.words import calendar_day
from kiosk.visit.days import date_of
from kiosk.visit.snapshot import (
    CallView,
    EndedView,
    Screen,
    Tile,
    TileState,
    VisitSnapshot,
    WaitingView,
)

#: Nothing happened for longer: the night between two visits, say. It is shown this short.
MAX_GAP_S: Final = 10.0

#: Which agency it was is not recorded.
TILE: Final = Tile(
    "rejeu", "Rejeu", "Visite rejouée", "R", "#42525b", TileState.AVAILABLE, waiting=0
)

#: Whatever the recorded devices were, those of a replay are simulated.
ALL_KINDS: Final = tuple(kind.value for kind in DeviceKind)

_AT_REST = (Screen.HOME, Screen.TECHNICIAN)


def after(snapshot: VisitSnapshot, entry: AnyEntry) -> VisitSnapshot:
    """Return what the screens show once `entry` has happened."""
    match entry:
        case VisitEntry():
            day = calendar_day(date_of(entry.day))
            place = f"Rejeu d'une visite du {day}"
            snapshot = VisitSnapshot(tiles=(TILE,), line_up=True, place_name=place)
        case ScreenEntry():
            snapshot = _on_screen(snapshot, entry)
        case WaitingEntry():
            snapshot = replace(snapshot, waiting=WaitingView(position=entry.position))
        case CallEntry():
            snapshot = replace(snapshot, call=_call(snapshot.call, entry))
        case EndedEntry():
            snapshot = replace(snapshot, ended=EndedView(entry.reason, entry.duration_s))
        case DeviceEntry():
            snapshot = replace(snapshot, lost=_lost(snapshot.lost, entry))
        case StatsEntry() | WipeEntry() | FullEntry():
            pass
        case _:
            assert_never(entry)
    return snapshot


def _on_screen(snapshot: VisitSnapshot, entry: ScreenEntry) -> VisitSnapshot:
    # The technician's screens are not recorded: what was done there is not played.
    if entry.screen in _AT_REST:
        return replace(
            snapshot,
            screen=Screen.HOME,
            line_up=entry.line_up,
            agency=None,
            waiting=WaitingView(),
            call=CallView(),
        )
    return replace(snapshot, screen=entry.screen, line_up=entry.line_up, agency=TILE)


def _call(before: CallView, entry: CallEntry) -> CallView:
    told = entry.model_dump(exclude={"t", "e", "connected", "writing_offered"})
    connected = before.connected_at or time.monotonic()
    return CallView(
        connected_at=connected if entry.connected else None, writing=entry.writing_offered, **told
    )


def _lost(before: tuple[str, ...], entry: DeviceEntry) -> tuple[str, ...]:
    others = tuple(kind for kind in before if kind != entry.kind)
    return (*others, entry.kind.value) if entry.state.faulty else others


class Player:
    """Shows the snapshots of recorded visits at the right times; lives on a loop."""

    def __init__(
        self,
        show: Callable[[VisitSnapshot], None],
        happened: Callable[[AnyEntry], None],
        *,
        speed: float = 1.0,
    ) -> None:
        """`show` takes each snapshot, `happened` each entry before it; `speed` 2 is double."""
        self._show = show
        self._happened = happened
        self._speed = speed

    async def play(self, visit: RecordedVisit) -> None:
        """Play one visit from its first entry to its last."""
        snapshot = VisitSnapshot(tiles=(TILE,), line_up=True)
        at_ms = 0
        for entry in visit.entries:
            gap_s = min(max(0, entry.t - at_ms) / 1000, MAX_GAP_S)
            at_ms = entry.t
            if gap_s:
                await asyncio.sleep(gap_s / self._speed)
            self._happened(entry)
            snapshot = after(snapshot, entry)
            self._show(replace(snapshot, simulated=ALL_KINDS))
