"""View models of appointments and of the last screens: all that is told, and changes only."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import pytest

from kiosk.appointments.view import (
    AppointmentsView,
    BookingStep,
    BookingView,
    CheckInStep,
    CheckInView,
    ExpectedView,
    RingView,
    TicketState,
    Verdict,
)
from kiosk.visit.farewell_view import SurveyView
from kiosk.visit.snapshot import WaitingView
from tests.ui.fake_visit import FakeVisit
from tests.ui.test_viewmodels import told
from ui.viewmodels.all_touches import make_touches
from ui.viewmodels.appointments import AppointmentsModel
from ui.viewmodels.farewell import SummaryModel, SurveyModel
from ui.viewmodels.rows import FIRST_ROLE
from ui.viewmodels.waiting import WaitingModel
from ui.visit_scenes import APPOINTMENT, DAYS, HOURS, SUMMARY

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_booking_is_told_whole() -> None:
    model = AppointmentsModel()
    booking = model.booking
    changes = told(booking, "changed")
    view = BookingView(BookingStep.TIME, days=DAYS, hours=HOURS, taken=True, moving=True)
    model.show(AppointmentsView(booking=view))
    model.show(AppointmentsView(booking=view))
    assert changes == ["changed"]
    assert (booking.step, booking.days.count, booking.hours.count) == ("time", 4, 8)
    assert booking.days.data(booking.days.index(0), FIRST_ROLE + 3) is True
    assert (booking.taken, booking.moving, booking.busy) == (True, True, False)
    assert (booking.unreachable, booking.nothingFree) == (False, False)


def test_an_appointment_is_there_or_not() -> None:
    model = AppointmentsModel()
    assert not model.booked.known
    model.show(AppointmentsView(booked=replace(APPOINTMENT, ticket=TicketState.FAILED)))
    booked = model.booked
    assert (booked.known, booked.ticket, booked.agencyName) == (True, "failed", "CAF")
    assert booked.qr == APPOINTMENT.qr
    model.show(AppointmentsView())
    assert (booked.known, booked.code, booked.qr, booked.when) == (False, "", "", "")


def test_a_check_in_is_told_whole() -> None:
    model = AppointmentsModel()
    view = CheckInView(
        CheckInStep.ANSWERED, Verdict.LATE, APPOINTMENT, minutes=14, digits="480317", can_move=True
    )
    model.show(AppointmentsView(check_in=view))
    check_in = model.checkIn
    assert (check_in.step, check_in.verdict, check_in.minutes) == ("answered", "late", 14)
    assert (check_in.digits, check_in.canMove, check_in.canCancel) == ("480317", True, False)
    assert (check_in.reading, check_in.cancelled) == (False, False)
    assert check_in.appointment.placeName == "France services de Lamballe"


def test_who_is_expected_and_who_rings() -> None:
    model = AppointmentsModel()
    model.show(
        AppointmentsView(expected=ExpectedView("CAF", "10 h", 8, kept=True), ring=RingView("CPAM"))
    )
    expected = model.expected
    assert (expected.agencyName, expected.starts, expected.minutes) == ("CAF", "10 h", 8)
    assert (expected.kept, model.ring.agencyName, model.ring.agentName) == (True, "CPAM", "")
    model.show(AppointmentsView())
    assert (expected.starts, model.ring.agencyName) == ("", "")


def test_a_summary_says_what_is_chosen() -> None:
    model = SummaryModel()
    assert not model.anyChosen
    model.show(SUMMARY)
    assert (model.way, model.printPossible, model.anyChosen) == ("choosing", True, True)
    resets = told(model.lines, "modelReset")
    first = replace(SUMMARY.lines[0], chosen=False)
    model.show(replace(SUMMARY, lines=(first, *SUMMARY.lines[1:])))
    assert resets == []
    assert model.lines.data(model.lines.index(0), FIRST_ROLE + 3) is False


def test_a_survey_is_told() -> None:
    model = SurveyModel()
    changes = told(model, "changed")
    model.show(SurveyView(face=2, question_shown=True))
    model.show(SurveyView(face=2, question_shown=True))
    assert changes == ["changed"]
    assert (model.face, model.questionShown, model.closesInSeconds) == (2, True, 15)
    assert not model.thanked


def test_waiting_for_an_appointment_or_before_closing() -> None:
    model = WaitingModel()
    assert (model.arrived, model.closing) == (False, False)
    model.show(WaitingView(arrived=True, closing=True))
    assert (model.arrived, model.closing, model.position) == (True, True, 0)


SLOTS: list[tuple[str, str, tuple[object, ...], str]] = [
    ("appointmentsTouches", "openBooking", ("caf",), "appointments.open_booking"),
    ("appointmentsTouches", "choose", ("logement",), "appointments.choose"),
    ("appointmentsTouches", "chooseDay", ("2026-11-24",), "appointments.choose_day"),
    ("appointmentsTouches", "chooseHour", ("9:30",), "appointments.choose_hour"),
    ("appointmentsTouches", "tellPerson", ("Zoé", "06"), "appointments.tell_person"),
    ("appointmentsTouches", "printTicket", (), "appointments.print_ticket"),
    ("appointmentsTouches", "openCheckIn", (), "appointments.open_check_in"),
    ("appointmentsTouches", "typeDigits", ("48",), "appointments.type_digits"),
    ("appointmentsTouches", "comeIn", (), "appointments.come_in"),
    ("appointmentsTouches", "move", (), "appointments.move"),
    ("appointmentsTouches", "cancel", (), "appointments.cancel"),
    ("appointmentsTouches", "openCallBack", ("caf",), "appointments.open_call_back"),
    ("appointmentsTouches", "callBackHere", (), "appointments.call_back_here"),
    ("appointmentsTouches", "callBackByTelephone", ("06",), "appointments.call_back_by_telephone"),
    ("appointmentsTouches", "answerRing", (), "appointments.answer_ring"),
    ("appointmentsTouches", "declineRing", (), "appointments.decline_ring"),
    ("appointmentsTouches", "back", (), "appointments.back"),
    ("farewellTouches", "openSummary", (), "farewell.open_summary"),
    ("farewellTouches", "chooseItem", ("next", True), "farewell.choose_item"),
    ("farewellTouches", "printSummary", (), "farewell.print_summary"),
    ("farewellTouches", "showSummary", (), "farewell.show_summary"),
    ("farewellTouches", "goOn", (), "farewell.go_on"),
    ("farewellTouches", "answer", (3,), "farewell.answer"),
    ("farewellTouches", "say", ("Merci",), "farewell.say"),
]


@pytest.mark.parametrize(("part", "slot", "arguments", "asked"), SLOTS)
def test_each_touch_is_one_request(
    part: str, slot: str, arguments: tuple[object, ...], asked: str
) -> None:
    visit = FakeVisit()
    requests: list[Callable[[Any], Coroutine[Any, Any, None]]] = []
    touches = make_touches(requests.append)
    getattr(touches[part], slot)(*arguments)
    (request,) = requests
    asyncio.run(request(visit))
    assert visit.asked == [(asked, *arguments)]
