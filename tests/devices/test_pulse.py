"""Real PortAudio on a real PulseAudio server with null sinks: sound, release, loss and return."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import psutil
import pytest
import pytest_asyncio

from devices.sound import open_sound
from devices.sound.interface import Samples
from devices.sound.joined import JoinedSound
from devices.sound.portaudio import PortAudioLoudspeaker, PortAudioMicrophone, Wanted
from devices.sound.speech import speak
from devices.status import DeviceState
from tests.devices.helpers import Statuses
from tests.devices.test_simulated_sound import Frames

ASOUND = """
</usr/share/alsa/alsa.conf>
pcm.booth_speaker {{ type pulse; server "{server}"; device "speaker"; hint {{ show on }} }}
pcm.booth_mic {{ type pulse; server "{server}"; device "speaker.monitor"; hint {{ show on }} }}
"""


class Pulse:
    """A PulseAudio server of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "pulse.sock"
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self.socket.unlink(missing_ok=True)
        self._process = await asyncio.create_subprocess_exec(
            "pulseaudio",
            *("-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
            *("--disable-shm=yes", "--realtime=no", "--high-priority=no", "--log-level=error"),
            *("-L", f"module-native-protocol-unix socket={self.socket} auth-anonymous=1"),
            *("-L", "module-null-sink sink_name=speaker rate=48000 channels=1 norewinds=1"),
            env={**os.environ, "HOME": str(self._folder), "XDG_RUNTIME_DIR": str(self._folder)},
            stderr=subprocess.DEVNULL,
        )
        async with asyncio.timeout(20):
            while not await self.streams("sinks"):
                await asyncio.sleep(0.05)  # pactl is the only one to tell that it is up.

    async def kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
            await self._process.wait()

    async def streams(self, kind: str) -> list[str]:
        """Lines of `pactl list short sinks | sink-inputs | source-outputs`."""
        asked = await asyncio.create_subprocess_exec(
            "pactl",
            *("-s", f"unix:{self.socket}", "list", "short", kind),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        answer, _ = await asked.communicate()
        return answer.decode().splitlines()


@pytest_asyncio.fixture
async def pulse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Pulse]:
    server = Pulse(tmp_path)
    (tmp_path / "asound.conf").write_text(ASOUND.format(server=f"unix:{server.socket}"))
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    await server.start()
    yield server
    await server.kill()


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


async def _play_tone(loudspeaker: PortAudioLoudspeaker, done: asyncio.Event) -> None:
    """1 kHz in 20 ms packets at their own pace, until `done`."""
    tone = np.asarray(8000 * np.sin(2 * np.pi * np.arange(960) / 48), np.int16)
    clock = asyncio.get_running_loop().time
    due = clock()
    while not done.is_set():
        loudspeaker.play(tone)
        due += 0.02
        await asyncio.sleep(due - clock())


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
    playing = asyncio.ensure_future(_play_tone(loudspeaker, done))
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
    assert _level_db(heard.frames) - _level_db(frames.frames) > 20


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
