"""A video file as a camera: any that FFmpeg reads, at its own rate, over and over."""

from __future__ import annotations

import itertools
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import av
import av.filter

from devices.camera.i420 import Bytes, Layout
from devices.camera.modes import Mode
from devices.camera.planes import rows
from devices.status import DeviceError, DeviceState

DEFAULT_RATE = 25.0
"""What FFmpeg assumes of a file that names none (raw Motion JPEG)."""
MAX_SIDE_PX = 8192
LATE_S = 0.5
"""More lateness than this is not made up for: the clock starts anew."""


class VideoFile:
    """Decodes a file at the pace of its time stamps, scaled and cropped to the size asked for."""

    def __init__(self, path: str, layout: Layout, rate: int) -> None:
        """Open `path`; frames beyond `rate` a second are skipped. Raises `DeviceError`."""
        self._path = Path(path)
        self._layout = layout
        self._min_period_s = 0.9 / rate
        self._is_pipe = self._check()
        self._container, self._stream = self._open()
        self._graph: av.filter.Graph | None = None
        self._graph_key: tuple[int, int, str] | None = None
        self._frames = self._decode()
        self._frame: av.VideoFrame | None = None
        self._due = time.monotonic()
        self._shown_pts_s = -1.0
        rate_of = self._stream.average_rate
        self._period_s = 1 / float(rate_of) if rate_of else 1 / DEFAULT_RATE
        codec = self._stream.codec_context
        mode = Mode(codec.name, codec.width, codec.height, 1 / self._period_s)
        self.detail = f"{self._path.name} {mode}"
        self.capabilities = mode.capabilities

    def grab(self) -> float:
        """Wait until the next frame is due; at the end of the file, its first frame again."""
        fresh = False
        while True:
            frame = next(self._frames, None)
            if frame is None:
                if fresh or self._is_pipe:
                    raise self._unusable("holds no picture" if fresh else "ended")
                fresh = True
                self._rewind()
                continue
            step = self._step(frame)
            if step is not None:
                break
        self._due += step
        now = time.monotonic()
        if now - self._due > LATE_S:
            self._due = now
        elif self._due > now:
            time.sleep(self._due - now)
        self._frame = frame
        return time.monotonic()

    def write(self, frame: Bytes) -> None:
        """Write the frame just grabbed."""
        picture = self._frame
        if picture is None:
            raise self._unusable("holds no picture")
        if max(picture.width, picture.height) > MAX_SIDE_PX:
            raise self._unusable("is too large")
        if (picture.width, picture.height, picture.format.name) != (
            self._layout.width,
            self._layout.height,
            "yuv420p",
        ):
            picture = self._fit(picture)
        for plane, out in zip(picture.planes, self._layout.planes(frame), strict=True):
            out[:] = rows(plane)[: out.shape[0], : out.shape[1]]

    def close(self) -> None:
        """Close the file."""
        self._container.close()

    def _check(self) -> bool:
        """Whether it is a pipe; raises `DeviceError` when there is nothing to read."""
        try:
            mode = self._path.stat().st_mode
            if stat.S_ISREG(mode):
                self._path.open("rb").close()  # FFmpeg does not say that it is not allowed to.
            return stat.S_ISFIFO(mode)
        except OSError as error:
            raise self._unusable(error.strerror or "can't be read") from error

    def _open(self) -> tuple[av.container.InputContainer, av.VideoStream]:
        try:
            container = av.open(str(self._path))
        except (av.FFmpegError, OSError, ValueError) as error:
            raise self._unusable("is no video") from error
        if not container.streams.video:
            container.close()
            raise self._unusable("has no picture in it")
        stream = container.streams.video[0]
        stream.thread_count = 1
        return container, stream

    def _decode(self) -> Iterator[av.VideoFrame]:
        """Frames up to the end, or to what can't be decoded any more."""
        try:
            yield from self._container.decode(self._stream)
        except (av.FFmpegError, ValueError):
            return

    def _rewind(self) -> None:
        """Open it anew: not every format can seek."""
        self._container.close()
        self._container, self._stream = self._open()
        self._frames = self._decode()
        self._shown_pts_s = -1.0

    def _step(self, frame: av.VideoFrame) -> float | None:
        """Seconds from the frame before to this one; None to skip it."""
        now_s = frame.time if frame.pts is not None else 0.0
        if frame.pts is None or self._shown_pts_s < 0:
            self._shown_pts_s = now_s
            return self._period_s
        step = now_s - self._shown_pts_s
        if 0 <= step < self._min_period_s:
            return None
        self._shown_pts_s = now_s
        return step if 0 < step < 2.0 else self._period_s

    def _fit(self, picture: av.VideoFrame) -> av.VideoFrame:
        """Scale to cover the size asked for, cut off the rest, in limited range."""
        key = (picture.width, picture.height, picture.format.name)
        if self._graph is None or key != self._graph_key:
            self._graph, self._graph_key = self._build_graph(picture), key
        self._graph.push(picture)
        fitted = self._graph.pull()
        if not isinstance(fitted, av.VideoFrame):
            raise self._unusable("can't be scaled")
        return fitted

    def _build_graph(self, picture: av.VideoFrame) -> av.filter.Graph:
        width, height = self._layout.width, self._layout.height
        graph = av.filter.Graph()
        steps = [
            graph.add_buffer(
                width=picture.width,
                height=picture.height,
                format=picture.format,
                time_base=self._stream.time_base,
            ),
            graph.add(
                "scale",
                f"{width}:{height}:force_original_aspect_ratio=increase"
                ":force_divisible_by=2:flags=fast_bilinear:out_range=tv",
            ),
            graph.add("crop", f"{width}:{height}"),
            graph.add("format", "yuv420p"),
            graph.add("buffersink"),
        ]
        for one, following in itertools.pairwise(steps):
            one.link_to(following)
        graph.configure()
        return graph

    def _unusable(self, why: str) -> DeviceError:
        """A pipe may be filled again; a bad file stays bad until somebody gives another."""
        is_pipe = self._path.is_fifo()
        return DeviceError(
            DeviceState.OFFLINE if is_pipe else DeviceState.USER_ERROR,
            f"{self._path.name} {why}",
            hint="give a video file that FFmpeg reads",
            permanent=not is_pipe,
        )
