"""What every screen shares: which one is shown, the top bar, the idle question, the corner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QObject, QTimer, Signal

from kiosk.visit.snapshot import Screen, VisitSnapshot

#: How late the clock of the top bar may change, milliseconds: nobody reads seconds there.
CLOCK_CHECK_MS = 1000

#: Home without a touch for so long goes to its rest state, milliseconds.
REST_AFTER_MS = 60_000


class ShellModel(QObject):
    """The frame round the screens."""

    changed = Signal()
    screenChanged = Signal()
    timeChanged = Signal()
    restingChanged = Signal()

    def __init__(
        self, now: Callable[[], datetime] = datetime.now, rest_after_ms: int = REST_AFTER_MS
    ) -> None:
        super().__init__()
        self._now = now
        self._snapshot = VisitSnapshot()
        self._time = self._read_clock()
        self._resting = False
        self._clock = QTimer(self, interval=CLOCK_CHECK_MS)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        self._rest = QTimer(self, interval=rest_after_ms, singleShot=True)
        self._rest.timeout.connect(lambda: self.rest(resting=True))
        self._rest.start()

    def show(self, snapshot: VisitSnapshot) -> None:
        """Take over what the snapshot says."""
        before, self._snapshot = self._snapshot, snapshot
        if before.screen is not snapshot.screen:
            self.touched()
            self.screenChanged.emit()
        self.changed.emit()
        self._tick()

    def is_on(self, *screens: Screen) -> bool:
        """Whether one of `screens` is shown."""
        return self._snapshot.screen in screens

    def touched(self) -> None:
        """Somebody is there: leave the rest state, and count again."""
        self._rest.start()
        self.rest(resting=False)

    def rest(self, *, resting: bool) -> None:
        """Enter or leave the rest state; only Home has one."""
        resting = resting and self._snapshot.screen is Screen.HOME
        if resting != self._resting:
            self._resting = resting
            self.restingChanged.emit()

    def _read_clock(self) -> str:
        """Return the time in which the agencies' hours are meant, whatever the computer's own."""
        zone = next((tile.zone for tile in self._snapshot.tiles if tile.zone), "")
        now = self._now().astimezone(ZoneInfo(zone)) if zone else self._now()
        return now.strftime("%H:%M")

    def _tick(self) -> None:
        time = self._read_clock()
        if time != self._time:
            self._time = time
            self.timeChanged.emit()

    @Property(str, notify=screenChanged)
    def screen(self) -> str:
        """A value of `Screen`."""
        return self._snapshot.screen.value

    @Property(str, notify=changed)
    def placeName(self) -> str:
        """Where the booth stands."""
        return self._snapshot.place_name

    @Property(str, notify=timeChanged)
    def time(self) -> str:
        """The time of day, hours and minutes."""
        return self._time

    @Property(bool, notify=changed)
    def lineUp(self) -> bool:
        """Whether the line to the agencies is there."""
        return self._snapshot.line_up

    @Property(bool, notify=changed)
    def assisted(self) -> bool:
        """Whether a mediator's card was shown for this visit, or the one that begins."""
        return self._snapshot.assisted

    @Property(int, notify=changed)
    def idleSecondsLeft(self) -> int:
        """Seconds until Home while the resident is asked; -1 when nothing is asked."""
        left = self._snapshot.idle_seconds_left
        return -1 if left is None else left

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # Qt's own type name
    def simulated(self) -> list[str]:
        """What is simulated: `camera`, `microphone`, `loudspeaker`; QML has the words."""
        return list(self._snapshot.simulated)

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # Qt's own type name
    def lost(self) -> list[str]:
        """What should be there and can't be used, as `DeviceKind` values; QML has the words."""
        return list(self._snapshot.lost)

    @Property(bool, notify=restingChanged)
    def resting(self) -> bool:
        """Home, and nobody has touched the screen for a while."""
        return self._resting
