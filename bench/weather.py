"""What befalls simulated devices in a storm: seeded, so that what broke something comes again."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.control.messages import DeviceTold

ARGUMENTS: dict[str, tuple[str, ...]] = {
    "slow": ("1", "2", "4"),
    "toner": ("full", "low", "empty"),
    "page": ("good", "blurred", "glare", "cut", "far", "dark", "card"),
    "show": ("VG1.nothing", "https://example.invalid/", "x" * 190),
}
"""What the actions that take an argument are tried with."""

CARDS = ("mediator", "resident", "04a1b2c3d4e5f6")
"""No technician's: whose card opens at Home what a storm's next visit would wait for."""

KILLED = 0.05
"""Share of the events that kill one of the booth's child processes."""

MENDING: tuple[tuple[str, str], ...] = (
    ("plug", ""),
    ("thaw", ""),
    ("speak", ""),
    ("unjam", ""),
    ("refill", ""),
    ("close", ""),
    ("resume", ""),
    ("answer", ""),
    ("toner", "full"),
    ("hang_up", ""),
    ("remove", ""),
    ("slow", "1"),
)
"""What brings any device back to how it should be; a device knows some of these."""


@dataclass(frozen=True, slots=True)
class Blow:
    """One event."""

    device: str
    action: str
    argument: str


@dataclass(frozen=True, slots=True)
class Kill:
    """A child process of the booth ends without a word."""

    number: int
    """Which: as many of them as there are, counted round."""


class Weather:
    """Chooses what happens next, among everything that can be done to the booth's devices."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def chance(self, share: float) -> bool:
        """Return True in `share` of all cases."""
        return self._chance.random() < share

    def strike(self, devices: Sequence[DeviceTold]) -> Blow | Kill:
        """Return the next event; each device is as likely as any other."""
        return Kill(self._chance.randrange(100)) if self.chance(KILLED) else self._blow(devices)

    def lasts_s(self, shortest: float, longest: float) -> float:
        """Return a stretch of time."""
        return self._chance.uniform(shortest, longest)

    def _blow(self, devices: Sequence[DeviceTold]) -> Blow:
        able = sorted((device for device in devices if device.actions), key=lambda one: one.kind)
        device = self._chance.choice(able)
        action = self._chance.choice(device.actions)
        argument = ""
        if action.name == "present":
            argument = self._chance.choice(CARDS)
        elif action.takes:
            argument = self._chance.choice(ARGUMENTS.get(action.name, ("1",)))
        return Blow(device.kind.value, action.name, argument)


def mending(devices: Sequence[DeviceTold]) -> Iterator[Blow]:
    """Return what makes every device whole again."""
    for device in devices:
        known = {action.name for action in device.actions}
        for action, argument in MENDING:
            if action in known:
                yield Blow(device.kind.value, action, argument)
