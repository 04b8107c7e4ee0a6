"""The microphone's frames to Opus packets."""

from __future__ import annotations

import asyncio
import threading

import av
import numpy as np

from devices.sound.interface import FRAME_SAMPLES, Samples
from kiosk.calls.audio_send import MOST_WAITING, PACKET_SAMPLES, AudioSender
from kiosk.calls.tracks import EncodedPacket
from tests.calls.pictures import hum


def decoded(packets: list[EncodedPacket]) -> Samples:
    decoder = av.CodecContext.create("libopus", "r")
    decoder.layout, decoder.format, decoder.sample_rate = "mono", "s16", 48_000
    parts = [
        frame.to_ndarray().reshape(-1)
        for packet in packets
        for frame in decoder.decode(av.Packet(bytes(packet)))
    ]
    return np.concatenate(parts)


async def fed(sender: AudioSender, frames: int) -> None:
    """Feed from another thread, as a sound card does."""
    for number in range(frames):
        thread = threading.Thread(target=sender.hear, args=(hum(number * FRAME_SAMPLES),))
        thread.start()
        await asyncio.to_thread(thread.join)
        await asyncio.sleep(0)


async def test_two_frames_make_one_packet_of_mono_opus() -> None:
    packets: list[EncodedPacket] = []
    sender = AudioSender(asyncio.get_running_loop())
    sender.attach(packets.append)
    await fed(sender, 101)
    assert 48 <= len(packets) <= 50
    assert {packet.pts for packet in packets} == {
        packets[0].pts + n * PACKET_SAMPLES for n in range(len(packets))
    }
    assert not any(bytes(packet)[0] & 0x04 for packet in packets), "stereo"
    assert np.abs(decoded(packets)).max() > 6000
    rate = sum(packet.size for packet in packets) * 8 / (len(packets) * 0.02)
    assert 20_000 < rate < 45_000


async def test_a_muted_microphone_sends_silence_and_goes_on() -> None:
    packets: list[EncodedPacket] = []
    sender = AudioSender(asyncio.get_running_loop())
    sender.attach(packets.append)
    sender.muted = True
    await fed(sender, 60)
    assert len(packets) >= 28
    assert np.abs(decoded(packets)).max() < 20


async def test_what_the_loop_does_not_take_is_dropped_and_counted() -> None:
    sender = AudioSender(asyncio.get_running_loop())
    packets: list[EncodedPacket] = []
    sender.attach(packets.append)
    for number in range(MOST_WAITING + 15):
        sender.hear(hum(number * FRAME_SAMPLES))
    assert sender.dropped == 15
    await asyncio.sleep(0)
    assert len(packets) <= MOST_WAITING // 2


async def test_only_the_present_outlet_gets_packets() -> None:
    first: list[EncodedPacket] = []
    second: list[EncodedPacket] = []
    sender = AudioSender(asyncio.get_running_loop())
    sender.attach(first.append)
    await fed(sender, 10)
    heard = len(first)
    sender.attach(second.append)
    sender.detach(first.append)
    await fed(sender, 10)
    assert len(first) == heard
    assert second


async def test_frames_of_another_length_and_after_the_end_are_ignored() -> None:
    sender = AudioSender(asyncio.get_running_loop())
    sender.hear(np.zeros(100, np.int16))
    assert not sender._waiting
    sender.close()
    sender.hear(hum(0))
    assert not sender._waiting
