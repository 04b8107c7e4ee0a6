"""What a resident left behind in a visit, and the ways back from it, through the reception."""

from __future__ import annotations

import asyncio

from kiosk.calls.status import CallStatus
from kiosk.visit.snapshot import Screen
from kiosk.visit.turns import ReceptionTurns
from tests.visit.booth import Booth
from tests.visit.virtual_time import run


def test_a_promised_call_back_stands_until_an_agent_is_seen_or_heard() -> None:
    async def story() -> None:
        booth = Booth()
        await booth.go_to_connecting()
        booth.place.withdraw()
        await asyncio.sleep(15)
        assert booth.seen.screen is Screen.WAITING
        assert booth.appointments.answered == 0
        booth.place.answer()
        await asyncio.sleep(1)
        booth.call.tell(CallStatus(attempt=1, connected_at=0.0, remote_video=True))
        await asyncio.sleep(1)
        assert booth.seen.screen is Screen.IN_CALL
        assert booth.appointments.answered == 1

    run(story())


def test_a_check_in_taken_up_again_can_be_left() -> None:
    async def story() -> None:
        booth = Booth()
        turns = ReceptionTurns(booth.reception)
        turns.check_in_wanted()
        turns.booking_wanted("caf")
        turns.turned_back()
        assert booth.seen.screen is Screen.CHECKING_IN
        turns.turned_back()
        assert booth.seen.screen is Screen.HOME

    run(story())
