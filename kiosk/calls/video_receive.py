"""One video stream of the agent: packets to whole frames to the decoder, and what is told back."""

from __future__ import annotations

import time
from collections.abc import Callable

from aiortc import RTCRtpTransceiver
from aiortc.rtp import RtpPacket

from devices.picture import PictureSink
from kiosk.calls.aiortc_receiving import RtpInput
from kiosk.calls.estimate import ReceiveEstimate
from kiosk.calls.frames import FrameAssembler
from kiosk.calls.payloads import PayloadParser, parser_for
from kiosk.calls.video_decode import VideoDecoder


class VideoReceiver:
    """Receives one connection's video; on the loop, but pictures leave on the decoder's thread."""

    def __init__(
        self,
        transceiver: RTCRtpTransceiver,
        sink: PictureSink,
        estimate: ReceiveEstimate,
        sources: Callable[[], list[int]],
    ) -> None:
        """`sources` are all those that the estimate, which may be shared, speaks of."""
        self._sink = sink
        self._estimate = estimate
        self._sources = sources
        self._assembler = FrameAssembler()
        self._codec_name = ""
        self._parse: PayloadParser | None = None
        self._decoder: VideoDecoder | None = None
        self._closed = False
        self.input = RtpInput(transceiver, self._take)

    @property
    def shown(self) -> int:
        """Pictures given to the sink so far."""
        return 0 if self._decoder is None else self._decoder.shown

    @property
    def bitrate_bps(self) -> int:
        """What the far end is told that it may send."""
        return self._estimate.bitrate_bps

    def set_round_trip(self, seconds: float) -> None:
        """Say how long an answer takes, for the timing of repeated requests."""
        self._assembler.round_trip_s = min(max(seconds, 0.0), 2.0)

    def close(self) -> None:
        """End the decoder's thread."""
        self._closed = True
        if self._decoder is not None:
            self._decoder.close()

    async def _take(self, packet: RtpPacket, codec_name: str) -> None:
        if self._closed:
            return
        now = time.monotonic()
        size = len(packet.payload) + packet.padding_size
        self._estimate.add(packet.extensions.abs_send_time, now, size)
        if (bitrate := self._estimate.take(now)) is not None:
            await self.input.tell_estimate(bitrate, self._sources())
        decoder, parse = self._prepared(codec_name)
        try:
            piece = parse(packet.payload)
        except ValueError:
            return
        if decoder.take_failure():
            self._assembler.decoder_failed()
        for frame in self._assembler.add(
            packet.sequence_number, packet.timestamp, bool(packet.marker), piece, now
        ):
            decoder.push(frame)
        if lost := self._assembler.lost(now):
            await self.input.ask_again(lost)
        if self._assembler.wants_key_frame(now):
            await self.input.ask_key_frame()

    def _prepared(self, codec_name: str) -> tuple[VideoDecoder, PayloadParser]:
        if self._decoder is None or self._parse is None or codec_name != self._codec_name:
            if self._decoder is not None:
                self._decoder.close()
            self._codec_name = codec_name
            self._parse = parser_for(codec_name)
            self._decoder = VideoDecoder(codec_name, self._sink)
            self._assembler = FrameAssembler()
        return self._decoder, self._parse
