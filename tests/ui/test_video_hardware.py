"""Planes as Qt's video frame: every sample in its place, and the colours named."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

from tests.ui.pictures import COLOURS, halves
from ui.video.hardware import as_video_frame


@pytest.mark.parametrize("pad", [0, 54])
def test_planes_arrive_whole_whatever_their_stride(qapp: object, pad: int) -> None:
    frame = as_video_frame(halves("red", "blue", width=322, height=242, pad=pad))
    assert frame.map(QVideoFrame.MapMode.ReadOnly)
    try:
        for index in range(3):
            columns, rows = (322, 242) if index == 0 else (161, 121)
            plane = np.frombuffer(frame.bits(index), np.uint8)
            plane = plane.reshape(-1, frame.bytesPerLine(index))[:rows, :columns]
            assert (plane[:, : columns // 2] == COLOURS["red"][0][index]).all()
            assert (plane[:, columns // 2 : columns] == COLOURS["blue"][0][index]).all()
    finally:
        frame.unmap()


def test_the_frame_says_how_its_colours_are_meant(qapp: object) -> None:
    shape = as_video_frame(halves("grey", "grey", width=64, height=48)).surfaceFormat()
    assert shape.colorSpace() is QVideoFrameFormat.ColorSpace.ColorSpace_BT601
    assert shape.colorRange() is QVideoFrameFormat.ColorRange.ColorRange_Video
