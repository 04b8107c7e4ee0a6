"""Whatever a device's child process says, its parent reads it or does without."""

from __future__ import annotations

from devices.camera.v4l2 import has_capture
from devices.parent import capabilities_of, fault_of
from devices.sound.interface import MicrophoneFigures
from devices.sound.listing import parse
from devices.sound.selection import Direction
from devices.sound.wire import pack_figures, unpack_figures

#: struct v4l2_capability.
CAPABILITY_BYTES = 104
SEEDS = (
    b'c{"width": 1280, "fps": 30}',
    b'f{"state": "offline", "detail": "gone", "hint": "", "permanent": false}',
    b'{"all": [{"name": "a", "max_input_channels": 1e999}], "defaults": [0, 0]}',
    pack_figures(MicrophoneFigures(-30.0)),
)


def target(data: bytes) -> None:
    """Read `data` as each of the messages that a child may send."""
    fault_of(data)
    for value in capabilities_of(data).values():
        if not isinstance(value, str | int | bool):
            raise TypeError(value)
    unpack_figures(data)
    parse(data).names(Direction.MICROPHONE, "auto")
    has_capture(data[:CAPABILITY_BYTES].ljust(CAPABILITY_BYTES, b"\0"))
