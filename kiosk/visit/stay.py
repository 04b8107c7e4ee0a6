"""One visit with the parts that live as long as it does: they are dropped together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from kiosk.calls.sinks import Sinks
from kiosk.link.events import EventKind
from kiosk.log import get_logger
from kiosk.visit.accompany import Companion
from kiosk.visit.conversation import Conversation
from kiosk.visit.machine import VisitMachine
from kiosk.visit.ports import (
    CallMaker,
    FarewellMaker,
    PapersMaker,
    Queues,
    SummaryFacts,
    VisitDevices,
    VisitFarewell,
    VisitPapers,
)
from kiosk.visit.snapshot import VisitSnapshot
from kiosk.visit.stores import DownloadsStore, PartStore, VisitStore
from kiosk.visit.visit import Visit
from kiosk.visit.wipe import Store, StoreName

#: Seconds that the last screen's clock stands while sheets come out: eight pages of a slow
#: printer; one that stands for want of paper keeps nobody, and no booth, for longer.
SHEETS_S = 60

_log = get_logger(__name__)


class Stay:
    """Begins with the first touch; what a call needs is made when the resident has agreed to it."""

    def __init__(self, visit: Visit, on_change: Callable[[], None]) -> None:
        """Call `on_change` whenever the screen has something else to show."""
        self.visit = visit
        self.companion: Companion | None = None
        self.conversation: Conversation | None = None
        self.papers: VisitPapers | None = None
        self.farewell: VisitFarewell | None = None
        self._on_change = on_change
        self._sheets_s = SHEETS_S

    def accompany(
        self,
        machine: VisitMachine,
        *,
        sinks: Sinks,
        queues: Queues,
        devices: VisitDevices,
        make_call: CallMaker,
        make_papers: PapersMaker,
        on_event: Callable[[EventKind, int], None],
    ) -> Companion:
        """Make what the way to an agent and back needs."""
        papers = make_papers(sinks.paper, self._on_change, on_event)
        conversation = Conversation(self.visit, self._on_change)
        self.papers, self.conversation = papers, conversation
        self.companion = Companion(
            self.visit,
            machine,
            queues=queues,
            rehearse=devices.rehearse,
            make_call=make_call,
            sinks=sinks,
            lanes=(*conversation.lanes, papers.lane),
            on_agent=papers.agent_there,
            on_change=self._on_change,
        )
        return self.companion

    def end(self, make_farewell: FarewellMaker, agency_name: str, booked: str) -> None:
        """The call is over: what is to be known of it can be taken away.

        `booked` is the appointment made in this visit, in words; empty where there is none.
        """
        papers = self.papers
        if papers is None or self.visit.ended.duration_s is None:
            return
        facts = SummaryFacts(
            agency_name=agency_name,
            handed_over=papers.handed_over,
            received=papers.received,
            missing=papers.notes.missing,
            next=booked or papers.notes.next,
        )
        if self.farewell is None:
            self.farewell = make_farewell(self.visit.agency, facts, self._on_change)
        else:
            self.farewell.learn(facts)

    def wait_for_sheets(self) -> bool:
        """Say, at each second of the last screen, whether its clock stands: sheets come out."""
        waits = self._sheets_s > 0 and self.papers is not None and self.papers.view.prints
        self._sheets_s -= waits
        return waits

    def look_around(self, *, waiting: bool) -> None:
        """Look again at the queue, for somebody who is `waiting`, and at the devices for papers."""
        if self.companion is not None and waiting:
            self.companion.look_at_queue()
        if self.papers is not None:
            self.papers.look_at_devices()

    def shown(self, snapshot: VisitSnapshot, *, private: bool, home_in_s: int) -> VisitSnapshot:
        """Return the snapshot with what is this visit's.

        `private`: sound goes through the handset alone; `home_in_s`: how long the last screen
        stays.
        """
        visit, papers, farewell = self.visit, self.papers, self.farewell
        return replace(
            snapshot,
            waiting=visit.waiting,
            call=replace(visit.call, private=private),
            ended=replace(visit.ended, home_in_s=home_in_s),
            papers=snapshot.papers if papers is None else papers.view,
            summary=snapshot.summary if farewell is None else farewell.summary,
            survey=snapshot.survey if farewell is None else farewell.survey,
        )

    def stores(self, accompanying: asyncio.Task[None] | None) -> tuple[Store, ...]:
        """Return what of this visit is to be wiped; it ends with `accompanying`."""
        ended, companion = partial(_ended, accompanying), self.companion
        stores: list[Store] = [VisitStore(self.visit, ended)]
        if (papers := self.papers) is not None and companion is not None:
            stores.append(DownloadsStore(papers.downloads, ended, lambda: companion.gave_up))
            stores.append(PartStore(StoreName.DOCUMENTS, papers.wipe, papers.left))
        if (conversation := self.conversation) is not None:
            stores.append(PartStore(StoreName.TEXT, conversation.wipe, conversation.left))
        if (farewell := self.farewell) is not None:
            stores.append(PartStore(StoreName.FAREWELL, _closing(farewell), farewell.left))
        return tuple(stores)


async def _ended(accompanying: asyncio.Task[None] | None) -> None:
    """Let go of call and place."""
    if accompanying is not None:
        accompanying.cancel()
        await asyncio.wait((accompanying,))


def _closing(farewell: VisitFarewell) -> Callable[[], Awaitable[int]]:
    async def close() -> int:
        erased = farewell.left()
        await farewell.close()
        return erased

    return close
