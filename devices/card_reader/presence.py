"""Which cards are in now: keeps the drivers' events consistent, whatever they lose or repeat."""

from __future__ import annotations

from collections.abc import Callable

from devices.card_reader.interface import Card, CardEvent, CardKind
from devices.listeners import tell_all

CardListener = Callable[[CardEvent], None]


class Presence:
    """One card for each reader at most; every card that came also goes, once."""

    def __init__(self, kind_of: Callable[[str], CardKind]) -> None:
        """`kind_of` says whose card has a digest; it is asked anew for each card."""
        self._kind_of = kind_of
        self._in: dict[str, Card] = {}
        self._listeners: list[CardListener] = []

    @property
    def cards(self) -> tuple[Card, ...]:
        """Those that are in."""
        return tuple(self._in.values())

    def on_card(self, listener: CardListener) -> None:
        """Call `listener` as cards come and go."""
        self._listeners.append(listener)

    def come(self, reader: str, digest: str, *, already_in: bool = False) -> None:
        """A card came; one that was there has gone first. Without a digest it is a resident's."""
        self.go(reader)
        kind = self._kind_of(digest) if digest else CardKind.RESIDENT
        self._in[reader] = card = Card(kind, digest, reader, already_in)
        self._tell(CardEvent(present=True, card=card))

    def go(self, reader: str) -> None:
        """The reader's card is gone, if there was one."""
        card = self._in.pop(reader, None)
        if card is not None:
            self._tell(CardEvent(present=False, card=card))

    def clear(self) -> None:
        """Nobody watches any more: no card is in, as far as anybody knows."""
        for reader in tuple(self._in):
            self.go(reader)

    def _tell(self, event: CardEvent) -> None:
        tell_all(self._listeners, event, "card reader")
