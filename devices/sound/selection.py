"""Which of PortAudio's devices is meant by a name in the settings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from devices.status import DeviceError, DeviceState

AUTO = "auto"
HANDSET = "auto:handset"
"""Any device that calls itself a handset."""
_HANDSET_NAMES = ("handset", "headset", "combiné", "casque")
_CARD_NUMBER = re.compile(r" \(hw:\d+,\d+\)")
"""ALSA counts its cards anew at a replug: the number is no part of a device's name."""


class Direction(StrEnum):
    """Which half is meant; the value is PortAudio's name for its channels."""

    MICROPHONE = "max_input_channels"
    LOUDSPEAKER = "max_output_channels"


@dataclass(frozen=True, slots=True)
class Devices:
    """PortAudio's list of devices, as it was when it was asked for."""

    all: Sequence[Mapping[str, Any]]
    """As `sounddevice.query_devices()` gives it."""
    defaults: tuple[int, int]
    """Numbers of the system's default microphone and loudspeaker, −1 for none."""

    def candidates(self, direction: Direction, wanted: str, avoid: str = "") -> list[int]:
        """Numbers of the devices that `wanted` may mean, the best one first.

        `wanted` is AUTO, HANDSET, or (a part of) a name, in which case does not count. What
        `avoid` means is not a handset.
        """
        able = [index for index, device in enumerate(self.all) if device[direction.value] > 0]
        names = {index: stable_name(self.all[index]["name"]).casefold() for index in able}
        if wanted == AUTO:
            default = self.defaults[direction is Direction.LOUDSPEAKER]
            return sorted(able, key=lambda index: index != default)
        if wanted == HANDSET:
            taken = self.candidates(direction, avoid)[:1] if avoid else []
            return [
                index
                for index in able
                if index not in taken and any(word in names[index] for word in _HANDSET_NAMES)
            ]
        name = stable_name(wanted).casefold()
        meant = [index for index in able if name in names[index]]
        return sorted(meant, key=lambda index: names[index] != name)

    def choose(self, direction: Direction, wanted: str, avoid: str = "") -> int:
        """The number of the device that is meant. Raises `DeviceError` where there is none."""
        if meant := self.candidates(direction, wanted, avoid):
            return meant[0]
        details = {AUTO: "no sound device found", HANDSET: "no device calls itself a handset"}
        raise DeviceError(
            DeviceState.NO_DEVICE,
            details.get(wanted, f"no device is called {wanted}"),
            hint="plug it in, or see `python -m sounddevice` for names",
        )

    def names(self, direction: Direction, wanted: str, avoid: str = "") -> tuple[str, ...]:
        """Stable names of the candidates."""
        meant = self.candidates(direction, wanted, avoid)
        return tuple(stable_name(self.all[index]["name"]) for index in meant)


def stable_name(name: str) -> str:
    """The part of PortAudio's name that a replug does not change."""
    return _CARD_NUMBER.sub("", name)
