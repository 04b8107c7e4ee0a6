"""Calls with a real Chromium: both codecs at full size both ways, and a line that is cut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.calls.booth import booth_in_call
from tests.calls.chromium import ChromiumAgent, chromium_agent
from tests.calls.line import BadLine, LineSignals, own_address

HD = (1280, 720)


@pytest.fixture
async def agent() -> AsyncIterator[ChromiumAgent]:
    async with chromium_agent() as one:
        yield one


async def figures(
    agent: ChromiumAgent,
    wanted: str,
    least: float,
    within_s: float = 25.0,
    stream: str = "inbound-rtp-video",
) -> dict[str, Any]:
    """Wait until the page's statistics of a stream reach a value; return them all."""
    async with asyncio.timeout(within_s):
        while True:
            found = await agent.figures()
            if found.get(stream, {}).get(wanted, 0) >= least:
                return found
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("codec", ["VP8", "H264"])
async def test_picture_and_sound_both_ways(agent: ChromiumAgent, codec: str) -> None:
    async with booth_in_call(agent, codec=codec) as booth:
        agent.ready()
        await booth.until(lambda: booth.size == HD, within_s=30)
        await booth.until(lambda: booth.sound.loudest > 500, within_s=30)
        found = await figures(agent, "framesDecoded", 30)
        assert {mime for _, mime in found["codecs"]} >= {f"video/{codec}"}
        used = found["inbound-rtp-video"]["codecId"]
        assert dict(found["codecs"])[used] == f"video/{codec}"
        sound = found["inbound-rtp-audio"]
        assert sound["totalAudioEnergy"] > 0
        await booth.until(lambda: booth.call.status.round_trip_s is not None, within_s=15)


async def test_chromium_is_told_at_once_that_it_may_send_in_full(agent: ChromiumAgent) -> None:
    """What aiortc alone gets wrong: 300 kb/s and 960 × 540 for the first half minute."""
    async with booth_in_call(agent) as booth:
        agent.ready()
        await booth.until(lambda: booth.pictures > 0, within_s=30)
        async with asyncio.timeout(20):
            while True:
                found = await agent.figures()
                if found.get("outbound-rtp-video", {}).get("targetBitrate", 0) > 1_200_000:
                    break
                await asyncio.sleep(0.1)
        assert found["outbound-rtp-video"]["frameWidth"] == HD[0]


async def test_chromium_is_back_after_a_cut(agent: ChromiumAgent) -> None:
    line = BadLine(own_address())
    async with booth_in_call(LineSignals(agent, line)) as booth:
        agent.ready()
        await booth.until(lambda: booth.pictures > 10, within_s=30)
        line.cut()
        await booth.until(lambda: booth.call.status.slowed, within_s=10)
        line.cut(False)
        await booth.until_picture()
        before = await agent.figures()
        decoded = before.get("inbound-rtp-video", {}).get("framesDecoded", 0)
        await figures(agent, "framesDecoded", decoded + 5)
    line.close()


async def test_chromium_shares_a_window_over_a_line_that_loses_and_the_face_stays(
    agent: ChromiumAgent,
) -> None:
    line = BadLine(own_address())
    async with booth_in_call(LineSignals(agent, line)) as booth:
        agent.ready()
        await booth.until(lambda: booth.pictures > 10, within_s=30)
        assert booth.shared_pictures == 0
        line.to_booth.lose([number % 12 == 3 for number in range(12)])
        await agent.page.evaluate("share(true)")
        await booth.until(lambda: booth.shared_pictures > 8, within_s=30)
        assert booth.shared_size == HD
        await figures(agent, "retransmittedPacketsSent", 3, stream="outbound-rtp-shared")
        assert booth.call.status.shared_video
        await booth.until_picture()
        await agent.page.evaluate("share(false)")
        await booth.until(lambda: not booth.call.status.shared_video)
        await booth.until_picture()
        assert booth.call.status.attempt == 1
    line.close()
