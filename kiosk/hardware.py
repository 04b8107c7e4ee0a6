"""All devices of the booth: opened from its settings, watched, and told of by kind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from devices.status import DeviceKind, DeviceState, DeviceStatus
from kiosk.log import get_logger

if TYPE_CHECKING:
    from devices.camera.interface import Camera
    from devices.card_reader.interface import CardReader
    from devices.code_reader.interface import CodeReader
    from devices.device import Device
    from devices.document_camera.interface import DocumentCamera
    from devices.document_printer.interface import DocumentPrinter
    from devices.handset.interface import Handset
    from devices.hotplug import HotPlug
    from devices.screen.interface import Screen
    from devices.sound.interface import Sound
    from devices.ticket_printer.interface import TicketPrinter

ALWAYS_EXPECTED = frozenset(
    {DeviceKind.CAMERA, DeviceKind.MICROPHONE, DeviceKind.LOUDSPEAKER, DeviceKind.SCREEN}
)
"""Without these no booth is complete."""

LOOK_AGAIN_S = 5.0
"""A closed device that was lost is looked for this often: its cable may be in again."""

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Devices:
    """The devices; None for one that is not meant to be there."""

    camera: Camera
    sound: Sound
    screen: Screen
    handset: Handset | None = None
    document_camera: DocumentCamera | None = None
    document_printer: DocumentPrinter | None = None
    ticket_printer: TicketPrinter | None = None
    card_reader: CardReader | None = None
    code_reader: CodeReader | None = None

    @property
    def all(self) -> tuple[Device, ...]:
        """Every device that is meant to be there, or may be."""
        others = (
            self.handset,
            self.document_camera,
            self.document_printer,
            self.ticket_printer,
            self.card_reader,
            self.code_reader,
        )
        present = tuple(device for device in others if device is not None)
        return (self.camera, *self.sound.devices, *present, self.screen)


class Hardware:
    """The devices with what was learnt of them; lives on the loop."""

    def __init__(
        self,
        devices: Devices,
        expected: frozenset[DeviceKind],
        on_change: Callable[[], None],
        hotplug: HotPlug | None = None,
    ) -> None:
        """`expected`: the kinds that the settings name; `on_change` is called at each change.

        `hotplug` is what the devices listen to; it is closed after them.
        """
        self.devices = devices
        self.expected = expected | ALWAYS_EXPECTED
        self._on_change = on_change
        self._hotplug = hotplug
        self._faulty: dict[int, DeviceStatus] = {}
        self._working: set[int] = set()
        self._listeners: list[Callable[[DeviceKind, DeviceStatus], None]] = []
        self._looking: asyncio.Task[None] | None = None
        for number, device in enumerate(devices.all):
            device.on_status(self._hear(number, device))

    def on_status(self, listener: Callable[[DeviceKind, DeviceStatus], None]) -> None:
        """Call `listener` at each change of any device's status."""
        self._listeners.append(listener)

    @property
    def lost(self) -> tuple[DeviceKind, ...]:
        """The kinds that should be there and can't be used, by the last evidence there was.

        A device that closes is not mended by that; one that the settings do not ask for counts
        once it has worked.
        """
        return tuple(
            dict.fromkeys(
                device.kind
                for number, device in enumerate(self.devices.all)
                if number in self._faulty
                and (device.kind in self.expected or number in self._working)
            )
        )

    @property
    def simulated(self) -> tuple[DeviceKind, ...]:
        """The kinds of devices that are not real."""
        kinds = (device.kind for device in self.devices.all if device.status.simulated)
        return tuple(dict.fromkeys(kinds))

    def evidence(self, device: Device) -> DeviceStatus:
        """How `device` is, or how it was found to be when it was last open."""
        number = self.devices.all.index(device)
        return self._faulty.get(number, device.status)

    def of(self, kind: DeviceKind) -> tuple[Device, ...]:
        """The devices of a kind."""
        return tuple(device for device in self.devices.all if device.kind is kind)

    def retry(self, kind: DeviceKind) -> None:
        """Try the devices of a kind again now."""
        for device in self.of(kind):
            device.retry()

    async def start(self) -> None:
        """Begin to watch what is watched all day: all but camera, sound and document camera."""
        watched = (
            self.devices.handset,
            self.devices.document_printer,
            self.devices.ticket_printer,
            self.devices.card_reader,
            self.devices.code_reader,
        )
        for device in watched:
            if device is not None:
                await device.start()
        self._looking = asyncio.create_task(self._look_again(), name="lost devices")

    async def stop(self) -> None:
        """Close every device; one that fails to close does not keep the others open."""
        looking, self._looking = self._looking, None
        if looking is not None:
            looking.cancel()
            # A child that was asked what is plugged in ends with it.
            await asyncio.wait((looking,))
        closing = (self.devices.sound.stop(), *(device.stop() for device in self.devices.all))
        for result in await asyncio.gather(*closing, return_exceptions=True):
            if isinstance(result, Exception):
                _log.error("device did not close", error=result)
        if self._hotplug is not None:
            self._hotplug.close()

    def _hear(self, number: int, device: Device) -> Callable[[DeviceStatus], None]:
        def hear(status: DeviceStatus) -> None:
            if status.state.faulty:
                self._faulty[number] = status
            elif status.state in (DeviceState.ONLINE, DeviceState.DEVICE_BUSY):
                self._faulty.pop(number, None)
                self._working.add(number)
            for listener in self._listeners:
                listener(device.kind, status)
            self._on_change()

        return hear

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(LOOK_AGAIN_S)
            for number, device in enumerate(self.devices.all):
                closed = device.status.state is DeviceState.UNKNOWN
                if number in self._faulty and closed and await _is_found(device):
                    self._faulty.pop(number, None)
                    self._on_change()


async def _is_found(device: Device) -> bool:
    try:
        return bool(await device.found())
    except Exception as error:  # noqa: BLE001 (one driver's bug must not end the looking)
        _log.warning("device not looked for", device=device.kind.value, error=error)
        return False


def meant(sources: Mapping[DeviceKind, str]) -> frozenset[DeviceKind]:
    """The kinds whose `source` names a device, so that it has to be there."""
    return frozenset(kind for kind, source in sources.items() if source not in ("auto", "none"))
