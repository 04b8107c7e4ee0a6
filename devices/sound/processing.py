"""Makes a microphone's sound fit for a call: echo cancelled, noise lowered, level evened."""

from __future__ import annotations

import numpy as np
from pywebrtc_audio import AudioProcessor

from devices.sound.interface import SAMPLE_RATE_HZ, Samples

NOISE_LEVEL = 1
"""12 dB: a hall's hum goes, voices keep their colour (0 is 6 dB, 3 is 21 dB)."""
MAX_GAIN_DB = 12.0
"""Lifts a soft voice at arm's length; the library's 50 dB would lift the next booth's too."""


class NearEnd:
    """Echo cancellation (AEC3), noise suppression and gain (AGC2) on 10 ms frames."""

    def __init__(self, *, echo: bool) -> None:
        """`echo`: whether a loudspeaker of ours may be heard by this microphone."""
        self._echo = echo
        self._processor = AudioProcessor(
            SAMPLE_RATE_HZ,
            1,
            echo_cancellation=echo,
            noise_suppression=True,
            high_pass_filter=True,
            auto_gain_control=True,
            ns_level=NOISE_LEVEL,
            agc_max_gain_db=MAX_GAIN_DB,
        )

    def process(self, near: Samples, reference: Samples) -> Samples:
        """Clean one frame; `reference` is what was played when `near` was heard, or just before.

        Both have FRAME_SAMPLES. AEC3 finds the rest of the delay by itself (0 to 200 ms tried).
        """
        if not self._echo:
            return np.asarray(self._processor.process(near), np.int16)
        return np.asarray(self._processor.process(near, reference), np.int16)
