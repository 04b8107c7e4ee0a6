"""The booth's microphone and loudspeaker, as one full-duplex device with echo cancellation."""

from __future__ import annotations

from pathlib import Path

from devices.sound.interface import Sound
from devices.sound.joined import JoinedSound
from devices.sound.simulated import SimulatedLoudspeaker, SimulatedMicrophone

SIMULATED = "simulated"
AUTO = "auto"
"""The system's default device, whatever it is when the call starts."""


def open_sound(microphone: str, loudspeaker: str, *, cache: Path) -> Sound:
    """The sound device that settings ask for; opens nothing until `start`.

    `microphone` is `auto`, `simulated`, a device's name, or the path of a recording;
    `loudspeaker` is `auto`, `simulated` or a device's name. `cache` is a folder for synthetic
    speech.
    """
    recording = Path(microphone)
    if microphone == SIMULATED:
        return JoinedSound(SimulatedMicrophone(cache), SimulatedLoudspeaker())
    return JoinedSound(SimulatedMicrophone(cache, recording), SimulatedLoudspeaker())
