"""A camera's raw frames as three planes, mostly without a copy."""

from __future__ import annotations

from collections.abc import Callable

from devices.camera.i420 import Bytes, Layout
from devices.camera.modes import Mode
from devices.status import DeviceError, DeviceState

Planes = tuple[Bytes, Bytes, Bytes]


def unpacker(mode: Mode) -> Callable[[Bytes], Planes]:
    """What turns one raw frame of `mode` into three planes, as views where that is possible."""
    if mode.fourcc == "MJPG":
        from devices.camera.jpeg import JpegDecoder  # noqa: PLC0415 - 20 MB that most don't need.

        return JpegDecoder().decode
    layout = Layout(mode.width // 2 * 2, mode.height // 2 * 2)
    expected = layout.size * 4 // 3 if mode.fourcc == "YUYV" else layout.size

    def unpack(raw: Bytes) -> Planes:
        if len(raw) != expected:
            raise DeviceError(
                DeviceState.HARDWARE_ERROR,
                f"a {mode.fourcc} frame of {len(raw)} bytes instead of {expected}",
                hint="choose another camera",
            )
        if mode.fourcc == "YUYV":
            pairs = raw.reshape(layout.height, layout.width // 2, 4)
            y = pairs.reshape(layout.height, layout.width, 2)[:, :, 0]
            return y, pairs[::2, :, 1], pairs[::2, :, 3]
        if mode.fourcc == "NV12":
            luma = layout.width * layout.height
            chroma = raw[luma:].reshape(layout.height // 2, layout.width // 2, 2)
            y = raw[:luma].reshape(layout.height, layout.width)
            return y, chroma[:, :, 0], chroma[:, :, 1]
        return layout.planes(raw)

    return unpack
