"""A sweep of tones that is found again in what comes back: when, how loud, and how surely.

Found by a matched filter, which gathers the whole sweep into one moment: a sweep of T seconds over
B hertz stands out of noise by 2·B·T more than a single sample would (some 30 dB here).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from devices.sound.interface import SAMPLE_RATE_HZ, Samples

LOWEST_HZ, HIGHEST_HZ = 400.0, 6000.0
"""What small loudspeakers play, telephone-like microphones hear and Opus keeps."""
AMPLITUDE = 0.4
"""Of full scale: heard in a room, and far from clipping."""
SURE = 8.0
"""Peak over the rest, RMS: noise alone reaches 5 in a second of samples."""
_FULL_SCALE = 32_768


@dataclass(frozen=True, slots=True)
class Found:
    """Where a sweep begins."""

    at: int
    """Its first sample."""
    gain: float
    """Amplitude relative to the sweep that was sent; 1 is as loud."""

    @property
    def gain_db(self) -> float:
        """The same in dB; −∞ for nothing."""
        return 20 * math.log10(self.gain) if self.gain > 0 else -math.inf


class Chirp:
    """One sweep, upwards, faded in and out."""

    def __init__(self, duration_s: float) -> None:
        """Draw it; longer is found in more noise."""
        count = int(duration_s * SAMPLE_RATE_HZ)
        time_s = np.arange(count) / SAMPLE_RATE_HZ
        slope = (HIGHEST_HZ - LOWEST_HZ) / duration_s
        phase = 2 * np.pi * (LOWEST_HZ * time_s + slope * time_s**2 / 2)
        wave = AMPLITUDE * _FULL_SCALE * np.hanning(count) ** 0.5 * np.sin(phase)
        self.samples: Samples = np.asarray(wave, np.int16)
        """Mono, 48 kHz."""
        self._energy = float(np.sum(wave**2))

    def find(self, heard: Samples) -> Found | None:
        """Return where it is in `heard`; None when it is not clearly there."""
        strength = self._filtered(heard)
        if strength is None:
            return None
        at = int(strength.argmax())
        rest = np.concatenate(
            [
                strength[: max(0, at - len(self.samples) // 8)],
                strength[at + len(self.samples) // 8 :],
            ]
        )
        noise = float(np.sqrt(np.mean(rest**2))) if len(rest) else 0.0
        if strength[at] <= SURE * noise or strength[at] == 0:
            return None
        return Found(at, float(strength[at]))

    def strongest(self, heard: Samples, around: slice) -> float:
        """Return the greatest gain with which it could begin within `around` of `heard`.

        An upper bound: where nothing of it is left, this is the noise.
        """
        strength = self._filtered(heard)
        part = strength[around] if strength is not None else np.zeros(0)
        return float(part.max(initial=0.0))

    def _filtered(self, heard: Samples) -> NDArray[np.float64] | None:
        """The gain with which the sweep would begin at each sample, shape (n − length + 1,)."""
        usable = len(heard) - len(self.samples) + 1
        if usable <= 0:
            return None
        size = 1 << (len(heard) + len(self.samples) - 1).bit_length()
        spectrum = np.fft.rfft(heard.astype(np.float64), size)
        spectrum *= np.conj(np.fft.rfft(self.samples.astype(np.float64), size))
        matched = np.fft.irfft(spectrum, size)[:usable]
        return np.abs(matched) / self._energy
