"""Which V4L2 node is the document camera: one that is not the call's."""

from __future__ import annotations

from pathlib import Path

from devices.camera import v4l2
from devices.status import DeviceError, DeviceState

_DEV = Path("/dev")


def candidates(path: str, avoid: str, dev: Path = _DEV) -> list[Path]:
    """The nodes that may be meant, stable names first.

    With `auto` the call's camera `avoid` is left out; when that is `auto` too, it is the first
    that captures, and the second one is ours.
    """
    nodes = v4l2.candidates(path, dev)
    if path != v4l2.AUTO:
        return nodes
    if avoid == v4l2.AUTO:
        return [node for node in nodes if _captures(node)][1:]
    calls = Path(avoid).resolve() if avoid.startswith("/") else None
    return [node for node in nodes if node.resolve() != calls]


def find_node(path: str, avoid: str, dev: Path = _DEV) -> str:
    """The first candidate that captures video; raises `DeviceError`."""
    nodes = candidates(path, avoid, dev)
    if path != v4l2.AUTO:
        return v4l2.find_node(path, dev)
    for node in nodes:
        if _captures(node):
            return str(node)
    raise DeviceError(
        DeviceState.NO_DEVICE, "no second camera found", hint="plug the document camera in"
    )


def _captures(node: Path) -> bool:
    try:
        return v4l2.captures(node)
    except OSError:
        return False
