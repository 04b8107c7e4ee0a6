"""Who waits to be called back: what was done is counted once, whatever breaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desk.agenda.office import AgendaOffice
from desk.records import ChangeKind
from kiosk.link.bookings import CallBacks
from kiosk.link.errands import AskCallBack
from kiosk.link.line import LineDown
from kiosk.link.messages import new_ticket_id
from tests.desk.agenda.conftest import AGENCY, Site
from tests.link.waiting import until


def break_after(office: AgendaOffice, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let the line be lost just after the broker has the next list; return what mends it."""
    bucket = office.waiting._shared._bucket
    keep = bucket.keep

    async def lost(
        key: str, message: CallBacks, ttl_s: int | None, *, last: int | None = None
    ) -> int:
        await keep(key, message, ttl_s, last=last)
        raise LineDown("the answer did not come")

    monkeypatch.setattr(bucket, "keep", lost)
    return lambda: monkeypatch.setattr(bucket, "keep", keep)


async def test_a_call_back_is_counted_although_the_line_breaks_when_it_is_done(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = await site.office()
    booth = await site.booth()
    number = new_ticket_id()
    await booth.ask(AGENCY, AskCallBack(where="booth"), errand=number)
    mend = break_after(office, monkeypatch)
    with pytest.raises(LineDown):
        await office.waiting.done(number)
    mend()
    await until(lambda: office.waiting.find(number) is None)
    assert not await office.waiting.done(number)
    assert site.told.kinds(number) == [ChangeKind.CALLED_BACK]
