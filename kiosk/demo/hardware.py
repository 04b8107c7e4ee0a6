"""Which of the booth's devices this machine has; the demonstration simulates the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from devices.camera.v4l2 import find_node
from devices.sound.listing import list_devices
from devices.sound.selection import Direction
from devices.status import DeviceError

AUTO = "auto"
SIMULATED = "simulated"


@dataclass(frozen=True)
class Sources:
    """What the booth is told to use, in the words of each device's section of the settings."""

    camera: str
    microphone: str
    loudspeaker: str
    handset: str = "none"
    document_camera: str = "none"
    document_printer: str = "none"
    ticket_printer: str = "none"
    card_reader: str = "none"
    code_reader: str = "none"

    def simulated(self) -> tuple[str, ...]:
        """Return the names of the devices that are simulated."""
        return tuple(name for name, source in vars(self).items() if source == SIMULATED)


async def present(asked: Sources) -> Sources:
    """Return `asked` with each `auto` for which this machine has no device made `simulated`."""
    directions: frozenset[str] = frozenset()
    if AUTO in (asked.microphone, asked.loudspeaker):
        directions = await sound_directions()
    return Sources(
        camera=_kept(asked.camera, has_camera),
        microphone=_kept(asked.microphone, lambda: "input" in directions),
        loudspeaker=_kept(asked.loudspeaker, lambda: "output" in directions),
        # What stands in an office is not the demonstration's to print on, unless it is named.
        **{name: SIMULATED if source == AUTO else source for name, source in _others(asked)},
    )


def _others(asked: Sources) -> Iterator[tuple[str, str]]:
    called = ("camera", "microphone", "loudspeaker")
    return ((name, source) for name, source in vars(asked).items() if name not in called)


def _kept(source: str, present: Callable[[], bool]) -> str:
    return SIMULATED if source == AUTO and not present() else source


def has_camera() -> bool:
    """Tell whether a camera is there that we may open."""
    try:
        find_node(AUTO)
    except DeviceError:
        return False
    return True


async def sound_directions() -> frozenset[str]:
    """Return `input`, `output`, both or neither, as PortAudio finds them."""
    devices = await list_devices()
    directions = {"input": Direction.MICROPHONE, "output": Direction.LOUDSPEAKER}
    return frozenset(
        name for name, direction in directions.items() if devices.names(direction, AUTO)
    )
