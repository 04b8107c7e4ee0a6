"""The booth's document camera: a page on the desk becomes a page of a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from devices.document_camera.interface import DocumentCamera
    from devices.hotplug import HotPlug

SIMULATED = "simulated"
AUTO = "auto"
"""A second camera, when there is one."""
NONE = "none"


def open_document_camera(
    source: str, *, avoid: str = "", hotplug: HotPlug | None = None
) -> DocumentCamera | None:
    """The document camera that settings ask for; opens nothing until `start`; None for `none`.

    `source` is `auto`, `simulated`, a device node (better `/dev/v4l/by-id/…`), or the path of a
    picture or video file. `avoid` is the call camera's source, which `auto` leaves alone.
    """
    # Imported here because this package is also the child process's, which needs none of them.
    from devices.document_camera.found import candidates  # noqa: PLC0415
    from devices.document_camera.process import ProcessDocumentCamera  # noqa: PLC0415
    from devices.document_camera.simulated import SimulatedDocumentCamera  # noqa: PLC0415

    if source == NONE:
        return None
    if source == SIMULATED:
        return SimulatedDocumentCamera()
    if source == AUTO or source.startswith("/dev/"):
        return ProcessDocumentCamera(
            {"kind": "v4l2", "path": source, "avoid": avoid},
            lambda: tuple(str(node) for node in candidates(source, avoid)),
            hotplug=hotplug,
        )
    return ProcessDocumentCamera(
        {"kind": "file", "path": source},
        lambda: (Path(source).name,) if Path(source).exists() else (),
        simulated=True,
    )
