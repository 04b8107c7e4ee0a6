"""The daemons and devices that a real booth stands on, each to be killed and started again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from devices.status import DeviceKind, DeviceState
from kiosk.control.client import ask
from kiosk.control.messages import Statuses, StatusesRequest
from tests.devices.card_reader.pcscd import Pcscd, VirtualCard, card
from tests.devices.document_printer.eve import EvePrinter, neighbourhood
from tests.devices.pulse import HEAD, Pulse
from tests.end_to_end.beside import Beside


@dataclass(frozen=True, slots=True)
class Part:
    """One of them."""

    kinds: frozenset[DeviceKind]
    """What the booth can't use without it."""
    kill: Callable[[], None]
    start_again: Callable[[], None]
    serves: Callable[[], bool]
    """Whether it does its work, as seen from its own side."""


@dataclass(frozen=True, slots=True)
class RealParts:
    """All of them, running."""

    beside: Beside
    environment: dict[str, str]
    """What makes the booth use them."""
    parts: dict[str, Part]

    def states(self, state_folder: Path, kinds: frozenset[DeviceKind]) -> set[DeviceState]:
        """Return how the booth of that folder finds its devices of these kinds."""
        told = self.beside.run(ask(state_folder, StatusesRequest()))
        assert isinstance(told, Statuses)
        return {device.state for device in told.devices if device.kind in kinds}


@contextmanager
def real_parts(folder: Path) -> Iterator[RealParts]:
    """A printer, a sound server and a card service with a card in its reader."""
    with ExitStack() as stack:
        beside = stack.enter_context(Beside())
        environment: dict[str, str] = {}
        parts: dict[str, Part] = {}
        for name, begin in (("printer", _printer), ("sound", _sound), ("cards", _cards)):
            own = folder / name
            own.mkdir()
            part, words = begin(stack, own, beside)
            parts[name] = part
            environment |= words
        yield RealParts(beside, environment, parts)


def _printer(stack: ExitStack, folder: Path, _: Beside) -> tuple[Part, dict[str, str]]:
    bus = stack.enter_context(neighbourhood(folder))
    printer = EvePrinter(folder, bus)
    stack.callback(printer.close)
    printer.switch_on()
    part = Part(
        kinds=frozenset({DeviceKind.DOCUMENT_PRINTER}),
        kill=printer.switch_off,
        start_again=printer.switch_on,
        serves=lambda: True,
    )
    return part, {"VISIO_GUICHET_DOCUMENT_PRINTER__SOURCE": printer.uri}


def _sound(stack: ExitStack, folder: Path, beside: Beside) -> tuple[Part, dict[str, str]]:
    server = Pulse(folder / "server", "speaker", "street")
    devices = folder / "asound.conf"
    devices.write_text(
        HEAD
        + server.device("booth_speaker", "speaker")
        + server.device("booth_mic", "street.monitor")
    )

    def kill() -> None:
        beside.run(server.kill())

    stack.callback(kill)
    beside.run(server.start())

    def plays_and_listens() -> bool:
        return all(beside.run(server.streams(kind)) for kind in ("sink-inputs", "source-outputs"))

    part = Part(
        kinds=frozenset({DeviceKind.MICROPHONE, DeviceKind.LOUDSPEAKER}),
        kill=kill,
        start_again=lambda: beside.run(server.start()),
        serves=plays_and_listens,
    )
    return part, {
        "ALSA_CONFIG_PATH": str(devices),
        "VISIO_GUICHET_SOUND__MICROPHONE": "booth_mic",
        "VISIO_GUICHET_SOUND__LOUDSPEAKER": "booth_speaker",
    }


def _cards(stack: ExitStack, _: Path, beside: Beside) -> tuple[Part, dict[str, str]]:
    service = Pcscd()
    stack.callback(lambda: beside.run(service.close()))
    inside: list[VirtualCard] = []

    def start() -> None:
        beside.run(service.start())
        inside.append(card())
        beside.run(inside[-1].insert(service.ports[0]))

    def kill() -> None:
        beside.run(service.end())
        beside.run(inside.pop().remove())

    start()
    stack.callback(lambda: [beside.run(left.remove()) for left in inside])
    part = Part(
        kinds=frozenset({DeviceKind.CARD_READER}),
        kill=kill,
        start_again=start,
        serves=lambda: len(inside[-1].asked) > 0,
    )
    return part, {
        "PCSCLITE_CSOCK_NAME": str(service.socket),
        "VISIO_GUICHET_CARD_READER__SOURCE": "pcsc",
    }
