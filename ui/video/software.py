"""A `PictureView` for a booth without a GPU: pixels made ready on a thread, then one copy."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtQuick import QQuickItem, QSGImageNode, QSGNode, QSGTexture

from devices.picture import Picture
from ui.video.geometry import Layout, Size, crop_to_fill, fit_inside
from ui.video.view import PictureView

if TYPE_CHECKING:
    import av

    from ui.video.scaler import Scaler


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture as it will be drawn; `image` looks into the memory of `frame`."""

    image: QImage
    frame: av.VideoFrame
    size: Size


class SoftwarePictureView(PictureView):
    """Draws through Qt Quick's software renderer, which copies each row straight to the window.

    The image has the item's exact size in device pixels and the screen's own format, so that the
    renderer neither scales nor converts, and repaints nothing but the item's rectangle.
    """

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self.setFlag(QQuickItem.Flag.ItemHasContents)
        self._scaler: Scaler | None = None
        self._brought_lock = threading.Lock()
        self._brought: Shot | None = None
        self._shown: Shot | None = None
        self._drawn: Shot | None = None

    def _work(self, picture: Picture) -> None:
        wanted = self._wanted
        if wanted.size.empty:
            return
        place = crop_to_fill if wanted.crop else fit_inside
        layout = place(Size(picture.width, picture.height), wanted.size)
        shot = self._shoot(picture, layout, mirrored=wanted.mirrored)
        with self._brought_lock:
            self._brought = shot
        self._bell.press()

    def _shoot(self, picture: Picture, layout: Layout, *, mirrored: bool) -> Shot:
        if self._scaler is None:
            # NumPy and libav take 0.13 s to load: Home is shown before they are needed.
            from ui.video.scaler import Scaler  # noqa: PLC0415

            self._scaler = Scaler()
        frame = self._scaler.scale(picture, layout, mirrored=mirrored)
        plane = frame.planes[0]
        image = QImage(
            memoryview(plane),
            frame.width,
            frame.height,
            plane.line_size,
            QImage.Format.Format_RGB32,
        )
        return Shot(image, frame, layout.shown)

    def _take(self) -> bool:
        with self._brought_lock:
            shot, self._brought = self._brought, None
        if shot is None:
            return False
        self._shown = shot
        self.update()
        return True

    def _wipe(self) -> None:
        with self._brought_lock:
            self._brought = None
        self._shown = None
        self.update()

    def updatePaintNode(  # type: ignore[override]  # noqa: N802 (Qt's name; None is allowed)
        self, old: QSGNode | None, _data: QQuickItem.UpdatePaintNodeData
    ) -> QSGNode | None:
        """Hand the newest picture to the scene; called by Qt on the thread that draws."""
        shot, window = self._shown, self._window
        if window is None or (old is None and shot is None):
            return old
        if old is None:
            node = window.createImageNode()
            node.setOwnsTexture(True)
        else:
            node = _as_image_node(old)
        if shot is None:
            # An image node must have a texture; one that covers nothing shows nothing.
            blank = QImage(1, 1, QImage.Format.Format_RGB32)
            blank.fill(QColor("black"))
            node.setTexture(window.createTextureFromImage(blank))
            node.setRect(QRectF())
        elif old is None or shot is not self._drawn:
            node.setTexture(window.createTextureFromImage(shot.image))
            self._lay(node, shot)
        # Only now has the renderer let go of the picture before this one.
        self._drawn = shot
        return node

    def _lay(self, node: QSGImageNode, shot: Shot) -> None:
        ratio = self._pixel_ratio()
        width, height = shot.size.width / ratio, shot.size.height / ratio
        if self._wanted.crop:
            width, height = self.width(), self.height()
        left, top = (self.width() - width) / 2, (self.height() - height) / 2
        node.setRect(QRectF(left, top, width, height))
        # The size differs only for the moment after the item changed its own.
        exact = shot.size == self._wanted.size or not self._wanted.crop
        node.setFiltering(QSGTexture.Filtering.Nearest if exact else QSGTexture.Filtering.Linear)


def _as_image_node(node: QSGNode) -> QSGImageNode:
    """Return Qt's own node as what it is, under a Python object that lives as short as possible.

    The scene deletes its nodes without telling Python. A Python object kept for one would later
    be taken for whatever else Qt made at the same address.
    """
    (address,) = shiboken6.getCppPointer(node)
    shiboken6.invalidate(node)
    image_node = shiboken6.wrapInstance(address, QSGImageNode)
    if not isinstance(image_node, QSGImageNode):
        raise TypeError(f"the scene gave a {type(image_node).__name__}")
    return image_node
