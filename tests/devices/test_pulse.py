"""Real PortAudio on a real PulseAudio server with null sinks: sound, release, loss and return."""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import subprocess
from pathlib import Path

import numpy as np
import psutil
import pytest

from devices.sound import open_sound
from devices.sound.interface import Samples
from devices.sound.joined import JoinedSound
from devices.sound.portaudio import PortAudioLoudspeaker, PortAudioMicrophone, Wanted
from devices.sound.speech import speak
from devices.status import DeviceState
from tests.devices.helpers import Statuses
from tests.devices.pulse import Pulse, alsa, play_tone, pulse, rename
from tests.devices.test_simulated_sound import Frames

__all__ = ["alsa", "pulse"]


async def _open(cache: Path) -> tuple[JoinedSound, Frames, Statuses, Statuses]:
    """The loudspeaker, and as microphone what it plays; both online."""
    sound = open_sound("booth_mic", "booth_speaker", cache=cache)
    assert isinstance(sound, JoinedSound)
    frames, of_microphone, of_loudspeaker = Frames(), Statuses(), Statuses()
    sound._microphone.on_status(of_microphone)
    sound._loudspeaker.on_status(of_loudspeaker)
    sound.set_volume(10)
    await sound.start(frames)
    await of_microphone.ever(DeviceState.ONLINE)
    await of_loudspeaker.ever(DeviceState.ONLINE)
    return sound, frames, of_microphone, of_loudspeaker


def _level_db(frames: list[Samples]) -> float:
    return float(10 * np.log10(np.square(np.concatenate(frames).astype(np.float64)).mean() + 1e-9))


def _is_pure_tone(recorded: Samples) -> bool:
    """Whether 1 kHz alone is left when its best fit is taken away: a gap would leave more."""
    wide = recorded.astype(np.float64)
    phase = 2 * np.pi * np.arange(len(wide)) / 48
    basis = np.stack([np.sin(phase), np.cos(phase)], axis=1)
    rest = wide - basis @ np.linalg.lstsq(basis, wide, rcond=None)[0]
    return bool(np.abs(wide).max() > 7000 and np.abs(rest).max() < 20)


async def test_what_is_played_is_recorded_back_exactly_and_all_is_released(
    pulse: Pulse, tmp_path: Path
) -> None:
    sound, frames, *_ = await _open(tmp_path)
    loudspeaker = sound._loudspeaker
    assert isinstance(loudspeaker, PortAudioLoudspeaker)
    done = asyncio.Event()
    playing = asyncio.ensure_future(play_tone(sound, done))
    recorder = await asyncio.create_subprocess_exec(
        "parec",
        *("-s", f"unix:{pulse.socket}", "-d", "speaker.monitor", "--raw"),
        *("--rate=48000", "--channels=1", "--format=s16le"),
        stdout=subprocess.PIPE,
    )
    assert recorder.stdout is not None
    found = False
    for _ in range(20):  # The first half second may still be the start; each try is 0.5 s.
        part = np.frombuffer(await recorder.stdout.readexactly(48_000), np.int16)
        found = found or _is_pure_tone(part)
        if found:
            break
    recorder.terminate()
    await recorder.wait()
    done.set()
    await playing
    assert found
    assert len(await pulse.streams("sink-inputs")) == 1
    assert len(await pulse.streams("source-outputs")) == 1
    microphone = sound._microphone
    assert isinstance(microphone, PortAudioMicrophone)
    pids = [microphone.child_pid, loudspeaker.child_pid]
    before = len(frames.frames)
    await frames.until(lambda: len(frames.frames) > before)
    await sound.stop()
    assert not any(psutil.pid_exists(pid) for pid in pids if pid is not None)
    async with asyncio.timeout(5):
        while await pulse.streams("sink-inputs") or await pulse.streams("source-outputs"):
            await asyncio.sleep(0.02)  # The server notices a closed socket a moment later.


async def test_echo_through_real_devices_is_cancelled(pulse: Pulse, tmp_path: Path) -> None:
    """The microphone hears nothing but what the loudspeaker plays, at full level."""
    sound, frames, *_ = await _open(tmp_path)
    witness, heard = PortAudioMicrophone(Wanted("booth_mic"), None), Frames()
    await witness.start(heard)
    await heard.until(lambda: len(heard.frames) > 0)
    speech = speak(tmp_path)
    clock = asyncio.get_running_loop().time
    due = clock()
    for number in range(350):  # 7 s in 20 ms packets; the first 4 s are for AEC3 to learn.
        sound.play(speech[number * 960 : (number + 1) * 960])
        if number == 200:
            frames.frames.clear()
            heard.frames.clear()
        due += 0.02
        await asyncio.sleep(due - clock())
    await witness.stop()
    await sound.stop()
    assert _level_db(heard.frames) > 60
    # In the median half second: an overloaded machine may lose a block, and AEC3 its footing.
    parts = range(0, min(len(heard.frames), len(frames.frames)) - 50, 50)
    gains = [
        _level_db(heard.frames[at : at + 50]) - _level_db(frames.frames[at : at + 50])
        for at in parts
    ]
    assert statistics.median(gains) > 20


async def test_the_sound_is_back_after_the_server_was_killed(pulse: Pulse, tmp_path: Path) -> None:
    sound, frames, of_microphone, of_loudspeaker = await _open(tmp_path)
    seen = len(of_microphone.seen), len(of_loudspeaker.seen)
    await pulse.kill()
    await of_microphone.until(
        lambda: any(s.state is not DeviceState.ONLINE for s in of_microphone.seen[seen[0] :])
    )
    await of_loudspeaker.until(
        lambda: any(s.state is not DeviceState.ONLINE for s in of_loudspeaker.seen[seen[1] :])
    )
    await pulse.start()
    await of_microphone.until(lambda: of_microphone.seen[-1].state is DeviceState.ONLINE)
    await of_loudspeaker.until(lambda: of_loudspeaker.seen[-1].state is DeviceState.ONLINE)
    before = len(frames.frames)
    await frames.until(lambda: len(frames.frames) > before)
    await sound.stop()


async def test_an_unknown_device_is_no_device(pulse: Pulse, tmp_path: Path) -> None:
    sound = open_sound("Bluetooth", "Bluetooth", cache=tmp_path)
    assert isinstance(sound, JoinedSound)
    statuses = Statuses()
    sound._microphone.on_status(statuses)
    await sound.start(lambda _: None)
    fault = await statuses.ever(DeviceState.NO_DEVICE)
    assert fault.detail == "no device is called Bluetooth"
    sound.play(np.zeros(960, np.int16))
    await sound.stop()


async def test_a_hung_loudspeaker_process_is_replaced(pulse: Pulse, tmp_path: Path) -> None:
    sound, _, _, of_loudspeaker = await _open(tmp_path)
    loudspeaker = sound._loudspeaker
    assert isinstance(loudspeaker, PortAudioLoudspeaker)
    pid = loudspeaker.child_pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    fault = await of_loudspeaker.ever(DeviceState.HARDWARE_ERROR)
    assert fault.detail == "no sound for 2 s"
    await of_loudspeaker.next(DeviceState.ONLINE)
    assert not psutil.pid_exists(pid)
    await sound.stop()


async def test_another_device_does_not_step_in_for_one_that_was_lost(
    pulse: Pulse, alsa: Path, tmp_path: Path
) -> None:
    """With `auto`: a resident must not be heard by, or sent to, whatever else there is."""
    sound = open_sound("booth_mic", "auto", cache=tmp_path)
    loudspeaker = sound.devices[1]
    statuses = Statuses()
    loudspeaker.on_status(statuses)
    await sound.start(lambda _: None)
    online = await statuses.ever(DeviceState.ONLINE)
    assert online.detail == "booth_speaker"
    assert loudspeaker.capabilities["name"] == "booth_speaker"
    assert "booth_mic" in await loudspeaker.found()
    rename(alsa, "booth_speaker", "away")
    await pulse.kill()
    await pulse.start()
    missing = await statuses.ever(DeviceState.NO_DEVICE)
    assert missing.detail == "no device is called booth_speaker"
    rename(alsa, "away", "booth_speaker")
    online = await statuses.next(DeviceState.ONLINE)
    assert online.detail == "booth_speaker"
    await sound.stop()
    rename(alsa, "booth_speaker", "new_speaker")
    await sound.start(lambda _: None)
    online = await statuses.next(DeviceState.ONLINE)
    assert online.detail == "new_speaker"
    await sound.stop()


async def test_silence_is_told_and_a_tone_ends_it(pulse: Pulse, tmp_path: Path) -> None:
    sound, frames, of_microphone, _ = await _open(tmp_path)
    await of_microphone.until(lambda: of_microphone.seen[-1].reasons == ("silent",))
    assert sound.microphone_status.state is DeviceState.ONLINE
    assert sound.microphone_status.detail == "booth_mic: nothing above -80 dBFS for 5 s"
    assert sound.microphone_figures.silent
    done = asyncio.Event()
    playing = asyncio.ensure_future(play_tone(sound, done))
    await of_microphone.until(lambda: of_microphone.seen[-1].reasons == ())
    await frames.until(lambda: sound.microphone_figures.level_dbfs > -20)
    assert sound.microphone_status.detail == "booth_mic"
    assert sound.loudspeaker_figures.queued_samples < 10_000
    done.set()
    await playing
    await sound.stop()


async def test_a_tone_is_heard_back_as_loud_as_it_was_played(pulse: Pulse, tmp_path: Path) -> None:
    sound = open_sound("booth_mic", "booth_speaker", cache=tmp_path, max_volume=8)
    raw, cleaned = Frames(), Frames()
    sound.set_volume(10)
    await sound.start(cleaned, raw=raw)
    done = asyncio.Event()
    playing = asyncio.ensure_future(play_tone(sound, done))
    await cleaned.until(lambda: len(cleaned.frames) >= 500)
    done.set()
    await playing
    await sound.stop()
    # What was cleaned comes just after what it was made of, four frames at most at a time.
    assert 0 <= len(raw.frames) - len(cleaned.frames) <= 4
    # 8000 of full scale, and two steps of 3 dB less because of the booth's maximum.
    assert np.concatenate(raw.frames).max() == pytest.approx(8000 / 2, rel=0.05)


async def test_devices_that_ran_dry_or_over_are_counted(pulse: Pulse, tmp_path: Path) -> None:
    sound, frames, *_ = await _open(tmp_path)
    pids = [half.child_pid for half in (sound._microphone, sound._loudspeaker)]
    before = sound.loudspeaker_figures.device_underruns, sound.microphone_figures.overruns
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    await asyncio.sleep(0.4)  # Nobody fills or empties a buffer of 40 ms for so long.
    for pid in pids:
        os.kill(pid, signal.SIGCONT)
    await frames.until(
        lambda: (
            sound.loudspeaker_figures.device_underruns > before[0]
            and sound.microphone_figures.overruns > before[1]
        )
    )
    await sound.stop()
