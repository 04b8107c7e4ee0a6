"""What every `PictureView` has, however it draws: its properties, its feed and its worker."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import Property, QEnum, QObject, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtQuick import QQuickItem, QQuickWindow

from devices.picture import Picture
from ui.video.feed import PictureFeed, Tap
from ui.video.geometry import Size
from ui.video.worker import NewestWorker

STALLED_AFTER_MS = 2_000
"""A picture that stands this long is not a live one: the same time as `CallView.slowed`."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How pictures are to be shown; made on the main thread, read by the worker."""

    size: Size
    crop: bool
    mirrored: bool


class Doorbell(QObject):
    """Rings on the main thread, once however often it is pressed before it is heard."""

    rung = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._pressed = False

    def press(self) -> None:
        """Ask for `rung`; from any thread."""
        with self._lock:
            if self._pressed:
                return
            self._pressed = True
        self.rung.emit()

    def heard(self) -> None:
        """Allow the next ring; call it before looking at what was brought."""
        with self._lock:
            self._pressed = False


class PictureView(QQuickItem):
    """Shows the newest picture of a feed while it is visible, and forgets it when it is not."""

    class FillMode(IntEnum):
        """What happens when picture and item have different shapes."""

        Crop = 0
        """The item is filled; what sticks out is cut, equally on both sides."""
        Fit = 1
        """The whole picture is shown; the item's background stays visible beside it."""

    QEnum(FillMode)

    feed_changed = Signal()
    mirrored_changed = Signal()
    fill_mode_changed = Signal()
    has_picture_changed = Signal()
    frames_shown_changed = Signal()
    stalled_changed = Signal()
    aspect_changed = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._feed: PictureFeed | None = None
        self._mirrored = False
        self._fill_mode = PictureView.FillMode.Crop
        self._frames_shown = 0
        self._has_picture = False
        self._stalled = False
        self._wanted = Wanted(Size(0, 0), crop=True, mirrored=False)
        self._bell = Doorbell()
        self._bell.rung.connect(self._on_rung, Qt.ConnectionType.QueuedConnection)
        self._aspect = 0.0
        self._coming_aspect = 0.0
        self._worker = NewestWorker(self._prepare, "picture-view")
        # Never `self.window()`: Shiboken then takes the window for a part of the item, and the
        # window's Python side dies with the item.
        self._window: QQuickWindow | None = None
        self._tap = Tap(self._worker.put)
        self._stall_timer = QTimer(self, interval=STALLED_AFTER_MS, singleShot=True)
        self._stall_timer.timeout.connect(self._on_stall)
        self.visibleChanged.connect(self._join_or_leave)
        self.windowChanged.connect(self._on_window)
        # Bound to the parts and not to the item, which is half gone when it says so.
        self.destroyed.connect(self._tap.close)
        self.destroyed.connect(self._worker.stop)

    # --- properties -------------------------------------------------------------------------

    def _get_feed(self) -> PictureFeed | None:
        return self._feed

    def _set_feed(self, feed: PictureFeed | None) -> None:
        if feed is self._feed:
            return
        self._leave()
        self._feed = feed
        self._join_or_leave()
        self.feed_changed.emit()

    def _get_mirrored(self) -> bool:
        return self._mirrored

    def _set_mirrored(self, mirrored: bool) -> None:
        if mirrored != self._mirrored:
            self._mirrored = mirrored
            self._measure()
            self.mirrored_changed.emit()

    def _get_fill_mode(self) -> int:
        return self._fill_mode

    def _set_fill_mode(self, mode: int) -> None:
        if mode != self._fill_mode:
            self._fill_mode = PictureView.FillMode(mode)
            self._measure()
            self.fill_mode_changed.emit()

    def _get_has_picture(self) -> bool:
        return self._has_picture

    def _get_frames_shown(self) -> int:
        return self._frames_shown

    def _get_frames_dropped(self) -> int:
        return self._worker.dropped

    def _get_stalled(self) -> bool:
        return self._stalled

    def _get_aspect(self) -> float:
        return self._aspect

    feed = Property(PictureFeed, _get_feed, _set_feed, notify=feed_changed)
    """Where the pictures come from."""
    mirrored = Property(bool, _get_mirrored, _set_mirrored, notify=mirrored_changed)
    """Left and right swapped, as people know themselves."""
    fillMode = Property(int, _get_fill_mode, _set_fill_mode, notify=fill_mode_changed)  # noqa: N815 (QML's spelling)
    """`PictureView.Crop` or `PictureView.Fit`."""
    hasPicture = Property(bool, _get_has_picture, notify=has_picture_changed)  # noqa: N815
    """Whether there is a picture to be seen."""
    framesShown = Property(int, _get_frames_shown, notify=frames_shown_changed)  # noqa: N815
    """Pictures that reached the screen since the view was made."""
    framesDropped = Property(int, _get_frames_dropped, notify=frames_shown_changed)  # noqa: N815
    """Pictures that a newer one overtook on the way."""
    stalled = Property(bool, _get_stalled, notify=stalled_changed)
    """Whether the picture has stood for two seconds."""
    aspect = Property(float, _get_aspect, notify=aspect_changed)
    """Width by height of the newest picture; 0 until there was one."""

    # --- what the two ways of drawing add ----------------------------------------------------

    def _prepare(self, picture: Picture) -> None:
        self._coming_aspect = picture.width / picture.height
        self._work(picture)

    def _work(self, picture: Picture) -> None:
        """Prepare `picture` on the worker's thread, and press the bell when it can be seen."""
        raise NotImplementedError

    def _take(self) -> bool:
        """Show on the main thread what `_work` brought; False when it is out of date."""
        raise NotImplementedError

    def _wipe(self) -> None:
        """Make the item empty, on the main thread."""
        raise NotImplementedError

    # --- life ----------------------------------------------------------------------------------

    @Slot()
    def clear(self) -> None:
        """Forget the picture: nothing of it is kept or shown."""
        self._worker.forget()
        self._stall_timer.stop()
        self._wipe()
        self._set_stalled(stalled=False)
        self._set_has_picture(has_picture=False)

    def geometryChange(self, new: QRectF | QRect, old: QRectF | QRect) -> None:  # noqa: N802 (Qt's name)
        """Scale to the new size from the next picture on."""
        super().geometryChange(new, old)
        self._measure()

    @Slot(QQuickWindow)
    def _on_window(self, window: QQuickWindow | None) -> None:
        self._window = window
        self._measure()

    def _pixel_ratio(self) -> float:
        """Device pixels to each of the item's."""
        return 1.0 if self._window is None else self._window.effectiveDevicePixelRatio()

    def _measure(self) -> None:
        ratio = self._pixel_ratio()
        size = Size(round(self.width() * ratio), round(self.height() * ratio))
        crop = self._fill_mode is PictureView.FillMode.Crop
        wanted = Wanted(size, crop, self._mirrored)
        if wanted != self._wanted:
            self._wanted = wanted
            if self._feed is not None and self._tap.is_open:
                self._feed.repeat(self._worker.put)

    @Slot()
    def _join_or_leave(self) -> None:
        if self._feed is None or not self.isVisible():
            self._leave()
        elif not self._tap.is_open:
            self._tap.open(self._feed)

    def _leave(self) -> None:
        if self._tap.is_open:
            self._tap.close()
            self.clear()

    @Slot()
    def _on_rung(self) -> None:
        self._bell.heard()
        if not self._tap.is_open or not self._take():
            return
        if self._aspect != self._coming_aspect:
            self._aspect = self._coming_aspect
            self.aspect_changed.emit()
        self._frames_shown += 1
        self._stall_timer.start()
        self._set_stalled(stalled=False)
        self._set_has_picture(has_picture=True)
        self.frames_shown_changed.emit()

    @Slot()
    def _on_stall(self) -> None:
        self._set_stalled(stalled=True)

    def _set_stalled(self, *, stalled: bool) -> None:
        if stalled != self._stalled:
            self._stalled = stalled
            self.stalled_changed.emit()

    def _set_has_picture(self, *, has_picture: bool) -> None:
        if has_picture != self._has_picture:
            self._has_picture = has_picture
            self.has_picture_changed.emit()
