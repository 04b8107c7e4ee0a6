"""Lists of steps that run by themselves, each with a time limit: network test and rehearsal."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from kiosk.diagnostics.french import seconds
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.ports import Changed
from kiosk.diagnostics.view import StepView
from kiosk.log import get_logger

Figure = float | int | str | bool

_log = get_logger(__name__)


class Unfit(Exception):
    """A step has failed: the message says what is the matter, and what to do, in plain French."""


class LeftOut(Exception):
    """A step makes no sense here: the message says why, in plain French."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to find out."""

    key: str
    name: str
    """What the technician reads."""
    limit_s: float
    """After so long it has failed."""
    run: Callable[[], Awaitable[str]]
    """Returns figures in words; raises `Unfit` or `LeftOut`. Lets go of everything when it ends,
    also when it is cancelled."""


class SteppedTest:
    """`kiosk.diagnostics.ports.StepList` over waves of steps; those of one wave run together."""

    def __init__(self, waves: Sequence[Sequence[Step]]) -> None:
        self._waves = waves
        self._views = {step.key: _pending(step) for wave in waves for step in wave}
        self._figures: dict[str, Figure] = {}
        self._changed: Changed = _nobody

    @property
    def views(self) -> tuple[StepView, ...]:
        """The steps as they stand; all pending before the first run."""
        return tuple(self._views.values())

    @property
    def figures(self) -> Mapping[str, Figure]:
        """What was measured in the last run, by English names that carry their unit."""
        return dict(self._figures)

    @property
    def good(self) -> bool:
        """Whether every step has ended and none failed or was aborted."""
        return all(view.outcome in (Outcome.SUCCESS, Outcome.SKIPPED) for view in self.views)

    async def run(self, on_change: Changed) -> None:
        """Go through all steps, from the first; cancelling marks as aborted what has not ended."""
        self._changed = on_change
        self._figures.clear()
        self._views = {step.key: _pending(step) for wave in self._waves for step in wave}
        on_change()
        try:
            for wave in self._waves:
                async with asyncio.TaskGroup() as group:
                    for step in wave:
                        group.create_task(self._run(step), name=f"step {step.key}")
        finally:
            self._abort()

    def note(self, **figures: Figure) -> None:
        """Keep figures for machines to read."""
        self._figures.update(figures)

    def outcome(self, key: str) -> Outcome:
        """How a step stands."""
        return self._views[key].outcome

    async def _run(self, step: Step) -> None:
        self._tell(step, Outcome.RUNNING)
        try:
            async with asyncio.timeout(step.limit_s):
                detail = await step.run()
        except TimeoutError:
            self._tell(step, Outcome.FAILED, f"Pas de réponse en {seconds(step.limit_s)}.")
        except Unfit as fault:
            self._tell(step, Outcome.FAILED, str(fault))
        except LeftOut as reason:
            self._tell(step, Outcome.SKIPPED, str(reason))
        except Exception as error:  # noqa: BLE001
            # A step's own bug must neither hide the other steps' results nor pass for a success.
            _log.exception("diagnostic step failed", component=step.key)
            self._tell(step, Outcome.FAILED, f"Défaut inattendu ({type(error).__name__}).")
        else:
            self._tell(step, Outcome.SUCCESS, detail)

    def _tell(self, step: Step, outcome: Outcome, detail: str = "") -> None:
        self._views[step.key] = StepView(step.key, step.name, outcome, detail)
        self._changed()

    def _abort(self) -> None:
        open_steps = [view for view in self.views if not view.outcome.ended]
        for view in open_steps:
            self._views[view.key] = StepView(view.key, view.name, Outcome.ABORTED)
        if open_steps:
            self._changed()


def _pending(step: Step) -> StepView:
    return StepView(step.key, step.name, Outcome.PENDING)


def _nobody() -> None:
    """Before the first run nobody looks."""
