"""Wrong passwords lock an account for a while: counted before the check, in bounded memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

#: User names that no account has are counted like real ones, so that a lock tells nothing of which
#: exist; the oldest of them is forgotten beyond this number.
MAX_STRANGERS = 1_000


@dataclass(slots=True)
class _Count:
    wrong: int = 0
    locked_until: float = 0.0


class Lockout:
    """Counts attempts by user name."""

    def __init__(
        self,
        allowed: int,
        lock_s: float,
        known: Callable[[str], bool],
        clock: Callable[[], float],
    ) -> None:
        """`known` says whether an account of that name exists; `clock` is monotonic seconds."""
        self._allowed = allowed
        self._lock_s = lock_s
        self._known = known
        self._clock = clock
        self._accounts: dict[str, _Count] = {}
        self._strangers: OrderedDict[str, _Count] = OrderedDict()

    def attempt(self, user: str) -> float:
        """Count an attempt as wrong until `succeeded`; return the seconds that it must wait.

        0 means go ahead. Counting first keeps a burst of simultaneous guesses within the bound.
        """
        count = self._count(user)
        now = self._clock()
        if count.locked_until > now:
            return count.locked_until - now
        if count.wrong >= self._allowed:
            count.wrong = 0
        count.wrong += 1
        if count.wrong >= self._allowed:
            count.locked_until = now + self._lock_s
        return 0.0

    def succeeded(self, user: str) -> None:
        """Forget the wrong attempts of a user whose password was right."""
        self._accounts.pop(user, None)

    def _count(self, user: str) -> _Count:
        if self._known(user):
            return self._accounts.setdefault(user, _Count())
        count = self._strangers.pop(user, None) or _Count()
        self._strangers[user] = count
        while len(self._strangers) > MAX_STRANGERS:
            self._strangers.popitem(last=False)
        return count
