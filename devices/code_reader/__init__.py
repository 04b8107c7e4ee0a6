"""The booth's reader of QR codes: through its camera, a serial scanner, or one that types."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from devices.code_reader.camera import CameraFound
    from devices.code_reader.interface import CodeReader
    from devices.hotplug import HotPlug


def open_code_reader(
    source: str,
    *,
    baud: int,
    hotplug: HotPlug | None = None,
    camera_found: CameraFound | None = None,
) -> CodeReader | None:
    """The code reader that settings ask for; opens nothing until `start`.

    `source` is `camera` or `auto`, `keyboard`, `none`, `simulated`, or a serial port's node.
    `camera_found` says which camera there is to look through.
    """
    # Imported here because this package is also the child processes', which need other parts.
    from devices.code_reader.camera import CameraReader  # noqa: PLC0415
    from devices.code_reader.keyboard import KeyboardReader  # noqa: PLC0415
    from devices.code_reader.serial_scanner import SerialScanner  # noqa: PLC0415
    from devices.code_reader.simulated import SimulatedCodeReader  # noqa: PLC0415

    match source:
        case "none":
            return None
        case "simulated":
            return SimulatedCodeReader()
        case "auto" | "camera":
            return CameraReader(camera_found=camera_found)
        case "keyboard":
            return KeyboardReader()
        case _:
            return SerialScanner(source, baud=baud, hotplug=hotplug)
