"""Turns planes of YUV 4:2:0 into pixels for a screen without a GPU: cropped, scaled, mirrored."""

from __future__ import annotations

from dataclasses import dataclass

import av
import av.filter
import numpy as np

from devices.picture import Picture
from ui.video.geometry import Layout


@dataclass(frozen=True, slots=True)
class Job:
    """What a filter graph was built for."""

    source_width: int
    source_height: int
    layout: Layout
    mirrored: bool


class Scaler:
    """libswscale behind one filter graph, rebuilt when the job changes; one thread at a time.

    The planes are scaled first and become RGB last: scaling 12 bits a pixel and converting with
    the unscaled routine takes half the time of one step that does both. The graph hands out
    frames from its own pool, so that no 8 MB block is asked of the system for each picture.
    The work is done without Python's interpreter lock.
    """

    def __init__(self) -> None:
        self._job: Job | None = None
        self._graph: av.filter.Graph | None = None

    def scale(self, picture: Picture, layout: Layout, *, mirrored: bool) -> av.VideoFrame:
        """Return the part of `picture` that `layout` names as BGRx bytes at the size shown.

        Args:
            picture: limited range BT.601.
            layout: the part must lie inside the picture.
            mirrored: swap left and right.
        """
        job = Job(picture.width, picture.height, layout, mirrored)
        if self._graph is None or job != self._job:
            self._graph, self._job = _build(job), job
        self._graph.push(as_frame(picture))
        frame = self._graph.pull()
        if not isinstance(frame, av.VideoFrame):
            raise TypeError(f"the filter graph gave {type(frame).__name__}")
        return frame


def as_frame(picture: Picture) -> av.VideoFrame:
    """Return the picture as a frame of libav, without a copy where a decoder made it."""
    owner = picture.keep_alive
    if (
        isinstance(owner, av.VideoFrame)
        and owner.format.name == "yuv420p"
        and (owner.width, owner.height) == (picture.width, picture.height)
    ):
        return owner
    frame = av.VideoFrame(picture.width, picture.height, "yuv420p")
    for plane, target in zip(picture.planes, frame.planes, strict=True):
        given = np.frombuffer(plane.data, np.uint8).reshape(-1, plane.stride)
        taken = np.frombuffer(memoryview(target), np.uint8).reshape(-1, target.line_size)
        taken[: target.height, : target.width] = given[: target.height, : target.width]
    return frame


def _build(job: Job) -> av.filter.Graph:
    part, shown = job.layout.part, job.layout.shown
    # Two-tap "fast bilinear" is as good as the wide filter when enlarging and half the work;
    # when shrinking it would skip lines, and the resident's own picture would shimmer.
    enlarging = shown.width >= part.width and shown.height >= part.height
    method = "fast_bilinear" if enlarging else "bilinear"
    size = f"video_size={job.source_width}x{job.source_height}"
    steps = [
        ("buffer", f"{size}:pix_fmt=yuv420p:time_base=1/90000:colorspace=smpte170m:range=tv"),
        ("crop", f"{part.width}:{part.height}:{job.layout.left}:{job.layout.top}"),
        ("scale", f"{shown.width}:{shown.height}:flags={method}"),
        ("format", "yuv420p"),
        *([("hflip", "")] if job.mirrored else []),
        ("scale", "flags=fast_bilinear"),
        ("format", "bgr0"),
        ("buffersink", ""),
    ]
    graph = av.filter.Graph()
    graph.threads = 1  # a second thread costs more in hand-overs than it saves
    previous = None
    for name, arguments in steps:
        step = graph.add(name, arguments) if arguments else graph.add(name)
        if previous is not None:
            previous.link_to(step)
        previous = step
    graph.configure()
    return graph
