"""A code that somebody holds before the simulated camera: a white ticket in its picture."""

from __future__ import annotations

import numpy as np
import zxingcpp

from devices.camera.i420 import Bytes

BLACK, WHITE = 16, 235
"""Luma of video (ITU-R BT.601, 8 bits)."""
SHARE = 0.55
"""Of the picture's height: a ticket a hand's breadth from the camera."""


def ticket(text: str, height: int) -> Bytes:
    """Return the luma of a ticket with this code, for a picture of that height; square.

    Raises:
        ValueError: no QR code holds this text.
    """
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    modules = np.array(code.to_image(scale=1, add_quiet_zones=True), np.uint8)
    scale = max(1, int(height * SHARE) // len(modules))
    luma = np.where(modules > 0, WHITE, BLACK).astype(np.uint8)
    return luma.repeat(scale, axis=0).repeat(scale, axis=1)


def hold(luma: Bytes, held: Bytes) -> None:
    """Draw the ticket into the middle of a picture, as far as it fits."""
    rows, columns = (min(one, other) for one, other in zip(luma.shape, held.shape, strict=True))
    top, left = (luma.shape[0] - rows) // 2, (luma.shape[1] - columns) // 2
    luma[top : top + rows, left : left + columns] = held[:rows, :columns]
