"""Booking: four touches, a time held for one, and nothing held for nobody."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.appointments.persons import first_name, sealed_person
from kiosk.appointments.view import BookingStep, TicketState
from kiosk.link.errands import (
    AppointmentState,
    Book,
    Cancel,
    Outcome,
    Person,
    Subject,
    TellPerson,
)
from kiosk.link.messages import AgencyKeys
from kiosk.link.sealed import open_sealed
from tests.appointments.world import World, at, until
from tests.visit.virtual_time import run

TWO_SUBJECTS = (
    Subject(subject="logement", name="Logement", minutes=20, starts=(at(10),)),
    Subject(subject="famille", name="Famille", minutes=30, starts=(at(11), at(14, 0, 1))),
    Subject(subject="plein", name="Complet", minutes=30),
)


def test_at_most_four_touches() -> None:
    async def story() -> None:
        world = World("caf", "cpam")
        world.desks["caf"].subjects = TWO_SUBJECTS
        booth, touches = world.booth, 0
        await booth.open_booking("")
        assert [choice.title for choice in booth.view.booking.choices] == ["CAF", "CPAM"]
        for touch in (
            lambda: booth.choose("caf"),
            lambda: booth.choose("famille"),
            lambda: booth.choose_day("2026-11-24"),
            lambda: booth.choose_hour(str(at(14, 0, 1))),
        ):
            await touch()
            touches += 1
        assert booth.view.booking.step is BookingStep.PERSON
        assert touches == 4

    run(story())


def test_questions_with_one_answer_are_skipped() -> None:
    """From a closed agency with one subject: an hour, and the time is held."""

    async def story() -> None:
        world = World()
        await world.booth.open_booking("caf")
        view = world.booth.view.booking
        assert view.step is BookingStep.TIME
        assert [(day.title, day.detail, day.chosen) for day in view.days] == [
            ("lundi", "23\N{NO-BREAK SPACE}novembre", True),
            ("mardi", "24\N{NO-BREAK SPACE}novembre", False),
        ]
        titles = [hour.title.replace("\N{NO-BREAK SPACE}", " ") for hour in view.hours]
        assert titles == ["10 h", "10 h 30"]
        await world.booth.choose_hour(view.hours[0].key)
        assert world.booth.view.booking.step is BookingStep.PERSON
        assert world.bodies(Book) == [Book(subject="logement", starts_at=at(10))]

    run(story())


def test_a_full_subject_is_no_choice() -> None:
    async def story() -> None:
        world = World()
        world.desks["caf"].subjects = TWO_SUBJECTS
        await world.booth.open_booking("caf")
        assert [choice.key for choice in world.booth.view.booking.choices] == [
            "logement",
            "famille",
        ]

    run(story())


@pytest.mark.parametrize("subjects", [(), TWO_SUBJECTS[2:]])
def test_nothing_free_is_said(subjects: tuple[Subject, ...]) -> None:
    async def story() -> None:
        world = World()
        world.desks["caf"].subjects = subjects
        for agency in ("caf", ""):
            await world.booth.open_booking(agency)
            view = world.booth.view.booking
            assert (view.nothing_free, view.unreachable) == (True, False)
            assert (view.step, view.choices) == (BookingStep.TIME, ())
            await world.booth.back()

    run(story())


def test_where_nobody_is_heard_that_is_said_until_somebody_is() -> None:
    async def story() -> None:
        world = World("caf", "cpam")
        for desk in world.desks.values():
            desk.silent = True
        await world.booth.open_booking("")
        view = world.booth.view.booking
        assert (view.step, view.choices) == (BookingStep.TIME, ())
        assert (view.nothing_free, view.unreachable) == (False, True)
        world.desks["caf"].silent = False
        view = world.booth.view.booking
        assert (view.step, [choice.key for choice in view.choices]) == (BookingStep.AGENCY, ["caf"])
        assert (view.nothing_free, view.unreachable) == (False, False)
        await world.booth.back()
        assert world.turned[-1] == ("turned_back",)

    run(story())


def test_a_service_whose_subjects_are_all_full_says_so() -> None:
    async def story() -> None:
        world = World()
        full = TWO_SUBJECTS[2]
        world.desks["caf"].subjects = (full, full.model_copy(update={"subject": "aussi"}))
        await world.booth.open_booking("caf")
        view = world.booth.view.booking
        assert (view.step, view.nothing_free) == (BookingStep.TIME, True)
        await world.booth.choose("plein")
        assert world.booth.view.booking.nothing_free

    run(story())


def test_the_person_is_sealed_and_the_ticket_printed() -> None:
    async def story() -> None:
        world = World()
        booth = world.booth
        await booth.open_booking("caf")
        await booth.choose_hour(str(at(10)))
        await booth.tell_person(" Zoé\n Marie ", "06 12 34 56 78")
        (told,) = world.bodies(TellPerson)
        assert isinstance(told, TellPerson)
        plain = open_sealed(told.sealed, world.desks["caf"].sealing)
        person = Person.model_validate_json(plain)
        assert person == Person(first_name="Zoé Marie", telephone="0612345678")
        booked = booth.view.booked
        assert booked.when == "lundi 23\u00a0novembre à 10\u00a0h"
        assert booked.code == "48\u00a003\u00a017"
        assert booked.qr.startswith("VG1.")
        assert booth.booked_words == booked.when
        assert booked.ticket is TicketState.PRINTING
        await until(lambda: booth.view.booked.ticket is TicketState.PRINTED)
        assert world.printed[0].qr == booked.qr
        assert world.turned == [("booking_wanted", "caf"), ("booked",)]

    run(story())


def test_a_wrong_telephone_number_is_asked_again() -> None:
    async def story() -> None:
        world = World()
        await world.booth.open_booking("caf")
        await world.booth.choose_hour(str(at(10)))
        await world.booth.tell_person("Zoé", "06 12")
        assert world.booth.view.booking.wrong_number
        await world.booth.tell_person("Zoé", "")
        assert world.turned[-1] == ("booked",)

    run(story())


def test_somebody_else_was_quicker() -> None:
    async def story() -> None:
        world = World()
        desk, booth = world.desks["caf"], world.booth
        await booth.open_booking("caf")
        desk.outcomes[Book] = Outcome.TAKEN
        await booth.choose_hour(str(at(10)))
        view = booth.view.booking
        assert view.taken
        assert [hour.key for hour in view.hours] == [str(at(10, 30))]
        desk.outcomes.clear()
        await booth.choose_hour(str(at(10)))
        assert len(world.bodies(Book)) == 1
        await booth.choose_hour(str(at(10, 30)))
        assert booth.view.booking.step is BookingStep.PERSON

    run(story())


def test_a_lost_answer_is_asked_for_under_the_same_number() -> None:
    async def story() -> None:
        world = World()
        desk, booth = world.desks["caf"], world.booth
        await booth.open_booking("caf")
        desk.loses_answers = True
        await booth.choose_hour(str(at(10)))
        assert booth.view.booking.unreachable
        # The agenda knows already that it is taken: by this very resident.
        desk.subjects = (desk.subjects[0].model_copy(update={"starts": (at(10, 30),)}),)
        desk.loses_answers = False
        assert str(at(10)) in [hour.key for hour in booth.view.booking.hours]
        await booth.choose_hour(str(at(10)))
        assert booth.view.booking.step is BookingStep.PERSON
        assert len({number for _, number, _ in world.asked}) == 1
        assert len(desk.appointments) == 1

    run(story())


def test_another_hour_after_a_lost_answer_gives_the_first_back() -> None:
    async def story() -> None:
        world = World()
        desk, booth = world.desks["caf"], world.booth
        await booth.open_booking("caf")
        desk.loses_answers = True
        await booth.choose_hour(str(at(10)))
        desk.loses_answers = False
        await booth.choose_hour(str(at(10, 30)))
        await until(lambda: not booth._giving_back.pending)
        states = {its.starts_at: its.state for its in desk.appointments.values()}
        assert states == {
            at(10): AppointmentState.CANCELLED,
            at(10, 30): AppointmentState.BOOKED,
        }

    run(story())


@pytest.mark.parametrize("way", ["back", "close_visit", "wipe", "another"])
def test_leaving_gives_the_time_back(way: str) -> None:
    async def story() -> None:
        world = World()
        desk, booth = world.desks["caf"], world.booth
        await booth.open_booking("caf")
        await booth.choose_hour(str(at(10)))
        if way == "wipe":
            assert booth.wipe() == 1
        elif way == "another":
            await booth.open_booking("caf")
        else:
            await getattr(booth, way)()
        await until(lambda: not booth._giving_back.pending)
        assert {its.state for its in desk.appointments.values()} == {AppointmentState.CANCELLED}

    run(story())


@pytest.mark.parametrize("before_the_answer", [True, False])
def test_leaving_while_the_agency_is_asked_leaves_nothing(*, before_the_answer: bool) -> None:
    async def story() -> None:
        world = World()
        desk, booth = world.desks["caf"], world.booth
        await booth.open_booking("caf")
        if before_the_answer:
            world.waiting = asyncio.Event()
        else:
            desk.loses_answers = True
        touch = asyncio.create_task(booth.choose_hour(str(at(10))))
        await until(lambda: world.asked)
        assert booth.view.booking.busy
        await booth.close_visit()
        await touch
        if world.waiting is not None:
            world.waiting.set()
        desk.loses_answers = False
        await until(lambda: not booth._giving_back.pending)
        states = {its.state for its in desk.appointments.values()}
        assert states <= {AppointmentState.CANCELLED}
        assert booth.left() == 0

    run(story())


def test_a_silent_agency_is_asked_until_it_has_its_time_back() -> None:
    async def story() -> None:
        world = World()
        desk, booth = world.desks["caf"], world.booth
        await booth.open_booking("caf")
        await booth.choose_hour(str(at(10)))
        desk.silent = True
        await booth.close_visit()
        await asyncio.sleep(60)
        assert booth._giving_back.pending == 1
        desk.silent = False
        await until(lambda: not booth._giving_back.pending)
        assert {its.state for its in desk.appointments.values()} == {AppointmentState.CANCELLED}

    run(story())


def test_a_time_held_for_too_long_is_asked_for_again() -> None:
    async def story() -> None:
        world = World()
        booth = world.booth
        await booth.open_booking("caf")
        await booth.choose_hour(str(at(10)))
        world.desks["caf"].outcomes[TellPerson] = Outcome.CANCELLED
        await booth.tell_person("", "")
        view = booth.view.booking
        assert (view.step, view.taken) == (BookingStep.TIME, True)

    run(story())


def test_an_agency_that_does_not_answer_keeps_the_person_s_step() -> None:
    async def story() -> None:
        world = World()
        booth = world.booth
        await booth.open_booking("caf")
        await booth.choose_hour(str(at(10)))
        world.desks["caf"].loses_answers = True
        await booth.tell_person("Zoé", "")
        view = booth.view.booking
        assert (view.step, view.unreachable) == (BookingStep.PERSON, True)
        world.desks["caf"].loses_answers = False
        await booth.tell_person("Zoé", "")
        assert world.turned[-1] == ("booked",)

    run(story())


def test_back_goes_question_by_question() -> None:
    async def story() -> None:
        world = World("caf", "cpam")
        world.desks["caf"].subjects = TWO_SUBJECTS
        booth = world.booth
        await booth.open_booking("")
        await booth.choose("caf")
        await booth.choose("famille")
        await booth.choose_hour(str(at(11)))
        steps = []
        for _ in range(4):
            steps.append(booth.view.booking.step)
            await booth.back()
        assert steps == [
            BookingStep.PERSON,
            BookingStep.TIME,
            BookingStep.SUBJECT,
            BookingStep.AGENCY,
        ]
        assert world.turned[-1] == ("turned_back",)
        assert booth.left() == 0

    run(story())


def test_a_move_needs_one_hour_and_nobody_s_name() -> None:
    async def story() -> None:
        world = World()
        desk, booth = world.desks["caf"], world.booth
        made = desk.make(at(9, 5))
        await booth.open_check_in()
        await booth.code(made.pass_text)
        await booth.move()
        view = booth.view.booking
        assert (view.step, view.moving) == (BookingStep.TIME, True)
        await booth.choose_hour(str(at(10)))
        (book,) = world.bodies(Book)
        assert isinstance(book, Book)
        assert book.replaces == made.appointment
        assert world.turned[-1] == ("booked",)
        await booth.close_visit()
        assert world.bodies(Cancel) == []

    run(story())


def test_a_move_that_is_left_goes_back_to_the_check_in() -> None:
    async def story() -> None:
        world = World()
        booth = world.booth
        made = world.desks["caf"].make(at(9, 5))
        await booth.open_check_in()
        await booth.code(made.pass_text)
        await booth.move()
        await booth.back()
        assert world.turned[-1] == ("turned_back",)
        assert booth.view.check_in.can_come_in

    run(story())


def test_a_second_touch_while_the_agency_is_asked_is_none() -> None:
    async def story() -> None:
        world = World()
        booth = world.booth
        await booth.open_booking("caf")
        await asyncio.gather(booth.choose_hour(str(at(10))), booth.choose_hour(str(at(10, 30))))
        assert len(world.bodies(Book)) == 1

    run(story())


def test_touches_of_no_booking_are_ignored() -> None:
    async def story() -> None:
        world = World()
        booth = world.booth
        await booth.choose("caf")
        await booth.choose_day("2026-11-24")
        await booth.choose_hour(str(at(10)))
        await booth.tell_person("Zoé", "")
        await booth.print_ticket()
        await booth.move()
        await booth.cancel()
        await booth.come_in()
        await booth.type_digits("123456")
        await booth.code("VG1.A")
        await booth.call_back_here()
        await booth.call_back_by_telephone("0612345678")
        await booth.answer_ring()
        await booth.decline_ring()
        await booth.open_booking("caf")
        for key in ("", "2027-01-01", "x"):
            await booth.choose_day(key)
            await booth.choose_hour(key)
            await booth.choose(key)
        assert world.asked == []

    run(story())


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_whatever_is_typed_as_a_name_fits(text: str) -> None:
    name = first_name(text)
    person = Person(first_name=name)
    assert name.isprintable() or not name
    assert sealed_person(person, World().desks["caf"].keys) is not None


def test_a_key_that_is_none_is_an_agency_that_does_not_answer() -> None:
    """A point of small order shares no secret: nothing personal goes out under it."""

    async def story() -> None:
        world = World()
        await world.booth.open_booking("caf")
        await world.booth.choose_hour(str(at(10)))
        weak = AgencyKeys(sealing="0" * 64, signing=("2" * 64,))
        world.keys = lambda _agency: weak  # type: ignore[method-assign]
        await world.booth.tell_person("Zoé", "")
        assert world.booth.view.booking.unreachable
        assert world.bodies(TellPerson) == []

    run(story())
