"""What both sides of a measurement see and hear, made once and kept under `build/bench`."""

from __future__ import annotations

import fractions
import pickle
import shutil
import subprocess
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from bench import clock
from devices.camera.i420 import Layout
from devices.camera.scene import Scene

LAYOUT = Layout(1280, 720)
RATE = 30
CAMERA_FRAMES = 5 * RATE
"""5 s of raw pictures are 207 MB: Chromium's fake camera reads only Y4M and Motion JPEG, and a
JPEG would have both sides decode it."""
LOOP_FRAMES = 10 * RATE
LOOP_BIT_RATE = 1_500_000
SPEECH = (
    "Bonjour, je voudrais savoir où en est mon dossier. "
    "J'ai reçu une lettre la semaine dernière et je n'ai pas compris ce que je dois envoyer. "
    "Est-ce que vous pouvez m'expliquer, s'il vous plaît ?"
)
AUDIO_RATE_HZ = 48_000
OPUS_FRAME_SAMPLES = 960
"""20 ms, as both sides use by default."""


@dataclass(frozen=True, slots=True)
class Material:
    """Paths of the files that stand in for camera and microphone, and of the far end's loop."""

    camera: Path
    """Y4M, 1280×720 at 30 fps."""
    microphone: Path
    """WAV, mono, 48 kHz."""
    loop: Path
    """What `load_loop` reads."""
    agent_camera: Path
    """Y4M, like `camera`, with the clock in it: for a browser as far end."""


@dataclass(frozen=True, slots=True)
class Loop:
    """Media that is sent as it is: nothing is encoded while a measurement runs."""

    video: tuple[bytes, ...]
    """VP8 frames at 30 fps; the first is a key frame; each shows its index (see `clock`)."""
    audio: tuple[bytes, ...]
    """Opus packets of 20 ms."""


def prepare(folder: Path) -> Material:
    """Make what is missing in `folder` and say where it all is."""
    folder.mkdir(parents=True, exist_ok=True)
    material = Material(
        folder / "camera.y4m", folder / "speech.wav", folder / "loop.pickle", folder / "agent.y4m"
    )
    if not material.camera.exists():
        _whole(material.camera, _write_camera)
    if not material.agent_camera.exists():
        _whole(material.agent_camera, lambda path: _write_camera(path, with_clock=True))
    if not material.microphone.exists():
        _whole(material.microphone, _write_speech)
    if not material.loop.exists():
        loop = Loop(tuple(_encode_video()), tuple(_encode_audio(material.microphone)))
        _whole(material.loop, lambda path: path.write_bytes(pickle.dumps(loop)))
    return material


def load_loop(path: Path) -> Loop:
    """Read the loop that `prepare` made on this machine."""
    loop = pickle.loads(path.read_bytes())  # noqa: S301 (made by this module)
    if not isinstance(loop, Loop):
        raise TypeError(f"{path} is not a loop")
    return loop


def _whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let a file appear under its name only when it is complete."""
    part = path.with_suffix(".part")
    write(part)
    part.rename(path)


def _write_camera(path: Path, *, with_clock: bool = False) -> None:
    scene = Scene(LAYOUT)
    frame = np.empty(LAYOUT.size, np.uint8)
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{LAYOUT.width} H{LAYOUT.height} F{RATE}:1 Ip A1:1 C420\n".encode())
        for number in range(CAMERA_FRAMES):
            scene.draw(frame, number, number / RATE)
            if with_clock:
                clock.draw(LAYOUT.planes(frame)[0], number)
            file.write(b"FRAME\n")
            file.write(frame.tobytes())


def _write_speech(path: Path) -> None:
    raw = path.with_suffix(".raw")
    espeak = shutil.which("espeak-ng")
    if espeak is None:
        raise FileNotFoundError("espeak-ng is needed; `make demo` installs it")
    subprocess.run([espeak, "-v", "fr", "-s", "140", "-w", raw, SPEECH], check=True)
    resampler = av.AudioResampler("s16", "mono", AUDIO_RATE_HZ)
    with av.open(str(raw)) as source, wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(AUDIO_RATE_HZ)
        for frame in source.decode(audio=0):
            for part in resampler.resample(frame):
                out.writeframes(part.to_ndarray().tobytes())
    raw.unlink()


def _encode_video() -> Iterator[bytes]:
    codec = av.CodecContext.create("libvpx", "w")
    if not isinstance(codec, av.VideoCodecContext):
        raise TypeError("libvpx is no video codec")
    codec.width, codec.height, codec.pix_fmt = LAYOUT.width, LAYOUT.height, "yuv420p"
    codec.framerate = fractions.Fraction(RATE)
    codec.bit_rate, codec.gop_size = LOOP_BIT_RATE, 10 * LOOP_FRAMES
    codec.options = {"deadline": "realtime", "cpu-used": "-4", "lag-in-frames": "0"}
    scene = Scene(LAYOUT)
    pixels = np.empty(LAYOUT.size, np.uint8)
    for number in range(LOOP_FRAMES):
        scene.draw(pixels, number, number / RATE)
        clock.draw(LAYOUT.planes(pixels)[0], number)
        frame = av.VideoFrame.from_ndarray(
            pixels.reshape(LAYOUT.height * 3 // 2, LAYOUT.width), format="yuv420p"
        )
        frame.pts = number
        for packet in codec.encode(frame):
            yield bytes(packet)


def _encode_audio(speech: Path) -> Iterator[bytes]:
    codec = av.CodecContext.create("libopus", "w")
    if not isinstance(codec, av.AudioCodecContext):
        raise TypeError("libopus is no audio codec")
    codec.sample_rate, codec.layout, codec.format = AUDIO_RATE_HZ, "mono", "s16"
    codec.bit_rate = 32_000
    codec.options = {"application": "voip"}
    with wave.open(str(speech)) as source:
        samples = np.frombuffer(source.readframes(source.getnframes()), np.int16)
    for start in range(0, len(samples) - OPUS_FRAME_SAMPLES, OPUS_FRAME_SAMPLES):
        part = samples[start : start + OPUS_FRAME_SAMPLES]
        frame = av.AudioFrame.from_ndarray(part.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = AUDIO_RATE_HZ
        frame.pts = start
        for packet in codec.encode(frame):
            yield bytes(packet)
