"""Fits the booth out: every device that the settings ask for, made but not opened."""

from __future__ import annotations

from collections.abc import Callable

from devices.camera import open_camera
from devices.card_reader import open_card_reader
from devices.code_reader import open_code_reader
from devices.document_camera import open_document_camera
from devices.document_printer import open_document_printer
from devices.handset import open_handset
from devices.hotplug import hot_plug
from devices.screen import open_screen
from devices.sound import open_sound
from devices.status import DeviceKind
from devices.ticket_printer import open_ticket_printer
from kiosk.diagnostics.access.site_cards import load_site_cards
from kiosk.diagnostics.access.site_key import load_site_key
from kiosk.hardware import Devices, Hardware, meant
from kiosk.settings import HandsetSettings, KioskSettings


def fit_out(settings: KioskSettings, on_change: Callable[[], None]) -> Hardware:
    """Return the booth's hardware; on the loop, for hot-plug events are listened to from here on.

    Raises:
        SettingsError: the site's key or list of cards can't be read.
    """
    state = settings.booth.state_folder
    hotplug = hot_plug()
    sound, handset, cards = settings.sound, settings.handset, settings.card_reader
    private_microphone, private_loudspeaker = private_sound(handset)
    camera = open_camera(settings.camera.source, hotplug=hotplug)
    devices = Devices(
        camera=camera,
        sound=open_sound(
            sound.microphone,
            sound.loudspeaker,
            cache=state / "speech",
            max_volume=sound.max_volume,
            private_microphone=private_microphone,
            private_loudspeaker=private_loudspeaker,
            hotplug=hotplug,
        ),
        screen=open_screen(),
        handset=open_handset(
            handset.source, line=handset.line, lifted_when=handset.lifted_when, hotplug=hotplug
        ),
        document_camera=open_document_camera(
            settings.document_camera.source, avoid=settings.camera.source, hotplug=hotplug
        ),
        document_printer=open_document_printer(settings.document_printer.source),
        ticket_printer=open_ticket_printer(
            settings.ticket_printer.source,
            baud=settings.ticket_printer.baud,
            width_dots=settings.ticket_printer.width_dots,
            profile=settings.ticket_printer.profile,
            hotplug=hotplug,
        ),
        card_reader=open_card_reader(
            cards.source,
            key=load_site_key(cards.site_key_file, state),
            cards=load_site_cards(cards.cards_file, state),
            protocol=cards.protocol,
            baud=cards.baud,
            hotplug=hotplug,
        ),
        code_reader=open_code_reader(
            settings.code_reader.source,
            baud=settings.code_reader.baud,
            hotplug=hotplug,
            camera_found=camera.found,
        ),
    )
    return Hardware(devices, meant(sources(settings)), on_change, hotplug)


def private_sound(handset: HandsetSettings) -> tuple[str, str]:
    """Return the handset's microphone and loudspeaker: none without a hook, and as real as it."""
    if handset.source == "none":
        return "none", "none"
    auto = handset.source if handset.source == "simulated" else "auto"
    named = (handset.microphone, handset.loudspeaker)
    return tuple(auto if name == "auto" else name for name in named)  # type: ignore[return-value]


def sources(settings: KioskSettings) -> dict[DeviceKind, str]:
    """What the settings say of each optional device."""
    return {
        DeviceKind.HANDSET: settings.handset.source,
        DeviceKind.DOCUMENT_CAMERA: settings.document_camera.source,
        DeviceKind.DOCUMENT_PRINTER: settings.document_printer.source,
        DeviceKind.TICKET_PRINTER: settings.ticket_printer.source,
        DeviceKind.CARD_READER: settings.card_reader.source,
        DeviceKind.CODE_READER: settings.code_reader.source,
    }
