"""The agenda for the agent's page, under `/api/agenda`; all of the signed-in agent's own agency.

    GET  /week?from=YYYY-MM-DD            Week
    GET  /rules                           Rules
    PUT  /rules                Rules      Rules, its version grown; 409 `outdated` with another's
    POST /appointments/<id>/honoured      AppointmentRow
    POST /appointments/<id>/missed        AppointmentRow
    POST /appointments/<id>/cancel        AppointmentRow
    POST /appointments/<id>/move  Move    AppointmentRow of the one that takes its place
    POST /call-backs/<id>/ring            CallBackRow: the booth rings until answered, 60 s at most
    POST /call-backs/<id>/stop            CallBackRow: rings no more, stays in the list
    POST /call-backs/<id>/done            204: out of the list, and what was personal erased
    GET  /export.ics?lane=<slug>          text/calendar; without `lane` the whole agency's
    POST /import?lane=<slug>   text/calendar, 512 kB   Imported; without `lane` for all
    GET  /rates?from=…&to=…               Rates
    GET  /comments                        Comments

Bodies of POST without a shape are empty. Whatever is refused answers with `Refused`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from functools import wraps
from typing import Annotated, ClassVar, Final, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi import Path as InPath
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect

from desk.accounts import Agent
from desk.agenda import ical, rows
from desk.agenda.office import AgendaOffice
from desk.agenda.rule_book import MAX_RULES_BYTES, Outdated, TooManyRules
from desk.agenda.rules import MOST_ABSENCES, Rules
from desk.agenda.shapes import Comments, Imported, Move, Refused
from desk.sessions import COOKIE
from kiosk.link.bookings import Booking
from kiosk.link.errands import AppointmentState, Book, Errand, Outcome
from kiosk.link.line import LineDown
from kiosk.link.messages import Slug, new_ticket_id

BODY_WITHIN_S: Final = 30
"""Half a megabyte at 140 kb/s."""
MOST_RATE_DAYS: Final = 92

_FIRST_DAY, _LAST_DAY = date(2020, 1, 1), date(2098, 12, 31)

Number = Annotated[str, InPath(pattern=r"^[0-9a-f]{32}$")]
To = Annotated[date, Query(alias="to", ge=_FIRST_DAY, le=_LAST_DAY)]
From = Annotated[date, Query(alias="from", ge=_FIRST_DAY, le=_LAST_DAY)]
Lane = Annotated[Slug | None, Query()]

_ENDS = {
    "honoured": AppointmentState.HONOURED,
    "missed": AppointmentState.MISSED,
    "cancel": AppointmentState.CANCELLED,
}
_STATUS = {
    "malformed": 400,
    "signed_out": 401,
    "unknown": 404,
    "outdated": 409,
    "taken": 409,
    "state": 409,
    "too_many": 413,
    "unreachable": 503,
}


class _No(Exception):
    """What was asked is refused, for a reason of `Refused`."""


_Handler = Callable[..., Awaitable[Response]]


def _answered(handler: _Handler) -> _Handler:
    """Answer what a handler cannot do."""

    @wraps(handler)
    async def answering(*args: object, **kwargs: object) -> Response:
        try:
            return await handler(*args, **kwargs)
        except _No as no:
            return _refused(str(no))
        except (LineDown, OSError):
            return _refused("unreachable")

    return answering


class AgendaApi:
    """The routes, on the offices that they are given."""

    STREAMS: ClassVar[tuple[str, ...]] = ("/api/agenda/rules", "/api/agenda/import")
    """Paths that take more than a sign-in's body; they bound it themselves."""

    def __init__(
        self,
        agent_of: Callable[[str | None], Agent | None],
        office_of: Callable[[str], AgendaOffice | None],
    ) -> None:
        """`agent_of` a cookie, `office_of` an agency."""
        self._agent_of = agent_of
        self._office_of = office_of
        self.router = APIRouter(prefix="/api/agenda")
        for method, path, handler in (
            ("GET", "/week", self.week),
            ("GET", "/rules", self.rules),
            ("PUT", "/rules", self.change_rules),
            ("POST", "/appointments/{number}/move", self.move),
            ("POST", "/appointments/{number}/{end}", self.end),
            ("POST", "/call-backs/{number}/{action}", self.call_back),
            ("GET", "/export.ics", self.export),
            ("POST", "/import", self.import_times),
            ("GET", "/rates", self.rates),
            ("GET", "/comments", self.comments),
        ):
            self.router.add_api_route(
                path, _answered(handler), methods=[method], response_model=None
            )

    async def week(self, request: Request, first: From) -> Response:
        """Appointments, free times and call-backs of seven days."""
        _, office = self._office(request)
        return _json(await rows.week(office, first))

    async def rules(self, request: Request) -> Response:
        """What the agency opens."""
        _, office = self._office(request)
        return _json(office.rules.rules)

    async def change_rules(self, request: Request) -> Response:
        """Open something else from now on; bookings that are there stay."""
        _, office = self._office(request)
        body = await _body(request, MAX_RULES_BYTES)
        try:
            new = Rules.model_validate_json(body)
        except ValidationError:
            raise _No("malformed") from None
        return _json(await self._replace(office, new))

    async def end(
        self, request: Request, number: Number, end: Literal["honoured", "missed", "cancel"]
    ) -> Response:
        """Say how an appointment ended."""
        _, office = self._office(request)
        state = _ENDS[end]
        only = {AppointmentState.BOOKED, AppointmentState.ARRIVED}
        if state is AppointmentState.HONOURED:
            only.add(AppointmentState.MISSED)
        done = await office.bookings.close(number, state, only=only)
        return _json(await rows.appointment_row(office, _booking(done)))

    async def move(self, request: Request, number: Number, to: Move) -> Response:
        """Put an appointment at another time, as its resident could."""
        _, office = self._office(request)
        old = office.bookings.find(number)
        if old is None:
            raise _No("unknown")
        errand = Errand(
            errand=new_ticket_id(),
            agency=office.agency,
            kiosk=old.kiosk,
            place_name=office.bookings.day_of(old).places.get(old.kiosk, ""),
            asked_at=office.clock(),
            body=Book(subject=old.subject, starts_at=to.starts_at, replaces=number),
        )
        if not isinstance(errand.body, Book):
            raise TypeError(type(errand.body).__name__)
        done = await office.bookings.book(errand, errand.body)
        return _json(await rows.appointment_row(office, _booking(done)))

    async def call_back(
        self, request: Request, number: Number, action: Literal["ring", "stop", "done"]
    ) -> Response:
        """Ring for whoever waits to be called back, stop ringing, or be done with it."""
        agent, office = self._office(request)
        if office.waiting.find(number) is None:
            raise _No("unknown")
        if action == "done":
            await office.waiting.done(number)
            return Response(status_code=204)
        rung = await office.waiting.ring(number, agent.name if action == "ring" else None)
        if rung is None:
            raise _No("state")
        return _json(rows.call_back_row(office, rung))

    async def export(self, request: Request, lane: Lane = None) -> Response:
        """The appointments to come, for a calendar; nothing of the residents is in it."""
        _, office = self._office(request)
        chosen = [each for each in office.bookings.all() if lane in (None, each.lane)]
        content = ical.export(office.agency, lane or office.agency, chosen, office.clock())
        name = f'attachment; filename="rendez-vous-{lane or office.agency}.ics"'
        return Response(content, media_type="text/calendar", headers={"Content-Disposition": name})

    async def import_times(self, request: Request, lane: Lane = None) -> Response:
        """Take over the busy times of a calendar, in place of those of the import before."""
        _, office = self._office(request)
        body = await _body(request, ical.MAX_CALENDAR_BYTES)
        now = office.clock()
        try:
            # In a thread: a hostile calendar takes a second, and calls are relayed here.
            found, left_out = await asyncio.to_thread(ical.busy_times, body, lane, office.zone, now)
        except ical.NotACalendar:
            raise _No("malformed") from None
        rules = office.rules.rules
        others = [
            each
            for each in rules.absences
            if each.ends > now and not (each.imported and each.lane == lane)
        ]
        absences = ical.fitting((*others, *found), now)
        if len(absences) > MOST_ABSENCES:
            raise _No("too_many")
        new = await self._replace(office, rules.model_copy(update={"absences": absences}))
        taken = sum(each.imported and each.lane == lane for each in absences)
        return _json(Imported(absences=taken, left_out=left_out, rules=new))

    async def rates(
        self,
        request: Request,
        first: From,
        last: To,
    ) -> Response:
        """How appointments ended, by agency and booth."""
        _, office = self._office(request)
        days = (last - first).days + 1
        if not 1 <= days <= MOST_RATE_DAYS:
            raise _No("malformed")
        return _json(await rows.rates(office, rows.days_from(first, days)))

    async def comments(self, request: Request) -> Response:
        """What residents wrote at the end."""
        _, office = self._office(request)
        words = (office.keys.words(each.sealed) for each in office.comments.kept)
        return _json(Comments(comments=tuple(text for text in words if text)))

    def _office(self, request: Request) -> tuple[Agent, AgendaOffice]:
        agent = self._agent_of(request.cookies.get(COOKIE))
        if agent is None:
            raise _No("signed_out")
        office = self._office_of(agent.agency)
        if office is None:
            raise _No("unknown")
        if not office.known:
            raise _No("unreachable")
        return agent, office

    @staticmethod
    async def _replace(office: AgendaOffice, rules: Rules) -> Rules:
        try:
            return await office.rules.replace(rules)
        except Outdated:
            raise _No("outdated") from None
        except TooManyRules:
            raise _No("too_many") from None


def _booking(done: Booking | Outcome) -> Booking:
    match done:
        case Booking():
            return done
        case Outcome.TAKEN:
            raise _No("taken")
        case Outcome.UNKNOWN:
            raise _No("unknown")
        case _:
            raise _No("state")


async def _body(request: Request, most: int) -> bytes:
    """Return the whole body, bounded in size and time."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_WITHIN_S):
            async for part in request.stream():
                body += part
                if len(body) > most:
                    raise _No("too_many")
    except (TimeoutError, ClientDisconnect):
        raise _No("malformed") from None
    return bytes(body)


def _json(shape: BaseModel) -> Response:
    return Response(shape.model_dump_json(), media_type="application/json")


def _refused(reason: str) -> Response:
    refused = Refused.model_validate({"reason": reason})
    return JSONResponse(refused.model_dump(), _STATUS[refused.reason])
