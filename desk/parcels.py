"""Encrypted documents that wait, in memory only, for a resident's telephone to fetch them once.

A parcel dies when a telephone has it whole, or soon after it was opened, when its time is over, at
the fifth wrong PIN, when its booth takes the visit's ticket away, or when that ticket has not been
kept alive for `TICKET_GONE_S`.
The gateway never has what would open it: it compares the SHA-256 of what is shown with `proof`.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from kiosk.link.papers import MOST_BYTES, PARCEL_EXTRA_BYTES

MOST_PARCEL_BYTES: Final = MOST_BYTES + PARCEL_EXTRA_BYTES
MOST_TOTAL_BYTES: Final = 200_000_000
"""Of all parcels and those on their way in: ten of the largest, on a machine of 1 GB."""
MOST_OF_A_TICKET: Final = 3
MOST_TRIES: Final = 5
"""Of a PIN of six digits: one chance in 200,000."""
TICKET_GONE_S: Final = 30.0
"""A booth whose network is cut for so long will not be back before its resident has left."""
AGAIN_S: Final = 60.0
"""For reading that it did not arrive whole, and touching « Ouvrir » again."""
SLOWEST_BYTES_PER_S: Final = 75_000
"""600 kb/s, as an agency's slowest line."""
_REMEMBERED: Final = 500
"""Parcels whose end is remembered, so that a page that was reloaded learns of it."""


class Gone(StrEnum):
    """Why a parcel is not there any more."""

    TAKEN = "taken"
    EXPIRED = "expired"
    LOCKED = "locked"
    """Too many wrong PINs."""
    LEFT = "left"
    """The visit is over."""


@dataclass(slots=True)
class Parcel:
    """One deposit; `content` is ciphertext."""

    id: str
    ticket: str
    agency: str
    agent: str
    proof: str
    """SHA-256, hexadecimal, of what whoever knows the PIN can show."""
    salt: str
    expires_at: float
    """Monotonic seconds."""
    content: bytes = field(repr=False)
    tries: int = MOST_TRIES
    """Wrong PINs left, this one included."""
    ticket_seen_at: float = 0.0
    """When its ticket was last known to live, monotonic seconds."""


class Parcels:
    """All of them; dies with the gateway."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` is monotonic seconds."""
        self._clock = clock
        self._parcels: dict[str, Parcel] = {}
        self._reserved = 0
        self._ends: deque[tuple[str, Gone]] = deque(maxlen=_REMEMBERED)

    def __len__(self) -> int:
        return len(self._parcels)

    def reserve(self, ticket: str, size: int) -> bool:
        """Keep room for `size` bytes that are about to come; False where there is none.

        Whoever got room gives it back with `release`, also before `put`.
        """
        self.sweep()
        held = sum(len(parcel.content) for parcel in self._parcels.values())
        of_ticket = sum(parcel.ticket == ticket for parcel in self._parcels.values())
        if of_ticket >= MOST_OF_A_TICKET or held + self._reserved + size > MOST_TOTAL_BYTES:
            return False
        self._reserved += size
        return True

    def release(self, size: int) -> None:
        """Give reserved room back."""
        self._reserved -= size

    def put(self, parcel: Parcel) -> None:
        """Keep it from now on."""
        parcel.ticket_seen_at = self._clock()
        self._parcels[parcel.id] = parcel

    def find(self, parcel_id: str) -> Parcel | None:
        """Return a parcel that can still be fetched."""
        self.sweep()
        return self._parcels.get(parcel_id)

    def end_of(self, parcel_id: str) -> Gone | None:
        """Return what became of a parcel that was here, if that is remembered."""
        return next((why for known, why in reversed(self._ends) if known == parcel_id), None)

    def remaining_s(self, parcel: Parcel) -> int:
        """Return for how many seconds more it can be fetched."""
        return max(0, int(parcel.expires_at - self._clock()))

    def fetch(self, parcel: Parcel, shown: bytes) -> bytes | None:
        """Return its content; None for a wrong PIN, the last of which erases it.

        From now on it has the time that a slow line needs, and `AGAIN_S`, but no more than it had:
        only the telephone knows whether it came whole, past proxies and a network that drops.
        """
        if not self._opens(parcel, shown):
            return None
        needs_s = len(parcel.content) / SLOWEST_BYTES_PER_S + AGAIN_S
        parcel.expires_at = min(parcel.expires_at, self._clock() + needs_s)
        return parcel.content

    def took(self, parcel: Parcel, shown: bytes) -> bool:
        """Forget it, which whoever can open it has whole; False for a wrong PIN, as `fetch`."""
        if not self._opens(parcel, shown):
            return False
        self._end(parcel, Gone.TAKEN)
        return True

    def ticket_left(self, ticket: str) -> None:
        """Forget what belongs to a visit that is over."""
        for parcel in [one for one in self._parcels.values() if one.ticket == ticket]:
            self._end(parcel, Gone.LEFT)

    def note_tickets(self, agency: str, alive: Callable[[str], bool]) -> None:
        """Take in which of the agency's tickets live; while its line is down, don't call it."""
        now = self._clock()
        for parcel in self._parcels.values():
            if parcel.agency == agency and alive(parcel.ticket):
                parcel.ticket_seen_at = now
        self.sweep()

    def sweep(self) -> None:
        """Forget what is over."""
        now = self._clock()
        for parcel in tuple(self._parcels.values()):
            if now >= parcel.expires_at:
                self._end(parcel, Gone.EXPIRED)
            elif now - parcel.ticket_seen_at > TICKET_GONE_S:
                self._end(parcel, Gone.LEFT)

    def _opens(self, parcel: Parcel, shown: bytes) -> bool:
        if hmac.compare_digest(hashlib.sha256(shown).hexdigest(), parcel.proof):
            return True
        parcel.tries -= 1
        if parcel.tries <= 0:
            self._end(parcel, Gone.LOCKED)
        return False

    def _end(self, parcel: Parcel, why: Gone) -> None:
        if self._parcels.pop(parcel.id, None) is not None:
            self._ends.append((parcel.id, why))
