"""What the booth needs of the handset's hook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from devices.device import Device

HookListener = Callable[[bool], None]
"""Told on the loop, True once the handset is lifted, False once it hangs again."""


class Handset(Device, Protocol):
    """A hook that is watched between `start` and `stop`, all day long."""

    @property
    def lifted(self) -> bool:
        """Whether the handset is off its hook; False while that is not known."""

    def on_hook(self, listener: HookListener) -> None:
        """Call `listener` at each change, within 50 ms of it, once the contact has settled.

        A hook that is lost tells nothing: what it said last holds until it is back, or until the
        visit ends, so that no conversation becomes public because a cable was pulled.
        """

    async def start(self) -> None:
        """Begin to watch the hook. Never raises for a missing device: that is a status."""

    def key(self, lifted: bool) -> None:
        """The key that stands for the hook went down or up; other hooks ignore it."""
