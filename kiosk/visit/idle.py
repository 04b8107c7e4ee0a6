"""Is anybody still there? After a while without a touch the resident is asked, then it is Home."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class IdleWatch:
    """Counts the time without a touch, in two stages: a quiet one, then a counted question.

    Each touch starts the first stage again, also one that comes while the question is shown: a
    touch never switches the watch off.
    """

    def __init__(
        self,
        *,
        after_s: float,
        prompt_s: int,
        on_countdown: Callable[[int | None], None],
        on_gone: Callable[[], None],
    ) -> None:
        """Tell `on_countdown` the seconds left (None: question withdrawn), then `on_gone`."""
        self._after_s = after_s
        self._prompt_s = prompt_s
        self._on_countdown = on_countdown
        self._on_gone = on_gone
        self._timer: asyncio.TimerHandle | None = None
        self._left: int | None = None

    def start(self) -> None:
        """Begin the first stage, from its beginning."""
        self._set_timer(self._after_s, self._ask)
        self._tell(None)

    def touched(self) -> None:
        """Somebody is there: back to the beginning, if the watch is on."""
        if self._timer is not None:
            self.start()

    def stop(self) -> None:
        """Switch the watch off until the next `start`."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._tell(None)

    def _ask(self) -> None:
        self._count_from(self._prompt_s)

    def _count_from(self, seconds: int) -> None:
        if seconds <= 0:
            self.stop()
            self._on_gone()
            return
        self._set_timer(1.0, lambda: self._count_from(seconds - 1))
        self._tell(seconds)

    def _set_timer(self, delay_s: float, then: Callable[[], None]) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(delay_s, then)

    def _tell(self, left: int | None) -> None:
        if left != self._left:
            self._left = left
            self._on_countdown(left)
