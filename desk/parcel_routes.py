"""The ways to a parcel: the agent's page brings it in, a telephone fetches it, once.

- `POST /api/parcels`: the encrypted document as body, by the agent who is in that call; 201 with
  its path, 200 where it already lies here or did, 401, 403, 409 no place, 413, 408.
- `GET /api/parcels/<id>`: what the download page needs to ask for the PIN.
- `POST /api/parcels/<id>/open` `{"shown": <64 hex digits>}`: the document, or 403 with the tries
  left; 410 when it is over.
- `POST /api/parcels/<id>/taken` with the same: the telephone has it whole; 204, 403, 410.
- `GET /t/<id>`: the download page, the same for every id; or the way to the gateway that has it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, ClassVar, Final

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi import Path as InPath
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import ClientDisconnect

from desk.accounts import Agent
from desk.other_gateways import OtherGateways
from desk.parcels import MOST_PARCEL_BYTES, Gone, Parcel, Parcels
from desk.rate import Rate
from desk.sessions import COOKIE
from kiosk.link.messages import TicketId
from kiosk.link.papers import Digest, DocumentId
from kiosk.log import get_logger

BODY_WITHIN_S: Final = 300
"""20 MB at 600 kb/s: an agency's slowest line."""
MISSES_PER_S, MISSES_BURST = 1.0, 30
"""Ids that nobody was given: a telephone asks for none, a guesser for many."""

_PARCEL_ID: Final = re.compile(r"[0-9a-f]{32}")
ParcelPath = Annotated[str, InPath(pattern=f"^{_PARCEL_ID.pattern}$")]

_log = get_logger(__name__)


class Slip(BaseModel):
    """The deposit's headers."""

    model_config = ConfigDict(frozen=True)

    ticket: TicketId = Field(alias="x-parcel-ticket")
    id: DocumentId = Field(alias="x-parcel-id")
    proof: Digest = Field(alias="x-parcel-proof")
    salt: TicketId = Field(alias="x-parcel-salt")
    expires_s: int = Field(alias="x-parcel-expires", ge=60, le=3_600)
    size: int = Field(alias="content-length", ge=1, le=MOST_PARCEL_BYTES)


class Shown(BaseModel):
    """Body of an opening and of its end: half of what the PIN's derivation gives."""

    model_config = ConfigDict(extra="forbid")

    shown: Digest


class ParcelRoutes:
    """The routes, on the parcels and the sessions that they are given."""

    PATH: ClassVar[str] = "/api/parcels"

    def __init__(
        self,
        parcels: Parcels,
        agent_of: Callable[[str | None], Agent | None],
        in_call: Callable[[Agent, str], bool],
        taken: Callable[[Parcel], None],
        clock: Callable[[], float],
        page: Path,
        others: OtherGateways,
    ) -> None:
        """`agent_of` a cookie; `in_call` of an agent and a ticket; `taken` hears of a fetch."""
        self._parcels = parcels
        self._agent_of = agent_of
        self._in_call = in_call
        self._taken = taken
        self._clock = clock
        self._misses = Rate(MISSES_PER_S, MISSES_BURST, clock)
        self._page = page
        self._others = others
        self.router = APIRouter()
        add = self.router.add_api_route
        add(self.PATH, self.deposit, methods=["POST"])
        add(self.PATH + "/{parcel_id}", self.look, methods=["GET"])
        add(self.PATH + "/{parcel_id}/open", self.open, methods=["POST"])
        add(self.PATH + "/{parcel_id}/taken", self.taken, methods=["POST"])
        add("/t/{parcel_id}", self.show_page, methods=["GET"], response_class=FileResponse)

    async def show_page(self, parcel_id: str) -> Response:
        """Give the download page, which asks for the parcel; here, or where the parcel is."""
        origin = await self._elsewhere(parcel_id)
        if origin is not None:
            # Browsers take along what stands after the « # », and send it to nobody.
            return RedirectResponse(f"{origin}/t/{parcel_id}", 307)
        return FileResponse(self._page)

    async def deposit(self, request: Request) -> Response:
        """Take a parcel in; nothing is read of a body that may not come in."""
        agent = self._agent_of(request.cookies.get(COOKIE))
        if agent is None:
            raise HTTPException(401)
        try:
            slip = Slip.model_validate(dict(request.headers))
        except ValidationError:
            raise HTTPException(400) from None
        if not self._in_call(agent, slip.ticket):
            raise HTTPException(403)
        if (known := self._known(slip)) is not None:
            return known
        if not self._parcels.reserve(slip.ticket, slip.size):
            raise HTTPException(409)
        try:
            content = await _content(request, slip.size)
        finally:
            self._parcels.release(slip.size)
        # The call may have ended, and its parcels with it, while this one was on its way.
        if not self._in_call(agent, slip.ticket):
            raise HTTPException(403)
        self._parcels.put(
            Parcel(
                id=slip.id,
                ticket=slip.ticket,
                agency=agent.agency,
                agent=agent.user,
                proof=slip.proof,
                salt=slip.salt,
                expires_at=self._clock() + slip.expires_s,
                content=content,
            )
        )
        _log.info("parcel deposited", agency=agent.agency, ticket=slip.ticket, bytes=slip.size)
        return _lies(slip.id, slip.expires_s, 201)

    async def look(self, parcel_id: ParcelPath) -> Response:
        """Tell what the PIN's derivation needs, and how much is left of time and tries."""
        parcel = self._found(parcel_id)
        return JSONResponse(
            {
                "salt": parcel.salt,
                "expires_s": self._parcels.remaining_s(parcel),
                "tries": parcel.tries,
            }
        )

    async def open(self, parcel_id: ParcelPath, body: Shown) -> Response:
        """Give the document for the right proof."""
        parcel = self._found(parcel_id)
        content = self._parcels.fetch(parcel, bytes.fromhex(body.shown))
        if content is None:
            return _wrong(parcel)
        _log.info("parcel fetched", agency=parcel.agency, ticket=parcel.ticket)
        return Response(content, media_type="application/octet-stream")

    async def taken(self, parcel_id: ParcelPath, body: Shown) -> Response:
        """Forget the document, and tell its agent: the telephone that opened it has it whole."""
        parcel = self._found(parcel_id)
        if not self._parcels.took(parcel, bytes.fromhex(body.shown)):
            return _wrong(parcel)
        self._taken(parcel)
        return Response(status_code=204)

    async def _elsewhere(self, parcel_id: str) -> str | None:
        """Return the origin of the gateway that has what is not here."""
        if not self._others.named or _PARCEL_ID.fullmatch(parcel_id) is None:
            return None
        here = self._parcels.find(parcel_id) or self._parcels.end_of(parcel_id)
        if here is not None or not self._misses.allows():
            return None
        return await self._others.having(parcel_id)

    def _known(self, slip: Slip) -> Response | None:
        # A page that was reloaded is offered the same parcel by its booth again.
        if self._parcels.end_of(slip.id) is Gone.TAKEN:
            return JSONResponse({"taken": True})
        parcel = self._parcels.find(slip.id)
        if parcel is None:
            return None
        if parcel.ticket != slip.ticket:
            raise HTTPException(403)
        return _lies(slip.id, max(1, self._parcels.remaining_s(parcel)), 200)

    def _found(self, parcel_id: str) -> Parcel:
        """Return the parcel.

        Raises:
            HTTPException: 410 with the reason when it is over, 404, or 429 for too many guesses.
        """
        parcel = self._parcels.find(parcel_id)
        if parcel is not None:
            return parcel
        why = self._parcels.end_of(parcel_id)
        if why is not None:
            raise HTTPException(410, why)
        raise HTTPException(404 if self._misses.allows() else 429)


async def _content(request: Request, size: int) -> bytes:
    content = bytearray()
    try:
        async with asyncio.timeout(BODY_WITHIN_S):
            async for chunk in request.stream():
                content += chunk
                if len(content) > size:
                    raise HTTPException(413)
    except (TimeoutError, ClientDisconnect):
        raise HTTPException(408) from None
    if len(content) != size:
        raise HTTPException(400)
    return bytes(content)


def _wrong(parcel: Parcel) -> JSONResponse:
    _log.warning("wrong PIN for a parcel", agency=parcel.agency, count=parcel.tries)
    return JSONResponse({"tries": parcel.tries}, 403)


def _lies(parcel_id: str, expires_s: int, status: int) -> JSONResponse:
    return JSONResponse({"path": f"/t/{parcel_id}", "expires_s": expires_s}, status)
