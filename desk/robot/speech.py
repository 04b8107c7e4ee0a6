"""What the robot says: French speech as Opus packets, made once and sent over and over."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import structlog
from numpy.typing import NDArray

log = structlog.get_logger(__name__)

RATE_HZ = 48_000
PACKET_SAMPLES = 960
"""20 ms."""
LONGEST_S = 120
PAUSE_S = 1.5
"""Silence between two rounds, so that the resident can put in a word."""
TEXT = (
    "Bonjour, ici le service d'essai. Je suis un robot, et je réponds à votre appel pour vérifier "
    "que l'image et le son passent bien. Si vous m'entendez et si vous voyez l'heure avancer, "
    "tout fonctionne. Vous pouvez raccrocher quand vous le souhaitez. Bonne journée !"
)


def packets(recording: Path | None) -> list[bytes]:
    """Return the robot's speech, or a recording's, as Opus packets of 20 ms."""
    return list(_encoded(_samples(recording)))


def _samples(recording: Path | None) -> NDArray[np.int16]:
    if recording is not None:
        return _decoded(recording)
    program = shutil.which("espeak-ng")
    if program is None:
        log.warning("no espeak-ng: the robot hums")
        return _hum()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "speech.wav"
        try:
            subprocess.run(
                [program, "-v", "fr", "-s", "150", "-w", str(made), TEXT],
                check=True,
                capture_output=True,
                timeout=20,
            )
            return _decoded(made)
        except (OSError, subprocess.SubprocessError, av.FFmpegError) as error:
            log.warning("espeak-ng fails: the robot hums", error=type(error).__name__)
            return _hum()


def _decoded(file: Path) -> NDArray[np.int16]:
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
    parts: list[NDArray[np.int16]] = []
    left = LONGEST_S * RATE_HZ
    with av.open(str(file)) as container:
        for frame in container.decode(audio=0):
            for piece in resampler.resample(frame):
                parts.append(np.asarray(piece.to_ndarray().reshape(-1), np.int16))
                left -= len(parts[-1])
            if left <= 0:
                break
    return np.concatenate([*parts, np.zeros(int(PAUSE_S * RATE_HZ), np.int16)])


def _hum() -> NDArray[np.int16]:
    time_s = np.arange(2 * RATE_HZ) / RATE_HZ
    wave = 3000 * np.sin(2 * np.pi * 330 * time_s) * np.sin(np.pi * time_s / 2) ** 2
    return np.asarray(wave, np.int16)


def _encoded(samples: NDArray[np.int16]) -> Iterator[bytes]:
    encoder = av.CodecContext.create("libopus", "w")
    if not isinstance(encoder, av.AudioCodecContext):
        raise TypeError("libopus is no audio codec")
    encoder.format, encoder.layout, encoder.sample_rate = "s16", "mono", RATE_HZ
    encoder.time_base = Fraction(1, RATE_HZ)
    encoder.bit_rate = 32_000
    encoder.options = {"application": "voip", "frame_duration": "20", "dtx": "0"}
    for start in range(0, len(samples) - PACKET_SAMPLES + 1, PACKET_SAMPLES):
        frame = av.AudioFrame("s16", "mono", PACKET_SAMPLES)
        frame.planes[0].update(samples[start : start + PACKET_SAMPLES].tobytes())
        frame.sample_rate, frame.pts = RATE_HZ, start
        for packet in encoder.encode(frame):
            yield bytes(packet)
