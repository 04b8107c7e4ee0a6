"""A call as the booth holds it, with devices and sinks that a test can look at."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from devices.picture import Picture
from kiosk.calls.call import Call, Deadlines, Signals
from kiosk.calls.lane import Lane
from kiosk.calls.sinks import Sinks
from kiosk.calls.status import CallStatus
from kiosk.link.messages import EndReason
from kiosk.settings.booth import CallSettings
from tests.calls.pictures import FakeCamera, FakeSound


class Booth:
    """One call and all that it touches."""

    def __init__(
        self,
        signals: Signals,
        *,
        deadlines: Deadlines | None = None,
        codec: str = "VP8",
        lanes: Sequence[Lane] = (),
    ) -> None:
        self.camera = FakeCamera()
        self.sound = FakeSound()
        self.statuses: list[CallStatus] = []
        self.pictures = 0
        self.picture_at = 0.0
        self.size = (0, 0)
        self.self_pictures = 0
        self.shared_pictures = 0
        self.shared_size = (0, 0)
        self.call = Call(
            signals,
            self.camera,
            self.sound,
            CallSettings.model_validate({"video_codec": codec}),
            Sinks(agent=self._remote, own=self._own, shared=self._shared),
            self.statuses.append,
            lanes=lanes,
            deadlines=deadlines,
        )
        self.task: asyncio.Task[EndReason] | None = None

    def begin(self) -> asyncio.Task[EndReason]:
        self.task = asyncio.create_task(self.call.run())
        return self.task

    async def until(self, condition: Callable[[], bool], within_s: float = 40.0) -> float:
        """Wait; return how long it took."""
        begun = time.monotonic()
        async with asyncio.timeout(within_s):
            while not condition():
                if self.task is not None and self.task.done() and self.task.exception():
                    raise AssertionError("the call failed") from self.task.exception()
                await asyncio.sleep(0.02)
        return time.monotonic() - begun

    async def until_picture(self, within_s: float = 40.0) -> float:
        """Wait for a picture newer than now."""
        now = time.monotonic()
        return await self.until(lambda: self.picture_at > now, within_s)

    def forget(self) -> None:
        """Let go of the call, as a visit does when it is over."""
        self.task = None
        del self.call

    @property
    def released(self) -> bool:
        return not self.camera.open and not self.sound.open

    def _remote(self, picture: Picture) -> None:
        self.pictures += 1
        self.picture_at = time.monotonic()
        self.size = (picture.width, picture.height)

    def _own(self, picture: Picture) -> None:
        self.self_pictures += 1

    def _shared(self, picture: Picture) -> None:
        self.shared_pictures += 1
        self.shared_size = (picture.width, picture.height)


@asynccontextmanager
async def booth_in_call(
    signals: Signals,
    *,
    deadlines: Deadlines | None = None,
    codec: str = "VP8",
    lanes: Sequence[Lane] = (),
) -> AsyncIterator[Booth]:
    """A booth whose call has begun, and is over when the block is."""
    booth = Booth(signals, deadlines=deadlines, codec=codec, lanes=lanes)
    task = booth.begin()
    try:
        yield booth
    finally:
        await booth.call.hang_up()
        async with asyncio.timeout(20):
            await asyncio.wait([task])
