"""Writes the black box as visits go: a listener of the visit, its devices and its call."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from devices.status import DeviceKind, DeviceStatus
from kiosk.calls.status import CallStatus
from kiosk.diagnostics.black_box.entries import (
    MAX_T_MS,
    CallEntry,
    Candidate,
    DeviceEntry,
    EndedEntry,
    Entry,
    FullEntry,
    ScreenEntry,
    StatsEntry,
    Supply,
    VisitEntry,
    WaitingEntry,
    WipeEntry,
    written,
)
from kiosk.diagnostics.black_box.files import MAX_FILE_BYTES, VisitFiles
from kiosk.log import get_logger
from kiosk.visit.days import today
from kiosk.visit.snapshot import CallView, EndedView, Screen, VisitSnapshot
from kiosk.visit.wipe import Receipt

#: Seconds between two figures of a call.
STATS_EVERY_S: Final = 5.0

#: Kept free for screens and receipt of a visit whose devices or figures filled the rest, bytes.
RESERVED_BYTES: Final = 32_000
_RESERVED_FOR = (ScreenEntry, EndedEntry, WipeEntry)

_AT_REST = (Screen.HOME, Screen.TECHNICIAN)
_WITH_CALL = (Screen.CONNECTING, Screen.IN_CALL)
_SUPPLIES = {supply.value: supply for supply in Supply}
_CANDIDATES = {candidate.value: candidate for candidate in Candidate}

_log = get_logger(__name__)


class BlackBox:
    """Keeps the last visits; what is written outlives the process. Lives on the loop."""

    def __init__(
        self,
        state_folder: Path,
        *,
        keep: int = 200,
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], int] = today,
    ) -> None:
        """`keep`: visits; `clock` in seconds; `today`: days since 1 January 1970."""
        self._files = VisitFiles(state_folder, keep)
        self._clock = clock
        self._today = today
        self._file: int | None = None
        self._began = 0.0
        self._bytes = 0
        self._full = False
        self._visiting = False
        self._devices: dict[DeviceKind, DeviceEntry] = {}
        self._told: dict[str, Entry] = {}
        self._stats_at = 0.0
        self._connection = (0, "")

    def snapshot(self, snapshot: VisitSnapshot) -> None:
        """The visit is in another state; for `VisitControls.subscribe`."""
        visiting = snapshot.screen not in _AT_REST
        if visiting and not self._visiting:
            self._begin()
        if visiting or self._visiting:
            self._tell_visit(snapshot)
        self._visiting = visiting

    def device(self, kind: DeviceKind, status: DeviceStatus) -> None:
        """A device is in another state; for `Hardware.on_status`."""
        entry = DeviceEntry(
            t=self._t(),
            kind=kind,
            state=status.state,
            simulated=status.simulated,
            reasons=_supplies(status.reasons),
        )
        if not _same(self._devices.get(kind), entry):
            self._devices[kind] = entry
            self._write(entry)

    def call(self, status: CallStatus) -> None:
        """The call has measured itself anew; for the call's `on_change`."""
        now = self._clock()
        connection = (status.attempt, status.path)
        if connection == self._connection and now - self._stats_at < STATS_EVERY_S:
            return
        self._stats_at, self._connection = now, connection
        rtt = status.round_trip_s
        ours, _, theirs = status.path.partition(" ↔ ")
        self._write(
            StatsEntry(
                t=self._t(),
                attempt=_within(status.attempt, 100_000),
                ours=_CANDIDATES.get(ours),
                theirs=_CANDIDATES.get(theirs),
                fps=_rounded(status.frames_per_second, 240.0, 1),
                received_kbps=_within(status.received_kbps, 1_000_000),
                sent_kbps=_within(status.sent_kbps, 1_000_000),
                loss=_rounded(status.loss, 1.0, 3),
                rtt_ms=None if rtt is None else _within(rtt * 1000, 600_000),
            )
        )

    def wiped(self, receipt: Receipt) -> None:
        """The last visit was wiped; it may have been one of a booth that was killed since."""
        if self._file is None:
            self._resume()
        self._write(
            WipeEntry(
                t=self._t(),
                day=receipt.day,
                number=receipt.number,
                ending=receipt.ending,
                stores=tuple(
                    (answer.store, answer.erased, answer.left, answer.answered)
                    for answer in receipt.answers
                ),
                signature=receipt.signature,
            )
        )

    def close(self) -> None:
        """Let go of the file. Safe to call twice."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _begin(self) -> None:
        self.close()
        self._told.clear()
        self._began, self._bytes, self._full = self._clock(), 0, False
        self._stats_at, self._connection = 0.0, (0, "")
        try:
            self._file = self._files.begin()
        except OSError as error:
            _log.warning("visit not recorded", error=error)
            return
        self._write(VisitEntry(t=0, day=self._today()))
        for entry in self._devices.values():
            self._write(entry.model_copy(update={"t": 0}))

    def _resume(self) -> None:
        """Go on where the booth stood when it was killed: what comes is still of that visit."""
        try:
            resumed = self._files.resume()
        except OSError as error:
            _log.warning("visit not recorded", error=error)
            return
        if resumed is None:  # The booth's first visit ended before there was a black box.
            self._begin()
        else:
            self._file, self._bytes = resumed
            self._began = self._clock()

    def _tell_visit(self, snapshot: VisitSnapshot) -> None:
        t = self._t()
        screen = snapshot.screen
        self._tell("screen", ScreenEntry(t=t, screen=screen, line_up=snapshot.line_up))
        if screen is Screen.WAITING:
            position = snapshot.waiting.position
            place = None if position is None else max(1, _within(position, 10_000))
            self._tell("waiting", WaitingEntry(t=t, position=place))
        if screen in _WITH_CALL:
            self._tell("call", _call(t, snapshot.call))
        if screen is Screen.ENDED:
            self._tell("ended", _ended(t, snapshot.ended))

    def _tell(self, about: str, entry: Entry) -> None:
        if not _same(self._told.get(about), entry):
            self._told[about] = entry
            self._write(entry)

    def _t(self) -> int:
        return _within((self._clock() - self._began) * 1000, MAX_T_MS)

    def _write(self, entry: Entry) -> None:
        if self._file is None:
            return
        line = written(entry)
        spare = 0 if isinstance(entry, _RESERVED_FOR) else RESERVED_BYTES
        if self._bytes + len(line) > MAX_FILE_BYTES - spare - len(written(FullEntry(t=MAX_T_MS))):
            if self._full:
                return
            self._full = True
            line = written(FullEntry(t=entry.t))
        try:
            # One write is one line: a crash leaves whole ones. The kernel keeps them from here on.
            os.write(self._file, line)
        except OSError as error:
            _log.warning("visit no longer recorded", error=error)
            self.close()
            return
        self._bytes += len(line)


def _call(t: int, view: CallView) -> CallEntry:
    return CallEntry(
        t=t,
        connected=view.connected_at is not None,
        muted=view.muted,
        volume=_within(view.volume, 10),
        quality=view.quality,
        slowed=view.slowed,
        remote_video=view.remote_video,
        camera_working=view.camera_working,
        microphone_working=view.microphone_working,
        loudspeaker_working=view.loudspeaker_working,
        private=view.private,
        writing_offered=view.writing,
    )


def _ended(t: int, view: EndedView) -> EndedEntry:
    duration = view.duration_s
    return EndedEntry(
        t=t,
        reason=view.reason,
        duration_s=None if duration is None else _within(duration, 86_400),
    )


def _same(before: Entry | None, after: Entry) -> bool:
    """Tell whether two entries say the same, at whatever time."""
    return before is not None and before.model_copy(update={"t": after.t}) == after


def _within(value: float, most: int) -> int:
    return 0 if math.isnan(value) else int(min(max(value, 0), most))


def _rounded(value: float, most: float, digits: int) -> float:
    return 0.0 if math.isnan(value) else round(min(max(value, 0.0), most), digits)


def _supplies(reasons: tuple[str, ...]) -> tuple[Supply, ...]:
    """Return a printer's reasons in the closed vocabulary, each once, without severities."""
    found: dict[Supply, None] = {}
    for reason in reasons:
        name = reason
        for severity in ("-error", "-warning", "-report"):
            name = name.removesuffix(severity)
        found[_SUPPLIES.get(name, Supply.OTHER)] = None
    return tuple(found)
