"""The loudspeaker's child process: plays what the parent sends, and notes what was played."""

from __future__ import annotations

import sys
import time
from typing import Any

import numpy as np
import sounddevice as sd

from devices.parent import Parent, serve
from devices.sound.interface import FRAME_SAMPLES
from devices.sound.playout import PlayoutRing
from devices.sound.reference import SharedReference
from devices.sound.selection import Direction
from devices.sound.stream import Stream
from devices.sound.volume import Volume
from devices.sound.wire import MUTE, PLAY, PLAYED, PLAYED_MESSAGE, VOLUME

REPORT_S = 0.5


class LoudspeakerStream(Stream):
    """Plays, at the volume asked for, unless it is muted."""

    raw_stream = sd.RawOutputStream
    direction = Direction.LOUDSPEAKER

    def __init__(self, parent: Parent) -> None:
        """Open the shared reference."""
        super().__init__(parent)
        self._queue = PlayoutRing()
        self._volume = Volume(FRAME_SAMPLES)
        self._block = np.zeros(FRAME_SAMPLES, np.int16)
        self._reference = SharedReference(parent.settings["reference_fd"])
        self._muted = False
        self._reported = 0
        self._report_at = 0.0

    def on_block(self, data: Any, times: Any) -> bool:  # noqa: ANN401
        """Fill a block with what comes next."""
        block = self._block
        self._queue.read_into(block)
        self._volume.apply(block)
        np.frombuffer(data, np.int16)[:] = block
        delay = max(0.0, times.outputBufferDacTime - times.currentTime)
        self._reference.write(block, time.monotonic() + delay)
        return False

    def on_message(self, message: bytes) -> None:
        """Samples to play, a new volume, or to be quiet."""
        kind, rest = message[:2], message[2:]
        if kind == PLAY and not self._muted:
            self._queue.write(np.frombuffer(rest[: len(rest) // 2 * 2], np.int16))
        elif kind == VOLUME and rest:
            self._volume.set(rest[0])
        elif kind == MUTE and rest:
            self._muted = bool(rest[0])
            if self._muted:
                self._queue.flush()

    def on_wake(self) -> None:
        """Twice a second: tell that it plays, and how well."""
        now = time.monotonic()
        if now < self._report_at or self.blocks == self._reported:
            return
        self._report_at = now + REPORT_S
        self._reported = self.blocks
        self.parent.tell(
            PLAYED_MESSAGE.pack(
                PLAYED, self._queue.level, self._queue.underruns, self._queue.dropped, self.xruns
            )
        )


if __name__ == "__main__":
    sys.exit(serve(lambda parent: LoudspeakerStream(parent).run()))
