"""The booth's camera."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from devices.camera.interface import Camera
    from devices.hotplug import HotPlug

SIMULATED = "simulated"
AUTO = "auto"
"""The first camera found when the call starts."""


def open_camera(source: str, *, hotplug: HotPlug | None = None) -> Camera:
    """The camera that settings ask for; opens nothing until `start`.

    `source` is `auto`, `simulated`, a device node (better `/dev/v4l/by-id/…`, which survives a
    replug), or the path of a video file. What is no node has no events, so that it is polled.
    """
    # Imported here because this package is also the child process's, which needs none of them.
    if source == SIMULATED:
        from devices.camera.simulated import SimulatedCamera  # noqa: PLC0415

        return SimulatedCamera()
    if source == AUTO or source.startswith("/dev/"):
        from devices.camera.v4l2 import v4l2_camera  # noqa: PLC0415

        return v4l2_camera(source, hotplug)
    from devices.camera.recorded import RecordedCamera  # noqa: PLC0415

    return RecordedCamera(Path(source))
