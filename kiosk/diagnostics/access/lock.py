"""Wrong PINs lock the door for a while; neither a restart nor a changed clock opens it sooner."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from kiosk.files import replace
from kiosk.log import get_logger

TRIES = 5
"""A technician mistypes twice; a guesser has 5 of a million."""
FIRST_LOCK_S = 15 * 60.0
"""Long enough that nobody stays to guess; short enough for one who has the right PIN after all.
Each lock in a row is twice as long as the one before."""
LONGEST_LOCK_S = 4 * 3600.0
"""30 guesses a day at the most: a PIN of six digits holds for 45 years on average, and a technician
without a card still gets in on the day."""
FILE_NAME = "door.json"
_MAX_BYTES = 1_000
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Count:
    wrong: int = 0
    """Since the last lock or success."""
    locks: int = 0
    """Since the last success."""
    boot: str = ""
    """In which run of the machine `until` counts."""
    until: float = 0.0
    """Seconds since the machine was started."""


def uptime() -> float:
    """Seconds since the machine was started, sleep included; nobody can set them."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def boot_id() -> str:
    """The present run of the machine (random(4))."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return ""


class Lock:
    """Counts wrong tries, in a file without any content of theirs."""

    def __init__(
        self, folder: Path, clock: Callable[[], float] = uptime, boot: str | None = None
    ) -> None:
        """`folder`: the booth's state folder; `clock` and `boot` as `uptime` and `boot_id`.

        After a start of the machine nobody knows how long it was off: the clock may be wrong, so
        a lock that held then holds anew for its whole time.
        """
        self._path = folder / FILE_NAME
        self._clock = clock
        self._boot = boot_id() if boot is None else boot
        self._count = _read(self._path)
        if self._count.until and self._count.boot != self._boot:
            self._lock(self._count.locks)

    @property
    def locked_for_s(self) -> float:
        """Seconds until a PIN is taken again; 0 where it is taken now."""
        # The file is ours, yet a lock longer than the longest would be a door walled up.
        return min(max(0.0, self._count.until - self._clock()), LONGEST_LOCK_S)

    @property
    def tries_left(self) -> int:
        """Before it locks."""
        return max(0, TRIES - self._count.wrong)

    def attempt(self) -> bool:
        """Count a try as wrong until `succeeded`; False where it may not be made.

        Counting first leaves nothing to be had from pulling the plug in the middle.
        """
        if self.locked_for_s > 0:
            return False
        wrong = self._count.wrong + 1
        if wrong >= TRIES:
            self._lock(self._count.locks + 1)
        else:
            self._keep(_Count(wrong, self._count.locks))
        return True

    def succeeded(self) -> None:
        """Forget all."""
        if self._count != _Count():
            self._keep(_Count())

    def _lock(self, locks: int) -> None:
        length_s = min(LONGEST_LOCK_S, FIRST_LOCK_S * 2 ** (min(max(1, locks), 10) - 1))
        self._keep(_Count(0, locks, self._boot, self._clock() + length_s))

    def _keep(self, count: _Count) -> None:
        self._count = count
        try:
            replace(self._path, json.dumps(asdict(count)).encode())
        except OSError as error:
            _log.error("door not kept", error=error)


def _read(path: Path) -> _Count:
    """What the file says; one that can't be read is a lock, since a missing one is none."""
    try:
        with path.open("rb") as stream:
            told = json.loads(stream.read(_MAX_BYTES))
        count = _Count(
            int(told["wrong"]), int(told["locks"]), str(told["boot"]), float(told["until"])
        )
    except FileNotFoundError:
        return _Count()
    except (OSError, ValueError, TypeError, KeyError, OverflowError):
        _log.error("door unreadable", file=path.name)
        return _Count(locks=1, boot="unknown", until=1.0)
    if not (0 <= count.wrong < TRIES and count.locks >= 0 and 0 <= count.until < float("inf")):
        return _Count(locks=1, boot="unknown", until=1.0)
    return count
