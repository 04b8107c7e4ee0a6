"""The end of a visit: a summary to take away, a survey, and Home; it dies with the visit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from typing import Final, Protocol

from devices.status import DeviceError
from devices.ticket_printer.interface import Printed
from kiosk.appointments.ports import Slips
from kiosk.link.events import EventKind
from kiosk.link.line import LineDown
from kiosk.log import get_logger
from kiosk.visit.farewell_view import (
    SummaryLine,
    SummaryView,
    SummaryWay,
    SurveyView,
)
from kiosk.visit.ports import SummaryFacts
from kiosk.visit.summary import code_text, slip, summary_lines
from kiosk.visit.summary_pdf import summary_pdf

_WAYS: Final = {
    Printed.PRINTED: SummaryWay.PRINTED,
    Printed.UNCONFIRMED: SummaryWay.PRINT_UNCONFIRMED,
}
#: Faces of the survey.
_FACES: Final = range(1, 4)
#: Characters of the answer to the open question, as `Words` has them.
_MOST_WORDS: Final = 300
#: Seconds that « Merci » stays: two seconds to read two words, and one to look up.
THANKS_S: Final = 3.0

_log = get_logger(__name__)


class FarewellTurns(Protocol):
    """What the farewell does to the visit; each is one event of its machine."""

    def on_summary(self) -> None:
        """Show the summary."""

    def on_survey(self) -> None:
        """Show the survey."""

    def on_home(self) -> None:
        """The visit is over."""


class Sheets(Protocol):
    """Prints A4, where there is a printer for it."""

    @property
    def possible(self) -> bool:
        """Whether a sheet can be printed now."""

    async def print(self, pdf: bytes) -> Printed:
        """Print one copy.

        Raises:
            devices.status.DeviceError: it is not there, refuses, or it did not come out.
        """


@dataclass(frozen=True, slots=True)
class FarewellMeans:
    """What a farewell needs of the rest of the booth."""

    turns: FarewellTurns
    slips: Slips
    sheets: Sheets
    count: Callable[[EventKind, int], None]
    """Counts `SATISFACTION` and `PRINTED`; `VisitStatistics.count`."""
    comment: Callable[[str, str], Awaitable[None]]
    """Seals words to an agency (first) and sends them; may raise `LineDown`."""
    now: Callable[[], datetime]
    """The present in the booth's zone."""
    survey: bool = True
    survey_s: int = 15


class _Stage(Enum):
    ENDED = auto()
    SUMMARY = auto()
    SURVEY = auto()
    OVER = auto()


class Farewell:
    """`VisitFarewell`: made when a call is over, closed with its visit. Lives on the loop."""

    def __init__(
        self,
        agency: str,
        facts: SummaryFacts,
        on_change: Callable[[], None],
        means: FarewellMeans,
    ) -> None:
        """Call `on_change` when `summary` or `survey` has changed."""
        self.summary = SummaryView()
        self.survey = SurveyView(closes_in_s=means.survey_s)
        self._agency = agency
        self._facts: SummaryFacts | None = facts
        self._on_change = on_change
        self._means = means
        self._stage = _Stage.ENDED
        self._printing: asyncio.Task[None] | None = None
        self._telling: asyncio.Task[None] | None = None
        self._closing: asyncio.TimerHandle | None = None

    def learn(self, facts: SummaryFacts) -> None:
        """There is more to say, an appointment made since; not once the summary is open."""
        if self._stage is _Stage.ENDED:
            self._facts = facts

    async def open_summary(self) -> None:
        """« Emporter un résumé »."""
        if self._stage is not _Stage.ENDED or self._facts is None:
            return
        self._stage = _Stage.SUMMARY
        self.summary = SummaryView(
            lines=summary_lines(self._facts, self._means.now()),
            print_possible=self._means.slips.possible or self._means.sheets.possible,
        )
        self._means.turns.on_summary()
        self._on_change()

    async def choose_item(self, item: str, chosen: bool) -> None:
        """Put a `SummaryItem` on the summary, or leave it out; what was made of it is void."""
        if not self._choosing:
            return
        self.summary = replace(
            self.summary,
            lines=tuple(
                replace(line, chosen=chosen) if line.item == item else line
                for line in self.summary.lines
            ),
            way=SummaryWay.CHOOSING,
            qr="",
        )
        self._on_change()

    async def print_summary(self) -> None:
        """On the ticket printer, or on A4 in large type where there is none."""
        if self._choosing and self._something_chosen:
            self._show(SummaryWay.PRINTING)
            self._printing = asyncio.create_task(self._print(), name="summary")

    async def show_summary(self) -> None:
        """As a code for a telephone."""
        if self._choosing and self._something_chosen:
            self._show(SummaryWay.SHOWN, code_text(self.summary.lines))

    async def go_on(self) -> None:
        """From the end of the call, or the summary, to the survey; from there Home."""
        if self._stage in (_Stage.ENDED, _Stage.SUMMARY) and self._means.survey:
            self._stage = _Stage.SURVEY
            self._means.turns.on_survey()
            self._wait(self._means.survey_s)
        elif self._stage is not _Stage.OVER:
            self._go_home()

    async def answer(self, face: int) -> None:
        """A face, 1 to 3; until Home it can be changed."""
        if self._stage is _Stage.SURVEY and face in _FACES and not self.survey.thanked:
            self.survey = replace(self.survey, face=face, question_shown=True)
            self._wait(self._means.survey_s)
            self._on_change()

    async def say(self, words: str) -> None:
        """The answer to the open question; empty to leave it out."""
        if self._stage is not _Stage.SURVEY or not self.survey.face or self.survey.thanked:
            return
        if text := " ".join(words.split())[:_MOST_WORDS]:
            self._telling = asyncio.create_task(self._tell(text), name="comment")
        self.survey = replace(self.survey, thanked=True)
        self._wait(THANKS_S)
        self._on_change()

    def touched(self) -> None:
        """Somebody touched the screen: the survey stays as long again."""
        if self._stage is _Stage.SURVEY and not self.survey.thanked:
            self._wait(self._means.survey_s)

    async def close(self) -> None:
        """Stop printing and sending, and forget everything."""
        tasks = [task for task in (self._printing, self._telling) if task is not None]
        self.wipe()
        if tasks:
            await asyncio.wait(tasks)

    def wipe(self) -> int:
        """Forget what was to be said and what was answered; return how many things that were."""
        erased = self.left()
        self._stop_waiting()
        for task in (self._printing, self._telling):
            if task is not None:
                task.cancel()
        self._stage = _Stage.OVER
        self._facts = self._printing = self._telling = None
        self.summary, self.survey = SummaryView(), SurveyView()
        return erased

    def left(self) -> int:
        """Return how many things of the visit are still here."""
        things = (self._facts, *self.summary.lines, self.summary.qr, self.survey.face)
        return sum(bool(thing) for thing in things)

    @property
    def _choosing(self) -> bool:
        return self._stage is _Stage.SUMMARY and self.summary.way is not SummaryWay.PRINTING

    @property
    def _something_chosen(self) -> bool:
        return any(line.chosen for line in self.summary.lines)

    async def _print(self) -> None:
        way = SummaryWay.PRINT_FAILED
        try:
            way = _WAYS[await self._printed(self.summary.lines)]
        except DeviceError as error:
            _log.info("summary not printed", reason=error.detail)
        finally:
            self._show(way)
        if way is SummaryWay.PRINTED:
            self._means.count(EventKind.PRINTED, 1)

    async def _printed(self, lines: tuple[SummaryLine, ...]) -> Printed:
        if self._means.slips.possible:
            return await self._means.slips.print(slip(lines))
        # Making it takes a third of a second, in which touches and clocks go on.
        pdf = await asyncio.to_thread(summary_pdf, lines)
        return await self._means.sheets.print(pdf)

    async def _tell(self, words: str) -> None:
        try:
            await self._means.comment(self._agency, words)
        except LineDown as error:
            _log.info("comment not delivered", reason=str(error))

    def _show(self, way: SummaryWay, qr: str = "") -> None:
        if self._stage is _Stage.SUMMARY:
            self.summary = replace(self.summary, way=way, qr=qr)
            self._on_change()

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._closing = asyncio.get_running_loop().call_later(seconds, self._go_home)

    def _stop_waiting(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None

    def _go_home(self) -> None:
        self._stop_waiting()
        self._stage = _Stage.OVER
        if self.survey.face:
            self._means.count(EventKind.SATISFACTION, self.survey.face)
        self._means.turns.on_home()
