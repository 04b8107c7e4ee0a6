"""Real card readers under a real pcscd: cards come and go, readers and the service too."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from devices.card_reader import open_card_reader
from devices.card_reader.identity import digest
from devices.card_reader.interface import CardKind
from devices.card_reader.process import ProcessCardReader
from devices.status import DeviceState
from tests.devices.card_reader.conftest import Heard
from tests.devices.card_reader.pcscd import (
    CONTACT_ATR,
    CONTACTLESS_ATR,
    GET_UID,
    OK,
    READERS,
    UID,
    Pcscd,
    VirtualCard,
    card,
)
from tests.devices.helpers import Statuses

KEY = bytes(range(32))
STAFF = digest(KEY, UID)
ONE, TWO = READERS


@pytest_asyncio.fixture
async def reader(pcscd: Pcscd, heard: Heard) -> AsyncIterator[ProcessCardReader]:
    """All readers of that pcscd, watched."""
    async with watching("auto", heard) as watched:
        yield watched


class watching:  # noqa: N801 - used as a statement.
    """A reader that is started, and stopped at the end."""

    def __init__(self, source: str, heard: Heard) -> None:
        reader = open_card_reader(source, key=KEY, cards={STAFF: CardKind.TECHNICIAN})
        assert isinstance(reader, ProcessCardReader)
        self.reader = reader
        self.statuses = Statuses()
        reader.on_card(heard)
        reader.on_status(self.statuses)

    async def __aenter__(self) -> ProcessCardReader:
        await self.reader.start()
        await self.statuses.ever(DeviceState.ONLINE)
        return self.reader

    async def __aexit__(self, *_: object) -> None:
        await self.reader.stop()
        assert self.reader.cards == ()
        assert self.reader.child_pid is None


async def test_a_card_comes_and_goes(pcscd: Pcscd, reader: ProcessCardReader, heard: Heard) -> None:
    badge = card()
    await badge.insert(pcscd.ports[0])
    come = await heard.count(1)
    assert come.present
    assert (come.card.kind, come.card.reader) == (CardKind.TECHNICIAN, ONE)
    assert come.card.digest == STAFF
    assert not come.card.already_in
    assert reader.cards == (come.card,)
    assert badge.asked == [GET_UID]
    await badge.remove()
    gone = await heard.count(2)
    assert not gone.present
    assert gone.card == come.card
    assert reader.cards == ()


async def test_the_uid_stays_in_the_child(
    pcscd: Pcscd, reader: ProcessCardReader, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    badge = card()
    await badge.insert(pcscd.ports[0])
    event = await heard.count(1)
    assert UID.hex() not in f"{event} {reader.status} {reader.capabilities} {caplog.text}".lower()
    command_line = " ".join(psutil.Process(reader.child_pid).cmdline())
    assert KEY.hex() not in command_line
    await badge.remove()


async def test_a_card_that_is_in_at_the_start(pcscd: Pcscd, heard: Heard) -> None:
    badge = card()
    await badge.insert(pcscd.ports[0])
    async with watching("pcsc", heard):
        await heard.count(1)
    # The service knows it by now; that it had only just come, too, would be right of the first.
    async with watching("pcsc", heard):
        come = await heard.count(3)
        assert (come.present, come.card.digest, come.card.already_in) == (True, STAFF, True)
    assert not (await heard.count(4)).present
    await badge.remove()


async def test_two_readers_at_once(pcscd: Pcscd, reader: ProcessCardReader, heard: Heard) -> None:
    one, two = card(), card(bytes(range(1, 8)) + OK)
    await one.insert(pcscd.ports[0])
    await two.insert(pcscd.ports[1])
    await heard.until(lambda: len(reader.cards) == 2)
    kinds = {inside.reader: inside.kind for inside in reader.cards}
    assert kinds == {ONE: CardKind.TECHNICIAN, TWO: CardKind.RESIDENT}
    await one.remove()
    await heard.until(lambda: len(reader.cards) == 1)
    assert reader.cards[0].kind is CardKind.RESIDENT
    await two.remove()


async def test_only_the_readers_that_are_named(pcscd: Pcscd, heard: Heard) -> None:
    async with watching("pcsc:BOOTH 00 01", heard) as reader:
        assert await reader.found() == (TWO,)
        badge, other = card(), card()
        await badge.insert(pcscd.ports[0])
        await other.insert(pcscd.ports[1])
        assert (await heard.count(1)).card.reader == TWO
        assert not badge.asked
        await badge.remove()
        await other.remove()


async def test_a_contact_card_is_never_spoken_to(
    pcscd: Pcscd, reader: ProcessCardReader, heard: Heard
) -> None:
    health_card = card(atr=CONTACT_ATR)
    await health_card.insert(pcscd.ports[0])
    event = await heard.count(1)
    assert (event.card.kind, event.card.digest) == (CardKind.RESIDENT, "")
    assert not health_card.asked
    await health_card.remove()
    assert not (await heard.count(2)).present


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(OK, id="empty"),
        pytest.param(b"\x6a\x81", id="wrong status word"),
        pytest.param(b"\x90", id="half a status word"),
        pytest.param(UID + b"\x91\x00", id="nearly right"),
        pytest.param(bytes(range(1, 255)) + OK, id="over-long"),
        pytest.param(bytes(60_000) + OK, id="far over-long"),
        pytest.param(bytes(4) + OK, id="filler"),
        pytest.param(bytes.fromhex("08A1B2C3") + OK, id="random"),
    ],
)
async def test_answers_without_a_number(
    pcscd: Pcscd, reader: ProcessCardReader, heard: Heard, answer: bytes
) -> None:
    badge = card(answer)
    await badge.insert(pcscd.ports[0])
    event = await heard.count(1)
    assert (event.card.kind, event.card.digest) == (CardKind.RESIDENT, "")
    await badge.remove()
    assert not (await heard.count(2)).present
    assert reader.status.state is DeviceState.ONLINE


async def test_a_card_that_never_answers_holds_up_no_other(
    pcscd: Pcscd, reader: ProcessCardReader, heard: Heard
) -> None:
    asked = asyncio.Event()

    async def never(_: bytes) -> bytes:
        asked.set()
        return await asyncio.Future()

    slow, badge = VirtualCard(never, CONTACTLESS_ATR), card()
    await slow.insert(pcscd.ports[0])
    await asked.wait()
    await badge.insert(pcscd.ports[1])
    first = await heard.count(1)
    assert (first.card.reader, first.card.kind) == (TWO, CardKind.TECHNICIAN)
    second = await heard.count(2)
    assert (second.card.reader, second.card.digest) == (ONE, "")
    await slow.remove()
    await badge.remove()
    await heard.until(lambda: not reader.cards)
    assert reader.status.state is DeviceState.ONLINE


async def test_a_card_pulled_out_in_the_middle_of_an_answer(
    pcscd: Pcscd, reader: ProcessCardReader, heard: Heard
) -> None:
    asked = asyncio.Event()

    async def pull(_: bytes) -> bytes:
        asked.set()
        return b""

    rude = VirtualCard(pull, CONTACTLESS_ATR)
    await rude.insert(pcscd.ports[0])
    await asked.wait()
    await rude.remove()
    badge = card()
    await badge.insert(pcscd.ports[0])
    await heard.until(lambda: any(inside.digest == STAFF for inside in reader.cards))
    await badge.remove()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
async def test_the_service_is_started_anew(
    pcscd: Pcscd, heard: Heard, number: signal.Signals
) -> None:
    watched = watching("auto", heard)
    async with watched as reader:
        badge = card()
        await badge.insert(pcscd.ports[0])
        await heard.count(1)
        await pcscd.end(number)
        assert not (await heard.count(2)).present
        lost = await watched.statuses.ever(DeviceState.NO_DEVICE)
        assert "pcscd" in lost.recovery_hint
        await badge.remove()
        badge = card()
        await pcscd.start()
        await badge.insert(pcscd.ports[0])
        back = await heard.count(3)
        assert (back.present, back.card.kind) == (True, CardKind.TECHNICIAN)
        assert reader.status.state is DeviceState.ONLINE
        await badge.remove()


async def test_a_service_that_hangs_is_noticed(pcscd: Pcscd, heard: Heard) -> None:
    watched = watching("auto", heard)
    async with watched:
        pcscd.send(signal.SIGSTOP)
        await watched.statuses.ever(DeviceState.HARDWARE_ERROR)
        back = asyncio.create_task(watched.statuses.next(DeviceState.ONLINE))
        pcscd.send(signal.SIGCONT)
        await back


async def test_a_service_that_comes_back_without_its_readers(pcscd: Pcscd, heard: Heard) -> None:
    watched = watching("auto", heard)
    async with watched:
        await pcscd.end()
        await pcscd.start(readers=False)
        await watched.statuses.until(
            lambda: (
                (DeviceState.NO_DEVICE, "no reader")
                in [(status.state, status.detail) for status in watched.statuses.seen]
            )
        )
        back = asyncio.create_task(watched.statuses.next(DeviceState.ONLINE))
        await pcscd.end()
        await pcscd.start()
        await back


async def test_without_a_service_there_is_no_device(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, heard: Heard
) -> None:
    monkeypatch.setenv("PCSCLITE_CSOCK_NAME", str(tmp_path / "none"))
    watched = watching("auto", heard)
    await watched.reader.start()
    status = await watched.statuses.ever(DeviceState.NO_DEVICE)
    assert "pcscd" in status.recovery_hint
    assert await watched.reader.found() == ()
    await watched.reader.stop()


async def test_found_names_readers_without_watching(pcscd: Pcscd) -> None:
    reader = open_card_reader("pcsc:booth", key=KEY, cards={})
    assert reader is not None
    assert await reader.found() == READERS


async def test_a_socket_without_rights_waits_for_somebody(
    monkeypatch: pytest.MonkeyPatch, pcscd: Pcscd, heard: Heard
) -> None:
    # The tests may run as root, whom no mode of a socket keeps out.
    monkeypatch.setattr(os, "access", lambda *_: False)
    watched = watching("auto", heard)
    await watched.reader.start()
    status = await watched.statuses.ever(DeviceState.USER_ERROR)
    assert status.recovery_hint
    await watched.reader.stop()
