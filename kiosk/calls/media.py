"""What the connections of one call share: camera, microphone, screen, loudspeaker and lanes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from devices.camera.interface import Camera
from devices.picture import Picture
from devices.sound.interface import Sound
from kiosk.calls.audio_send import AudioSender
from kiosk.calls.lag import LoopLag
from kiosk.calls.lane import Lane
from kiosk.calls.sinks import Sinks
from kiosk.calls.video_send import VideoSender
from kiosk.settings.booth import CallSettings


@dataclass(slots=True)
class CallMedia:
    """The two devices, opened by `start` and released by `stop`, and the two senders they feed."""

    camera: Camera
    sound: Sound
    settings: CallSettings
    sinks: Sinks
    lanes: Sequence[Lane]
    video: VideoSender
    audio: AudioSender
    lag: LoopLag
    camera_dropped_before: int
    """A camera counts from call to call; this call counts from here."""

    @classmethod
    def of(
        cls,
        camera: Camera,
        sound: Sound,
        settings: CallSettings,
        sinks: Sinks,
        lanes: Sequence[Lane] = (),
    ) -> CallMedia:
        """Join devices and sinks; call on the loop."""
        video = VideoSender(rate=settings.rate)
        audio = AudioSender(asyncio.get_running_loop())
        return cls(
            camera,
            sound,
            settings,
            sinks,
            lanes,
            video,
            audio,
            LoopLag(),
            camera.dropped,
        )

    @property
    def dropped(self) -> int:
        """Pictures and 10 ms frames of sound that this call lost on their way to an encoder."""
        camera = self.camera.dropped - self.camera_dropped_before
        return camera + self.video.dropped + self.audio.dropped

    async def start(self) -> None:
        """Open camera and sound; returns when both are."""
        self.lag.start()
        self.video.start()
        await asyncio.gather(
            self.camera.start(
                self._seen,
                width=self.settings.width,
                height=self.settings.height,
                rate=self.settings.rate,
            ),
            self.sound.start(self.audio.hear),
        )

    async def stop(self) -> None:
        """Release camera and sound, even if one of them fails to stop; safe to call twice."""
        self.lag.stop()
        self.audio.close()
        results = await asyncio.gather(
            self.camera.stop(), self.sound.stop(), return_exceptions=True
        )
        await asyncio.to_thread(self.video.stop)
        for result in results:
            if isinstance(result, BaseException):
                raise result

    def _seen(self, picture: Picture) -> None:
        self.video.show(picture)
        self.sinks.own(picture)
