"""The agenda offices of all agencies of a gateway, each with its line and its records."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from zoneinfo import ZoneInfo

import httpx

from desk.agenda.keys import KeyRing
from desk.agenda.office import AgendaOffice, OfficePlan
from desk.agenda.rules import Rules, default_rules
from desk.records import AppointmentRecords, Post
from desk.settings import DeskSettings, WebhookSettings
from desk.webhook import open_client
from kiosk.link.line import Line, LineSettings


class AgendaOffices:
    """Opened and closed with the gateway."""

    def __init__(self, settings: DeskSettings, users: Mapping[str, LineSettings]) -> None:
        """`users` are the agencies' sign-ins at the broker.

        Raises:
            SettingsError: keys or rules in the state folder, or the webhook's secret, are wrong.
        """
        self._settings = settings
        self._users = users
        self._folder = settings.state.folder
        self._keys = {agency: KeyRing(self._folder / f"agenda-{agency}.keys") for agency in users}
        self._secret = settings.webhook.secret if settings.webhook.url else b""
        self._offices: dict[str, AgendaOffice] = {}
        self._stack = AsyncExitStack()

    def of(self, agency: str) -> AgendaOffice | None:
        """Return an agency's office, once opened."""
        return self._offices.get(agency)

    async def open(self) -> None:
        """Open all; lines may come up later.

        Raises:
            SettingsError: an agency's rules are damaged.
        """
        client = None
        if self._settings.webhook.url:
            client = open_client(self._settings.webhook.ca_file)
            self._stack.push_async_callback(client.aclose)
        offices = await asyncio.gather(*(self._open(agency, client) for agency in self._users))
        self._offices = {office.agency: office for office in offices}

    async def close(self) -> None:
        """Stop where we are."""
        await self._stack.aclose()

    async def _open(self, agency: str, client: httpx.AsyncClient | None) -> AgendaOffice:
        keys = self._keys[agency]
        line = await Line.connect(self._users[agency])
        post = _post(self._settings.webhook, self._secret, keys, client) if client else None
        records = AppointmentRecords(self._folder, line, agency, post)
        zone = ZoneInfo(self._settings.appointments.time_zone)
        opened = self._settings.appointments.open_at_first
        first_rules = default_rules(("pool-1", "pool-2")) if opened else Rules()
        plan = OfficePlan(agency, self._folder, zone, records.changed, first_rules=first_rules)
        office = AgendaOffice(line, plan, keys)
        # Closed the other way round: what is still told while closing is written down.
        self._stack.push_async_callback(line.close)
        self._stack.push_async_callback(records.close)
        self._stack.push_async_callback(office.close)
        records.start()
        await office.start()
        return office


def _post(
    webhook: WebhookSettings, secret: bytes, keys: KeyRing, client: httpx.AsyncClient
) -> Post:
    return Post(
        url=webhook.url,
        secret=secret,
        unseal=keys.person,
        client=client,
        personal=webhook.personal,
        reminder_hours=webhook.reminder_hours,
    )
