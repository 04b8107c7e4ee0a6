"""Our encoders: both codecs, key frames on demand, a bit rate that changes."""

from __future__ import annotations

import av
import numpy as np
import pytest

from kiosk.calls.encoders import VIDEO_TIME_BASE, VideoCodecName, VideoEncoder
from kiosk.calls.payloads import _H264_SPS

WIDTH, HEIGHT = 320, 240
CODECS: tuple[VideoCodecName, ...] = ("VP8", "H264")


def frames(count: int) -> list[av.VideoFrame]:
    """A texture that moves, with a camera's noise."""
    rng = np.random.default_rng(3)
    coarse = rng.integers(40, 190, (HEIGHT * 3 // 2 // 12, WIDTH // 16), np.uint8)
    texture = coarse.repeat(12, 0).repeat(16, 1)
    out = []
    for number in range(count):
        noise = rng.integers(0, 12, texture.shape, np.uint8)
        frame = av.VideoFrame.from_ndarray(
            np.roll(texture, 5 * number, 1) + noise, format="yuv420p"
        )
        frame.pts, frame.time_base, frame.duration = number * 3000, VIDEO_TIME_BASE, 3000
        out.append(frame)
    return out


def is_key(codec: VideoCodecName, data: bytes) -> bool:
    return not data[0] & 1 if codec == "VP8" else data[4] & 0x1F == _H264_SPS


@pytest.mark.parametrize("codec", CODECS)
def test_each_picture_gives_one_packet_at_once_and_can_be_decoded(codec: VideoCodecName) -> None:
    encoder = VideoEncoder(codec, WIDTH, HEIGHT, 30, 500_000)
    decoder = av.CodecContext.create("vp8" if codec == "VP8" else "h264", "r")
    shown = 0
    for frame in frames(20):
        (packet,) = encoder.encode(frame, key_frame=False)
        assert packet.pts == frame.pts
        for picture in decoder.decode(av.Packet(bytes(packet))):
            assert (picture.width, picture.height) == (WIDTH, HEIGHT)
            shown += 1
    assert shown >= 19


@pytest.mark.parametrize("codec", CODECS)
def test_a_key_frame_comes_when_asked_for_and_not_otherwise(codec: VideoCodecName) -> None:
    encoder = VideoEncoder(codec, WIDTH, HEIGHT, 30, 500_000)
    keys = []
    for number, frame in enumerate(frames(40)):
        (packet,) = encoder.encode(frame, key_frame=number == 25)
        if is_key(codec, bytes(packet)):
            keys.append(number)
    assert keys == [0, 25]


@pytest.mark.parametrize("codec", CODECS)
def test_the_bit_rate_is_kept(codec: VideoCodecName) -> None:
    encoder = VideoEncoder(codec, WIDTH, HEIGHT, 30, 400_000)
    sizes = [sum(p.size for p in encoder.encode(f, key_frame=False)) for f in frames(150)]
    assert sum(sizes[60:]) * 8 / 3 == pytest.approx(400_000, rel=0.25)


def test_h264_takes_a_new_rate_without_a_key_frame() -> None:
    encoder = VideoEncoder("H264", WIDTH, HEIGHT, 30, 800_000)
    sizes, keys = [], 0
    for number, frame in enumerate(frames(180)):
        if number == 60:
            assert encoder.can_make(250_000)
        (packet,) = encoder.encode(frame, key_frame=False)
        sizes.append(packet.size)
        keys += is_key("H264", bytes(packet))
    assert keys == 1
    assert sum(sizes[30:60]) > 2 * sum(sizes[150:])


def test_vp8_is_made_anew_only_for_a_rate_far_off() -> None:
    encoder = VideoEncoder("VP8", WIDTH, HEIGHT, 30, 1_000_000)
    assert encoder.can_make(900_000)
    assert encoder.can_make(1_300_000)
    assert not encoder.can_make(800_000)
    assert not encoder.can_make(1_400_000)
