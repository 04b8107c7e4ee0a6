"""Errands as booths make them, on a real broker: what each comes to."""

from __future__ import annotations

import pytest

from desk.agenda.office import AgendaOffice
from desk.records import ChangeKind
from kiosk.link.bookings import Booking
from kiosk.link.desks import BoothDesks
from kiosk.link.errands import (
    HOLD_S,
    Appointment,
    AppointmentState,
    AskCallBack,
    Book,
    Cancel,
    CheckIn,
    Comment,
    Errand,
    ErrandAnswer,
    Find,
    FindCard,
    LinkCard,
    Look,
    Outcome,
    Person,
    TellPerson,
    WithdrawCallBack,
    Words,
)
from kiosk.link.line import Line
from kiosk.link.messages import Ticket, encode, new_ticket_id
from kiosk.link.sealed import seal
from kiosk.link.store import Bucket
from tests.desk.agenda.conftest import AGENCY, KIOSKS, Site, at
from tests.link.waiting import until


async def booked(booth: BoothDesks, clock: str = "09:00", **more: object) -> Appointment:
    """Book as a booth does."""
    wish = Book.model_validate({"subject": "dossier", "starts_at": at(clock), **more})
    answer = await booth.ask(AGENCY, wish)
    assert answer.outcome is Outcome.DONE
    assert answer.appointment is not None
    return answer.appointment


def sealed_person(office: AgendaOffice) -> str:
    person = Person(first_name="Ada", telephone="0612345678")
    return seal(encode(person), office.keys.public.sealing)


async def confirm(booth: BoothDesks, office: AgendaOffice, *held: Appointment) -> None:
    for each in held:
        told = TellPerson(appointment=each.appointment, sealed=sealed_person(office))
        await booth.ask(AGENCY, told)


async def outcome(booth: BoothDesks, body: object) -> Outcome:
    return (await booth.ask(AGENCY, body)).outcome  # type: ignore[arg-type]


async def test_a_time_is_had_once_and_is_no_longer_offered(site: Site) -> None:
    office = await site.office()
    one, other = await site.booth(), await site.booth(KIOSKS[1])
    await until(lambda: other.agenda(AGENCY))
    held = await booked(one)
    assert (held.starts_at, held.kiosk, held.minutes) == (at("09:00"), KIOSKS[0], 20)
    wish = Book(subject="dossier", starts_at=at("09:00"))
    assert await outcome(other, wish) is Outcome.TAKEN
    # Forty minutes from nine would run into it.
    assert await outcome(other, Book(subject="demande", starts_at=at("09:00"))) is Outcome.TAKEN
    assert await outcome(other, Book(subject="dossier", starts_at=at("09:10"))) is Outcome.UNKNOWN
    assert await outcome(other, Book(subject="nothing", starts_at=at("09:00"))) is Outcome.UNKNOWN
    assert await outcome(other, Book(subject="dossier", starts_at=2**32 - 1)) is Outcome.TAKEN
    await until(lambda: at("09:00") not in other.agenda(AGENCY).subjects[0].starts)  # type: ignore[union-attr]
    assert len(office.bookings.all()) == 1


async def test_the_same_errand_is_the_same_booking_after_every_restart(site: Site) -> None:
    first = await site.office()
    booth = await site.booth()
    number = new_ticket_id()
    wish = Book(subject="dossier", starts_at=at("09:00"))
    one = await booth.ask(AGENCY, wish, errand=number)
    await first.close()
    second = await site.office()
    assert await booth.ask(AGENCY, wish, errand=number) == one
    assert len(second.bookings.all()) == 1


async def test_who_comes_is_sealed_and_erased_when_it_is_over(site: Site) -> None:
    office = await site.office()
    booth = await site.booth()
    held = await booked(booth)
    told = TellPerson(appointment=held.appointment, sealed=sealed_person(office))
    assert site.told.kinds(held.appointment) == []
    assert await outcome(booth, told) is Outcome.DONE
    assert site.told.kinds(held.appointment) == [ChangeKind.BOOKED, ChangeKind.PERSON_TOLD]
    kept = await office.bookings.persons.get(held.appointment)
    assert office.keys.person(kept).first_name == "Ada"
    assert await outcome(booth, Cancel(appointment=held.appointment)) is Outcome.DONE
    again = await site.office()
    assert await again.bookings.persons.get(held.appointment) is None


async def test_a_time_that_nobody_confirms_is_given_up(site: Site) -> None:
    office = await site.office()
    booth = await site.booth()
    held = await booked(booth)
    site.clock.now += HOLD_S + 1
    await office.bookings.tidy()
    assert await outcome(booth, Look(appointment=held.appointment)) is Outcome.CANCELLED
    assert site.told.changes == []
    await booked(booth)


@pytest.mark.parametrize("to", ["09:20", "10:00"])
async def test_moving_holds_the_new_time_before_it_gives_up_the_old(site: Site, to: str) -> None:
    office = await site.office()
    booth, other = await site.booth(), await site.booth(KIOSKS[1])
    old = await booked(booth)
    sealed = sealed_person(office)
    await booth.ask(AGENCY, TellPerson(appointment=old.appointment, sealed=sealed))
    await booked(other, "09:40")
    taken = Book(subject="dossier", starts_at=at("09:40"), replaces=old.appointment)
    assert await outcome(booth, taken) is Outcome.TAKEN
    assert await outcome(booth, Look(appointment=old.appointment)) is Outcome.DONE
    new = await booked(booth, to, replaces=old.appointment)
    # The first ticket, and its six digits, lead to what has taken its place.
    for question in (Look(appointment=old.appointment), Find(code=old.code)):
        answer = await booth.ask(AGENCY, question)
        assert (answer.outcome, answer.appointment) == (Outcome.DONE, new)
    assert await office.bookings.persons.get(new.appointment) == sealed
    assert await office.bookings.persons.get(old.appointment) is None
    assert ChangeKind.MOVED in site.told.kinds(old.appointment)
    twice = Book(subject="dossier", starts_at=at("10:20"), replaces=old.appointment)
    assert await outcome(booth, twice) is Outcome.CANCELLED


async def test_check_in_says_what_is_wrong(site: Site) -> None:
    office = await site.office()
    booth, other = await site.booth(), await site.booth(KIOSKS[1])
    held = await booked(booth)
    await booth.ask(AGENCY, TellPerson(appointment=held.appointment, sealed=sealed_person(office)))
    come = CheckIn(appointment=held.appointment)
    assert await outcome(booth, come) is Outcome.TOO_EARLY
    elsewhere = await other.ask(AGENCY, come)
    assert elsewhere.outcome is Outcome.WRONG_BOOTH
    assert elsewhere.appointment is not None
    site.clock.now = at("09:00", day=23)
    assert await outcome(booth, come) is Outcome.WRONG_DAY
    site.clock.now = at("08:50")
    assert await outcome(booth, come) is Outcome.DONE
    assert await outcome(booth, come) is Outcome.DONE
    ticket = Ticket(
        ticket=new_ticket_id(),
        agency=AGENCY,
        kiosk=KIOSKS[0],
        place_name="Ici",
        since=1.0,
        appointment=held.appointment,
    )
    office.taken(ticket)
    await until(lambda: ChangeKind.HONOURED in site.told.kinds(held.appointment))
    assert await outcome(booth, come) is Outcome.USED
    assert await outcome(booth, CheckIn(appointment=new_ticket_id())) is Outcome.UNKNOWN


async def test_who_is_served_at_another_booth_has_not_missed_it(site: Site) -> None:
    office = await site.office()
    booth, other = await site.booth(), await site.booth(KIOSKS[1])
    held = await booked(booth)
    await booth.ask(AGENCY, TellPerson(appointment=held.appointment, sealed=sealed_person(office)))
    site.clock.now = at("08:55")
    assert await outcome(other, CheckIn(appointment=held.appointment)) is Outcome.WRONG_BOOTH
    # « Parler à un agent » all the same; nobody answers before it counts as missed.
    site.clock.now = at("09:11")
    await office.bookings.tidy()
    assert site.told.kinds(held.appointment)[-1] is ChangeKind.MISSED
    office.taken(
        Ticket(
            ticket=new_ticket_id(),
            agency=AGENCY,
            kiosk=KIOSKS[1],
            place_name="Ailleurs",
            since=1.0,
            appointment=held.appointment,
        )
    )
    await until(lambda: site.told.kinds(held.appointment)[-1] is ChangeKind.HONOURED)


async def test_who_has_not_come_ten_minutes_later_has_missed_it(site: Site) -> None:
    office = await site.office()
    booth = await site.booth()
    held, came = await booked(booth), await booked(booth, "09:20")
    await confirm(booth, office, held, came)
    site.clock.now = at("09:15")
    await booth.ask(AGENCY, CheckIn(appointment=came.appointment))
    site.clock.now = at("09:31")
    await office.bookings.tidy()
    assert site.told.kinds(held.appointment)[-1] is ChangeKind.MISSED
    assert await outcome(booth, CheckIn(appointment=held.appointment)) is Outcome.MISSED
    look = await booth.ask(AGENCY, Look(appointment=came.appointment))
    assert look.appointment is not None
    assert look.appointment.state is AppointmentState.ARRIVED


async def test_one_missed_is_told_again_when_it_counts(site: Site) -> None:
    office = await site.office()
    booth = await site.booth()
    missed, late = await booked(booth), await booked(booth, "09:20")
    await confirm(booth, office, missed, late)
    site.clock.now = at("09:31")
    await office.bookings.tidy()
    only = {AppointmentState.MISSED}
    await office.bookings.close(late.appointment, AppointmentState.HONOURED, only=only)
    site.clock.now = at("09:21", day=25)
    for _ in range(2):
        await office.bookings.tidy()
    assert site.told.kinds(missed.appointment)[-2:] == [ChangeKind.MISSED] * 2
    assert site.told.kinds(late.appointment)[-2:] == [ChangeKind.MISSED, ChangeKind.HONOURED]


async def test_codes_are_found_and_not_guessed(site: Site) -> None:
    await site.office()
    booth, other = await site.booth(), await site.booth(KIOSKS[1])
    held = await booked(booth)
    found = await other.ask(AGENCY, Find(code=held.code))
    assert (found.outcome, found.appointment) == (Outcome.DONE, held)
    wrong = Find(code=f"{(int(held.code) + 1) % 1_000_000:06}")
    tried = [await outcome(booth, wrong) for _ in range(6)]
    assert tried == [Outcome.UNKNOWN] * 5 + [Outcome.REFUSED]
    assert await outcome(booth, Find(code=held.code)) is Outcome.REFUSED
    assert await outcome(other, Find(code=held.code)) is Outcome.DONE


async def test_a_card_stands_for_an_appointment(site: Site) -> None:
    await site.office()
    booth = await site.booth()
    held = await booked(booth)
    first, second = "a" * 64, "b" * 64
    for card in (first, second):
        wish = LinkCard(appointment=held.appointment, card=card)
        assert await outcome(booth, wish) is Outcome.DONE
    assert await outcome(booth, FindCard(card=first)) is Outcome.UNKNOWN
    found = await booth.ask(AGENCY, FindCard(card=second))
    assert found.appointment == held


async def test_being_called_back(site: Site) -> None:
    office = await site.office()
    booth = await site.booth()
    number = new_ticket_id()
    ask = AskCallBack(where="booth")
    for _ in range(2):
        assert (await booth.ask(AGENCY, ask, errand=number)).outcome is Outcome.DONE
    assert len(office.waiting.waiting) == 1
    await office.waiting.ring(number, "Awa D.")
    await until(lambda: [e for e in booth.expected() if e.calling == number])
    assert booth.expected()[0].agent_name == "Awa D."
    await office.waiting.done(number, KIOSKS[0])
    assert site.told.kinds(number) == [ChangeKind.CALLED_BACK]
    await until(lambda: not [e for e in booth.expected() if e.calling])
    bare = AskCallBack(where="telephone")
    assert await outcome(booth, bare) is Outcome.REFUSED
    sealed = AskCallBack(where="telephone", sealed=sealed_person(office))
    again = new_ticket_id()
    await booth.ask(AGENCY, sealed, errand=again)
    assert await office.waiting.ring(again, "Awa D.") is None
    assert await outcome(booth, WithdrawCallBack(call_back=again)) is Outcome.DONE
    assert office.waiting.find(again) is None


async def test_comments_are_kept_without_their_booth(site: Site) -> None:
    office = await site.office()
    booth = await site.booth()
    sealed = seal(encode(Words(text="Merci")), office.keys.public.sealing)
    number = new_ticket_id()
    for _ in range(2):
        await booth.ask(AGENCY, Comment(sealed=sealed), errand=number)
    assert [office.keys.words(each.sealed) for each in office.comments.kept] == ["Merci"]
    assert number not in office.comments.kept[0].model_dump_json()


async def test_two_gateways_see_the_same(site: Site) -> None:
    one, other = await site.office(), await site.office()
    booth = await site.booth()
    held = await booked(booth)

    def states() -> set[AppointmentState | None]:
        seen = [office.bookings.find(held.appointment) for office in (one, other)]
        return {each.state if each else None for each in seen}

    await until(lambda: states() == {AppointmentState.BOOKED})
    await booth.ask(AGENCY, Cancel(appointment=held.appointment))
    await until(lambda: states() == {AppointmentState.CANCELLED})


async def test_of_two_answers_the_first_counts_and_the_other_gives_its_booking_up(
    site: Site,
) -> None:
    office = await site.office()
    line = await Line.connect(site.user(f"desk-{AGENCY}"))
    site.stack.push_async_callback(line.close)
    number = new_ticket_id()
    first = ErrandAnswer(errand=number, outcome=Outcome.TAKEN)
    booth = await site.booth()
    book = office.bookings.book

    async def slow(errand: Errand, wish: Book) -> Booking | Outcome:
        """Book, while another gateway says no."""
        done = await book(errand, wish)
        await Bucket(line, "answers", ErrandAnswer).create(errand.key, first, 60)
        return done

    office.bookings.book = slow  # type: ignore[method-assign]
    wish = Book(subject="dossier", starts_at=at("09:00"))
    assert await booth.ask(AGENCY, wish, errand=number) == first
    await until(
        lambda: {each.state for each in office.bookings.all()} == {AppointmentState.CANCELLED}
    )


async def test_a_booth_that_asks_without_end_is_refused(site: Site) -> None:
    site.errands_a_minute = 3
    await site.office()
    booth = await site.booth()
    asked = [await outcome(booth, Look(appointment=new_ticket_id())) for _ in range(4)]
    assert asked == [Outcome.UNKNOWN] * 3 + [Outcome.REFUSED]
