"""A pcscd for a test, and what was heard of cards."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from devices.card_reader.interface import CardEvent
from tests.devices.card_reader.pcscd import Pcscd
from tests.devices.helpers import Watched


@pytest_asyncio.fixture
async def pcscd(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Pcscd]:
    """One with two readers, running."""
    service = Pcscd()
    monkeypatch.setenv("PCSCLITE_CSOCK_NAME", str(service.socket))
    try:
        await service.start()
        yield service
    finally:
        await service.close()


class Heard(Watched):
    """Every event of cards."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[CardEvent] = []

    def __call__(self, event: CardEvent) -> None:
        self.events.append(event)
        self.happened()

    async def count(self, number: int) -> CardEvent:
        """The event of that number, from 1, once it has come."""
        await self.until(lambda: len(self.events) >= number)
        return self.events[number - 1]


@pytest.fixture
def heard() -> Heard:
    return Heard()
