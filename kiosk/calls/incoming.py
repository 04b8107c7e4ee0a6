"""What one connection receives: the agent's voice and face, and the window that they share."""

from __future__ import annotations

from aiortc import RTCRtpTransceiver

from kiosk.calls.audio_receive import AudioReceiver
from kiosk.calls.estimate import ReceiveEstimate
from kiosk.calls.media import CallMedia
from kiosk.calls.video_receive import VideoReceiver

RECEIVE_FLOOR_BPS = 350_000
"""The page must not be told less: on a line that carries less its own count of losses rules, and on
a machine that is too slow to receive, less would only spoil the picture."""


class Incoming:
    """The three receivers of one connection; lives on the loop.

    Face and window share one estimate of the line, for a browser takes the last one it is told for
    both; it parts the bits between them itself, and never starves one for the other.
    """

    def __init__(
        self,
        media: CallMedia,
        audio: RTCRtpTransceiver,
        video: RTCRtpTransceiver,
        shared: RTCRtpTransceiver,
    ) -> None:
        ceiling = media.settings.max_bitrate_kbps * 1000
        estimate = ReceiveEstimate(
            start_bps=ceiling,
            floor_bps=min(RECEIVE_FLOOR_BPS, ceiling),
            ceiling_bps=ceiling,
            lag=media.lag.worst_s,
        )
        self.audio = AudioReceiver(audio, media.sound.play)
        self.face = VideoReceiver(video, media.sinks.agent, estimate, self._video_sources)
        self.shared = VideoReceiver(shared, media.sinks.shared, estimate, self._video_sources)
        self._parts = (self.audio, self.face, self.shared)

    @property
    def last_packet_at(self) -> float | None:
        """`time.monotonic()` of the newest packet of sound or picture."""
        times = (part.input.last_packet_at for part in self._parts)
        return max((at for at in times if at is not None), default=None)

    @property
    def bytes_received(self) -> int:
        """Of RTP payload."""
        return sum(part.input.bytes_received for part in self._parts)

    def set_round_trip(self, seconds: float) -> None:
        """Say how long an answer takes, for the timing of repeated requests."""
        self.face.set_round_trip(seconds)
        self.shared.set_round_trip(seconds)

    def close(self) -> None:
        """Play and show nothing more."""
        for part in self._parts:
            part.close()

    def _video_sources(self) -> list[int]:
        return [*self.face.input.sources, *self.shared.input.sources]
