"""Signing in and out: `/api/session`."""

from __future__ import annotations

import asyncio
import math
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, StringConstraints

from desk.accounts import MAX_PASSWORD, Accounts, Agent
from desk.lockout import Lockout
from desk.sessions import COOKIE, Sessions
from kiosk.log import get_logger

#: Password checks at the same time: each takes a core and 64 MiB for tens of milliseconds.
MAX_CHECKS = 2

#: Sign-ins that may wait for their check; one more is asked to come back.
MAX_WAITING = 20

_log = get_logger(__name__)


class Credentials(BaseModel):
    """Body of `POST /api/session`."""

    model_config = ConfigDict(extra="forbid")

    user: Annotated[str, StringConstraints(min_length=1, max_length=64, strip_whitespace=True)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=MAX_PASSWORD)]


class WhoAmI(BaseModel):
    """Whose session it is."""

    agent: str
    name: str
    agency: str


class SignIn:
    """The routes, on the accounts, sessions and lockout that they are given."""

    def __init__(
        self, accounts: Accounts, sessions: Sessions, lockout: Lockout, *, secure: bool
    ) -> None:
        """`secure` sends the cookie over HTTPS only: for a gateway known by https addresses."""
        self._accounts = accounts
        self._sessions = sessions
        self._lockout = lockout
        self._secure = secure
        self._checks = asyncio.Semaphore(MAX_CHECKS)
        self._waiting = 0
        self.router = APIRouter(prefix="/api/session")
        self.router.add_api_route("", self.current, methods=["GET"], response_model=WhoAmI)
        self.router.add_api_route("", self.enter, methods=["POST"], response_model=WhoAmI)
        self.router.add_api_route("", self.leave, methods=["DELETE"], status_code=204)

    async def current(self, request: Request) -> Response:
        """Tell the page whose session its cookie is: 200, or 204 for nobody's."""
        agent = self._sessions.agent(request.cookies.get(COOKIE))
        return _who(agent) if agent else Response(status_code=204)

    async def enter(self, credentials: Credentials) -> Response:
        """Give a session for a right password: 200; 401 wrong, 429 locked, 503 too many at once."""
        if self._waiting >= MAX_WAITING:
            return _refused(503, retry_after_s=1)
        user = credentials.user.lower()
        self._accounts.keep_up()
        wait_s = self._lockout.attempt(user)
        if wait_s > 0:
            _log.warning("sign-in refused: locked")
            return _refused(429, retry_after_s=math.ceil(wait_s))
        self._waiting += 1
        try:
            async with self._checks:
                agent = await asyncio.to_thread(self._accounts.check, user, credentials.password)
        finally:
            self._waiting -= 1
        if agent is None:
            _log.warning("sign-in refused: wrong user or password")
            return _refused(401)
        self._lockout.succeeded(user)
        _log.info("signed in", agency=agent.agency)
        response = _who(agent)
        response.set_cookie(
            COOKIE,
            self._sessions.issue(agent),
            max_age=self._sessions.valid_s,
            httponly=True,
            secure=self._secure,
            samesite="strict",
        )
        return response

    async def leave(self, request: Request) -> Response:
        """End the session of the cookie: 204, whether there was one or not."""
        self._sessions.end(request.cookies.get(COOKIE))
        response = Response(status_code=204)
        response.delete_cookie(COOKIE, httponly=True, secure=self._secure, samesite="strict")
        return response


def _who(agent: Agent) -> JSONResponse:
    return JSONResponse(WhoAmI(agent=agent.user, name=agent.name, agency=agent.agency).model_dump())


def _refused(status: int, *, retry_after_s: int | None = None) -> JSONResponse:
    headers = {} if retry_after_s is None else {"Retry-After": str(retry_after_s)}
    return JSONResponse({"retry_after_s": retry_after_s}, status, headers)
