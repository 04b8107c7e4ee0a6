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
from devices.sound.interface import FRAME_SAMPLES, MicrophoneFigures, Samples
from devices.sound.joined import JoinedSound
from devices.sound.portaudio import PortAudioLoudspeaker, PortAudioMicrophone
from devices.sound.selection import Devices, Direction
from devices.sound.simulated import SimulatedLoudspeaker, SimulatedMicrophone
from devices.sound.speech import RecordingError, cached, decode, speak
from devices.sound.volume import gain_of
from devices.status import DeviceError, DeviceKind, DeviceState
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


async def test_silence_and_clipping_are_played_from_the_dock(tmp_path: Path) -> None:
    write_sound(tmp_path / "tone.wav", 48_000, 0.2)
    microphone, statuses = SimulatedMicrophone(tmp_path, tmp_path / "tone.wav"), Statuses()
    microphone.on_status(statuses)
    frames = Frames()
    await microphone.start(frames)
    online = await statuses.ever(DeviceState.ONLINE)
    microphone.actions["clip"].run("")
    await statuses.until(lambda: statuses.seen[-1].reasons == ("clipping",))
    assert microphone.status.detail == "simulated from tone.wav: cut off at full scale"
    assert frames.level() == 32_768
    microphone.actions["silence"].run("")
    await statuses.until(lambda: statuses.seen[-1].reasons == ("silent",))
    assert microphone.status.state is DeviceState.ONLINE
    assert microphone.figures.silent
    assert math.isinf(microphone.figures.level_dbfs)
    microphone.actions["speak"].run("")
    await statuses.until(lambda: statuses.seen[-1] == online)
    await microphone.stop()
    assert microphone.figures == MicrophoneFigures()


async def test_the_raw_sound_has_the_loudspeakers_echo_and_the_clean_one_has_not(
    tmp_path: Path,
) -> None:
    sound = open_sound("simulated", "simulated", cache=tmp_path)
    assert isinstance(sound, JoinedSound)
    assert isinstance(sound._microphone, SimulatedMicrophone)
    sound._microphone.actions["silence"].run("")
    sound.set_volume(10)
    raw, clean, tone = Frames(), Frames(), np.full(960, 10_000, np.int16)

    def keep_playing(frame: Samples) -> None:
        clean(frame)
        if len(clean.frames) % 2:
            sound.play(tone)

    await sound.start(keep_playing, raw=raw)
    await raw.until(lambda: len(raw.frames) >= 100)
    await sound.stop()
    assert np.concatenate(raw.frames[-10:]).max() == 1000
    assert not np.concatenate(clean.frames).any()


class Pair(JoinedSound):
    """A simulated booth with a handset, all parts at hand."""

    def __init__(self, cache: Path, max_volume: int = 10) -> None:
        write_sound(cache / "aloud.wav", 48_000, 0.2)
        self.aloud = SimulatedLoudspeaker()
        self.mouth = SimulatedMicrophone(cache, cache / "aloud.wav")
        self.ear = SimulatedLoudspeaker(DeviceKind.HANDSET)
        self.private = SimulatedMicrophone(cache, cache / "aloud.wav", DeviceKind.HANDSET)
        super().__init__(
            self.mouth,
            self.aloud,
            private_microphone=self.private,
            private_loudspeaker=self.ear,
            private_expected=True,
            max_volume=max_volume,
        )


async def test_a_lifted_handset_alone_plays_and_hears(tmp_path: Path) -> None:
    sound, changes, frames = Pair(tmp_path), Watched(), Frames()
    sound.on_status(changes.happened)
    sound.use_handset(True)
    await sound.start(frames)
    await changes.until(lambda: all(d.status.state is DeviceState.ONLINE for d in sound.devices))
    assert sound.microphone_status is sound.private.status
    assert sound.loudspeaker_status is sound.ear.status
    for lifted, loud, quiet in (
        (True, sound.ear, sound.aloud),
        (False, sound.aloud, sound.ear),
    ):
        sound.use_handset(lifted)
        sound.play(np.full(9600, 10_000, np.int16))
        assert sound.loudspeaker_figures.queued_samples == 9600
        assert (loud.queue.level, quiet.queue.level) == (9600, 0)
    sound.mouth.actions["silence"].run("")
    before = len(frames.frames)
    await frames.until(lambda: len(frames.frames) >= before + 10)
    assert not np.concatenate(frames.frames[before + 2 :]).any()
    sound.use_handset(True)
    before = len(frames.frames)
    await frames.until(lambda: len(frames.frames) >= before + 10)
    assert np.concatenate(frames.frames[before + 2 :]).any()
    assert sound.microphone_figures is sound.private.figures
    await sound.stop()


async def test_a_handset_whose_cable_is_pulled_stays_silent_aloud(tmp_path: Path) -> None:
    sound, statuses = Pair(tmp_path), Statuses()
    sound.ear.on_status(statuses)
    await sound.start(lambda _: None)
    await statuses.ever(DeviceState.ONLINE)
    sound.use_handset(True)
    sound.ear.unplug()
    await statuses.ever(DeviceState.NO_DEVICE)
    sound.play(np.full(9600, 10_000, np.int16))
    assert sound.aloud.queue.level == 0
    await sound.stop()


async def test_the_booths_maximum_is_never_passed(tmp_path: Path) -> None:
    sound = Pair(tmp_path, max_volume=4)
    await sound.start(lambda _: None)
    for step, expected in ((None, 4), (10, 4), (2, 2), (-3, 0)):
        if step is not None:
            sound.set_volume(step)
        for loudspeaker in (sound.aloud, sound.ear):
            assert loudspeaker._driver._volume._wanted == gain_of(expected)
    await sound.stop()


def test_the_handset_is_fitted_as_it_is_named(tmp_path: Path) -> None:
    def fitted(microphone: str, loudspeaker: str) -> list[tuple[type, DeviceKind]]:
        sound = open_sound(
            "simulated",
            "simulated",
            cache=tmp_path,
            private_microphone=microphone,
            private_loudspeaker=loudspeaker,
        )
        return [(type(device), device.kind) for device in sound.devices[2:]]

    of_handset = DeviceKind.HANDSET
    assert fitted("auto", "none") == []
    assert fitted("none", "simulated") == [(SimulatedLoudspeaker, of_handset)]
    assert fitted("auto", "auto") == [
        (PortAudioMicrophone, of_handset),
        (PortAudioLoudspeaker, of_handset),
    ]


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
