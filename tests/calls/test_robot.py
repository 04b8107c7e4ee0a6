"""The robot agent: its picture, its speech, and its life with a gateway that comes and goes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import av
import numpy as np
import pytest

from desk.page_messages import (
    BoothSignal,
    Claimed,
    ClaimTicket,
    Ended,
    InCall,
    Pong,
    QueueEntry,
    QueueState,
    SetPresence,
)
from desk.robot import agent as robot_agent
from desk.robot import speech as robot_speech
from desk.robot.agent import Robot
from desk.robot.main import command
from desk.robot.media import NoDecoder, Pace, PictureTrack, SpeechTrack
from desk.robot.parcels import lay_down
from desk.robot.picture import HEIGHT, WIDTH, RobotPicture
from desk.robot.text import RobotText
from devices.camera import strip
from kiosk.link.messages import AgentState, EndReason, SignalBody
from kiosk.link.papers import Deposit, Kind, Media, Offer
from kiosk.link.text import FRAME, MOST_CHARACTERS, Line
from kiosk.settings import SettingsError
from tests.calls.agents import speech
from tests.calls.booth import booth_in_call
from tests.calls.gateway import Gateway, serving

TICKET = "a" * 32


def entry(claimed_by: str | None = None) -> QueueEntry:
    return QueueEntry(
        ticket=TICKET, kiosk="pvp", place_name="Poste", since=0, claimed_by=claimed_by
    )


CALL = InCall(ticket=TICKET, kiosk="pvp", place_name="Poste", since=0.0)


def test_the_time_in_the_picture_can_be_read_by_the_booth_s_reader() -> None:
    now = 1_795_000_123.456
    luma = RobotPicture().draw(now)[:HEIGHT]
    assert strip.read(luma) == int(now * 1000) & 0xFFFFFFFF


def test_the_picture_moves_and_its_clock_changes() -> None:
    picture = RobotPicture()
    first = picture.draw(1000.0).copy()
    second = picture.draw(1001.0).copy()
    assert first.shape == (HEIGHT * 3 // 2, WIDTH)
    assert np.count_nonzero(first[380:680] != second[380:680]) > 100_000
    assert np.count_nonzero(first[180:290] != second[180:290]) > 500


def test_it_speaks_french_for_a_few_seconds() -> None:
    assert 300 < len(speech()) < 3000
    decoder = av.CodecContext.create("libopus", "r")
    decoder.sample_rate, decoder.layout, decoder.format = 48_000, "mono", "s16"
    loudest = max(
        int(np.abs(frame.to_ndarray().astype(int)).max())
        for data in speech()[:200]
        for frame in decoder.decode(av.Packet(data))
    )
    assert loudest > 5000


@pytest.mark.expects_log("the robot hums")
def test_without_a_synthesiser_it_hums(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robot_speech.shutil, "which", lambda name: None)
    assert len(robot_speech.packets(None)) == 100
    monkeypatch.setattr(robot_speech.shutil, "which", lambda name: "/bin/false")
    assert len(robot_speech.packets(None)) == 100


@pytest.mark.parametrize("codec", ["VP8", "H264"])
async def test_its_tracks_give_encoded_packets(codec: str) -> None:
    track = PictureTrack(RobotPicture())
    track.codec = codec
    decoder = av.CodecContext.create("vp8" if codec == "VP8" else "h264", "r")
    times, shown = [], 0
    for number in range(8):
        track.key_frame_due = track.key_frame_due or number == 5
        packet = await track.recv()
        times.append(packet.pts)
        shown += len(decoder.decode(av.Packet(bytes(packet))))
    assert shown >= 7
    assert (np.diff(times) >= 3000).all()
    sound = SpeechTrack(speech())
    first, second = await sound.recv(), await sound.recv()
    assert second.pts - first.pts >= 960


async def test_a_track_that_is_late_leaves_out_instead_of_hurrying() -> None:
    pace = Pace(0.02)
    await pace.next()
    pace._due = time.monotonic() - 1.0
    await pace.next()
    assert 45 <= pace.skipped <= 55


def test_the_null_decoder_passes_on_what_it_gets() -> None:
    frame = object()
    assert NoDecoder().decode(frame) == [frame]


def test_a_password_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        command(["--desk", "http://x", "--user", "r", "--password-file", str(tmp_path / "missing")])


def test_what_it_writes_is_never_longer_than_a_line_may_be() -> None:
    sent: list[str | bytes] = []
    text = RobotText(lambda _: None)
    text.open(sent.append)
    text.write("x" * MOST_CHARACTERS, ended=False)
    text.write("x" * (MOST_CHARACTERS + 1))
    last = FRAME.validate_json(sent[-1])
    assert last == Line(n=1, revision=2, text="x" * MOST_CHARACTERS, ended=True)


class BehindGateway:
    """The booth's signalling through the gateway of a test."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def send(self, body: SignalBody) -> bool:
        await self._gateway.say(BoothSignal(ticket=TICKET, body=body))
        return True

    async def __aiter__(self) -> AsyncIterator[SignalBody]:
        while True:
            yield await self._gateway.signals.get()


@asynccontextmanager
async def running(port: int) -> AsyncIterator[Robot]:
    robot = Robot(f"http://127.0.0.1:{port}", "robot", "secret", speech())
    task = asyncio.create_task(robot.run())
    try:
        yield robot
    finally:
        task.cancel()
        await asyncio.wait([task])


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robot_agent, "ANSWER_AFTER_S", 0.1)
    monkeypatch.setattr(robot_agent, "RETRY_S", 0.1)


async def test_it_signs_in_is_available_and_answers_pings() -> None:
    gateway = Gateway()
    async with serving(gateway) as port, running(port):
        presence = await gateway.expect(SetPresence)
        assert presence == SetPresence(state=AgentState.AVAILABLE)
        await gateway.expect(Pong)
        assert gateway.sign_ins == [
            {"origin": f"http://127.0.0.1:{port}", "user": "robot", "password": "secret"}
        ]


async def test_it_answers_who_waits_talks_and_is_available_again() -> None:
    gateway = Gateway()
    async with serving(gateway) as port, running(port):
        await gateway.expect(SetPresence)
        await gateway.say(QueueState(waiting=(entry(),)))
        claim = await gateway.expect(ClaimTicket)
        assert claim == ClaimTicket(ticket=TICKET)
        await gateway.say(Claimed(ticket=TICKET, outcome="won"))
        await gateway.say(CALL)
        async with booth_in_call(BehindGateway(gateway)) as booth:
            await booth.until(lambda: booth.pictures > 20 and booth.sound.loudest > 1000)
            assert booth.size == (WIDTH, HEIGHT)
        await gateway.say(Ended(ticket=TICKET, reason=EndReason.RESIDENT))
        presence = await gateway.expect(SetPresence)
        assert presence == SetPresence(state=AgentState.AVAILABLE)


async def test_a_lost_claim_leaves_it_free_for_the_next() -> None:
    gateway = Gateway()
    async with serving(gateway) as port, running(port):
        await gateway.expect(SetPresence)
        await gateway.say(QueueState(waiting=(entry(),)))
        await gateway.expect(ClaimTicket)
        await gateway.say(Claimed(ticket=TICKET, outcome="lost", by="Awa"))
        await gateway.say(QueueState(waiting=(entry("Awa"),)))
        await gateway.say(QueueState(waiting=(entry(),)))
        assert await gateway.expect(ClaimTicket)


async def test_a_call_outlives_the_gateway_s_restart() -> None:
    gateway = Gateway()
    async with serving(gateway) as port, running(port):
        await gateway.expect(SetPresence)
        await gateway.say(CALL)
        async with booth_in_call(BehindGateway(gateway)) as booth:
            await booth.until(lambda: booth.pictures > 10)
            await gateway.sockets[-1].close()
            await booth.until(lambda: len(gateway.sockets) == 2)
            await gateway.say(CALL.model_copy(update={"resumed": True}))
            await booth.until_picture()
            assert booth.call.status.attempt == 1


async def test_a_call_that_the_new_gateway_does_not_know_is_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(robot_agent, "CONFIRM_S", 0.2)
    gateway = Gateway()
    async with serving(gateway) as port, running(port):
        await gateway.expect(SetPresence)
        await gateway.say(CALL)
        await gateway.expect(robot_agent.PageSignal)
        await gateway.sockets[-1].close()
        assert await gateway.expect(SetPresence) == SetPresence(state=AgentState.AVAILABLE)


@pytest.mark.expects_log("sign-in refused")
async def test_a_refused_sign_in_is_tried_again_when_it_may() -> None:
    gateway = Gateway()
    gateway.refusals = [(429, {"Retry-After": "0"}), (401, {"Retry-After": "0"})]
    async with serving(gateway) as port, running(port):
        await gateway.expect(SetPresence)
        assert len(gateway.sign_ins) == 3


async def test_it_waits_for_a_gateway_that_is_not_there_yet() -> None:
    gateway = Gateway()
    async with serving(gateway) as port:
        pass
    async with running(port), serving(gateway, port):
        await gateway.expect(SetPresence)


PARCEL = Offer(
    id="b" * 32,
    kind=Kind.PARCEL,
    media=Media.SEALED,
    size=6,
    sha256="0" * 64,
    deposit=Deposit(proof="c" * 64, salt="d" * 32, expires_s=600),
)


@pytest.mark.expects_log("parcel not deposited")
async def test_a_parcel_is_laid_down_at_the_gateway_or_it_is_not() -> None:
    gateway = Gateway()
    async with serving(gateway) as port:
        desk = f"http://127.0.0.1:{port}"
        assert await lay_down(desk, "session=given", TICKET, PARCEL, b"sealed") == 600
        headers, content = gateway.parcels[0]
        assert content == b"sealed"
        assert headers["cookie"] == "session=given"
        assert headers["origin"] == desk
        slip = {name.removeprefix("x-parcel-"): value for name, value in headers.items()}
        assert slip["ticket"] == TICKET
        assert (slip["id"], slip["proof"], slip["salt"]) == ("b" * 32, "c" * 64, "d" * 32)
        assert slip["expires"] == "600"
        gateway.parcels_status = 409
        assert await lay_down(desk, "session=given", TICKET, PARCEL, b"sealed") is None
        bare = PARCEL.model_copy(update={"deposit": None})
        assert await lay_down(desk, "session=given", TICKET, bare, b"sealed") is None
        assert len(gateway.parcels) == 2
    assert await lay_down(desk, "session=given", TICKET, PARCEL, b"sealed") is None
