"""A `PictureView` for a booth with a GPU: planes to a `QVideoSink`, the GPU does the rest."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QSize, QUrl
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat, QVideoSink
from PySide6.QtQml import QQmlComponent, qmlEngine
from PySide6.QtQuick import QQuickItem

from devices.picture import Picture
from ui.video.view import PictureView

OUTPUT_QML = Path(__file__).with_name("VideoPlane.qml")


class HardwarePictureView(PictureView):
    """Holds a `VideoOutput`; the planes are copied into its sink on the worker's thread."""

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._output: QObject | None = None
        self._sink: QVideoSink | None = None

    def componentComplete(self) -> None:  # noqa: N802 (Qt's name)
        """Make the `VideoOutput` inside, once the item has its QML engine."""
        super().componentComplete()
        engine = qmlEngine(self)
        if engine is None:
            raise RuntimeError("a PictureView is made by QML")
        component = QQmlComponent(engine, QUrl.fromLocalFile(str(OUTPUT_QML)), self)
        output = component.createWithInitialProperties({"parent": self, "view": self})
        if output is None:
            raise RuntimeError(component.errorString())
        output.setParent(self)
        self._output = output
        self._sink = output.property("videoSink")

    def _work(self, picture: Picture) -> None:
        if self._sink is None:
            return
        frame = as_video_frame(picture)
        frame.setMirrored(self._wanted.mirrored)
        self._sink.setVideoFrame(frame)
        self._bell.press()

    def _take(self) -> bool:
        return True

    def _wipe(self) -> None:
        if self._sink is not None:
            self._sink.setVideoFrame(QVideoFrame())


def as_video_frame(picture: Picture) -> QVideoFrame:
    """Return a copy of the picture's planes as Qt's video frame, limited range BT.601.

    Raises:
        RuntimeError: Qt gave no memory for it.
    """
    shape = QVideoFrameFormat(
        QSize(picture.width, picture.height), QVideoFrameFormat.PixelFormat.Format_YUV420P
    )
    shape.setColorSpace(QVideoFrameFormat.ColorSpace.ColorSpace_BT601)
    shape.setColorRange(QVideoFrameFormat.ColorRange.ColorRange_Video)
    frame = QVideoFrame(shape)
    if not frame.map(QVideoFrame.MapMode.WriteOnly):
        raise RuntimeError("a video frame could not be mapped")
    try:
        for index, plane in enumerate(picture.planes):
            width = picture.width if index == 0 else picture.width // 2
            height = picture.height if index == 0 else picture.height // 2
            given = np.frombuffer(plane.data, np.uint8).reshape(-1, plane.stride)
            taken = np.frombuffer(frame.bits(index), np.uint8).reshape(
                -1, frame.bytesPerLine(index)
            )
            taken[:height, :width] = given[:height, :width]
    finally:
        frame.unmap()
    return frame
