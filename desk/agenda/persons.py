"""Who comes to appointments: sealed, beside the bookings, and erased long before them."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.link.bookings import Booking, KeptPerson, bucket_name, person_key
from kiosk.link.line import Line
from kiosk.link.store import Bucket

_DAY_S = 86_400

_MOST_KNOWN = 20_000
"""As many entries as a bucket has at most."""


class Persons:
    """Keeps, hands over and erases; what it returns is sealed."""

    def __init__(self, line: Line, agency: str, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._bucket = Bucket(line, bucket_name(agency), KeptPerson)
        self._known: dict[str, str | None] = {}

    def known(self, appointment: str) -> str | None:
        """Return who comes, as far as seen."""
        return self._known.get(appointment)

    async def get(self, appointment: str) -> str | None:
        """Return who comes.

        Raises:
            LineDown: not known.
        """
        if appointment not in self._known:
            entry = await self._bucket.get(person_key(appointment))
            kept = entry.message.sealed if entry and entry.message else None
            self._note(appointment, kept)
        return self._known[appointment]

    async def keep(self, booking: Booking, sealed: str) -> None:
        """Keep who comes, until a day after the start at the latest.

        Raises:
            LineDown: not known whether it was kept.
        """
        kept = KeptPerson(appointment=booking.appointment, sealed=sealed)
        ttl_s = max(0, int(booking.starts_at - self._clock())) + _DAY_S
        await self._bucket.keep(kept.key, kept, ttl_s)
        self._note(booking.appointment, sealed)

    async def come_along(self, old: str, booking: Booking) -> bool:
        """Let who came to `old` come to what took its place; False: nobody, or done before.

        It is done once `old` is erased.

        Raises:
            LineDown: not known whether it was done.
        """
        sealed = await self.get(old)
        if sealed is None:
            return False
        if await self.get(booking.appointment) is None:
            await self.keep(booking, sealed)
        return True

    async def erase(self, appointment: str) -> None:
        """Keep nobody for an appointment.

        Raises:
            LineDown: not known whether it was erased.
        """
        if await self.get(appointment) is not None:
            await self._bucket.delete(person_key(appointment))
        self._note(appointment, None)

    def forget(self, appointment: str) -> None:
        """Drop who came to an appointment from memory: the broker has erased them."""
        self._known.pop(appointment, None)

    def look_again(self) -> None:
        """Ask for everybody anew: the line was away, and not all was heard."""
        self._known.clear()

    def hear(self, key: str, kept: KeptPerson | None) -> None:
        """Take what the broker told."""
        self._note(key.removeprefix("person."), kept.sealed if kept else None)

    def _note(self, appointment: str, sealed: str | None) -> None:
        while len(self._known) >= _MOST_KNOWN:
            self._known.pop(next(iter(self._known)))
        self._known[appointment] = sealed
