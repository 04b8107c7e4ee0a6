"""A real broker for each test, and lines to it as its users have them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from nats.aio.client import Client

from kiosk.link.broker import Broker
from kiosk.link.line import Line

AGENCIES = ("caf", "cpam")
KIOSKS = ("mairie-a", "poste-b")

Connect = Callable[[str], Awaitable[Line]]


class RawClient(Client):
    """A NATS client that remembers what the broker forbade."""

    def __init__(self) -> None:
        super().__init__()
        self.complaints: list[str] = []

    async def note(self, error: Exception) -> None:
        """Take an error that the broker sent."""
        self.complaints.append(str(error))

    async def barrier(self) -> None:
        """Return when the broker has dealt with all that was sent."""
        await self.flush()
        await self.flush()

    async def refused(self, subject: str, payload: bytes = b"") -> bool:
        """Tell whether the broker forbids a request."""
        self.complaints.clear()
        await self.publish(subject, payload, reply=self.new_inbox())
        await self.barrier()
        return any(
            "publish" in complaint and subject.lower() in complaint.lower()
            for complaint in self.complaints
        )


RawConnect = Callable[[str], Awaitable[RawClient]]


@dataclass(frozen=True, slots=True)
class Address:
    """What a line needs to know."""

    url: str
    user: str
    password: str
    ca_file: Path | None = None


@pytest.fixture
async def broker(tmp_path: Path) -> AsyncIterator[Broker]:
    """A broker of two agencies and two booths on a free port."""
    broker = Broker(tmp_path / "broker", AGENCIES, KIOSKS, port=0)
    await broker.start()
    yield broker
    await broker.stop()


@pytest.fixture
async def connect(broker: Broker) -> AsyncIterator[Connect]:
    """Return lines by user name."""
    lines: list[Line] = []

    async def connect(user: str) -> Line:
        line = await Line.connect(Address(broker.url, user, broker.credentials[user]))
        lines.append(line)
        return line

    yield connect
    for line in lines:
        await line.close()


@pytest.fixture
async def raw(broker: Broker) -> AsyncIterator[RawConnect]:
    """Return plain NATS clients by user name: what somebody with stolen credentials has."""
    clients: list[RawClient] = []

    async def connect(user: str) -> RawClient:
        client = RawClient()
        clients.append(client)
        await client.connect(
            broker.url,
            user=user,
            password=broker.credentials[user],
            inbox_prefix=f"_INBOX_{user}",
            error_cb=client.note,
            allow_reconnect=False,
        )
        return client

    yield connect
    for client in clients:
        await client.close()
