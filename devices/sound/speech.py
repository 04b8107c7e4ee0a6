"""What a simulated microphone hears: a given recording, or French speech made by espeak-ng."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

import av
import numpy as np

from devices.sound.interface import SAMPLE_RATE_HZ, Samples

MAX_SECONDS = 300
"""Held in memory: 29 MB. A longer recording is cut, and the status says so."""
TEXT = (
    "Bonjour. Je viens pour une question sur mon dossier. J'ai reçu un courrier la semaine "
    "dernière, et je ne suis pas sûr de bien le comprendre. Est-ce que vous pouvez m'aider ? "
    "On me demande une attestation de domicile. J'ai apporté une facture d'électricité. "
    "Je peux la poser devant la caméra, si vous voulez. Merci beaucoup pour votre aide."
)
ESPEAK_TIMEOUT_S = 20.0


class RecordingError(Exception):
    """The recording can't be read; the text says why."""


def decode(path: Path) -> Samples:
    """The first audio stream of any file that FFmpeg reads, at most MAX_SECONDS of it.

    Raises `RecordingError` when there is none, or nothing in it.
    """
    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE_HZ)
    parts: list[Samples] = []
    left = MAX_SECONDS * SAMPLE_RATE_HZ
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise RecordingError(f"{path.name} has no sound")
            for frame in container.decode(audio=0):
                for resampled in resampler.resample(frame):
                    parts.append(np.asarray(resampled.to_ndarray().reshape(-1)[:left], np.int16))
                    left -= len(parts[-1])
                if left <= 0:
                    break
    except (av.FFmpegError, OSError, ValueError) as error:
        raise RecordingError(f"{path.name}: {type(error).__name__}") from error
    samples = np.concatenate(parts) if parts else np.zeros(0, np.int16)
    if len(samples) < SAMPLE_RATE_HZ // 10:
        raise RecordingError(f"{path.name} holds no sound")
    return samples


def cached(cache: Path) -> Path:
    """Where `speak` keeps its speech: another text is another file."""
    return cache / f"speech-{hashlib.sha256(TEXT.encode()).hexdigest()[:12]}.wav"


def speak(cache: Path) -> Samples:
    """French speech made once by espeak-ng and kept in `cache`.

    Raises `RecordingError` when espeak-ng is missing or fails.
    """
    kept = cached(cache)
    if not kept.exists():
        _synthesise(kept)
    return decode(kept)


def tone() -> Samples:
    """Two seconds of a soft tone that comes and goes: heard to be artificial."""
    t = np.arange(2 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    wave = 4000 * np.sin(2 * np.pi * 440 * t) * np.sin(np.pi * t / 2) ** 2
    return np.asarray(wave, np.int16)


def _synthesise(target: Path) -> None:
    program = shutil.which("espeak-ng")
    if program is None:
        raise RecordingError("espeak-ng is not installed")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder) / "speech.wav"
        try:
            subprocess.run(
                [program, "-v", "fr", "-s", "150", "-w", str(made), TEXT],
                check=True,
                capture_output=True,
                timeout=ESPEAK_TIMEOUT_S,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise RecordingError(f"espeak-ng: {type(error).__name__}") from error
        made.replace(target)  # In one step: two programs may start at the same time.
