"""Whole visits, lived in memory: each way in, each way out, and nothing left behind."""

from __future__ import annotations

import asyncio
import gc
import weakref
from dataclasses import replace

import pytest

from kiosk.appointments.view import AppointmentsView, AppointmentView
from kiosk.calls.status import CallStatus, Quality
from kiosk.documents.view import PapersView, ReceivedDocument
from kiosk.link.messages import Board, EndReason
from kiosk.link.text import Line
from kiosk.visit.reception import Times
from kiosk.visit.snapshot import CallView, Screen, TileState, WaitingView
from kiosk.visit.stay import SHEETS_S
from kiosk.visit.stays import MEDIATOR_WAITS_S
from kiosk.visit.turns import ReceptionTurns
from kiosk.visit.visit import Visit
from kiosk.visit.wipe import Ending, StoreName
from tests.visit.booth import TICKET, Booth, MemoryPapers, MemoryPipe
from tests.visit.virtual_time import run


def test_a_whole_visit_from_touch_to_home() -> None:
    async def story() -> None:
        booth = Booth()
        screens: list[Screen] = []
        booth.reception.subscribe(lambda seen: screens.append(seen.screen))
        await booth.go_to_call()
        assert booth.seen.screen is Screen.IN_CALL
        assert booth.seen.call.agent_name == "Camille"
        assert booth.place.talks == ["camille"]
        booth.call.over.set_result(EndReason.AGENT)
        await asyncio.sleep(1)
        assert booth.seen.ended.reason is EndReason.AGENT
        assert booth.place.lingering
        assert not booth.place.left
        assert booth.call.released
        await asyncio.sleep(20)
        assert booth.place.left
        assert booth.papers[0].closed
        assert booth.papers[0].there == [True, False]
        assert booth.farewells[0].closed
        assert booth.wiping.begun == 1
        assert booth.wiping.endings == [Ending.LEFT]
        assert StoreName.DOWNLOADS in booth.wiping.wiped
        assert len(booth.wiping.wiped) == 6
        assert booth.seen.screen is Screen.HOME
        assert booth.seen.agency is None
        assert booth.seen.call == CallView()
        await asyncio.sleep(0)
        assert booth.forgotten == 1
        assert list(dict.fromkeys(screens)) == [
            Screen.CONSENT,
            Screen.REHEARSING,
            Screen.WAITING,
            Screen.CONNECTING,
            Screen.IN_CALL,
            Screen.ENDED,
            Screen.HOME,
        ]

    run(story())


def test_a_look_at_how_things_stand_shows_them_once() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_queue()
        shown: list[WaitingView] = []
        booth.reception.subscribe(lambda seen: shown.append(seen.waiting))
        booth.boards["caf"] = Board(agency="caf", available=1, busy=0, queue=(TICKET,))
        booth.reception.refresh()
        assert [waiting.position for waiting in shown] == [1]
        assert booth.papers[0].looks == 1

    run(story())


def test_the_resident_hangs_up() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_call()
        await booth.touches.hang_up()
        await asyncio.sleep(1)
        assert booth.seen.screen is Screen.ENDED
        assert booth.seen.ended.reason is EndReason.RESIDENT
        await booth.touches.go_home()
        assert booth.seen.screen is Screen.HOME

    run(story())


@pytest.mark.parametrize("way", ["resident", "agent", "timeout"])
def test_a_call_without_picture_or_sound_is_finished_by_a_touch(way: str) -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_connecting()
        if way == "resident":
            await booth.touches.hang_up()
        else:
            booth.call.over.set_result(EndReason(way))
        await asyncio.sleep(1)
        assert booth.seen.screen is Screen.ENDED
        assert booth.seen.ended.duration_s is None
        turns = ReceptionTurns(booth.reception)
        turns.booking_wanted("caf")
        turns.turned_back()
        assert booth.seen.screen is Screen.ENDED
        await booth.touches.farewell.open_summary()
        await booth.touches.farewell.go_on()
        assert booth.seen.screen is Screen.HOME
        await booth.touches.choose("caf")
        await booth.touches.farewell.go_on()
        assert booth.seen.screen is Screen.CONSENT

    run(story())


async def _to_the_end_while_it_prints(booth: Booth) -> MemoryPapers:
    await booth.go_to_call()
    papers = booth.papers[0]
    letter = ReceivedDocument("d1", "Attestation", pages=8, percent=100, job="processing")
    papers.view = PapersView(received=(letter,))
    await booth.touches.hang_up()
    await asyncio.sleep(1)
    assert booth.seen.screen is Screen.ENDED
    assert booth.seen.papers.prints
    return papers


def test_the_last_screen_waits_for_sheets_that_come_out() -> None:
    async def story() -> None:
        booth = Booth()
        papers = await _to_the_end_while_it_prints(booth)
        await asyncio.sleep(40)
        assert booth.seen.screen is Screen.ENDED
        papers.view = PapersView(received=(replace(papers.view.received[0], job=""),))
        await asyncio.sleep(18)
        assert booth.seen.screen is Screen.ENDED
        await asyncio.sleep(4)
        assert booth.seen.screen is Screen.HOME

    run(story())


def test_a_printer_that_stands_keeps_nobody_for_long() -> None:
    async def story() -> None:
        booth = Booth()
        await _to_the_end_while_it_prints(booth)
        await asyncio.sleep(SHEETS_S + booth.times.ended_s - 2)
        assert booth.seen.screen is Screen.ENDED
        await asyncio.sleep(2)
        assert booth.seen.screen is Screen.HOME
        await asyncio.sleep(1)
        assert booth.papers[0].closed

    run(story())


def test_whoever_does_not_wait_for_sheets_may_leave() -> None:
    async def story() -> None:
        booth = Booth()
        await _to_the_end_while_it_prints(booth)
        await booth.touches.go_home()
        assert booth.seen.screen is Screen.HOME

    run(story())


def test_leaving_the_queue_gives_the_place_up() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_queue()
        await booth.touches.cancel()
        assert booth.seen.screen is Screen.HOME
        await asyncio.sleep(1)
        assert booth.place.left

    run(story())


def test_another_agency_from_the_queue_is_another_visit() -> None:
    async def story() -> None:
        booth = Booth(states={"caf": TileState.AVAILABLE, "cpam": TileState.BUSY})
        await booth.go_to_queue()
        await booth.touches.choose("cpam")
        assert booth.seen.screen is Screen.CONSENT
        assert booth.seen.agency is not None
        assert booth.seen.agency.agency == "cpam"
        await asyncio.sleep(1)
        assert booth.place.left
        assert booth.wiping.endings == [Ending.LEFT]
        await booth.touches.agree()
        await asyncio.sleep(5)
        assert booth.seen.screen is Screen.WAITING
        assert len(booth.places) == 2

    run(story())


def test_a_place_is_not_given_up_for_a_closed_agency() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_queue()
        for agency in ("cpam", "mairie", "not-an-agency"):
            await booth.touches.choose(agency)
        assert booth.seen.screen is Screen.WAITING
        assert not booth.place.left

    run(story())


def test_who_waits_is_told_when_no_agent_is_left() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_queue()
        booth.boards["caf"] = Board(agency="caf", available=0, busy=1, queue=(TICKET,))
        booth.reception.refresh()
        assert not booth.seen.waiting.nobody
        booth.boards["caf"] = Board(agency="caf", available=0, busy=0, queue=(TICKET,))
        booth.reception.refresh()
        assert booth.seen.waiting.nobody
        del booth.boards["caf"]
        booth.reception.refresh()
        assert not booth.seen.waiting.nobody

    run(story())


def test_a_mediator_who_came_and_went_helps_nobody_later() -> None:
    async def story() -> None:
        booth = Booth()
        booth.reception.mediator_came()
        assert booth.seen.assisted
        await asyncio.sleep(MEDIATOR_WAITS_S + 1)
        assert not booth.seen.assisted
        await booth.touches.choose("caf")
        assert not booth.seen.assisted
        booth.reception.mediator_came()
        assert booth.seen.assisted
        await booth.touches.go_home()
        assert not booth.seen.assisted

    run(story())


def test_a_closed_agency_shows_its_hours_and_an_unreachable_one_nothing() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.touches.choose("mairie")
        assert booth.seen.screen is Screen.HOME
        await booth.touches.choose("not-an-agency")
        assert booth.seen.screen is Screen.HOME
        await booth.touches.choose("cpam")
        assert booth.seen.screen is Screen.HOURS
        assert booth.seen.agency is not None
        await booth.touches.go_home()
        assert booth.seen.screen is Screen.HOME
        assert booth.places == []

    run(story())


def test_position_and_estimate_come_from_the_board() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_queue()
        assert booth.seen.waiting == WaitingView()
        booth.boards["caf"] = Board(
            agency="caf", available=0, busy=1, queue=("f" * 32, TICKET), typical_call_s=300
        )
        booth.reception.refresh()
        assert booth.seen.waiting.position == 2
        assert booth.seen.waiting.estimate_min is not None

    run(story())


def test_an_agent_who_withdraws_before_the_call_leaves_the_place_in_the_queue() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_connecting()
        booth.place.withdraw()
        await asyncio.sleep(15)
        assert booth.seen.screen is Screen.WAITING
        assert booth.calls[0].released
        assert not booth.place.left
        booth.place.answer("Dominique")
        await asyncio.sleep(1)
        assert booth.seen.call.agent_name == "Dominique"
        assert booth.place.talks == ["camille", None, "camille"]

    run(story())


def test_a_lost_claim_does_not_end_a_call_that_is_heard() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_call()
        booth.place.withdraw()
        await asyncio.sleep(60)
        assert booth.seen.screen is Screen.IN_CALL
        booth.call.tell(CallStatus(attempt=1, connected_at=0.0, slowed=True, quality=Quality.POOR))
        assert booth.seen.call.slowed
        await asyncio.sleep(55)
        assert booth.seen.screen is Screen.IN_CALL
        await asyncio.sleep(10)
        assert booth.seen.screen is Screen.ENDED
        assert booth.seen.ended.reason is EndReason.TIMEOUT

    run(story())


def test_mute_and_volume_hold_for_the_call_and_are_reset_for_the_next() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_call()
        await booth.touches.set_muted(True)
        await booth.touches.set_volume(9)
        await booth.touches.set_volume(99)
        assert booth.call.muted
        assert (booth.seen.call.muted, booth.seen.call.volume) == (True, 9)
        await booth.touches.hang_up()
        await asyncio.sleep(30)
        await booth.go_to_call()
        assert (booth.seen.call.muted, booth.seen.call.volume) == (False, CallView().volume)
        assert booth.volumes == [CallView().volume, 9, CallView().volume]

    run(story())


@pytest.mark.parametrize("agency", ["caf", "cpam"])
def test_a_resident_who_walked_away_is_asked_then_the_booth_is_home(agency: str) -> None:
    async def story() -> None:
        booth = Booth(times=Times(idle_after_s=60, idle_prompt_s=15))
        await booth.touches.choose(agency)
        await asyncio.sleep(62.5)
        assert booth.seen.idle_seconds_left == 13
        await booth.touches.touched()
        assert booth.seen.idle_seconds_left is None
        await asyncio.sleep(74)
        assert booth.seen.screen is not Screen.HOME
        await asyncio.sleep(2)
        assert booth.seen.screen is Screen.HOME
        assert booth.seen.idle_seconds_left is None

    run(story())


def test_nobody_is_asked_during_a_call() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_call()
        await asyncio.sleep(3600)
        assert booth.seen.screen is Screen.IN_CALL

    run(story())


@pytest.mark.expects_log("visit broke")
def test_what_breaks_leads_to_the_fail_safe_and_home_within_ten_seconds() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_call()
        booth.call.over.set_exception(OSError("camera on fire"))
        await asyncio.sleep(1)
        assert booth.seen.screen is Screen.FAIL_SAFE
        assert booth.place.left
        await asyncio.sleep(8)
        assert booth.seen.screen is Screen.HOME
        booth.join_error = RuntimeError("no queue")
        await booth.go_to_queue()
        assert booth.seen.screen is Screen.FAIL_SAFE

    run(story())


@pytest.mark.expects_log("interface failed")
def test_a_fault_of_the_interface_ends_the_call() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_call()
        await booth.touches.interface_failed("TypeError in InCall.qml")
        assert booth.seen.screen is Screen.FAIL_SAFE
        await asyncio.sleep(1)
        assert booth.call.released

    run(story())


def test_touches_that_make_no_sense_change_nothing() -> None:
    async def story() -> None:
        booth = Booth()
        before = booth.seen.screen
        await booth.touches.hang_up()
        await booth.touches.cancel()
        await booth.touches.go_home()
        await booth.touches.set_muted(True)
        await booth.touches.set_volume(3)
        await booth.touches.touched()
        assert booth.seen.screen is before
        await booth.go_to_call()
        await booth.touches.choose("cpam")
        await booth.touches.cancel()
        await booth.touches.go_home()
        assert booth.seen.screen is Screen.IN_CALL

    run(story())


def test_nothing_of_the_visit_is_left_once_home(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[weakref.ref[Visit]] = []
    real = Visit.__init__

    def remember(visit: Visit, *args: object, **kwargs: object) -> None:
        real(visit, *args, **kwargs)  # type: ignore[arg-type]
        made.append(weakref.ref(visit))

    monkeypatch.setattr(Visit, "__init__", remember)

    async def story() -> None:
        booth = Booth()
        await booth.go_to_call()
        await booth.touches.hang_up()
        await asyncio.sleep(30)
        booth.places.clear()
        booth.calls.clear()
        gc.collect()
        assert made
        assert [visit() for visit in made if visit() is not None] == []

    run(story())


def test_closing_the_booth_in_mid_call_releases_everything() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_call()
        await booth.reception.close()
        assert booth.call.released
        assert booth.place.left

    run(story())


def test_the_devices_are_tried_before_a_place_is_spent() -> None:
    async def story() -> None:
        booth = Booth(rehearsal_s=2.0)
        await booth.go_to_queue()
        assert booth.seen.screen is Screen.REHEARSING
        assert booth.places == []
        await asyncio.sleep(2)
        assert booth.seen.screen is Screen.WAITING
        assert len(booth.places) == 1
        assert booth.rehearsals == 1

    run(story())


def test_leaving_during_the_rehearsal_takes_no_place() -> None:
    async def story() -> None:
        booth = Booth(rehearsal_s=2.0)
        await booth.go_to_queue()
        await booth.touches.cancel()
        await asyncio.sleep(3)
        assert booth.seen.screen is Screen.HOME
        assert booth.places == []

    run(story())


def test_a_technician_is_let_in_from_home_alone() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_call()
        assert booth.reception.busy
        assert not booth.reception.enter_technician()
        assert booth.seen.screen is Screen.IN_CALL
        booth.call.over.set_result(EndReason.AGENT)
        await asyncio.sleep(1)
        await booth.touches.go_home()
        assert booth.reception.enter_technician()
        assert booth.seen.screen is Screen.TECHNICIAN
        assert not booth.reception.busy
        await booth.touches.choose("caf")
        assert booth.places[1:] == []
        booth.reception.leave_technician()
        booth.reception.leave_technician()
        assert booth.seen.screen is Screen.HOME

    run(story())


def test_lost_devices_are_shown_with_the_visit() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.touches.choose("caf")
        await booth.touches.agree()
        booth.lost = ("document_printer",)
        booth.reception.refresh()
        assert booth.seen.lost == ("document_printer",)

    run(story())


def test_a_lifted_handset_is_shown_from_the_first_moment_of_a_call() -> None:
    async def story() -> None:
        booth = Booth()
        booth.reception.use_handset(True)
        await booth.go_to_call()
        assert booth.seen.call.private
        booth.reception.use_handset(False)
        assert not booth.seen.call.private

    run(story())


def test_writing_is_offered_when_sound_is_lost_for_good_and_stays() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_call()
        talking = CallStatus(attempt=1, connected_at=0.0, remote_video=True)
        booth.call.tell(replace(talking, microphone_working=False))
        await asyncio.sleep(3)
        booth.call.tell(talking)
        await asyncio.sleep(10)
        assert not booth.seen.call.writing
        booth.call.tell(replace(talking, loudspeaker_working=False))
        await asyncio.sleep(6)
        assert booth.seen.call.writing
        booth.call.tell(talking)
        await asyncio.sleep(6)
        assert booth.seen.call.writing

    run(story())


def a_line(number: int, revision: int, text: str, *, ended: bool) -> str:
    return Line(n=number, revision=revision, text=text, ended=ended).model_dump_json()


def test_an_agent_who_writes_is_read_as_they_type_and_can_be_answered() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_call()
        text, pipe = booth.call.lanes["text"], MemoryPipe()
        text.open(pipe)
        text.take(a_line(1, 1, "Bonj", ended=False))
        await asyncio.sleep(0.1)
        assert [line.text for line in booth.seen.call.written] == ["Bonj"]
        assert booth.seen.call.writing
        await booth.touches.type_text("Oui")
        await booth.touches.end_text()
        await booth.touches.correct_text(1, "Oui, merci")
        await asyncio.sleep(0.1)
        assert [line.text for line in booth.seen.call.written] == ["Bonj", "Oui, merci"]
        assert "Oui, merci" in str(pipe.sent[-1])

    run(story())


def test_text_put_away_by_the_resident_stays_away_and_counts() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_call()
        text = booth.call.lanes["text"]
        text.open(MemoryPipe())
        text.take(a_line(1, 1, "Bonjour", ended=True))
        await asyncio.sleep(0.1)
        await booth.touches.show_writing(shown=False)
        text.take(a_line(2, 1, "Je suis là", ended=True))
        await asyncio.sleep(0.1)
        assert not booth.seen.call.writing
        assert booth.seen.call.unread == 1
        await booth.touches.show_writing(shown=True)
        assert booth.seen.call.unread == 0

    run(story())


def test_nothing_is_opened_before_the_resident_has_agreed() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.touches.choose("caf")
        await asyncio.sleep(1)
        assert booth.seen.screen is Screen.CONSENT
        assert booth.rehearsals == 0
        assert booth.places == []
        await booth.touches.cancel()
        assert booth.seen.screen is Screen.HOME

    run(story())


def test_booking_keeps_the_place_in_the_queue_and_an_agent_is_not_missed() -> None:
    async def story() -> None:
        booth = Booth()
        turns = ReceptionTurns(booth.reception)
        await booth.go_to_queue()
        turns.booking_wanted("caf")
        assert booth.seen.screen is Screen.BOOKING
        turns.turned_back()
        assert booth.seen.screen is Screen.WAITING
        turns.booking_wanted("caf")
        booth.place.answer()
        await asyncio.sleep(1)
        assert booth.seen.screen is Screen.CONNECTING
        assert booth.appointments.closed == 2
        assert len(booth.places) == 1

    run(story())


def test_each_way_to_a_booking_leads_back_where_it_came_from() -> None:
    async def story() -> None:
        booth = Booth()
        turns = ReceptionTurns(booth.reception)
        turns.booking_wanted("")
        turns.turned_back()
        assert booth.seen.screen is Screen.HOME
        await booth.touches.choose("cpam")
        turns.call_back_wanted("cpam")
        assert booth.seen.screen is Screen.CALL_BACK
        turns.turned_back()
        assert booth.seen.screen is Screen.HOURS
        turns.booking_wanted("cpam")
        turns.booked()
        turns.turned_back()
        assert booth.seen.screen is Screen.HOME
        turns.check_in_wanted()
        turns.booking_wanted("caf")
        turns.turned_back()
        assert booth.seen.screen is Screen.CHECKING_IN

    run(story())


def test_who_comes_for_an_appointment_agrees_and_is_told_to_the_agents() -> None:
    async def story() -> None:
        booth = Booth()
        turns = ReceptionTurns(booth.reception)
        turns.check_in_wanted()
        await asyncio.sleep(0.1)
        assert booth.reading == 1
        turns.came_in("caf", "a" * 32)
        assert booth.seen.screen is Screen.CONSENT
        await booth.touches.agree()
        await asyncio.sleep(1)
        assert booth.reading == 0
        assert booth.came_for == [("a" * 32, None)]
        booth.reception.refresh()
        assert booth.seen.waiting.arrived

    run(story())


def test_a_call_back_rings_only_a_booth_that_is_free() -> None:
    async def story() -> None:
        booth = Booth()
        turns = ReceptionTurns(booth.reception)
        await booth.touches.choose("cpam")
        turns.rang()
        assert booth.seen.screen is Screen.HOURS
        await booth.touches.go_home()
        turns.rang()
        assert booth.seen.screen is Screen.RINGING
        await asyncio.sleep(0.1)
        assert booth.ringing == 1
        turns.ring_over()
        assert booth.seen.screen is Screen.HOME
        turns.rang()
        turns.ring_answered("caf", "b" * 32)
        await booth.touches.agree()
        await asyncio.sleep(1)
        assert booth.came_for == [(None, "b" * 32)]
        assert booth.ringing == 0

    run(story())


def test_a_summary_knows_what_was_handed_over_and_what_is_missing() -> None:
    async def story() -> None:
        booth = Booth()
        booked = AppointmentView(agency_name="CAF", when="mardi 24 novembre à 9 h 30")
        booth.appointments.view = AppointmentsView(booked=booked)
        await booth.go_to_call()
        await booth.touches.hang_up()
        await asyncio.sleep(1)
        facts = booth.farewells[0].facts
        assert facts.handed_over == 2
        assert facts.missing == ("Un RIB",)
        assert facts.next == "CAF, mardi 24 novembre à 9 h 30"

    run(story())


def test_touches_without_a_visit_change_nothing() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.touches.papers.scan()
        await booth.touches.farewell.go_on()
        await booth.touches.type_text("x")
        await booth.touches.end_text()
        await booth.touches.agree()
        assert booth.seen.screen is Screen.HOME

    run(story())


def test_an_appointment_made_after_the_call_is_on_its_summary() -> None:
    async def story() -> None:
        booth = Booth()
        turns = ReceptionTurns(booth.reception)
        await booth.go_to_call()
        await booth.touches.hang_up()
        await asyncio.sleep(1)
        assert booth.farewells[0].facts.next == ""
        turns.booking_wanted("caf")
        booth.appointments.view = AppointmentsView(
            booked=AppointmentView(agency_name="CAF", when="mardi à 9 h")
        )
        turns.booked()
        turns.turned_back()
        assert booth.seen.screen is Screen.ENDED
        assert booth.farewells[0].facts.next == "CAF, mardi à 9 h"
        await booth.touches.touched()
        assert booth.farewells[0].touches == 1

    run(story())
