"""The microphone's child process: captures, measures, cleans against what was played, sends."""

from __future__ import annotations

import sys
import time
from typing import Any

import numpy as np
import sounddevice as sd

from devices.parent import Parent, serve
from devices.sound.interface import FRAME_SAMPLES, Samples
from devices.sound.meter import Meter
from devices.sound.processing import NearEnd
from devices.sound.reference import Aligner, SharedReference
from devices.sound.selection import Direction
from devices.sound.stream import Stream
from devices.sound.wire import CAPTURED, CAPTURED_BATCH, RAW, pack_figures

CAPTURE_FRAMES = 64
"""0.64 s between the callback and a loop that was held up; older frames are overwritten."""


class MicrophoneStream(Stream):
    """Sends what is cleaned, and, where it is asked for, what is not."""

    raw_stream = sd.RawInputStream
    direction = Direction.MICROPHONE

    def __init__(self, parent: Parent) -> None:
        """Open the shared reference when there is one."""
        super().__init__(parent)
        self._frames = np.zeros((CAPTURE_FRAMES, FRAME_SAMPLES), np.int16)
        self._times = np.zeros(CAPTURE_FRAMES)
        self._taken = 0
        self._held_up = 0
        self._meter = Meter()
        fd = parent.settings["reference_fd"]
        self._aligner = Aligner(SharedReference(fd)) if fd is not None else None
        self._near_end = NearEnd(echo=self._aligner is not None)
        self._silence = np.zeros(FRAME_SAMPLES, np.int16)

    def on_block(self, data: Any, times: Any) -> bool:  # noqa: ANN401
        """Keep a block and when it was captured."""
        slot = self.blocks % CAPTURE_FRAMES
        self._frames[slot] = np.frombuffer(data, np.int16)
        age = min(0.0, times.inputBufferAdcTime - times.currentTime)
        self._times[slot] = time.monotonic() + age
        return True

    def on_wake(self) -> None:
        """Clean and send all frames that have come."""
        blocks = self.blocks
        if self._taken < blocks - CAPTURE_FRAMES // 2:
            self._taken = blocks - CAPTURE_FRAMES // 2
            self._held_up += 1
        while self._taken < blocks:
            batch = range(self._taken, min(blocks, self._taken + CAPTURED_BATCH))
            self._taken = batch.stop
            if self.parent.settings["raw"]:
                self.parent.tell(RAW + b"".join(self._frame(at).tobytes() for at in batch))
            self.parent.tell(CAPTURED + b"".join(self._clean(at).tobytes() for at in batch))

    def on_message(self, message: bytes) -> None:
        """The parent has nothing to say to a microphone."""

    def _frame(self, number: int) -> Samples:
        frame: Samples = self._frames[number % CAPTURE_FRAMES]
        return frame

    def _clean(self, number: int) -> Samples:
        frame = self._frame(number)
        if figures := self._meter.hear(frame, self.xruns + self._held_up):
            self.parent.tell(pack_figures(figures))
        reference = self._silence
        if self._aligner is not None:
            captured_at = float(self._times[number % CAPTURE_FRAMES])
            reference = self._aligner.frame(number * FRAME_SAMPLES, captured_at)
        return self._near_end.process(frame, reference)


if __name__ == "__main__":
    sys.exit(serve(lambda parent: MicrophoneStream(parent).run()))
