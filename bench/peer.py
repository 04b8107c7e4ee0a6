"""A light far end of a call: it sends media encoded beforehand and never decodes what comes."""

from __future__ import annotations

import asyncio
import fractions
import time
from collections.abc import Callable

import av
from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCRtpCodecParameters,
    RTCSessionDescription,
    rtcrtpreceiver,
)
from aiortc.jitterbuffer import JitterFrame

from bench.material import RATE, Loop

VIDEO_CLOCK_HZ = 90_000
AUDIO_CLOCK_HZ = 48_000
AUDIO_PACKET_S = 0.020
REMB_BPS = 4_000_000
"""A free network, told to the sender; both sides' own ceiling is below."""
REMB_EVERY_S = 0.5

Log = Callable[[str], None]
"""Takes one line: `S time index` for a frame sent, `R time bytes width height` for one received."""


class PacedTrack(MediaStreamTrack):
    """Packets of a loop at their own rate; aiortc sends an `av.Packet` as it is."""

    def __init__(self, kind: str, packets: tuple[bytes, ...], period_s: float, log: Log) -> None:
        super().__init__()
        self.kind = kind
        self._packets = packets
        self._period_s = period_s
        self._log = log
        self._sent = 0
        self._next = 0
        self._due: float | None = None

    def restart(self) -> None:
        """Go on with the loop's first packet, which is the key frame that was asked for."""
        self._next = 0

    async def recv(self) -> av.Packet[av.stream.Stream]:
        """Return the next packet when its time has come."""
        now = time.monotonic()
        self._due = now if self._due is None else self._due + self._period_s
        await asyncio.sleep(max(0.0, self._due - now))
        index, self._next = self._next, (self._next + 1) % len(self._packets)
        packet = av.Packet(self._packets[index])
        clock = VIDEO_CLOCK_HZ if self.kind == "video" else AUDIO_CLOCK_HZ
        packet.time_base = fractions.Fraction(1, clock)
        packet.pts = round(self._sent * self._period_s * clock)
        self._sent += 1
        if self.kind == "video":
            self._log(f"S {time.monotonic():.6f} {index}")
        return packet


class NoDecoder:
    """Stands where aiortc's decoder would: notes that a frame came whole, and returns nothing."""

    def __init__(self, log: Log | None) -> None:
        self._log = log
        self._size = (0, 0)

    def decode(self, encoded: JitterFrame) -> list[av.VideoFrame]:
        """Note the frame's size; VP8 key frames carry it (RFC 6386 section 9.1)."""
        data = encoded.data
        if self._log is not None:
            if len(data) >= 10 and not data[0] & 1 and data[3:6] == b"\x9d\x01\x2a":
                self._size = (
                    int.from_bytes(data[6:8], "little") & 0x3FFF,
                    int.from_bytes(data[8:10], "little") & 0x3FFF,
                )
            self._log(f"R {time.monotonic():.6f} {len(data)} {self._size[0]} {self._size[1]}")
        return []


class FreeNetwork:
    """Stands where aiortc's bandwidth estimate would, which holds Chromium at 960×540."""

    def __init__(self) -> None:
        self._told = 0.0

    def add(self, *, ssrc: int, **_arrival: object) -> tuple[int, list[int]] | None:
        """Return the estimate and whom it is for, from time to time."""
        now = time.monotonic()
        if now - self._told < REMB_EVERY_S:
            return None
        self._told = now
        return REMB_BPS, [ssrc]


def lighten(log: Log) -> None:
    """Take the costly parts out of aiortc's receiver, in this process."""

    def no_decoder(codec: RTCRtpCodecParameters) -> NoDecoder:
        return NoDecoder(log if codec.mimeType.lower().startswith("video/") else None)

    for name, stand_in in (("get_decoder", no_decoder), ("RemoteBitrateEstimator", FreeNetwork)):
        if not hasattr(rtcrtpreceiver, name):
            raise AttributeError(f"this aiortc has no {name} to replace")
        setattr(rtcrtpreceiver, name, stand_in)


async def answer(offer_sdp: str, loop: Loop, log: Log) -> tuple[RTCPeerConnection, str]:
    """Answer an offer of audio and video, both ways; media flows once the other side connects."""
    peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    await peer.setRemoteDescription(RTCSessionDescription(offer_sdp, "offer"))
    for transceiver in peer.getTransceivers():
        if transceiver.kind == "video":
            track = PacedTrack("video", loop.video, 1 / RATE, log)
            # aiortc forgets a request for a key frame when it does not encode itself.
            transceiver.sender._send_keyframe = track.restart  # type: ignore[method-assign] # noqa: SLF001
        else:
            track = PacedTrack("audio", loop.audio, AUDIO_PACKET_S, log)
        transceiver.sender.replaceTrack(track)
        transceiver.direction = "sendrecv"
    await peer.setLocalDescription(await peer.createAnswer())
    return peer, peer.localDescription.sdp
