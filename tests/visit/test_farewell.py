"""The end of a visit: what is taken away, what is answered, and that it goes by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from devices.pdf.facts import Limits
from devices.status import DeviceError, DeviceState
from devices.ticket_printer.interface import Printed, Slip
from kiosk.link.events import EventKind
from kiosk.link.line import LineDown
from kiosk.visit.farewell import THANKS_S, Farewell, FarewellMeans
from kiosk.visit.farewell_view import SummaryItem, SummaryView, SummaryWay, SurveyView
from kiosk.visit.ports import SummaryFacts
from tests.visit.virtual_time import run

FACTS = SummaryFacts(
    "Caisse d’allocations familiales",
    handed_over=2,
    received=("Attestation de droits",),
    missing=("Avis d’imposition",),
    next="Mardi 24 novembre à 9 h",
)


@dataclass
class Booth:
    """What a farewell has around it, and what came of it."""

    slip_possible: bool = True
    sheet_possible: bool = True
    failing: DeviceError | None = None
    printed: Printed = Printed.PRINTED
    line_up: bool = True
    survey: bool = True
    slips: list[Slip] = field(default_factory=list)
    sheets: list[bytes] = field(default_factory=list)
    counted: list[tuple[EventKind, int]] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)
    turns: list[str] = field(default_factory=list)
    changes: int = 0
    hold: asyncio.Event | None = None
    """Where there is one, the printer waits for it."""

    def farewell(self, facts: SummaryFacts = FACTS) -> Farewell:
        means = FarewellMeans(
            turns=_Turns(self.turns),
            slips=_Slips(self),
            sheets=_Sheets(self),
            count=lambda kind, count: self.counted.append((kind, count)),
            comment=self._comment,
            now=lambda: datetime(2026, 11, 22, 14, 5, tzinfo=ZoneInfo("Europe/Paris")),
            survey=self.survey,
        )
        return Farewell("caf", facts, self._changed, means)

    def _changed(self) -> None:
        self.changes += 1

    async def _comment(self, agency: str, words: str) -> None:
        if not self.line_up:
            raise LineDown("no connection")
        self.comments.append((agency, words))

    async def work(self) -> None:
        if self.hold is not None:
            await self.hold.wait()
        if self.failing is not None:
            raise self.failing


class _Turns:
    def __init__(self, turns: list[str]) -> None:
        self._turns = turns

    def on_summary(self) -> None:
        self._turns.append("summary")

    def on_survey(self) -> None:
        self._turns.append("survey")

    def on_home(self) -> None:
        self._turns.append("home")


class _Slips:
    def __init__(self, booth: Booth) -> None:
        self._booth = booth

    @property
    def possible(self) -> bool:
        return self._booth.slip_possible

    async def print(self, slip: Slip) -> Printed:
        await self._booth.work()
        self._booth.slips.append(slip)
        return self._booth.printed


class _Sheets:
    def __init__(self, booth: Booth) -> None:
        self._booth = booth

    @property
    def possible(self) -> bool:
        return self._booth.sheet_possible

    async def print(self, pdf: bytes) -> Printed:
        await self._booth.work()
        self._booth.sheets.append(pdf)
        return self._booth.printed


async def settled(farewell: Farewell) -> SummaryWay:
    """Return how printing ended."""
    while farewell.summary.way is SummaryWay.PRINTING:
        await asyncio.sleep(0.01)
    return farewell.summary.way


async def test_what_is_left_out_is_neither_printed_nor_shown() -> None:
    booth = Booth()
    farewell = booth.farewell()
    await farewell.open_summary()
    assert [line.item for line in farewell.summary.lines] == list(SummaryItem)
    await farewell.choose_item("received", chosen=False)
    await farewell.choose_item("no item", chosen=False)
    await farewell.show_summary()
    shown = farewell.summary.qr
    assert "Avis d’imposition" in shown
    assert "Attestation" not in shown
    assert len(shown.encode()) <= 600
    await farewell.choose_item("missing", chosen=False)
    assert (farewell.summary.way, farewell.summary.qr) == (SummaryWay.CHOOSING, "")
    await farewell.print_summary()
    assert await settled(farewell) is SummaryWay.PRINTED
    (slip,) = booth.slips
    assert not any("Avis" in line or "Attestation" in line for line in slip.lines)
    assert any("Mardi 24 novembre" in line for line in slip.lines)
    assert booth.counted == [(EventKind.PRINTED, 1)]
    await farewell.close()


async def test_with_everything_left_out_there_is_nothing_to_print() -> None:
    booth = Booth()
    farewell = booth.farewell()
    await farewell.open_summary()
    for item in SummaryItem:
        await farewell.choose_item(item, chosen=False)
    await farewell.print_summary()
    await farewell.show_summary()
    assert (farewell.summary.way, farewell.summary.qr, booth.slips) == (SummaryWay.CHOOSING, "", [])
    await farewell.close()


async def test_without_a_ticket_printer_it_is_a_sheet() -> None:
    booth = Booth(slip_possible=False)
    farewell = booth.farewell()
    await farewell.open_summary()
    assert farewell.summary.print_possible
    await farewell.print_summary()
    assert await settled(farewell) is SummaryWay.PRINTED
    assert booth.sheets[0].startswith(b"%PDF-")
    assert len(booth.sheets[0]) < Limits().size_bytes
    assert (len(booth.sheets), booth.slips) == (1, [])
    await farewell.close()


@pytest.mark.parametrize(
    "booth",
    [
        Booth(failing=DeviceError(DeviceState.NO_DEVICE, "no paper")),
        Booth(slip_possible=False, failing=DeviceError(DeviceState.NO_DEVICE, "jam")),
    ],
)
async def test_a_print_that_failed_is_told_and_not_counted(booth: Booth) -> None:
    farewell = booth.farewell()
    await farewell.open_summary()
    await farewell.print_summary()
    assert await settled(farewell) is SummaryWay.PRINT_FAILED
    assert booth.counted == []
    await farewell.show_summary()
    assert farewell.summary.way is SummaryWay.SHOWN
    await farewell.close()


@pytest.mark.parametrize("slip_possible", [True, False])
async def test_what_may_have_come_out_is_to_be_looked_for_and_not_counted(
    *, slip_possible: bool
) -> None:
    booth = Booth(slip_possible=slip_possible, printed=Printed.UNCONFIRMED)
    farewell = booth.farewell()
    await farewell.open_summary()
    await farewell.print_summary()
    assert await settled(farewell) is SummaryWay.PRINT_UNCONFIRMED
    assert booth.counted == []
    booth.printed = Printed.PRINTED
    await farewell.print_summary()
    assert await settled(farewell) is SummaryWay.PRINTED
    assert booth.counted == [(EventKind.PRINTED, 1)]
    await farewell.close()


async def test_while_it_prints_nothing_is_printed_twice_or_chosen() -> None:
    booth = Booth(hold=asyncio.Event())
    farewell = booth.farewell()
    await farewell.open_summary()
    for _ in range(3):
        await farewell.print_summary()
    await farewell.choose_item("missing", chosen=False)
    await farewell.show_summary()
    assert farewell.summary.way is SummaryWay.PRINTING
    assert booth.hold is not None
    booth.hold.set()
    assert await settled(farewell) is SummaryWay.PRINTED
    assert len(booth.slips) == 1
    assert all(line.chosen for line in farewell.summary.lines)
    await farewell.close()


async def test_without_any_printer_it_says_so() -> None:
    farewell = Booth(slip_possible=False, sheet_possible=False).farewell()
    await farewell.open_summary()
    assert not farewell.summary.print_possible
    await farewell.close()


async def test_what_is_learnt_later_is_on_it_until_it_is_open() -> None:
    farewell = Booth().farewell(SummaryFacts("CAF"))
    farewell.learn(FACTS)
    await farewell.open_summary()
    farewell.learn(SummaryFacts("CAF"))
    assert len(farewell.summary.lines) == len(SummaryItem)
    await farewell.close()


def in_virtual_time(story: Callable[[], Coroutine[None, None, None]]) -> Callable[[], None]:
    """Return the story as a test whose seconds take no time."""

    def test() -> None:
        run(story())

    test.__doc__ = story.__doc__
    return test


async def _unanswered() -> None:
    booth = Booth()
    farewell = booth.farewell()
    await farewell.go_on()
    begun = asyncio.get_running_loop().time()
    while "home" not in booth.turns:
        await asyncio.sleep(0.1)
    assert asyncio.get_running_loop().time() - begun == pytest.approx(15, abs=0.2)
    assert booth.turns == ["survey", "home"]
    assert booth.counted == []
    await farewell.close()


test_a_survey_that_nobody_answers_goes_by_itself = in_virtual_time(_unanswered)


async def _touched() -> None:
    booth = Booth()
    farewell = booth.farewell()
    await farewell.go_on()
    for _ in range(4):
        await asyncio.sleep(10)
        farewell.touched()
    assert booth.turns == ["survey"]
    await asyncio.sleep(15.1)
    assert booth.turns == ["survey", "home"]
    await farewell.close()


test_it_stays_while_somebody_touches = in_virtual_time(_touched)


async def _answered() -> None:
    booth = Booth()
    farewell = booth.farewell()
    await farewell.answer(3)
    await farewell.go_on()
    await farewell.say("trop tôt")
    for face in (0, 4, -1, 1, 3):
        await farewell.answer(face)
    assert farewell.survey == SurveyView(face=3, question_shown=True)
    await farewell.say("  Merci\nbeaucoup " + "x" * 400)
    await farewell.answer(1)
    await farewell.say("encore")
    assert farewell.survey.thanked
    await asyncio.sleep(THANKS_S + 0.1)
    assert booth.turns == ["survey", "home"]
    assert booth.counted == [(EventKind.SATISFACTION, 3)]
    ((agency, words),) = booth.comments
    assert agency == "caf"
    assert words.startswith("Merci beaucoup x")
    assert len(words) == 300
    await farewell.close()


test_a_face_and_words_are_told_once = in_virtual_time(_answered)


async def _silent() -> None:
    booth = Booth(line_up=False)
    farewell = booth.farewell()
    await farewell.go_on()
    await farewell.answer(1)
    await farewell.say("perdu")
    await asyncio.sleep(THANKS_S + 0.1)
    assert (booth.comments, booth.counted) == ([], [(EventKind.SATISFACTION, 1)])
    await farewell.close()


test_without_a_line_words_are_lost_and_the_face_is_counted = in_virtual_time(_silent)


async def _skipped() -> None:
    booth = Booth()
    farewell = booth.farewell()
    await farewell.go_on()
    await farewell.answer(2)
    await farewell.say("   ")
    assert farewell.survey.thanked
    await farewell.go_on()
    await farewell.go_on()
    await farewell.close()
    await asyncio.sleep(60)
    assert booth.turns == ["survey", "home"]
    assert booth.comments == []
    assert booth.counted == [(EventKind.SATISFACTION, 2)]


test_it_can_be_skipped_and_home_comes_once = in_virtual_time(_skipped)


async def test_where_no_survey_is_wanted_home_follows() -> None:
    booth = Booth(survey=False)
    farewell = booth.farewell()
    await farewell.open_summary()
    await farewell.go_on()
    assert booth.turns == ["summary", "home"]
    await farewell.close()


async def test_closing_in_the_midst_of_printing_leaves_nothing() -> None:
    booth = Booth(hold=asyncio.Event())
    farewell = booth.farewell()
    await farewell.open_summary()
    await farewell.print_summary()
    await asyncio.sleep(0)
    assert farewell.left() > 0
    await farewell.close()
    assert farewell.left() == 0
    assert (farewell.summary, farewell.survey) == (SummaryView(), SurveyView())
    changes = booth.changes
    for late in (farewell.open_summary(), farewell.show_summary(), farewell.answer(3)):
        await late
    await farewell.say("x")
    assert (farewell.left(), booth.changes, booth.turns) == (0, changes, ["summary"])
    await farewell.close()


async def test_wiping_counts_what_it_erased() -> None:
    farewell = Booth().farewell()
    await farewell.open_summary()
    await farewell.show_summary()
    assert farewell.wipe() == 1 + len(SummaryItem) + 1
    assert farewell.wipe() == 0
