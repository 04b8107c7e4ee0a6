"""Whole calls between the booth's side and an agent in Python, over this machine's own address."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
import weakref
from collections.abc import AsyncIterator
from fractions import Fraction
from pathlib import Path

import av
import pytest
from structlog.testing import capture_logs

from kiosk.calls.call import Deadlines
from kiosk.calls.media import CallMedia
from kiosk.calls.peer import AUDIO_QUEUE, Peer
from kiosk.calls.sinks import Sinks
from kiosk.link.messages import (
    Answer,
    BoothMedia,
    Bye,
    Candidate,
    EndReason,
    Offer,
    SignalBody,
)
from kiosk.settings.booth import CallSettings
from tests.calls.agents import PAGE, PythonAgent
from tests.calls.booth import Booth, booth_in_call
from tests.calls.line import BadLine, LineSignals, own_address
from tests.calls.pictures import FakeCamera, FakeSound

HD = (1280, 720)


@pytest.fixture
async def agent() -> AsyncIterator[PythonAgent]:
    one = PythonAgent()
    yield one
    await one.close()


@pytest.fixture
async def line(agent: PythonAgent) -> AsyncIterator[LineSignals]:
    signals = LineSignals(agent, BadLine(own_address()))
    yield signals
    signals.line.close()


@pytest.mark.parametrize("codec", ["VP8", "H264"])
async def test_sound_and_picture_come_and_figures_are_told(agent: PythonAgent, codec: str) -> None:
    async with booth_in_call(agent, codec=codec) as booth:
        agent.ready()
        await booth.until(lambda: booth.pictures > 20 and booth.sound.loudest > 1000)
        assert booth.size == HD
        assert booth.self_pictures > 0
        await booth.until(lambda: booth.call.status.received_kbps > 300)
        status = booth.call.status
        assert status.connected_at is not None
        assert status.remote_video
        assert status.attempt == 1
        assert status.camera_working
        assert status.microphone_working
        assert not status.slowed
        await booth.until(lambda: any(isinstance(body, BoothMedia) for body in agent.sent))
    assert booth.released


async def test_the_offer_waits_for_the_page_and_is_sent_until_answered(agent: PythonAgent) -> None:
    lost: list[Answer] = []

    def lose_two(answer: Answer) -> Answer | None:
        lost.append(answer)
        return answer if len(lost) > 2 else None

    agent.bend = lose_two
    async with booth_in_call(agent) as booth:
        await booth.until(lambda: booth.self_pictures > 5)
        assert not agent.sent
        agent.ready()
        await booth.until(lambda: booth.pictures > 0)
        offers = [body for body in agent.sent if isinstance(body, Offer)]
        assert len(offers) == 3
        assert {offer.attempt for offer in offers} == {1}


async def test_the_resident_hangs_up(agent: PythonAgent) -> None:
    booth = Booth(agent)
    task = booth.begin()
    agent.ready()
    await booth.until(lambda: booth.pictures > 0)
    await booth.call.hang_up()
    assert await task is EndReason.RESIDENT
    assert agent.sent[-1] == Bye(reason=EndReason.RESIDENT)
    assert booth.released


async def test_the_agent_hangs_up(agent: PythonAgent) -> None:
    booth = Booth(agent)
    task = booth.begin()
    agent.ready()
    await booth.until(lambda: booth.pictures > 0)
    agent.bye()
    assert await task is EndReason.AGENT
    assert not any(isinstance(body, Bye) for body in agent.sent)
    assert booth.released


async def test_what_was_dropped_is_told_at_the_end(agent: PythonAgent) -> None:
    """Of the camera since the call began, and of a connection that is no more."""
    with capture_logs() as logs:
        async with booth_in_call(agent) as booth:
            agent.ready()
            await booth.until(lambda: booth.call._attempts.current is not None)
            peer = booth.call._attempts.current
            assert peer is not None
            for number in range(AUDIO_QUEUE * 3 + 1):
                packet = av.Packet(b"\xf8\xff\xfe")
                packet.pts, packet.time_base = 960 * number, Fraction(1, 48_000)
                peer._audio_track.deliver(packet)
            lost = peer.dropped
            assert lost >= 2 * AUDIO_QUEUE
            await agent.reload()
            await booth.until(lambda: booth.call.status.attempt == 2)
            booth.camera.dropped += 1000
    ended = [entry for entry in logs if entry["event"] == "call ended"]
    assert len(ended) == 1
    assert 1000 + lost <= ended[0]["dropped"] < 2000


async def test_what_the_camera_dropped_before_is_not_this_calls() -> None:
    camera = FakeCamera()
    camera.dropped = 7
    media = CallMedia.of(camera, FakeSound(), CallSettings(), Sinks())
    assert media.dropped == 0
    camera.dropped = 9
    assert media.dropped == 2


async def test_nobody_connects(agent: PythonAgent) -> None:
    booth = Booth(agent, deadlines=Deadlines(connect_s=1.0))
    assert await booth.begin() is EndReason.TIMEOUT
    assert booth.released


@pytest.mark.expects_log("no offer")
async def test_a_connection_that_cannot_be_made_is_tried_again(
    agent: PythonAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(servers: object) -> None:
        raise OSError("no socket left")

    monkeypatch.setattr("kiosk.calls.peer.new_connection", refuse)
    async with booth_in_call(agent) as booth:
        agent.ready()
        await booth.until(lambda: booth.call._attempts._number >= 2)
        monkeypatch.undo()
        await booth.until_picture()


async def test_the_line_does_not_come_back(agent: PythonAgent, line: LineSignals) -> None:
    booth = Booth(line, deadlines=Deadlines(recover_s=3.0))
    task = booth.begin()
    agent.ready()
    await booth.until(lambda: booth.pictures > 0)
    line.line.cut()
    agent.line_up = False
    assert await asyncio.wait_for(task, 10) is EndReason.TIMEOUT
    assert booth.released


@pytest.mark.expects_log("call failed")
async def test_a_camera_that_raises_ends_the_call_and_releases_the_sound(
    agent: PythonAgent,
) -> None:
    booth = Booth(agent)
    booth.camera.fail = RuntimeError("a driver of another kind")
    assert await booth.begin() is EndReason.FAULT
    assert booth.released
    assert booth.camera.stops == 1


async def test_a_call_that_is_cancelled_releases_everything(agent: PythonAgent) -> None:
    booth = Booth(agent)
    task = booth.begin()
    agent.ready()
    await booth.until(lambda: booth.pictures > 0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert booth.released


async def test_a_muted_booth_says_so(agent: PythonAgent) -> None:
    async with booth_in_call(agent) as booth:
        agent.ready()
        await booth.until(lambda: booth.pictures > 0)
        booth.call.set_muted(True)
        await booth.until(
            lambda: any(isinstance(body, BoothMedia) and body.muted for body in agent.sent)
        )


async def test_a_page_that_is_loaded_again_is_back_in_the_call(agent: PythonAgent) -> None:
    async with booth_in_call(agent) as booth:
        agent.ready()
        await booth.until(lambda: booth.pictures > 0)
        await agent.reload()
        await booth.until(lambda: booth.call.status.attempt == 2)
        await booth.until_picture()


async def test_the_same_page_asking_again_changes_nothing(agent: PythonAgent) -> None:
    async with booth_in_call(agent) as booth:
        agent.ready(PAGE)
        await booth.until(lambda: booth.pictures > 0)
        agent.ready(PAGE)
        await booth.until(lambda: booth.pictures > 30)
        assert booth.call.status.attempt == 1


@pytest.mark.parametrize("signalling_too", [False, True])
async def test_a_cut_line_is_told_and_mended_without_a_touch(
    agent: PythonAgent, line: LineSignals, *, signalling_too: bool
) -> None:
    async with booth_in_call(line) as booth:
        agent.ready()
        await booth.until(lambda: booth.pictures > 10)
        line.line.cut()
        agent.line_up = not signalling_too
        await booth.until(lambda: booth.call.status.slowed, within_s=4)
        await booth.until(lambda: booth.call._attempts._number >= 3, within_s=30)
        line.line.cut(False)
        agent.line_up = True
        await booth.until_picture()
        await booth.until(lambda: not booth.call.status.slowed)
        assert [status.slowed for status in booth.statuses].count(True) >= 1


async def test_packets_lost_by_a_pattern_cost_no_picture(
    agent: PythonAgent, line: LineSignals
) -> None:
    line.line.to_booth.lose([number % 25 == 3 for number in range(25)])
    async with booth_in_call(line) as booth:
        agent.ready()
        await booth.until(lambda: booth.pictures > 60)
        assert line.line.to_booth.lost > 5
        assert booth.call.status.attempt == 1


@pytest.mark.expects_log("answer dropped")
@pytest.mark.expects_log("candidate dropped")
async def test_malformed_signals_are_dropped_and_the_call_goes_on(agent: PythonAgent) -> None:
    rubbish: list[SignalBody] = [
        Answer(attempt=1, sdp="v=0\r\nrubbish"),
        Answer(attempt=99, sdp=""),
        Candidate(attempt=1, candidate="candidate:rubbish"),
        Candidate(attempt=1, candidate=""),
        Candidate(attempt=1, candidate="candidate:1 1 tcp 1 192.0.2.1 9 typ host"),
    ]
    async with booth_in_call(agent) as booth:
        agent.bend = lambda answer: None
        agent.ready()
        await booth.until(lambda: any(isinstance(body, Offer) for body in agent.sent))
        for body in rubbish:
            agent.say(body)
        agent.bend = lambda answer: answer
        await booth.until(lambda: booth.pictures > 0)
        many = "candidate:1 1 udp 1 198.51.100.1 {} typ host"
        for port in range(100):
            agent.say(Candidate(attempt=1, candidate=many.format(2000 + port), sdp_mid="0"))
        for body in rubbish:
            agent.say(body)
        await booth.until_picture()
        assert booth.task is not None
        assert not booth.task.done()


@pytest.mark.expects_log("signal dropped")
async def test_what_only_a_booth_says_is_dropped(agent: PythonAgent) -> None:
    async with booth_in_call(agent) as booth:
        agent.say(Offer(attempt=1, sdp="v=0"))
        agent.ready()
        await booth.until(lambda: booth.pictures > 0)


async def test_a_hundred_attempts_leave_nothing_behind(agent: PythonAgent) -> None:
    """Every attempt is renewed as soon as it has sent its offer; none is ever answered."""
    agent.bend = lambda answer: None

    async def no_offer(body: SignalBody) -> bool:
        return True

    agent.send = no_offer  # type: ignore[method-assign]
    made: list[weakref.ref[Peer]] = []
    async with booth_in_call(agent) as booth:
        agent.ready()
        attempts = booth.call._attempts
        await booth.until(lambda: attempts._offer is not None)
        before = (len(asyncio.all_tasks()), open_files(), threading.active_count())
        for _ in range(100):
            assert attempts._trying is not None
            made.append(weakref.ref(attempts._trying))
            attempts._renew("test")
            await booth.until(lambda: attempts._offer is not None)
        await booth.until(lambda: not attempts._closing)
        after = (len(asyncio.all_tasks()), open_files(), threading.active_count())
        assert after[0] <= before[0] + 2
        assert after[1] <= before[1] + 2
        assert after[2] <= before[2] + 2
    gc.collect()
    assert [peer() for peer in made if peer() is not None] == []


async def test_a_finished_call_is_gone_from_memory(agent: PythonAgent) -> None:
    async with booth_in_call(agent) as booth:
        agent.ready()
        await booth.until_picture()
        call = weakref.ref(booth.call)
        media = weakref.ref(booth.call._media.video)
    booth.forget()
    await agent.close()
    await asyncio.sleep(0)
    gc.collect()
    assert call() is None
    assert media() is None
    names = {thread.name for thread in threading.enumerate()}
    assert not names & {"video-encoder", "video-decoder", "audio-decoder"}


def open_files() -> int:
    return len(os.listdir(Path("/proc/self/fd")))  # noqa: PTH208
