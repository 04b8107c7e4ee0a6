"""Makes the pairs of microphone and loudspeaker that the settings name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from devices.hotplug import HotPlug
from devices.sound import AUTO, NONE, SIMULATED
from devices.sound.halves import Loudspeaker, Microphone
from devices.sound.portaudio import (
    PortAudioLoudspeaker,
    PortAudioMicrophone,
    Reference,
    Wanted,
)
from devices.sound.selection import HANDSET
from devices.sound.simulated import SimulatedLoudspeaker, SimulatedMicrophone
from devices.status import DeviceKind


@dataclass(frozen=True, slots=True)
class Fitter:
    """What all pairs of a booth share."""

    cache: Path
    """A folder for synthetic speech."""
    hotplug: HotPlug | None

    def public(self, microphone: str, loudspeaker: str) -> tuple[Microphone, Loudspeaker]:
        """The booth's own; sources as `open_sound` takes them."""
        return self._pair(
            Wanted(microphone),
            Wanted(loudspeaker),
            (DeviceKind.MICROPHONE, DeviceKind.LOUDSPEAKER),
        )

    def private(
        self, microphone: str, loudspeaker: str, avoid: tuple[str, str]
    ) -> tuple[Microphone | None, Loudspeaker | None]:
        """The handset's; `avoid` are the sources of the public ones."""
        if loudspeaker == NONE:
            return None, None
        near, far = self._pair(
            _of_handset(microphone, avoid[0]),
            _of_handset(loudspeaker, avoid[1]),
            (DeviceKind.HANDSET, DeviceKind.HANDSET),
        )
        return None if microphone == NONE else near, far

    def _pair(
        self, microphone: Wanted, loudspeaker: Wanted, kinds: tuple[DeviceKind, DeviceKind]
    ) -> tuple[Microphone, Loudspeaker]:
        if loudspeaker.device == SIMULATED:
            air = SimulatedLoudspeaker(kinds[1])
            return self._microphone(microphone, None, air, kinds[0]), air
        reference = Reference()
        return (
            self._microphone(microphone, reference, None, kinds[0]),
            PortAudioLoudspeaker(loudspeaker, reference, kinds[1], hotplug=self.hotplug),
        )

    def _microphone(
        self,
        wanted: Wanted,
        reference: Reference | None,
        air: SimulatedLoudspeaker | None,
        kind: DeviceKind,
    ) -> Microphone:
        source = wanted.device
        if source == SIMULATED or "/" in source or Path(source).is_file():
            recording = None if source == SIMULATED else Path(source)
            return SimulatedMicrophone(self.cache, recording, kind, hears=air)
        return PortAudioMicrophone(wanted, reference, kind, hotplug=self.hotplug)


def _of_handset(source: str, avoid: str) -> Wanted:
    return Wanted(HANDSET, avoid) if source == AUTO else Wanted(source)
