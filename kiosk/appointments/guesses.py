"""Wrong codes are counted, so that nobody finds somebody else's appointment by trying."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

MOST_WRONG = 5
"""Wrong codes within `COUNTED`: in a day nobody tries 2,000 of a million codes."""
COUNTED = timedelta(minutes=10)
WAIT = timedelta(minutes=1)


class Guesses:
    """Of this booth, across visits: leaving and coming back starts no new count."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """`clock` tells now, aware."""
        self._clock = clock
        self._wrong: deque[datetime] = deque(maxlen=MOST_WRONG)
        self._closed_until: datetime | None = None

    @property
    def too_many(self) -> bool:
        """Whether codes are not taken now."""
        return self._closed_until is not None and self._clock() < self._closed_until

    def wrong(self) -> None:
        """A code that is nobody's; right ones in between do not start the count anew."""
        now = self._clock()
        self._wrong.append(now)
        if len(self._wrong) == MOST_WRONG and now - self._wrong[0] < COUNTED:
            self.close()

    def close(self) -> None:
        """Take no codes for a minute; also when the agency says that there were too many."""
        self._closed_until = self._clock() + WAIT
