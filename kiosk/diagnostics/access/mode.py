"""The technician's mode: every part gives way before it starts, and goes on when it is over."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.ports import Acknowledger, Changed, NotNow
from kiosk.diagnostics.view import StepView
from kiosk.log import get_logger

RELEASE_S = 3.0
"""A part that does not come back within this time is left to its own watchdog: Home can't wait."""

_log = get_logger(__name__)


class TechnicianMode:
    """Asks all parts at once, each with a time limit of its own."""

    def __init__(self, parts: Sequence[Acknowledger], on_change: Changed) -> None:
        """`on_change` is called as `views` change."""
        self._parts = tuple(parts)
        self._on_change = on_change
        self._views = {part.key: _view(part, Outcome.PENDING) for part in self._parts}
        self._asked: set[str] = set()

    @property
    def views(self) -> tuple[StepView, ...]:
        """How far each part is."""
        return tuple(self._views.values())

    @property
    def acknowledged(self) -> bool:
        """Whether every part has given way."""
        return all(view.outcome is Outcome.SUCCESS for view in self.views)

    @property
    def decided(self) -> bool:
        """Whether every part has answered, or let its time pass."""
        return all(view.outcome.ended for view in self.views)

    async def ask(self) -> None:
        """Ask the parts that have not given way yet; returns once all are decided."""
        waiting = [
            part for part in self._parts if self._views[part.key].outcome is not Outcome.SUCCESS
        ]
        for part in waiting:
            self._asked.add(part.key)
            self._tell(part, Outcome.RUNNING)
        async with asyncio.TaskGroup() as group:
            for part in waiting:
                group.create_task(self._ask(part), name=f"acknowledge {part.key}")

    async def release(self) -> None:
        """Let all parts go on that were asked; takes `RELEASE_S` at most."""
        tasks = [
            asyncio.create_task(self._release(part), name=f"release {part.key}")
            for part in self._parts
            if part.key in self._asked
        ]
        self._asked.clear()
        self._views = {part.key: _view(part, Outcome.PENDING) for part in self._parts}
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=RELEASE_S)
            for task in late:
                task.cancel()
                _log.error("a part does not come back", part=task.get_name())

    async def _ask(self, part: Acknowledger) -> None:
        answer = asyncio.create_task(_answer(part))
        try:
            # Not `asyncio.timeout`: a part that hangs may not heed its cancellation either.
            await asyncio.wait((answer,), timeout=part.timeout_s)
        finally:
            if not answer.done():
                answer.cancel()
        if answer.done():
            self._tell(part, *answer.result())
        else:
            _log.warning("a part does not acknowledge", part=part.key)
            self._tell(part, Outcome.FAILED, f"Pas de réponse en {part.timeout_s:.0f} s.")

    async def _release(self, part: Acknowledger) -> None:
        try:
            await part.release()
        except Exception:  # noqa: BLE001 - a part's bug must keep nobody waiting.
            _log.exception("a part failed to come back", part=part.key)

    def _tell(self, part: Acknowledger, outcome: Outcome, detail: str = "") -> None:
        self._views[part.key] = _view(part, outcome, detail)
        self._on_change()


async def _answer(part: Acknowledger) -> tuple[Outcome, str]:
    try:
        return Outcome.SUCCESS, await part.acknowledge()
    except NotNow as refusal:
        return Outcome.FAILED, str(refusal)
    except Exception:  # noqa: BLE001 - a part's bug is named to the technician.
        _log.exception("a part failed to acknowledge", part=part.key)
        return Outcome.FAILED, "Erreur interne : voir le journal."


def _view(part: Acknowledger, outcome: Outcome, detail: str = "") -> StepView:
    return StepView(part.key, part.name, outcome, detail)
