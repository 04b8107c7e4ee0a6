"""Simulated microphone and loudspeaker, recordings, and the factory."""

from __future__ import annotations

import contextlib
import math
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.sound import open_sound
from devices.sound.interface import FRAME_SAMPLES, Samples
from devices.sound.joined import JoinedSound
from devices.sound.portaudio import PortAudioLoudspeaker, PortAudioMicrophone
from devices.sound.selection import Devices, Direction
from devices.sound.simulated import SimulatedLoudspeaker, SimulatedMicrophone
from devices.sound.speech import RecordingError, cached, decode, speak
from devices.status import DeviceError, DeviceState
from tests.devices.helpers import Statuses, Watched


class Frames(Watched):
    """Keeps what a microphone gave."""

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[Samples] = []

    def __call__(self, samples: Samples) -> None:
        self.frames.append(samples)
        self.happened()

    def level(self) -> float:
        return float(np.abs(np.concatenate(self.frames[-100:]).astype(int)).max())


def write_sound(path: Path, rate: int, seconds: float, codec: str = "pcm_s16le") -> Path:
    """A 1 kHz tone at half of full scale."""
    wave = 16_000 * np.sin(2 * np.pi * 1000 * np.arange(int(rate * seconds)) / rate)
    with av.open(str(path), "w") as output:
        stream = output.add_stream(codec, rate=rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(
            wave.astype(np.int16).reshape(1, -1), format="s16", layout="mono"
        )
        frame.rate = rate
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


async def test_a_simulated_microphone_speaks_french_at_its_own_pace(tmp_path: Path) -> None:
    sound, frames = open_sound("simulated", "simulated", cache=tmp_path), Frames()
    changes = Watched()
    sound.on_status(changes.happened)
    await sound.start(frames)
    await frames.until(lambda: len(frames.frames) >= 60)
    assert sound.microphone_status.detail == "simulated French speech"
    assert sound.microphone_status.simulated
    assert sound.loudspeaker_status.state is DeviceState.ONLINE
    assert {len(frame) for frame in frames.frames} == {FRAME_SAMPLES}
    assert frames.level() > 1000
    await sound.stop()
    await sound.stop()
    assert sound.microphone_status.state is DeviceState.UNKNOWN
    assert len(decode(cached(tmp_path))) > 48_000


async def test_a_recording_of_any_rate_is_played_at_48_khz(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "tone.wav", 8000, 0.5)
    sound, frames = open_sound(str(path), "simulated", cache=tmp_path), Frames()
    await sound.start(frames)
    await frames.until(lambda: len(frames.frames) >= 60)
    await sound.stop()
    heard = np.concatenate(frames.frames[5:25]).astype(float)
    peak = np.abs(np.fft.rfft(heard * np.hanning(len(heard)))).argmax() * 48_000 / len(heard)
    assert peak == pytest.approx(1000, abs=10)


async def test_a_bad_recording_is_a_permanent_fault(tmp_path: Path) -> None:
    path = tmp_path / "bad.wav"
    path.write_bytes(b"RIFF" + bytes(100))
    microphone, statuses = SimulatedMicrophone(tmp_path, path), Statuses()
    microphone.on_status(statuses)
    await microphone.start(lambda _: None)
    fault = await statuses.ever(DeviceState.USER_ERROR)
    assert "bad.wav" in fault.detail
    await microphone.stop()


async def test_without_espeak_there_is_a_tone_and_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    microphone, statuses, frames = SimulatedMicrophone(tmp_path), Statuses(), Frames()
    microphone.on_status(statuses)
    await microphone.start(frames)
    online = await statuses.ever(DeviceState.ONLINE)
    assert online.detail == "simulated tone: espeak-ng is not installed"
    await frames.until(lambda: len(frames.frames) >= 100)
    assert frames.level() > 1000
    await microphone.stop()


async def test_an_espeak_that_fails_is_said_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "espeak-ng"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(RecordingError, match="CalledProcessError"):
        speak(tmp_path / "cache")


async def test_unplugged_halves_come_back(tmp_path: Path) -> None:
    write_sound(tmp_path / "tone.wav", 48_000, 0.2)
    microphone, loudspeaker = (
        SimulatedMicrophone(tmp_path, tmp_path / "tone.wav"),
        SimulatedLoudspeaker(),
    )
    frames, of_microphone, of_loudspeaker = Frames(), Statuses(), Statuses()
    microphone.on_status(of_microphone)
    loudspeaker.on_status(of_loudspeaker)
    sound = JoinedSound(microphone, loudspeaker)
    await sound.start(frames)
    await frames.until(lambda: len(frames.frames) >= 2)
    microphone.unplug()
    loudspeaker.unplug()
    await of_microphone.ever(DeviceState.NO_DEVICE)
    await of_loudspeaker.ever(DeviceState.NO_DEVICE)
    before = len(frames.frames)
    microphone.plug()
    loudspeaker.plug()
    await of_microphone.next(DeviceState.ONLINE)
    await frames.until(lambda: len(frames.frames) > before)
    await sound.stop()


async def test_the_simulated_loudspeaker_measures_what_it_plays(tmp_path: Path) -> None:
    write_sound(tmp_path / "tone.wav", 48_000, 0.2)
    loudspeaker = SimulatedLoudspeaker()
    microphone = SimulatedMicrophone(tmp_path, tmp_path / "tone.wav")
    sound = JoinedSound(microphone, loudspeaker)
    sound.set_volume(10)
    levels = Watched()
    heard: list[float] = []

    def loop_back(samples: Samples) -> None:
        sound.play(samples)
        heard.append(loudspeaker.level_dbfs)
        levels.happened()

    await sound.start(loop_back)
    await levels.until(lambda: any(level > -12 for level in heard))
    assert heard[0] == -math.inf
    assert max(heard) == pytest.approx(-9.2, abs=2)
    assert loudspeaker.queue.level < 6000
    await sound.stop()
    assert loudspeaker.level_dbfs == -math.inf


def test_the_factory_mixes_real_and_simulated(tmp_path: Path) -> None:
    def halves(microphone: str, loudspeaker: str) -> tuple[type, type]:
        sound = open_sound(microphone, loudspeaker, cache=tmp_path)
        assert isinstance(sound, JoinedSound)
        return type(sound._microphone), type(sound._loudspeaker)

    recording = write_sound(tmp_path / "a.wav", 48_000, 0.2)
    assert halves("auto", "auto") == (PortAudioMicrophone, PortAudioLoudspeaker)
    assert halves("simulated", "USB") == (SimulatedMicrophone, PortAudioLoudspeaker)
    assert halves(str(recording), "simulated") == (SimulatedMicrophone, SimulatedLoudspeaker)
    assert halves("/nowhere/a.wav", "simulated")[0] is SimulatedMicrophone
    assert halves("USB", "simulated") == (PortAudioMicrophone, SimulatedLoudspeaker)


DEVICES = [
    {"name": "HDMI", "max_input_channels": 0, "max_output_channels": 2},
    {"name": "USB Speakerphone: Audio (hw:1,0)", "max_input_channels": 1, "max_output_channels": 2},
    {"name": "usb", "max_input_channels": 1, "max_output_channels": 0},
    {"name": "Combiné USB: Audio (hw:2,0)", "max_input_channels": 1, "max_output_channels": 1},
]


@pytest.mark.parametrize(
    ("default", "wanted", "direction", "chosen"),
    [
        (1, "auto", Direction.MICROPHONE, 1),
        (-1, "auto", Direction.LOUDSPEAKER, 0),
        (0, "auto", Direction.MICROPHONE, 1),
        (0, "USB", Direction.MICROPHONE, 2),
        (0, "speakerphone", Direction.LOUDSPEAKER, 1),
        (0, "USB Speakerphone: Audio", Direction.LOUDSPEAKER, 1),
        (0, "USB Speakerphone: Audio (hw:4,0)", Direction.LOUDSPEAKER, 1),
        (0, "auto:handset", Direction.LOUDSPEAKER, 3),
    ],
)
def test_devices_are_found_by_name_part_or_default(
    default: int, wanted: str, direction: Direction, chosen: int
) -> None:
    assert Devices(DEVICES, (default, default)).choose(direction, wanted) == chosen


def test_the_public_device_is_not_taken_for_a_handset() -> None:
    devices = Devices(DEVICES, (-1, 3))
    with pytest.raises(DeviceError, match="calls itself a handset"):
        devices.choose(Direction.LOUDSPEAKER, "auto:handset", avoid="auto")
    assert devices.choose(Direction.LOUDSPEAKER, "auto:handset", avoid="HDMI") == 3


@pytest.mark.parametrize(("devices", "wanted"), [([], "auto"), (DEVICES, "Bluetooth")])
def test_a_missing_device_is_told(devices: list[dict[str, object]], wanted: str) -> None:
    with pytest.raises(DeviceError) as caught:
        Devices(devices, (-1, -1)).choose(Direction.MICROPHONE, wanted)
    assert caught.value.state is DeviceState.NO_DEVICE


@given(data=st.binary(max_size=4000))
@settings(max_examples=40, deadline=None)
def test_no_bytes_break_the_decoder(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "x.wav"
    path.write_bytes(b"RIFF$\x00\x00\x00WAVEfmt " + data)
    with contextlib.suppress(RecordingError):
        assert len(decode(path)) > 0
