"""Signals: each side hears the other, and nothing that is not well said."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.link.broker import Broker
from kiosk.link.keys import TicketKey
from kiosk.link.messages import Bye, EndReason, Offer, Ready, Signal, encode
from kiosk.link.signals import SignalChannel
from tests.link.conftest import Connect, RawConnect
from tests.link.waiting import until

KEY = TicketKey("caf", "mairie-a", "a" * 32)
OFFER = Offer(attempt=1, sdp="v=0\r\n" + "a=" + "x" * 40_000)
BYE = Bye(reason=EndReason.AGENT)


async def channels(connect: Connect) -> tuple[SignalChannel, SignalChannel]:
    booth = SignalChannel(
        await connect("kiosk-mairie-a"), KEY.agency, KEY.kiosk, KEY.ticket, "booth"
    )
    desk = SignalChannel(await connect("desk-caf"), KEY.agency, KEY.kiosk, KEY.ticket, "desk")
    return booth, desk


async def test_each_side_hears_the_other(connect: Connect) -> None:
    booth, desk = await channels(connect)
    async with booth, desk, asyncio.timeout(3):
        assert await booth.send(OFFER)
        assert await desk.send(Ready(page="0" * 8))
        assert await anext(desk) == OFFER
        assert await anext(booth) == Ready(page="0" * 8)
        await booth.send(BYE)
        await desk.close()
        assert [body async for body in desk] in ([], [BYE])


@pytest.mark.expects_log("signal dropped")
@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{}",
        b"\xff" * 100,
        b"[" * 60_000,
        b'{"v":1,"ticket":"' + b"a" * 32 + b'","body":{"type":"launch"}}',
        encode(Signal(ticket="b" * 32, body=BYE)),
    ],
)
async def test_what_is_not_well_said_is_dropped_with_one_line(
    connect: Connect, raw: RawConnect, payload: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    booth, _ = await channels(connect)
    forger = await raw("desk-caf")
    async with booth, asyncio.timeout(3):
        await forger.publish(KEY.signals_to("booth"), payload)
        await forger.publish(KEY.signals_to("booth"), encode(Signal(ticket=KEY.ticket, body=BYE)))
        assert await anext(booth) == BYE
    dropped = [record for record in caplog.records if "signal dropped" in record.getMessage()]
    assert len(dropped) == 1


@pytest.mark.expects_log("too many waiting")
async def test_a_flood_keeps_the_newest(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    booth, desk = await channels(connect)
    async with booth, desk, asyncio.timeout(5):
        for attempt in range(1, 400):
            await booth.send(Offer(attempt=attempt, sdp=""))
        await booth.send(BYE)
        await until(lambda: "too many waiting" in caplog.text)
        last = None
        while last != BYE:
            last = await anext(desk)


@pytest.mark.expects_log("broker not reached")
async def test_a_lost_line_is_told_and_the_channel_survives(
    broker: Broker, connect: Connect
) -> None:
    lines = [await connect("kiosk-mairie-a"), await connect("desk-caf")]
    booth = SignalChannel(lines[0], KEY.agency, KEY.kiosk, KEY.ticket, "booth")
    desk = SignalChannel(lines[1], KEY.agency, KEY.kiosk, KEY.ticket, "desk")
    async with booth, desk:
        await broker.stop()
        await until(lambda: not any(line.up for line in lines))
        assert not await booth.send(BYE)
        await broker.start()
        await until(lambda: all(line.up for line in lines))
        assert await booth.send(OFFER)
        assert await asyncio.wait_for(anext(desk), 2) == OFFER
