"""The booth's microphone and loudspeaker, as one full-duplex device with echo cancellation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from devices.sound.interface import Sound

SIMULATED = "simulated"
AUTO = "auto"
"""The system's default device, whatever it is when the call starts."""


def open_sound(microphone: str, loudspeaker: str, *, cache: Path) -> Sound:
    """The sound device that settings ask for; opens nothing until `start`.

    `microphone` is `auto`, `simulated`, (a part of) a device's name, or the path of a recording
    (whatever has a slash in it or is a file); `loudspeaker` is `auto`, `simulated` or a name.
    `cache` is a folder for synthetic speech.
    """
    # Imported here because this package is also the child process's, which needs other parts.
    from devices.sound.joined import JoinedSound, Loudspeaker, Microphone  # noqa: PLC0415
    from devices.sound.portaudio import (  # noqa: PLC0415
        PortAudioLoudspeaker,
        PortAudioMicrophone,
        Reference,
    )
    from devices.sound.simulated import SimulatedLoudspeaker, SimulatedMicrophone  # noqa: PLC0415

    reference = Reference() if loudspeaker != SIMULATED else None
    near: Microphone
    far: Loudspeaker
    if microphone == SIMULATED:
        near = SimulatedMicrophone(cache)
    elif "/" in microphone or Path(microphone).is_file():
        near = SimulatedMicrophone(cache, Path(microphone))
    else:
        near = PortAudioMicrophone(microphone, reference)
    far = (
        SimulatedLoudspeaker()
        if reference is None
        else PortAudioLoudspeaker(loudspeaker, reference)
    )
    return JoinedSound(near, far)
