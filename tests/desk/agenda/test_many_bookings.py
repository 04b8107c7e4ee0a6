"""Five hundred want few times while broker and gateway are killed: each hears the truth."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter

import pytest

from desk.agenda.edits import OPEN
from desk.agenda.slots import overlapping
from kiosk.link.bookings import Booking
from kiosk.link.broker import Broker
from kiosk.link.desks import BoothDesks
from kiosk.link.errands import Book, Errand, ErrandAnswer, Outcome
from kiosk.link.line import LineDown
from kiosk.link.messages import new_ticket_id
from tests.desk.agenda.conftest import AGENCY, KIOSKS, Site, asking, at, rules, write_rules

ASKERS = 500
TIMES = [at(f"{9 + n // 3:02}:{20 * (n % 3):02}") for n in range(12)]


async def ask(booth: BoothDesks, errand: str, body: Book) -> ErrandAnswer:
    """Ask as a booth does that is told that it is not known: again, under the same number."""
    while True:
        try:
            return await booth.ask(AGENCY, body, errand=errand)
        except LineDown:
            continue


async def killed_and_back(broker: Broker) -> Broker:
    """Kill the broker as a power cut does; return one in its place, at its address."""
    assert broker.pid is not None
    os.kill(broker.pid, signal.SIGKILL)
    await broker.wait()
    await broker.stop()
    again = Broker(broker.folder, (AGENCY, "cpam"), KIOSKS, port=broker.port)
    await again.start()
    return again


@pytest.mark.timeout(240)
@pytest.mark.expects_log("broker not reached")
async def test_every_time_is_had_once_and_everybody_hears_the_truth(site: Site) -> None:
    write_rules(site.folder, rules("awa", "pool-1", opens="09:00", closes="13:00"))
    first, second = await site.office(), await site.office()
    booths = [await site.booth(kiosk) for kiosk in KIOSKS]
    asking: dict[str, asyncio.Task[ErrandAnswer]] = {}
    async with asyncio.timeout(90), asyncio.TaskGroup() as askers:
        for n in range(ASKERS):
            errand = new_ticket_id()
            subject = "demande" if n % 3 == 0 and n % 2 == 0 else "dossier"
            wish = Book(subject=subject, starts_at=TIMES[n % len(TIMES) // 2 * 2])
            asking[errand] = askers.create_task(ask(booths[n % len(booths)], errand, wish))
        await asyncio.wait(asking.values(), return_when=asyncio.FIRST_COMPLETED)
        again = await killed_and_back(site.broker)
        site.stack.push_async_callback(again.stop)
        await first.close()
        third = await site.office()
    answers = {errand: task.result() for errand, task in asking.items()}
    held = {b.appointment: b for b in third.bookings.all() if b.state in OPEN}
    told = [a.appointment for a in answers.values() if a.outcome is Outcome.DONE]
    assert Counter(a.outcome for a in answers.values()).keys() <= {Outcome.DONE, Outcome.TAKEN}
    assert {each.appointment for each in told if each} == set(held)
    assert len(told) == len(held)
    assert overlapping(held.values()) == []
    assert len({booking.code for booking in held.values()}) == len(held)
    # Both lanes of all the times asked for, but where a long one keeps a short one out.
    assert len(held) >= len(TIMES) // 2
    await second.bookings.load()
    assert {b.appointment for b in second.bookings.all() if b.state in OPEN} == set(held)


async def test_two_gateways_that_want_different_things_at_once_lose_nothing(site: Site) -> None:
    """Without the broker's comparison of revisions each would write over the other's bookings."""
    write_rules(site.folder, rules("awa", "pool-1", opens="09:00", closes="13:00"))
    one, other = await site.office(), await site.office()

    def wish(n: int) -> Errand:
        return asking(Book(subject="dossier", starts_at=TIMES[n % len(TIMES)]))

    errands = [wish(n) for n in range(8 * len(TIMES))]
    done = await asyncio.gather(
        *(
            (one if n % 2 else other).bookings.book(errand, errand.body)
            for n, errand in enumerate(errands)
            if isinstance(errand.body, Book)
        )
    )
    told = {each.appointment for each in done if isinstance(each, Booking)}
    for office in (one, other):
        await office.bookings.load()
        held = [each for each in office.bookings.all() if each.state in OPEN]
        assert {each.appointment for each in held} == told
        assert overlapping(held) == []
    assert len(told) == 2 * len(TIMES)
