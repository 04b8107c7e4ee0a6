"""The technician's door: it opens to the PIN or to a technician's card, never during a visit."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from enum import Enum, auto

from devices.card_reader.interface import CardEvent, CardKind
from kiosk.diagnostics.access import pin as pins
from kiosk.diagnostics.access.lock import TRIES, Lock
from kiosk.diagnostics.view import DoorView
from kiosk.log import get_logger

_log = get_logger(__name__)


class Answer(Enum):
    """What the door says to a PIN."""

    OPEN = auto()
    WRONG = auto()
    LOCKED = auto()
    """Not looked at: too many were wrong."""
    REFUSED = auto()
    """Not looked at: a visit goes on, there is no PIN, none was typed, or another is being
    looked at."""


class Door:
    """Checks who stands before it."""

    def __init__(self, pin_hash: str, lock: Lock, busy: Callable[[], bool]) -> None:
        """`pin_hash`: empty where cards alone open; `busy`: whether a visit goes on.

        Raises:
            SettingsError: `pin_hash` is no hash.
        """
        self._pin_hash = pins.checked_hash(pin_hash)
        self._lock = lock
        self._busy = busy
        self._checking = False

    @property
    def view(self) -> DoorView:
        """What the door shows now."""
        locked_for_s = math.ceil(self._lock.locked_for_s)
        return DoorView(self._lock.tries_left, locked_for_s, has_pin=bool(self._pin_hash))

    async def try_pin(self, pin: str) -> Answer:
        """Look at a PIN; anything typed that is none counts as a wrong one."""
        if self._busy() or self._checking or not self._pin_hash or not pin:
            return Answer.REFUSED
        wrong = TRIES - self._lock.tries_left + 1
        if not self._lock.attempt():
            return Answer.LOCKED
        self._checking = True
        try:
            right = await asyncio.to_thread(pins.right, pin, self._pin_hash)
        finally:
            self._checking = False
        if not right:
            _log.info("technician's door: wrong PIN", count=wrong)
            return Answer.WRONG
        self._lock.succeeded()
        return Answer.OPEN

    def card(self, event: CardEvent) -> bool:
        """Whether a card that has just come opens; other people's cards are not told about."""
        if self._busy() or not event.present or event.card.kind is not CardKind.TECHNICIAN:
            return False
        self._lock.succeeded()
        return True
