"""Pictures with known colours, and what those colours must look like on a screen."""

from __future__ import annotations

import time

import numpy as np

from devices.picture import Picture, Plane

#: Name, (Y, U, V) in limited range BT.601, and the RGB that Recommendation BT.601 gives.
COLOURS = {
    "black": ((16, 128, 128), (0, 0, 0)),
    "white": ((235, 128, 128), (255, 255, 255)),
    "grey": ((126, 128, 128), (128, 128, 128)),
    "red": ((81, 90, 240), (254, 0, 0)),
    "green": ((145, 54, 34), (0, 255, 1)),
    "blue": ((41, 240, 110), (0, 0, 255)),
    "skin": ((160, 110, 150), (203, 157, 131)),
}

#: libswscale's quick routines round to within this of the exact value.
TOLERANCE = 4


def halves(left: str, right: str, width: int = 1280, height: int = 720, pad: int = 0) -> Picture:
    """Return a picture of two colours side by side, its rows `pad` bytes longer than needed."""
    planes = []
    for index in range(3):
        columns = width if index == 0 else width // 2
        rows = height if index == 0 else height // 2
        plane = np.zeros((rows, columns + pad), np.uint8)
        plane[:, : columns // 2] = COLOURS[left][0][index]
        plane[:, columns // 2 : columns] = COLOURS[right][0][index]
        planes.append(Plane(memoryview(plane).cast("B"), columns + pad))
    return Picture(width, height, (planes[0], planes[1], planes[2]), time.monotonic())


def close_to(seen: tuple[int, ...], colour: str) -> bool:
    """Whether the RGB that was seen is that colour."""
    return all(
        abs(one - other) <= TOLERANCE for one, other in zip(seen, COLOURS[colour][1], strict=True)
    )
