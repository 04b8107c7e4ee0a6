"""Video4Linux cameras: which device node to open, and the camera on it."""

from __future__ import annotations

import fcntl
import os
import struct
from pathlib import Path

from devices.camera.process import ProcessCamera, ProcessDriver
from devices.hotplug import HotPlug
from devices.status import DeviceError, DeviceState

AUTO = "auto"
_DEV = Path("/dev")
_SYS = Path("/sys/class/video4linux")
_QUERYCAP = 0x80685600
"""VIDIOC_QUERYCAP: _IOR('V', 0, struct v4l2_capability), videodev2.h."""
_CAPABILITY = struct.Struct("<16s32s32sIII12x")
_CAP_VIDEO_CAPTURE = 0x1
_CAP_DEVICE_CAPS = 0x80000000


def v4l2_camera(path: str, hotplug: HotPlug | None = None) -> ProcessCamera:
    """The camera at `path` (better a link in /dev/v4l/by-id), or with `auto` the first found."""
    return ProcessCamera(ProcessDriver("v4l2", path, lambda: found(path)), hotplug=hotplug)


def found(path: str, dev: Path = _DEV, sys: Path = _SYS) -> tuple[str, ...]:
    """Names of the candidates, without a device's further nodes; opens none of them."""
    return tuple(str(node) for node in candidates(path, dev) if _is_first(node, sys))


def _is_first(node: Path, sys: Path) -> bool:
    """Whether it is its device's first node: a webcam's second one is for metadata."""
    try:
        return (sys / node.resolve().name / "index").read_text().strip() == "0"
    except OSError:
        return True


def candidates(path: str, dev: Path = _DEV) -> list[Path]:
    """The nodes that may be meant, stable names first: a `by-id` name survives a replug."""
    if path != AUTO:
        return [Path(path)] if Path(path).exists() else []
    by_id = sorted((dev / "v4l" / "by-id").glob("*-video-index0"))
    known = {link.resolve() for link in by_id}
    others = sorted(dev.glob("video[0-9]*"), key=lambda node: (len(node.name), node.name))
    return by_id + [node for node in others if node.resolve() not in known]


def find_node(path: str, dev: Path = _DEV) -> str:
    """The first candidate that captures video.

    Raises `DeviceError` that tells "none there" from "not allowed" and from "not a camera".
    """
    nodes = candidates(path, dev)
    if not nodes:
        detail = "no camera found" if path == AUTO else f"{path} is not there"
        raise DeviceError(DeviceState.NO_DEVICE, detail, hint="plug the camera in")
    denied = None
    for node in nodes:
        try:
            if captures(node):
                return str(node)
        except PermissionError:
            denied = node
        except OSError:
            continue  # A node that is going away, or is no video device.
    if denied is not None:
        raise DeviceError(
            DeviceState.USER_ERROR,
            f"not allowed to open {denied}",
            hint="add the booth's user to the group video",
        )
    raise DeviceError(
        DeviceState.NO_DEVICE, f"{nodes[0]} gives no video", hint="choose another camera"
    )


def captures(node: Path) -> bool:
    """Whether the node is for capturing (a webcam has a second one, for metadata).

    Raises `OSError` when it can't be opened or is no video device.
    """
    fd = os.open(node, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        answer = fcntl.ioctl(fd, _QUERYCAP, bytes(_CAPABILITY.size))
    finally:
        os.close(fd)
    return has_capture(answer)


def has_capture(answer: bytes) -> bool:
    """Read struct v4l2_capability: this node's own capabilities where the driver gives them."""
    *_, capabilities, device_caps = _CAPABILITY.unpack(answer)
    own = device_caps if capabilities & _CAP_DEVICE_CAPS else capabilities
    return bool(own & _CAP_VIDEO_CAPTURE)
