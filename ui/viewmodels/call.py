"""A call as its screen shows it: who is there, how well it goes, and for how long."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Property, QObject, QPointF, QTimer, Signal

from kiosk.visit.snapshot import CallView, WrittenLine
from ui.viewmodels.rows import Row, RowsModel

#: The elapsed time is shown in seconds; nothing else on the screen changes by itself.
TICK_MS = 1000

LINE_ROLES = ("key", "number", "body", "own", "ended", "corrected")


class CallModel(QObject):
    """The call's facts; the elapsed time has a signal of its own, so that it repaints alone."""

    changed = Signal()
    elapsedChanged = Signal()

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._monotonic = monotonic
        self._view = CallView()
        self._elapsed = 0
        self._written = RowsModel(*LINE_ROLES)
        self._ticker = QTimer(self, interval=TICK_MS)
        self._ticker.timeout.connect(self._count)

    def show(self, view: CallView) -> None:
        """Take over the call."""
        if view == self._view:
            return
        self._view = view
        if view.connected_at is None:
            self._ticker.stop()
        elif not self._ticker.isActive():
            self._ticker.start()
        self._count()
        self._written.show([_row(line) for line in view.written if _told(line)])
        self.changed.emit()

    def _count(self) -> None:
        since = self._view.connected_at
        elapsed = 0 if since is None else max(0, int(self._monotonic() - since))
        if elapsed != self._elapsed:
            self._elapsed = elapsed
            self.elapsedChanged.emit()

    @Property(str, notify=changed)
    def agentName(self) -> str:
        """As the agent's desk gives it; may be empty."""
        return self._view.agent_name

    @Property(int, notify=elapsedChanged)
    def elapsedSeconds(self) -> int:
        """Seconds since the first picture or sound."""
        return self._elapsed

    @Property(bool, notify=changed)
    def muted(self) -> bool:
        """Whether the microphone is closed."""
        return self._view.muted

    @Property(int, notify=changed)
    def volume(self) -> int:
        """0 to 10."""
        return self._view.volume

    @Property(str, notify=changed)
    def quality(self) -> str:
        """A value of `Quality`."""
        return self._view.quality.value

    @Property(bool, notify=changed)
    def slowed(self) -> bool:
        """Nothing has come for a while; the booth is at work on it."""
        return self._view.slowed

    @Property(bool, notify=changed)
    def remoteVideo(self) -> bool:
        """Whether the agent's picture has come."""
        return self._view.remote_video

    @Property(bool, notify=changed)
    def cameraWorking(self) -> bool:
        """Whether the agent can see the resident."""
        return self._view.camera_working

    @Property(bool, notify=changed)
    def microphoneWorking(self) -> bool:
        """Whether the agent can hear the resident."""
        return self._view.microphone_working

    @Property(bool, notify=changed)
    def loudspeakerWorking(self) -> bool:
        """Whether the resident can hear the agent."""
        return self._view.loudspeaker_working

    @Property(bool, notify=changed)
    def private(self) -> bool:
        """Whether the handset is lifted: sound goes through it alone."""
        return self._view.private

    @Property(bool, notify=changed)
    def writing(self) -> bool:
        """Whether the text beside the call is shown."""
        return self._view.writing

    @Property(str, notify=changed)
    def typing(self) -> str:
        """The resident's line as it was typed so far; empty between two lines."""
        own = [line for line in self._view.written if line.own and not line.ended]
        return own[-1].text if own else ""

    @Property(int, notify=changed)
    def unread(self) -> int:
        """Lines of the agent's since the text was last shown."""
        return self._view.unread

    @Property(bool, notify=changed)
    def showing(self) -> bool:
        """Whether the agent shares a window."""
        return self._view.showing

    @Property(bool, notify=changed)
    def pointing(self) -> bool:
        """Whether the agent points in it."""
        return self._view.pointer is not None

    @Property(QPointF, notify=changed)
    def pointer(self) -> QPointF:
        """Where, 0 to 1 of its width and height."""
        return QPointF(*(self._view.pointer or (0.0, 0.0)))

    @Property(QObject, constant=True)
    def written(self) -> RowsModel:
        """The lines of the text, `LINE_ROLES`; the resident's own one being typed is not there."""
        return self._written


def _told(line: WrittenLine) -> bool:
    """Whether a line stands in the list: what the resident types now stands in their field."""
    return bool(line.text) and (line.ended or not line.own)


def _row(line: WrittenLine) -> Row:
    key = f"{'own' if line.own else 'agent'}-{line.number}"
    return (key, line.number, line.text, line.own, line.ended, line.corrected)
