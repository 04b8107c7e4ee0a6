"""Keeps what a technician needs to know of a run that ends badly, and finds it at the next start.

In `crash/` of the state folder: `running` is there, and locked, while a booth runs; `events.ring`
holds the last events of its log; `fault.txt` is where faulthandler writes. A run that ends well
takes `running` away. One that finds it, unlocked, gathers what the last one left into
`crashes.json`.
"""

from __future__ import annotations

import contextlib
import faulthandler
import fcntl
import json
import logging
import os
import sys
import time
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from kiosk.diagnostics.crash.faults import read_fault
from kiosk.diagnostics.crash.record import Cause, CrashRecord
from kiosk.diagnostics.crash.ring import EventRing, RingHandler, read_ring
from kiosk.diagnostics.crash.store import FOLDER, read_crashes, write_crashes
from kiosk.diagnostics.crash.words import text_of
from kiosk.log import closed_door, get_logger
from kiosk.settings import SettingsError

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")

#: Ends that somebody meant: told where they happen, and no crash.
_MEANT = (SettingsError, KeyboardInterrupt, SystemExit)

#: The log's event of an exception that ended the booth; what marks it in the ring.
UNCAUGHT = "booth broke"

_MAX_MARKER_BYTES = 1_000

_log = get_logger(__name__)


class CrashRecorder:
    """Records this run, as a context manager around it; `kiosk.diagnostics.ports.Crash`."""

    def __init__(self, state_folder: Path) -> None:
        """Do nothing yet; `state_folder` is the booth's."""
        self._state = state_folder
        self._folder = state_folder / FOLDER
        self._marker: int | None = None
        self._fault: TextIO | None = None
        self._ring: EventRing | None = None
        self._handler: RingHandler | None = None
        self._crashes: tuple[CrashRecord, ...] = ()

    @property
    def crashes(self) -> tuple[CrashRecord, ...]:
        """The crashes that are kept, the last first."""
        return self._crashes

    @property
    def text(self) -> str:
        """The last crash in plain French until a technician has read it; then, and else, empty."""
        if not self._crashes or self._crashes[0].seen:
            return ""
        return text_of(self._crashes[0])

    def seen(self) -> None:
        """The technician has read it: `text` is empty from now on, also after a restart."""
        if not self.text:
            return
        self._crashes = (self._crashes[0].model_copy(update={"seen": True}), *self._crashes[1:])
        self._keep()

    def __enter__(self) -> Self:
        """Gather what the last run left, and begin to record this one.

        Never raises: a booth without a word on its crashes is better than none.
        """
        try:
            self._begin()
        except OSError as error:
            _log.error("crashes not recorded", error=error)
            self._release()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """End the run: well, unless an exception that nobody meant goes through here."""
        if error is not None and not isinstance(error, _MEANT):
            _log.critical(UNCAUGHT, exc_info=error)
        else:
            self.clean_end()
        self._release()

    def clean_end(self) -> None:
        """This run ends well: nothing will be told of it. Safe to call twice."""
        if self._marker is not None:
            (self._folder / "running").unlink(missing_ok=True)

    def _begin(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._crashes = read_crashes(self._state)
        path = self._folder / "running"
        marker = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(marker, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # Another booth lives here, and will say so itself; its record is not ours to touch.
            os.close(marker)
            return
        self._marker = marker
        if left := os.read(marker, _MAX_MARKER_BYTES):
            self._crashes = (self._gathered(left), *self._crashes)
            self._keep()
        self._mark(marker)
        self._watch()

    def _watch(self) -> None:
        self._ring = EventRing(self._folder / "events.ring")
        self._handler = RingHandler(self._ring, closed_door())
        logging.getLogger().addHandler(self._handler)
        # Open for as long as the process lives: faulthandler keeps the bare descriptor.
        self._fault = (self._folder / "fault.txt").open("w", encoding="utf-8")
        faulthandler.enable(self._fault)

    def _mark(self, marker: int) -> None:
        told = {"started": time.time(), "boot": _boot(), "version": version("visio-guichet")}
        os.ftruncate(marker, 0)
        os.pwrite(marker, json.dumps(told).encode(), 0)
        os.fsync(marker)

    def _gathered(self, left: bytes) -> CrashRecord:
        """Return what the run that left its marker behind can still tell."""
        marker = _understood(left)
        started = _moment(marker.get("started"))
        events = read_ring(self._folder / "events.ring")
        cause, stack = self._cause(events, str(marker.get("boot", "")))
        return CrashRecord(
            started=started,
            ended=max(started, self._last_sign(events)),
            version=str(marker.get("version", ""))[:40],
            cause=cause,
            stack=stack,
            events=events,
        )

    def _cause(self, events: tuple[str, ...], boot: str) -> tuple[Cause, tuple[str, ...]]:
        fault = read_fault(self._folder / "fault.txt")
        if fault is not None:
            return fault
        if events and json.loads(events[-1]).get("event") == UNCAUGHT:
            told = str(json.loads(events[-1]).get("exception", ""))
            return Cause.EXCEPTION, (told[:120],) if told else ()
        if boot and _boot() and boot != _boot():
            return Cause.POWER, ()
        return Cause.KILLED, ()

    def _last_sign(self, events: tuple[str, ...]) -> float:
        """When the last run last said anything; Unix seconds.

        The ring's own time of change does not tell: a mapped file gets it when it is written out.
        """
        times = [0.0]
        with contextlib.suppress(OSError):
            times.append((self._folder / "fault.txt").stat().st_mtime)
        if events:
            with contextlib.suppress(ValueError):
                told = str(json.loads(events[-1]).get("timestamp", ""))
                times.append(datetime.fromisoformat(told).timestamp())
        return min(max(times), time.time())

    def _keep(self) -> None:
        try:
            write_crashes(self._state, self._crashes)
        except OSError as error:
            _log.error("crashes not kept", error=error)

    def _release(self) -> None:
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
        if self._ring is not None:
            self._ring.close()
        if self._fault is not None:
            faulthandler.enable(sys.__stderr__ or 2)
            self._fault.close()
        if self._marker is not None:
            os.close(self._marker)
        self._handler = self._ring = self._fault = self._marker = None


def _boot() -> str:
    """Which start of the machine this is; empty where the service may not know."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _understood(left: bytes) -> dict[str, object]:
    try:
        told = json.loads(left)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _moment(told: object) -> float:
    return float(told) if isinstance(told, int | float) and 0 <= told <= 1e11 else 0.0
