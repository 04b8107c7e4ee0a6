"""What every part of appointments is given: desks, turns, names, clock; and one step at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.appointments.giving_back import GivingBack
from kiosk.appointments.ports import Desks, Turns
from kiosk.link.events import EventKind
from kiosk.settings.visit import AppointmentsSettings


@dataclass(frozen=True, slots=True)
class AgencyWords:
    """How an agency is called here, and in which zone its hours are meant."""

    name: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Site:
    """Which booth this is, and what its operator decided."""

    kiosk: str
    agencies: Mapping[str, AgencyWords]
    """In the order of the tiles."""
    settings: AppointmentsSettings


@dataclass(frozen=True, slots=True)
class Readers:
    """Which devices can tell an appointment now."""

    codes: Callable[[], bool] = lambda: True
    """A code reader looks for passes."""
    cards: Callable[[], bool] = lambda: False
    """A card reader takes cards."""


@dataclass(frozen=True, slots=True)
class Means:
    """Shared by booking, check-in and call-back."""

    desks: Desks
    turns: Turns
    site: Site
    clock: Callable[[], datetime]
    """Now, aware."""
    changed: Callable[[], None]
    """The screen is to be told anew."""
    happened: Callable[[EventKind, str], None]
    """Something to be counted, of an agency."""
    giving_back: GivingBack
    readers: Readers


class Steps:
    """What a touch sets going: one at a time, and ended when its screen is left."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._task: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether one is under way; touches that would begin another are ignored."""
        return self._task is not None and not self._task.done()

    async def run(self, step: Coroutine[Any, Any, None]) -> None:
        """Do `step`, unless another is under way; returns also when `stop` ended it."""
        if self.busy:
            step.close()
            return
        task = self._task = asyncio.create_task(step, name="appointments-step")
        self._changed()
        # Not awaited: `stop` cancels the step, and not whoever touched the screen.
        await asyncio.wait({task})
        if self._task is task:
            self._task = None
            self._changed()
        if not task.cancelled():
            task.result()

    def stop(self) -> None:
        """End what is under way; nothing after it happens."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
