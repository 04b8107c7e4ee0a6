"""The gateway as an ASGI application: the page, its files, the sign-in and the WebSocket."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, PlainTextResponse
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from desk.accounts import Accounts, Agent
from desk.agency_room import AgencyRoom
from desk.agenda.agencies import AgendaOffices
from desk.agenda.api import AgendaApi
from desk.durations import Durations
from desk.guard import Guard
from desk.ice import IceServers
from desk.lockout import Lockout
from desk.other_gateways import OtherGateways
from desk.page_messages import CLOSE_POLICY, CLOSE_SIGN_IN, Welcome
from desk.parcel_routes import ParcelRoutes
from desk.parcels import Parcel, Parcels
from desk.sessions import COOKIE, Sessions
from desk.settings import DeskSettings
from desk.signin import SignIn
from desk.socket import PageSocket
from desk.throughput import Throughput
from kiosk.log import get_logger
from kiosk.watchdog import notify

_STATIC = Path(__file__).parent / "static"

#: Fonts that the page may ask for: address -> package and file in it.
_FONTS = {
    "AtkinsonHyperlegible-Regular.ttf": ("fontpkg_atkinson_hyperlegible", "files"),
    "AtkinsonHyperlegible-Bold.ttf": ("fontpkg_atkinson_hyperlegible", "files"),
    "phosphor.ttf": ("qtawesome", "fonts"),
}

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class BrokerUser:
    """One agency's sign-in at the broker (`kiosk.link.line.LineSettings`)."""

    url: str
    user: str
    password: str
    ca_file: Path | None


class Gateway:
    """All parts of the gateway, joined once."""

    def __init__(self, settings: DeskSettings) -> None:
        """Read the accounts, secrets and keys.

        Raises:
            SettingsError: the accounts, a password, a secret or a key cannot be read.
        """
        self.settings = settings
        self.accounts = Accounts(settings.accounts.file)
        self.sessions = Sessions(
            settings.state.folder, self.accounts, settings.accounts.session_hours
        )
        self.lockout = Lockout(
            settings.accounts.wrong_passwords,
            settings.accounts.lock_s,
            known=lambda user: self.accounts.agent(user) is not None,
            clock=time.monotonic,
        )
        self.ice = IceServers(settings.call)
        self.parcels = Parcels(time.monotonic)
        self._users = {
            agency: BrokerUser(
                settings.link.url, user, settings.link.password(user), settings.link.ca_file
            )
            for agency in settings.agencies
            for user in [f"desk-{agency}"]
        }
        self.offices = AgendaOffices(settings, self._users)
        self._rooms: dict[str, AgencyRoom] = {}

    @asynccontextmanager
    async def running(self, _app: FastAPI) -> AsyncIterator[None]:
        """Hold two lines to the broker for each agency: calls do not wait for appointments."""
        rooms = await asyncio.gather(*(self._open(agency) for agency in self._users))
        self._rooms = {room.agency: room for room in rooms}
        watch = asyncio.create_task(self.accounts.watch(), name="accounts")
        try:
            await self.offices.open()
            for room in rooms:
                office = self.offices.of(room.agency)
                if office is not None:
                    room.join_agenda(office.keys.public, office.taken, office.due)
            notify("READY=1")
            yield
        finally:
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)
            await self.offices.close()
            await asyncio.gather(*(room.close() for room in rooms))

    async def serve_page(self, socket: WebSocket) -> None:
        """Serve one page's WebSocket; the guard has checked its origin."""
        cookie = socket.cookies.get(COOKIE)
        agent = self.sessions.agent(cookie)
        room = self._rooms.get(agent.agency) if agent else None
        await socket.accept()
        if agent is None or room is None:
            # After the handshake: a page is not told why a handshake failed.
            await socket.close(CLOSE_SIGN_IN if agent is None else CLOSE_POLICY)
            return
        page = PageSocket(socket, lambda: self.sessions.agent(cookie) is not None)
        now = time.time()
        page.send(
            Welcome(
                agent=agent.user,
                name=agent.name,
                agency=agent.agency,
                agency_name=self.settings.agencies[agent.agency],
                now=now,
                ice_servers=self.ice.for_page(agent.agency, now),
            )
        )
        seat = room.enter(agent, page)
        try:
            await page.serve(seat, CLOSE_SIGN_IN)
        finally:
            seat.detach(page)

    def in_call(self, agent: Agent, ticket: str) -> bool:
        """Whether that agent is in the call of that ticket."""
        room = self._rooms.get(agent.agency)
        return room is not None and room.in_call(agent.user, ticket)

    def parcel_taken(self, parcel: Parcel) -> None:
        """Tell the agent who deposited it."""
        room = self._rooms.get(parcel.agency)
        if room is not None:
            room.parcel_taken(parcel)

    async def _open(self, agency: str) -> AgencyRoom:
        file = self.settings.state.folder / f"calls-{agency}.json"
        return await AgencyRoom.open(
            self._users[agency], agency, Durations(file), self.parcels, self._name_of
        )

    def _name_of(self, user: str) -> str:
        agent = self.accounts.agent(user)
        return agent.name if agent else user


def create_app(gateway: Gateway, origins: Iterable[str]) -> ASGIApp:
    """Return the application, known to browsers under `origins`."""
    origins = tuple(origins)
    app = FastAPI(openapi_url=None, lifespan=gateway.running)
    sign_in = SignIn(
        gateway.accounts,
        gateway.sessions,
        gateway.lockout,
        secure=all(origin.startswith("https:") for origin in origins),
    )
    app.include_router(sign_in.router)
    app.add_api_websocket_route("/ws", gateway.serve_page)
    parcels = ParcelRoutes(
        gateway.parcels,
        gateway.sessions.agent,
        gateway.in_call,
        gateway.parcel_taken,
        time.monotonic,
        _STATIC / "parcel.html",
        OtherGateways(gateway.settings.web.other_gateways),
    )
    app.include_router(parcels.router)
    app.include_router(AgendaApi(gateway.sessions.agent, gateway.offices.of).router)
    streams: tuple[str, ...] = (ParcelRoutes.PATH, *AgendaApi.STREAMS)
    if gateway.settings.web.throughput:
        app.include_router(Throughput(time.monotonic).router)
        streams = (*streams, Throughput.PATH)
    app.add_api_route("/", _index, methods=["GET"], response_class=FileResponse)
    app.add_api_route("/fonts/{name}", _font, methods=["GET"], response_class=FileResponse)
    app.mount("/static", StaticFiles(directory=_STATIC))
    app.add_exception_handler(RequestValidationError, _malformed)
    return Guard(app, origins, streams)


async def _index() -> Response:
    return FileResponse(_STATIC / "index.html")


async def _font(name: str) -> Response:
    where = _FONTS.get(name)
    if where is None:
        return PlainTextResponse("not found", 404)
    package, folder = where
    return FileResponse(_font_file(package, folder, name), media_type="font/ttf")


def _font_file(package: str, folder: str, name: str) -> Path:
    # Found without importing the package: qtawesome would load Qt into a web server.
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the package {package} is not installed")
    root = Path(spec.submodule_search_locations[0], folder)
    found = sorted(root.glob(name.replace("phosphor.ttf", "phosphor-*.ttf")))
    if not found:
        raise FileNotFoundError(f"{package} has no {name}")
    return found[-1]


async def _malformed(_request: Request, _error: Exception) -> Response:
    # FastAPI's own answer repeats what was sent, a password among it.
    return PlainTextResponse("malformed", 400)
