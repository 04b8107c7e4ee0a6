"""Private listening on a real sound server: at once, and never a sample of it aloud."""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import psutil

from devices.sound import open_sound
from devices.sound.interface import Samples
from devices.sound.joined import JoinedSound
from devices.sound.portaudio import PortAudioLoudspeaker
from devices.status import DeviceKind, DeviceState
from tests.devices.helpers import Statuses
from tests.devices.pulse import Pulse, Witness, alsa, play_tone, pulse, receiver, rename
from tests.devices.test_simulated_sound import Frames

__all__ = ["alsa", "pulse", "receiver"]


@asynccontextmanager
async def _talking(
    cache: Path, private: str = "my_handset"
) -> AsyncIterator[tuple[JoinedSound, Statuses, Frames]]:
    """A call with a handset in which a tone is heard all the time; all devices online.

    With it come the statuses of the handset's loudspeaker, and what is captured, uncleaned.
    """
    sound = open_sound(
        "booth_mic",
        "booth_speaker",
        cache=cache,
        private_microphone="my_mouthpiece",
        private_loudspeaker=private,
    )
    assert isinstance(sound, JoinedSound)
    statuses = [Statuses() for _ in sound.devices]
    for device, status in zip(sound.devices, statuses, strict=True):
        device.on_status(status)
    raw = Frames()
    sound.set_volume(10)
    await sound.start(lambda _: None, raw=raw)
    for status in statuses:
        await status.ever(DeviceState.ONLINE)
    done = asyncio.Event()
    playing = asyncio.ensure_future(play_tone(sound, done))
    try:
        yield sound, statuses[-1], raw
    finally:
        done.set()
        await playing
        await sound.stop()


def _loud(samples: Samples) -> bool:
    return bool(np.abs(samples.astype(int)).max(initial=0) > 1000)


async def _hear(witness: Witness, *, loud: bool) -> float:
    """Wait until the newest of what a sink plays is loud, or not; returns when that began."""
    await witness.until(lambda: _loud(witness.heard[-1][1]) is loud)
    return witness.heard[-1][0]


async def test_lifting_silences_the_loudspeaker_at_once_and_hanging_up_brings_it_back(
    pulse: Pulse, receiver: Pulse, tmp_path: Path
) -> None:
    silent_after, heard_after = [], []
    async with (
        _talking(tmp_path) as (sound, _, _),
        Witness().of(pulse, "speaker") as speaker,
        Witness().of(receiver, "handset") as handset,
    ):
        assert [device.kind for device in sound.devices[2:]] == [DeviceKind.HANDSET] * 2
        for _ in range(5):
            await _hear(speaker, loud=True)
            assert not _loud(handset.heard[-1][1])
            lifted = asyncio.get_running_loop().time()
            sound.use_handset(True)
            silent_after.append(await _hear(speaker, loud=False) - lifted)
            heard_after.append(await _hear(handset, loud=True) - lifted)
            sound.use_handset(False)
            await _hear(handset, loud=False)
    # Idle: 65 and 100 ms, the witness's own delay of 10 to 25 ms in them.
    assert statistics.median(silent_after) < 0.1
    assert statistics.median(heard_after) < 0.2


async def test_nothing_is_played_aloud_while_the_lifted_handset_is_lost(
    pulse: Pulse, receiver: Pulse, tmp_path: Path
) -> None:
    async with (
        _talking(tmp_path) as (sound, statuses, _),
        Witness().of(pulse, "speaker") as speaker,
    ):
        await _hear(speaker, loud=True)
        sound.use_handset(True)
        silent = await _hear(speaker, loud=False)
        await receiver.kill()
        await statuses.until(lambda: statuses.seen[-1].state is not DeviceState.ONLINE)
        assert sound.loudspeaker_status.state is not DeviceState.ONLINE
        await receiver.start()
        await statuses.until(lambda: statuses.seen[-1].state is DeviceState.ONLINE)
        async with Witness().of(receiver, "handset") as handset:
            await _hear(handset, loud=True)
        assert not speaker.since(silent).any()
        sound.use_handset(False)
        await _hear(speaker, loud=True)


async def test_only_the_microphone_in_use_is_heard(
    pulse: Pulse, receiver: Pulse, tmp_path: Path
) -> None:
    async with _talking(tmp_path) as (sound, _, raw):
        await raw.until(lambda: bool(raw.frames) and _loud(raw.frames[-1]))
        sound.use_handset(True)
        before = len(raw.frames)
        await raw.until(lambda: len(raw.frames) >= before + 50)
        assert not np.concatenate(raw.frames[before:]).any()
        sound.use_handset(False)
        await raw.until(lambda: bool(raw.frames) and _loud(raw.frames[-1]))


async def test_a_handset_is_found_by_itself_and_stays_one_when_it_is_lost(
    pulse: Pulse, receiver: Pulse, tmp_path: Path
) -> None:
    async with _talking(tmp_path, private="auto") as (sound, statuses, _):
        assert statuses.seen[-1].detail == "my_handset"
        assert await sound.devices[-1].found() == ("my_handset",)
        await receiver.kill()
        await statuses.until(lambda: statuses.seen[-1].state is not DeviceState.ONLINE)
        async with Witness().of(pulse, "speaker") as speaker:
            await _hear(speaker, loud=True)
            sound.use_handset(True)
            await _hear(speaker, loud=False)


async def test_without_a_handset_lifting_one_changes_nothing(
    pulse: Pulse, receiver: Pulse, alsa: Path, tmp_path: Path
) -> None:
    rename(alsa, "my_handset", "my_headphones")
    sound = open_sound("booth_mic", "booth_speaker", cache=tmp_path, private_loudspeaker="auto")
    assert isinstance(sound, JoinedSound)
    statuses = Statuses()
    sound.devices[-1].on_status(statuses)
    sound.use_handset(True)
    await sound.start(lambda _: None)
    missing = await statuses.ever(DeviceState.NO_DEVICE)
    assert missing.detail == "no device calls itself a handset"
    done = asyncio.Event()
    playing = asyncio.ensure_future(play_tone(sound, done))
    async with Witness().of(pulse, "speaker") as speaker:
        await _hear(speaker, loud=True)
    rename(alsa, "my_headphones", "my_handset")
    sound.devices[-1].retry()
    await statuses.ever(DeviceState.ONLINE)
    done.set()
    await playing
    await sound.stop()


async def test_a_loudspeaker_that_does_not_listen_is_ended_rather_than_heard(
    pulse: Pulse, receiver: Pulse, tmp_path: Path
) -> None:
    async with _talking(tmp_path) as (sound, _, _):
        loudspeaker = sound.devices[1]
        assert isinstance(loudspeaker, PortAudioLoudspeaker)
        pid = loudspeaker.child_pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        for _ in range(1000):  # Until its socket is full: play never waits.
            sound.play(np.zeros(1920, np.int16))
        async with Witness().of(pulse, "speaker") as speaker:
            sound.use_handset(True)
            lifted = asyncio.get_running_loop().time()
            await speaker.until(lambda: speaker.heard[-1][0] > lifted + 1)
            assert not speaker.since(lifted + 0.2).any()
        assert not psutil.pid_exists(pid)
