"""The booth's microphone and loudspeaker, as one full-duplex device with echo cancellation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from devices.hotplug import HotPlug
    from devices.sound.interface import Sound

SIMULATED = "simulated"
AUTO = "auto"
"""The system's default device, whatever it is when the call starts; for the handset's sound, any
device that calls itself one."""
NONE = "none"


def open_sound(
    microphone: str,
    loudspeaker: str,
    *,
    cache: Path,
    max_volume: int = 10,
    private_microphone: str = NONE,
    private_loudspeaker: str = NONE,
    hotplug: HotPlug | None = None,
) -> Sound:
    """The sound device that settings ask for; opens nothing until `start`.

    A microphone is `auto`, `simulated`, (a part of) a device's name, or the path of a recording
    (whatever has a slash in it or is a file); a loudspeaker is `auto`, `simulated` or a name. The
    private ones, of the handset, may be `none`: without a loudspeaker there is no private sound.
    `cache` is a folder for synthetic speech; `max_volume` is at most 10.
    """
    # Imported here because this package is also the child process's, which needs other parts.
    from devices.sound.joined import JoinedSound  # noqa: PLC0415
    from devices.sound.pairs import Fitter  # noqa: PLC0415

    fitter = Fitter(cache, hotplug)
    near, far = fitter.public(microphone, loudspeaker)
    private_near, private_far = fitter.private(
        private_microphone, private_loudspeaker, avoid=(microphone, loudspeaker)
    )
    return JoinedSound(
        near,
        far,
        private_microphone=private_near,
        private_loudspeaker=private_far,
        private_expected=private_loudspeaker != AUTO,
        max_volume=max_volume,
    )
