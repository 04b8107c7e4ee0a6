"""Where the child's full-size pictures come from: a camera in its largest mode, or a file."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np

from devices.camera import modes
from devices.document_camera.evidence import Image
from devices.document_camera.find import MAX_PIXELS
from devices.status import DeviceError, DeviceState

FORMATS = ("MJPG", "YUYV")
"""A large picture fits through USB 2 only as JPEG; a camera that has none gives YUYV, slowly."""
_ASK_PX = (8000, 6000)
"""More than any has: the driver answers with its largest."""
_LEAST_RATE = 2.0
"""Pictures a second: with fewer, nobody can lay a page straight by looking at the screen."""
_FILE_RATE = 10.0
_MAX_FILE_BYTES = 64 << 20
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff")
_DAMAGED_IN_A_ROW = 10


class StillSource(Protocol):
    """An open source of pictures; each call may block, the parent's watchdog sees to that."""

    detail: str

    def grab(self) -> float:
        """Wait for the next picture; returns `time.monotonic()` of its capture.

        Raises `DeviceError` when there are no more.
        """

    def image(self) -> Image | None:
        """The picture just grabbed: BGR, at most 64 million pixels; None when it is damaged."""

    def close(self) -> None:
        """Close it."""


def choose_largest(capture: modes.Capture) -> modes.Mode:
    """Set the mode with most pixels of those that give at least two pictures a second."""
    offered = [mode for fourcc in FORMATS if (mode := _largest(capture, fourcc)) is not None]
    if not offered:
        raise DeviceError(
            DeviceState.HARDWARE_ERROR,
            f"gives none of {', '.join(FORMATS)}",
            hint="choose another camera",
        )
    best = max(offered, key=lambda mode: (mode.rate >= _LEAST_RATE, mode.width * mode.height))
    return _largest(capture, best.fourcc) or best


def _largest(capture: modes.Capture, fourcc: str) -> modes.Mode | None:
    capture.set(modes.FOURCC, int.from_bytes(fourcc.encode(), "little"))
    capture.set(modes.FRAME_WIDTH, _ASK_PX[0])
    capture.set(modes.FRAME_HEIGHT, _ASK_PX[1])
    code = int(capture.get(modes.FOURCC)) & 0xFFFFFFFF
    width, height = int(capture.get(modes.FRAME_WIDTH)), int(capture.get(modes.FRAME_HEIGHT))
    if code.to_bytes(4, "little") != fourcc.encode() or not 0 < width * height <= MAX_PIXELS:
        return None
    return modes.Mode(fourcc, width, height, capture.get(modes.FPS))


class CameraStills:
    """A V4L2 camera in its largest mode."""

    def __init__(self, capture: modes.Capture, name: str) -> None:
        """Choose the mode of `capture`, opened raw; this object now owns it."""
        self._capture = capture
        self._mode = choose_largest(capture)
        self._damaged = 0
        mode = self._mode
        self.detail = f"{name} {mode.fourcc} {mode.width}×{mode.height} at {mode.rate:g} fps"

    def grab(self) -> float:
        """Wait for the next picture."""
        if not self._capture.grab():
            raise DeviceError(DeviceState.OFFLINE, "the picture ended", hint="check the cable")
        return time.monotonic()

    def image(self) -> Image | None:
        """Decode the picture just grabbed."""
        ok, raw = self._capture.retrieve()
        picture = self._decoded(raw) if ok and raw is not None else None
        self._damaged = 0 if picture is not None else self._damaged + 1
        if self._damaged > _DAMAGED_IN_A_ROW:
            raise DeviceError(
                DeviceState.HARDWARE_ERROR, "damaged pictures", hint="use another cable or port"
            )
        return picture

    def close(self) -> None:
        """Close the device."""
        self._capture.release()

    def _decoded(self, raw: Any) -> Image | None:  # noqa: ANN401 - what OpenCV gives.
        flat = np.ascontiguousarray(raw, np.uint8).reshape(-1)
        if self._mode.fourcc == "MJPG":
            return decode(flat.tobytes())
        if flat.size != self._mode.width * self._mode.height * 2:
            return None
        pairs = flat.reshape(self._mode.height, self._mode.width, 2)
        return np.asarray(cv2.cvtColor(pairs, cv2.COLOR_YUV2BGR_YUYV), np.uint8)


class PictureStills:
    """One picture from a file, over and over, for machines without a camera."""

    def __init__(self, path: str) -> None:
        """Read it. Raises `DeviceError` when it is none, or too large."""
        self._picture = self._read(Path(path))
        height, width = self._picture.shape[:2]
        self.detail = f"{Path(path).name} {width}×{height}"
        self._due = time.monotonic()

    def grab(self) -> float:
        """Wait until the next one is due."""
        self._due = wait_until(self._due + 1 / _FILE_RATE)
        return time.monotonic()

    def image(self) -> Image:
        """The picture."""
        return self._picture

    def close(self) -> None:
        """Nothing is open."""

    @staticmethod
    def _read(path: Path) -> Image:
        try:
            too_large = path.stat().st_size > _MAX_FILE_BYTES
            picture = None if too_large else decode(path.read_bytes())
        except OSError as error:
            raise unusable(path, error.strerror or "can't be read") from error
        if picture is None:
            raise unusable(path, "is no picture, or too large")
        return picture


class VideoStills:
    """A video file, over and over."""

    def __init__(self, path: str) -> None:
        """Open it. Raises `DeviceError` when OpenCV can't."""
        self._path = Path(path)
        self._capture = cv2.VideoCapture(path, cv2.CAP_FFMPEG)
        width, height = (
            int(self._capture.get(prop)) for prop in (modes.FRAME_WIDTH, modes.FRAME_HEIGHT)
        )
        if not self._capture.isOpened() or not 0 < width * height <= MAX_PIXELS:
            self._capture.release()
            raise unusable(self._path, "is no video, or too large")
        self.detail = f"{self._path.name} {width}×{height}"
        self._due = time.monotonic()

    def grab(self) -> float:
        """Wait until the next one is due; at the end, the first again."""
        for _ in range(2):
            if self._capture.grab():
                self._due = wait_until(self._due + 1 / _FILE_RATE)
                return time.monotonic()
            self._capture.release()
            self._capture = cv2.VideoCapture(str(self._path), cv2.CAP_FFMPEG)
        raise unusable(self._path, "holds no picture")

    def image(self) -> Image | None:
        """Decode the one just grabbed."""
        ok, picture = self._capture.retrieve()
        return np.asarray(picture, np.uint8) if ok and picture is not None else None

    def close(self) -> None:
        """Close the file."""
        self._capture.release()


def open_file(path: str) -> StillSource:
    """A picture or a video, by its name's ending."""
    if Path(path).suffix.lower() in _PICTURES:
        return PictureStills(path)
    return VideoStills(path)


def decode(packed: bytes) -> Image | None:
    """A picture's pixels (BGR); None for rubbish, or for more than 64 million pixels."""
    if not _bounded(packed):
        return None
    try:
        picture = cv2.imdecode(np.frombuffer(packed, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    return None if picture is None else np.asarray(picture, np.uint8)


def _bounded(packed: bytes) -> bool:
    """Whether the header, read before anything is decoded, tells of a size that we take."""
    from PIL import Image as Pillow  # noqa: PLC0415 - 20 MB that a camera in YUYV does not need.

    try:
        with Pillow.open(io.BytesIO(packed)) as picture:
            width, height = picture.size
            # A damaged PNG of 67 bytes would keep OpenCV busy for seconds.
            picture.verify()
    except Exception:  # noqa: BLE001 - on rubbish Pillow's readers raise whatever they meet.
        return False
    return 0 < width * height <= MAX_PIXELS


def wait_until(due: float) -> float:
    """Sleep until `due`; returns it, or now when that is past."""
    now = time.monotonic()
    if due <= now:
        return now
    time.sleep(due - now)
    return due


def unusable(path: Path, why: str) -> DeviceError:
    """A file stays bad until somebody gives another."""
    return DeviceError(
        DeviceState.USER_ERROR,
        f"{path.name} {why}",
        hint="give a picture or a video file",
        permanent=True,
    )
