"""What a hook says: settled, and told when it changes."""

from __future__ import annotations

from devices.handset.interface import HookListener
from devices.listeners import tell_all

SETTLE_S = 0.02
"""A switch's contacts bounce for some 5 to 15 ms."""


class Hook:
    """Remembers what was told; a hook that is lost tells nothing, for silence is no news of it."""

    def __init__(self) -> None:
        self._listeners: list[HookListener] = []
        self._told = False
        self._known = False

    @property
    def lifted(self) -> bool:
        """Whether the handset is off its hook; False while that is not known."""
        return self._known and self._told

    def on_hook(self, listener: HookListener) -> None:
        """Call `listener` at each change."""
        self._listeners.append(listener)

    def tell(self, lifted: bool) -> None:
        """This is how the handset is now."""
        self._known = True
        if lifted == self._told:
            return
        self._told = lifted
        tell_all(self._listeners, lifted, "handset")

    def lose(self) -> None:
        """How it is can't be known now.

        Nobody is told: a conversation must not become public because a cable was pulled.
        """
        self._known = False


class Debounce:
    """Believes a level once it has held."""

    def __init__(self, settle_s: float = SETTLE_S) -> None:
        """`settle_s`: how long it has to hold."""
        self._settle_s = settle_s
        self._level: bool | None = None
        self._since = 0.0

    def settled(self, level: bool, now: float) -> bool:
        """Whether `level`, read at `now` (seconds), has held for long enough."""
        if level is not self._level:
            self._level, self._since = level, now
        return now - self._since >= self._settle_s
