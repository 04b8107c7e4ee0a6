"""The simulated card reader, as the dock drives it, in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from devices.card_reader import open_card_reader
from devices.card_reader.identity import digest
from devices.card_reader.interface import CardEvent, CardKind
from devices.card_reader.simulated import READER, SimulatedCardReader
from devices.dock import WrongArgument
from devices.status import DeviceState
from tests.devices.card_reader.pcscd import UID
from tests.visit import virtual_time

KEY = bytes(range(32))


class Desk:
    """The reader, and what was heard of it."""

    def __init__(self) -> None:
        reader = open_card_reader("simulated", key=KEY, cards={digest(KEY, UID): CardKind.MEDIATOR})
        assert isinstance(reader, SimulatedCardReader)
        self.reader = reader
        self.events: list[CardEvent] = []
        reader.on_card(self.events.append)

    async def do(self, action: str, argument: str = "") -> None:
        self.reader.actions[action].run(argument)
        await asyncio.sleep(0.01)

    @property
    def heard(self) -> list[tuple[bool, CardKind]]:
        return [(event.present, event.card.kind) for event in self.events]


def story(tell: Callable[[Desk], Awaitable[None]]) -> None:
    async def run() -> None:
        desk = Desk()
        await desk.reader.start()
        await asyncio.sleep(0.01)
        await tell(desk)
        await desk.reader.stop()
        assert desk.reader.cards == ()

    virtual_time.run(run())


@pytest.mark.parametrize("kind", list(CardKind))
def test_a_card_of_each_kind(kind: CardKind) -> None:
    async def tell(desk: Desk) -> None:
        await desk.do("present", kind.value)
        await desk.do("remove")
        assert desk.heard == [(True, kind), (False, kind)]
        assert desk.events[0].card.reader == READER

    story(tell)


def test_a_card_by_its_number() -> None:
    async def tell(desk: Desk) -> None:
        await desk.do("present", UID.hex())
        await desk.do("present", "01020304")
        kinds = [(True, CardKind.MEDIATOR), (False, CardKind.MEDIATOR), (True, CardKind.RESIDENT)]
        assert desk.heard == kinds
        for wrong in ("", "boss", "08010203", "00" * 40):
            with pytest.raises(WrongArgument):
                await desk.do("present", wrong)

    story(tell)


@pytest.mark.parametrize(("action", "back"), [("unplug", "plug"), ("restart", "")])
def test_lost_and_back_with_the_card_in(action: str, back: str) -> None:
    async def tell(desk: Desk) -> None:
        await desk.do("present", "technician")
        await desk.do(action)
        assert desk.reader.cards == ()
        assert desk.reader.status.state is not DeviceState.ONLINE
        if back:
            await asyncio.sleep(60)
            assert desk.reader.status.state is DeviceState.NO_DEVICE
            assert await desk.reader.found() == ()
            await desk.do(back)
        await asyncio.sleep(3)
        assert desk.reader.status.state is DeviceState.ONLINE
        assert [present for present, _ in desk.heard] == [True, False, True]

    story(tell)


def test_slow() -> None:
    async def tell(desk: Desk) -> None:
        await desk.do("slow", "5")
        await desk.do("present", "resident")
        await asyncio.sleep(4.9)
        assert not desk.events
        await asyncio.sleep(0.2)
        assert desk.heard == [(True, CardKind.RESIDENT)]
        await desk.do("present", "resident")
        await desk.do("remove")
        await asyncio.sleep(10)
        assert [present for present, _ in desk.heard] == [True, False]

    story(tell)
