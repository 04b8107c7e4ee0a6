"""What a booth checks of its technician's access before its window opens."""

from __future__ import annotations

from kiosk.diagnostics.access.pin import checked_hash
from kiosk.diagnostics.access.site_cards import load_site_cards
from kiosk.diagnostics.access.site_key import load_site_key
from kiosk.settings import KioskSettings


def check_access(settings: KioskSettings) -> None:
    """Refuse settings with which no technician could ever come in.

    Raises:
        SettingsError: the PIN's hash is none; the site's key or its list of cards can't be read.
    """
    cards, state = settings.card_reader, settings.booth.state_folder
    checked_hash(settings.technician.pin_hash)
    load_site_key(cards.site_key_file, state)
    load_site_cards(cards.cards_file, state)
