"""One guided test from its first step to its end: shows, waits for touches, judges, lets go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto

from devices.status import DeviceError, DeviceKind
from kiosk.diagnostics.guided.framework import DeviceTest, Fault, GuidedStep, error_words
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.readiness import words
from kiosk.diagnostics.view import GuidedView, Surface
from kiosk.log import get_logger

MOST_TOUCHES = 8
"""Waiting: somebody drums on the screen."""

_log = get_logger(__name__)


class Touch(Enum):
    """What the technician may touch."""

    CONFIRM = auto()
    FAILS = auto()
    AGAIN = auto()
    SURFACE_GOOD = auto()
    SURFACE_BAD = auto()


class Session:
    """Runs once; `view` is what is shown."""

    def __init__(self, kind: DeviceKind, test: DeviceTest, on_change: Callable[[], None]) -> None:
        """Show the first step; nothing is opened until `run`."""
        self._kind = kind
        self._test = test
        self._on_change = on_change
        self._touches: asyncio.Queue[Touch] = asyncio.Queue(MOST_TOUCHES)
        self.view = self._opening(0)

    def touch(self, touch: Touch) -> None:
        """A touch; one too many is dropped."""
        if not self._touches.full() and not self.view.finished:
            self._touches.put_nowait(touch)

    async def run(self) -> Outcome:
        """Go through all steps; when this ends, in whatever way, nothing is held."""
        failed: GuidedView | None = None
        try:
            await self._open()
            for number in range(len(self._test.steps)):
                if await self._step(number) is Outcome.FAILED and failed is None:
                    failed = self.view
        finally:
            closing = asyncio.ensure_future(self._close())
            try:
                await asyncio.shield(closing)
            except asyncio.CancelledError:
                await closing
                raise
        # The end tells of the first step that failed: its hint may mend the others too.
        self.view = failed or self.view
        outcome = Outcome.SUCCESS if failed is None else Outcome.FAILED
        self._show(outcome=outcome, finished=True, asks_person=False, surface=Surface.NONE)
        return outcome

    def show(self, *figures: tuple[str, str], level: float | None = None) -> None:
        """Figures of the step that goes on (`Live`)."""
        bounded = None if level is None else min(1.0, max(0.0, level))
        if (figures, bounded) != (self.view.figures, self.view.level):
            self._show(figures=figures, level=bounded)

    async def _open(self) -> None:
        try:
            await self._test.open()
        except Exception as error:  # noqa: BLE001 - the first step finds the device closed
            _log.exception("guided test did not open", device=self._kind.value, error=error)

    async def _close(self) -> None:
        try:
            await self._test.close()
        except Exception as error:  # noqa: BLE001 - the technician's screens go on
            _log.exception("guided test did not close", device=self._kind.value, error=error)

    async def _step(self, number: int) -> Outcome:
        while True:
            self.view = self._opening(number)
            self._on_change()
            outcome = await self._attempt(self._test.steps[number])
            if outcome is not None:
                return outcome

    async def _attempt(self, step: GuidedStep) -> Outcome | None:
        """Go through a step once; None when it is to be tried again."""
        watching = None if step.watch is None else asyncio.ensure_future(step.watch(self))
        touching = asyncio.ensure_future(self._touches.get())
        try:
            while True:
                waited = {one for one in (watching, touching) if one is not None}
                await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
                if watching is not None and watching.done():
                    self._judge(step, watching)
                    watching = None
                if touching.done():
                    touch = touching.result()
                    touching = asyncio.ensure_future(self._touches.get())
                    if touch is Touch.AGAIN:
                        return None
                    if (ended := self._take(step, touch)) is not None:
                        return ended
        finally:
            left = [one for one in (watching, touching) if one is not None]
            for one in left:
                one.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    def _judge(self, step: GuidedStep, watching: asyncio.Future[None]) -> None:
        """The booth's own measurement has ended."""
        if self.view.outcome.ended:
            return
        try:
            watching.result()
        except Fault as fault:
            self._show(outcome=Outcome.FAILED, hint=str(fault))
        except DeviceError as error:
            self._show(outcome=Outcome.FAILED, hint=error_words(self._kind, error))
        except Exception as error:  # noqa: BLE001 - a test's own bug fails that step alone
            _log.exception("guided step failed", device=self._kind.value, error=error)
            self._show(outcome=Outcome.FAILED, hint=step.hint)
        else:
            if not step.asks_person:
                self._show(outcome=Outcome.SUCCESS)

    def _take(self, step: GuidedStep, touch: Touch) -> Outcome | None:
        """A person has touched; return the step's outcome once it is over."""
        now = self.view.outcome
        match touch:
            case Touch.CONFIRM if now.ended:
                return now
            case Touch.CONFIRM if step.asks_person:
                return Outcome.SUCCESS
            case Touch.SURFACE_GOOD if self._on_surface(step):
                return Outcome.SUCCESS
            case Touch.SURFACE_BAD if self._on_surface(step):
                self._show(outcome=Outcome.FAILED, hint=step.hint)
            case Touch.FAILS if now is Outcome.FAILED:
                return now
            case Touch.FAILS if self.view.hint:
                self._show(outcome=Outcome.FAILED)
            case Touch.FAILS:
                self._show(hint=step.hint)
            case _:
                pass
        return None

    @staticmethod
    def _on_surface(step: GuidedStep) -> bool:
        return step.watch is None and not step.asks_person

    def _opening(self, number: int) -> GuidedView:
        step = self._test.steps[number]
        return GuidedView(
            kind=self._kind.value,
            name=words.NAMES[self._kind],
            number=number + 1,
            of=len(self._test.steps),
            sentence=step.sentence,
            surface=step.surface,
            asks_person=step.asks_person,
        )

    def _show(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]
        self._on_change()
