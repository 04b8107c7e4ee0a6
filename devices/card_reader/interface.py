"""What the booth needs of card readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from devices.device import Device


class CardKind(StrEnum):
    """Whose card it is, as the site's list of cards says; residents' cards are on no list."""

    TECHNICIAN = "technician"
    MEDIATOR = "mediator"
    RESIDENT = "resident"


@dataclass(frozen=True, slots=True)
class Card:
    """A card that was presented."""

    kind: CardKind
    digest: str = field(repr=False)
    """Its UID hashed with the site's key, hexadecimal; the UID itself never leaves the driver.
    Held in memory while the card is in, never stored or logged. Empty for a card that has no
    fixed number of its own (a contact card, a telephone): it is then a resident's."""
    reader: str
    already_in: bool = False
    """It was in when its reader was first looked at: forgotten there, or the service came back.
    Nobody has just presented it."""


@dataclass(frozen=True, slots=True)
class CardEvent:
    """A card came or went."""

    present: bool
    card: Card


class CardReader(Device, Protocol):
    """All readers of the booth together, watched between `start` and `stop`, all day long."""

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards that are in now."""

    def on_card(self, listener: Callable[[CardEvent], None]) -> None:
        """Call `listener` on the loop as cards come and go; also for one in at the start."""

    async def start(self) -> None:
        """Begin to watch. Never raises for a missing device: that is a status."""
