"""The only place where Qt's thread and the asyncio loop meet.

Snapshots cross as a queued signal; the resident's touches cross with `run_coroutine_threadsafe`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kiosk.log import get_logger
from kiosk.visit.controls import VisitControls
from kiosk.visit.snapshot import VisitSnapshot
from ui.viewmodels.touches import Request

log = get_logger(__name__)


class Loop(Protocol):
    """What the bridge needs of the asyncio thread."""

    def run(self, work: Coroutine[Any, Any, None]) -> Future[None]:
        """Start `work` on the loop, from any thread."""


class Bridge(QObject):
    """Carries the newest snapshot to `show`, on Qt's thread, and requests to the loop."""

    _came = Signal()
    _posted = Signal(object)

    def __init__(self, loop: Loop, show: Callable[[VisitSnapshot], None]) -> None:
        super().__init__()
        self._loop = loop
        self._show = show
        self._controls: VisitControls | None = None
        self._lock = threading.Lock()
        self._newest: VisitSnapshot | None = None
        self._came.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._posted.connect(self._run_posted, Qt.ConnectionType.QueuedConnection)

    def attach(self, controls: VisitControls) -> None:
        """Listen to `controls` from now on. To be called on the loop."""
        self._controls = controls
        controls.subscribe(self.put)
        self.put(controls.snapshot)

    def put(self, snapshot: VisitSnapshot) -> None:
        """Bring `snapshot` to the screen; from any thread. One that is overtaken is not shown."""
        with self._lock:
            waiting = self._newest is not None
            self._newest = snapshot
        if not waiting:
            self._came.emit()

    def ask(self, request: Request) -> None:
        """Run `request` on the loop; before `attach`, there is nobody to ask and it is dropped."""
        if self._controls is not None:
            self._loop.run(_asked(request, self._controls)).add_done_callback(_report)

    def post(self, function: Callable[[], None]) -> None:
        """Call `function` on Qt's thread, soon; from any thread."""
        self._posted.emit(function)

    @Slot(object)
    def _run_posted(self, function: Callable[[], None]) -> None:
        function()

    @Slot()
    def _take(self) -> None:
        with self._lock:
            snapshot, self._newest = self._newest, None
        if snapshot is not None:
            self._show(snapshot)


async def _asked(request: Request, controls: VisitControls) -> None:
    """Look up what is asked for on the loop, too: a part that is made on demand starts there."""
    await request(controls)


def _report(done: Future[None]) -> None:
    try:
        done.result()
    except CancelledError:
        log.debug("touch_dropped", reason="the loop is stopping")
    except Exception as error:  # the boundary of a request: told, and the interface lives on
        log.exception("touch_failed", error=error)
