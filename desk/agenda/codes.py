"""The six digits of appointments: no two of an agency have the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from kiosk.link.bookings import KeptCode, bucket_name, code_key
from kiosk.link.line import Line, LineDown
from kiosk.link.store import Bucket, KeyExists

_TRIED = 40
"""With a tenth of all codes in use, forty in a row are never taken."""
_DAY_S = 86_400


class Codes:
    """Entries made by *create*, each until a day after its appointment."""

    def __init__(self, line: Line, agency: str, clock: Callable[[], float]) -> None:
        self._bucket = Bucket(line, bucket_name(agency), KeptCode)
        self._clock = clock

    async def appointment(self, code: str) -> str | None:
        """Return the number of the appointment that has these six digits.

        Raises:
            LineDown: not known.
        """
        entry = await self._bucket.get(code_key(code))
        return entry.message.appointment if entry and entry.message else None

    async def reserve(self, number: str, starts_at: int) -> str:
        """Return six digits that no other appointment has, the same ones for the same number.

        Raises:
            LineDown: not known whether they are ours.
        """
        ttl_s = max(1, int(starts_at - self._clock())) + _DAY_S
        for attempt in range(_TRIED):
            digest = hashlib.sha256(f"{number} {attempt}".encode()).digest()
            code = f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06}"
            kept = KeptCode(code=code, appointment=number, starts_at=starts_at)
            try:
                await self._bucket.create(kept.key, kept, ttl_s)
            except KeyExists:
                entry = await self._bucket.get(kept.key)
                if entry is None or entry.message != kept:
                    continue
            return code
        raise LineDown("no code is free")

    async def release(self, code: str) -> None:
        """Give a code back whose appointment was not made.

        Raises:
            LineDown: not known whether it was done.
        """
        await self._bucket.delete(code_key(code))
