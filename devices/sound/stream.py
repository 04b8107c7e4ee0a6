"""The sound child process: one PortAudio stream, a short callback, and a loop around it.

PortAudio reads the list of devices once in a process's life, may hang in a driver, and calls
back into Python under the interpreter's lock: a process of its own for each half solves all.
"""

from __future__ import annotations

import os
import select
import struct
import sys
import time
from abc import ABC, abstractmethod
from typing import Any

import numpy as np
import sounddevice as sd

from devices.parent import ONLINE, Parent
from devices.sound.interface import FRAME_SAMPLES, SAMPLE_RATE_HZ
from devices.sound.playout import PlayoutRing
from devices.sound.processing import NearEnd
from devices.sound.reference import Aligner, SharedReference
from devices.sound.selection import choose
from devices.sound.volume import Volume
from devices.sound.wire import (
    CAPTURED,
    CAPTURED_BATCH,
    MAX_MESSAGE_BYTES,
    PLAY,
    PLAYED,
    PLAYED_MESSAGE,
    VOLUME,
)
from devices.status import DeviceError, DeviceState

LATENCY_S = 0.04
"""Two pairs of frames: at 30 ms the device ran dry on a busy machine (docs/decisions/0008)."""
CAPTURE_FRAMES = 64
"""0.64 s between the callback and a loop that was held up; older frames are overwritten."""
REPORT_S = 0.5


class Stream(ABC):
    """One half: opens, runs until the parent leaves or the device does, closes."""

    def __init__(self, parent: Parent) -> None:
        """Prepare everything that the callback uses: it must not allocate."""
        self.parent = parent
        self.wake = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self.blocks = 0
        """Callbacks so far."""
        self.xruns = 0
        self.finished = False

    @abstractmethod
    def open(self, device: int) -> Any:  # noqa: ANN401 - sounddevice has no annotations.
        """A started stream on PortAudio's device."""

    @abstractmethod
    def on_message(self, message: bytes) -> None:
        """The parent said something."""

    @abstractmethod
    def on_wake(self) -> None:
        """The callback ran, or time has passed."""

    def on_finished(self) -> None:
        """PortAudio: no more callbacks."""
        self.finished = True
        os.eventfd_write(self.wake, 1)

    def run(self, channels: str) -> None:
        """Until the parent closes the link; raises `DeviceError` when the device is lost."""
        kind = 0 if channels == "max_input_channels" else 1
        device = choose(
            sd.query_devices(), sd.default.device[kind], self.parent.settings["device"], channels
        )
        try:
            stream = self.open(device)
        except (sd.PortAudioError, ValueError) as error:
            raise DeviceError(
                DeviceState.DEVICE_BUSY, f"can't be opened: {error}", hint="replug it"
            ) from error
        try:
            self._loop(sd.query_devices(device)["name"])
        finally:
            stream.abort()
            stream.close()

    def _loop(self, name: str) -> None:
        poll = select.poll()
        poll.register(self.parent.link, select.POLLIN)
        poll.register(self.wake, select.POLLIN)
        online = False
        while True:
            ready = {fd for fd, _ in poll.poll(REPORT_S * 1000)}
            if self.wake in ready:
                os.eventfd_read(self.wake)
            if self.finished:
                raise DeviceError(DeviceState.OFFLINE, f"{name} went away", hint="check the cable")
            if not online and self.blocks:
                online = True
                self.parent.tell(ONLINE + name.encode())
            self.on_wake()
            if self.parent.link.fileno() in ready:
                message = self.parent.link.recv(MAX_MESSAGE_BYTES)
                if not message:
                    return
                self.on_message(message)


class MicrophoneStream(Stream):
    """Captures, cleans against what was played, and sends to the parent."""

    def __init__(self, parent: Parent) -> None:
        """Open the shared reference when there is one."""
        super().__init__(parent)
        self._frames = np.zeros((CAPTURE_FRAMES, FRAME_SAMPLES), np.int16)
        self._times = np.zeros(CAPTURE_FRAMES)
        self._taken = 0
        fd = parent.settings["reference_fd"]
        self._aligner = Aligner(SharedReference(fd)) if fd is not None else None
        self._near_end = NearEnd(echo=self._aligner is not None)
        self._silence = np.zeros(FRAME_SAMPLES, np.int16)

    def open(self, device: int) -> Any:  # noqa: ANN401
        """Start to capture."""
        stream = sd.RawInputStream(
            samplerate=SAMPLE_RATE_HZ,
            blocksize=FRAME_SAMPLES,
            device=device,
            channels=1,
            dtype="int16",
            latency=LATENCY_S,
            callback=self._capture,
            finished_callback=self.on_finished,
        )
        stream.start()
        return stream

    def _capture(self, data: Any, _: int, times: Any, status: Any) -> None:  # noqa: ANN401
        slot = self.blocks % CAPTURE_FRAMES
        self._frames[slot] = np.frombuffer(data, np.int16)
        age = min(0.0, times.inputBufferAdcTime - times.currentTime)
        self._times[slot] = time.monotonic() + age
        self.xruns += bool(status)
        self.blocks += 1
        os.eventfd_write(self.wake, 1)

    def on_wake(self) -> None:
        """Clean and send all frames that have come."""
        blocks = self.blocks
        self._taken = max(self._taken, blocks - CAPTURE_FRAMES // 2)
        while self._taken < blocks:
            batch = range(self._taken, min(blocks, self._taken + CAPTURED_BATCH))
            self._taken = batch.stop
            self._send(b"".join(self._clean(number) for number in batch))

    def on_message(self, message: bytes) -> None:
        """The parent has nothing to say to a microphone."""

    def _clean(self, number: int) -> bytes:
        slot = number % CAPTURE_FRAMES
        reference = self._silence
        if self._aligner is not None:
            reference = self._aligner.frame(number * FRAME_SAMPLES, float(self._times[slot]))
        return self._near_end.process(self._frames[slot], reference).tobytes()

    def _send(self, samples: bytes) -> None:
        self.parent.tell(CAPTURED + struct.pack("<H", min(self.xruns, 0xFFFF)) + samples)


class LoudspeakerStream(Stream):
    """Plays what the parent sends, and writes down what was really played."""

    def __init__(self, parent: Parent) -> None:
        """Open the shared reference."""
        super().__init__(parent)
        self._queue = PlayoutRing()
        self._volume = Volume(FRAME_SAMPLES)
        self._block = np.zeros(FRAME_SAMPLES, np.int16)
        self._reference = SharedReference(parent.settings["reference_fd"])
        self._reported = 0
        self._report_at = 0.0

    def open(self, device: int) -> Any:  # noqa: ANN401
        """Start to play silence."""
        stream = sd.RawOutputStream(
            samplerate=SAMPLE_RATE_HZ,
            blocksize=FRAME_SAMPLES,
            device=device,
            channels=1,
            dtype="int16",
            latency=LATENCY_S,
            callback=self._play,
            finished_callback=self.on_finished,
        )
        stream.start()
        return stream

    def _play(self, data: Any, _: int, times: Any, status: Any) -> None:  # noqa: ANN401
        block = self._block
        self._queue.read_into(block)
        self._volume.apply(block)
        np.frombuffer(data, np.int16)[:] = block
        delay = max(0.0, times.outputBufferDacTime - times.currentTime)
        self._reference.write(block, time.monotonic() + delay)
        self.xruns += bool(status)
        if self.blocks == 0:
            os.eventfd_write(self.wake, 1)
        self.blocks += 1

    def on_message(self, message: bytes) -> None:
        """Samples to play, or a new volume."""
        kind, rest = message[:2], message[2:]
        if kind == PLAY:
            self._queue.write(np.frombuffer(rest[: len(rest) // 2 * 2], np.int16))
        elif kind == VOLUME and rest:
            self._volume.set(rest[0])

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


def main(arguments: list[str]) -> int:
    """Run as `python -m devices.sound.stream FD SETTINGS`."""
    parent = Parent(arguments)
    try:
        if parent.settings["half"] == "microphone":
            MicrophoneStream(parent).run("max_input_channels")
        else:
            LoudspeakerStream(parent).run("max_output_channels")
    except DeviceError as error:
        parent.tell_fault(error)
    except (BrokenPipeError, ConnectionError):
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
