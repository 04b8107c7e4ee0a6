"""The sound child process: one PortAudio stream, a short callback, and a loop around it.

PortAudio reads the list of devices once in a process's life, may hang in a driver, and calls
back into Python under the interpreter's lock: a process of its own for each half solves all.
"""

from __future__ import annotations

import os
import select
import time
from abc import ABC, abstractmethod
from typing import Any, ClassVar

import sounddevice as sd

from devices.parent import Parent
from devices.sound.interface import FRAME_SAMPLES, SAMPLE_RATE_HZ
from devices.sound.listing import query
from devices.sound.selection import Direction, stable_name
from devices.sound.wire import MAX_MESSAGE_BYTES
from devices.status import DeviceError, DeviceState

LATENCY_S = 0.04
"""Two pairs of frames: at 30 ms the device ran dry on a busy machine (docs/decisions/0008)."""
GAP_S = 5 * LATENCY_S
"""From callback to callback: by then the device has run dry or over, whether that is told or not
(ALSA's plug-in for PulseAudio mostly does not tell)."""
TICK_S = 0.5
"""The loop runs at least so often, for reports."""


class Stream(ABC):
    """One half: opens, runs until the parent leaves or the device does, closes."""

    raw_stream: ClassVar[Any]
    """`sounddevice.RawInputStream` or `RawOutputStream`."""
    direction: ClassVar[Direction]

    def __init__(self, parent: Parent) -> None:
        """Prepare everything that the callback uses: it must not allocate."""
        self.parent = parent
        self.wake = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self.blocks = 0
        """Callbacks so far."""
        self.xruns = 0
        self._called_at = 0.0
        self._finished = False

    @abstractmethod
    def on_block(self, data: Any, times: Any) -> bool:  # noqa: ANN401 - PortAudio's own objects.
        """In the callback: take or fill one block; True wakes the loop."""

    @abstractmethod
    def on_message(self, message: bytes) -> None:
        """The parent said something."""

    @abstractmethod
    def on_wake(self) -> None:
        """The callback ran, or time has passed."""

    def run(self) -> None:
        """Until the parent closes the link; raises `DeviceError` when the device is lost."""
        settings = self.parent.settings
        devices = query()
        device = devices.choose(self.direction, settings["device"], settings["avoid"])
        try:
            stream = self.raw_stream(
                samplerate=SAMPLE_RATE_HZ,
                blocksize=FRAME_SAMPLES,
                device=device,
                channels=1,
                dtype="int16",
                latency=LATENCY_S,
                callback=self._on_callback,
                finished_callback=self._on_finished,
            )
            stream.start()
        except (sd.PortAudioError, ValueError) as error:
            raise DeviceError(
                DeviceState.HARDWARE_ERROR, f"can't be opened: {error}", hint="replug it"
            ) from error
        try:
            self._loop(stable_name(devices.all[device]["name"]), round(stream.latency * 1000))
        finally:
            stream.abort()
            stream.close()

    def _on_callback(self, data: Any, _: int, times: Any, status: Any) -> None:  # noqa: ANN401
        wakes = self.on_block(data, times)
        before, self._called_at = self._called_at, time.monotonic()
        # Priming, which PortAudio also tells of, is no fault.
        self.xruns += (
            status.input_overflow
            or status.output_underflow
            or (self.blocks > 0 and self._called_at - before > GAP_S)
        )
        self.blocks += 1
        if wakes or self.blocks == 1:
            os.eventfd_write(self.wake, 1)

    def _on_finished(self) -> None:
        self._finished = True
        os.eventfd_write(self.wake, 1)

    def _loop(self, name: str, latency_ms: int) -> None:
        poll = select.poll()
        poll.register(self.parent.link, select.POLLIN)
        poll.register(self.wake, select.POLLIN)
        online = False
        while True:
            ready = {fd for fd, _ in poll.poll(TICK_S * 1000)}
            if self.wake in ready:
                os.eventfd_read(self.wake)
            if self._finished:
                raise DeviceError(DeviceState.OFFLINE, f"{name} went away", hint="check the cable")
            if not online and self.blocks:
                online = True
                self.parent.tell_online(
                    name, {"name": name, "rate": SAMPLE_RATE_HZ, "latency_ms": latency_ms}
                )
            if self.parent.link.fileno() in ready:
                message = self.parent.link.recv(MAX_MESSAGE_BYTES)
                if not message:
                    return
                self.on_message(message)
            self.on_wake()
