"""Beside sound and picture the robot writes, points, shares and gives, over a real call."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from functools import partial

import pytest

from desk.robot import conversation, writing
from desk.robot.papers import CHUNK_HEAD
from kiosk.calls.lane import Pipe
from kiosk.calls.show import ShowLane
from kiosk.calls.text import RealTimeText
from kiosk.link import papers
from tests.calls.agents import PythonAgent
from tests.calls.booth import booth_in_call


class Told:
    """Everything that the lanes of a booth were told, and a way to wait for it."""

    def __init__(self) -> None:
        self.text = RealTimeText(self._changed)
        self.show = ShowLane(self._shown)
        self.papers = PapersWitness(self._changed)
        self.shown: list[tuple[bool, tuple[float, float] | None]] = []
        self._news = asyncio.Event()

    @property
    def lanes(self) -> tuple[RealTimeText, ShowLane, PapersWitness]:
        return (self.text, self.show, self.papers)

    @property
    def read(self) -> list[str]:
        return [line.text for line in self.text.lines if line.ended and not line.own]

    def say(self, line: str) -> None:
        self.text.type(line)
        self.text.end()

    async def until(self, condition: Callable[[], bool], within_s: float = 20.0) -> None:
        async with asyncio.timeout(within_s):
            while not condition():
                self._news.clear()
                await self._news.wait()

    def _changed(self) -> None:
        self._news.set()

    def _shown(self, showing: bool, pointer: tuple[float, float] | None) -> None:
        self.shown.append((showing, pointer))
        self._news.set()


class PapersWitness:
    """A lane that offers one page and fetches what is given, in as few lines as that takes."""

    label = papers.LABEL
    lossy = False

    def __init__(self, changed: Callable[[], None]) -> None:
        self.frames: list[papers.AnyFrame] = []
        self.content = b""
        self.pipe: Pipe | None = None
        self._changed = changed

    def open(self, pipe: Pipe) -> None:
        self.pipe = pipe
        pipe.send(papers.Hello().model_dump_json())
        self._changed()

    def closed(self, pipe: Pipe) -> None:
        """A test looks at what came."""

    def tell(self, frame: papers.Frame) -> None:
        assert self.pipe is not None
        self.pipe.send(frame.model_dump_json())

    def send(self, offer: papers.Offer, content: bytes, offset: int) -> None:
        assert self.pipe is not None
        for start in range(offset, len(content), papers.CHUNK_BYTES):
            head = CHUNK_HEAD.pack(bytes.fromhex(offer.id), start)
            self.pipe.send(head + content[start : start + papers.CHUNK_BYTES])

    def take(self, data: str | bytes) -> None:
        if isinstance(data, bytes):
            self.content += data[CHUNK_HEAD.size :]
        else:
            frame = papers.decode_frame(data)
            self.frames.append(frame)
            if isinstance(frame, papers.Offer):
                self.tell(papers.Want(id=frame.id, offset=0))
        self._changed()

    def wanted(self, paper: str) -> bool:
        return papers.Want(id=paper, offset=0) in self.frames

    def heard(self, kind: type[papers.Frame]) -> list[papers.Frame]:
        return [frame for frame in self.frames if isinstance(frame, kind)]


def page(content: bytes, kind: papers.Kind = papers.Kind.PAGE) -> papers.Offer:
    digest = hashlib.sha256(content).hexdigest()
    return papers.Offer(
        id=digest[:32], kind=kind, media=papers.Media.JPEG, size=len(content), sha256=digest
    )


@pytest.fixture
async def agent(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[PythonAgent]:
    monkeypatch.setattr(conversation, "SHARE_S", 1.5)
    monkeypatch.setattr(writing, "KEY_S", 0.001)
    one = PythonAgent()
    yield one
    await one.close()


async def test_the_robot_echoes_a_line_and_goes_on_after_a_page_is_reloaded(
    agent: PythonAgent,
) -> None:
    told = Told()
    async with booth_in_call(agent, lanes=told.lanes) as booth:
        agent.ready()
        told.say("Bonjour")
        await told.until(lambda: told.read == ["Vous avez écrit : Bonjour"])
        await booth.until(lambda: booth.pictures > 0)
        await agent.reload()
        told.say("Encore")
        # What answers now is another robot, which reads all of it for the first time.
        echoes = [f"Vous avez écrit : {line}" for line in ("Bonjour", "Bonjour", "Encore")]
        await told.until(lambda: told.read == echoes)
    assert not told.text.connected


async def test_the_robot_shares_a_window_and_the_face_stays(agent: PythonAgent) -> None:
    told = Told()
    async with booth_in_call(agent, lanes=told.lanes) as booth:
        agent.ready()
        await booth.until(lambda: booth.pictures > 10)
        assert booth.shared_pictures == 0
        assert not booth.call.status.shared_video
        told.say("Partage")
        await booth.until(lambda: booth.shared_pictures > 10)
        assert booth.shared_size == (1280, 720)
        await booth.until(lambda: booth.call.status.shared_video)
        await booth.until_picture()
        await told.until(lambda: any(pointer is not None for _, pointer in told.shown))
        assert told.shown[0] == (True, None)
        await told.until(lambda: told.shown[-1] == (False, None))
        await booth.until(lambda: not booth.call.status.shared_video)
        assert not booth.call.status.slowed
        assert booth.call.status.attempt == 1


async def test_the_robot_takes_pages_gives_a_document_and_deposits_nothing_without_a_gateway(
    agent: PythonAgent,
) -> None:
    told = Told()
    async with booth_in_call(agent, lanes=told.lanes):
        agent.ready()
        await told.until(lambda: bool(told.papers.heard(papers.Hello)))
        content = bytes(range(256)) * 200
        good, bad = (
            page(content),
            page(b"another").model_copy(update={"size": 7, "sha256": "0" * 64}),
        )
        for offer, data in ((good, content), (bad, b"another")):
            told.papers.tell(offer)
            await told.until(partial(told.papers.wanted, offer.id))
            told.papers.send(offer, data, 0)
        await told.until(lambda: bool(told.papers.heard(papers.Refused)))
        assert told.papers.heard(papers.Done) == [papers.Done(id=good.id)]
        assert told.papers.heard(papers.Refused) == [
            papers.Refused(id=bad.id, reason=papers.Reason.DAMAGED)
        ]
        told.say("document")
        await told.until(lambda: told.papers.content.endswith(b"%%EOF\n"))
        (offer,) = told.papers.heard(papers.Offer)
        assert isinstance(offer, papers.Offer)
        assert hashlib.sha256(told.papers.content).hexdigest() == offer.sha256
        assert told.papers.content.startswith(b"%PDF-")
        (notes,) = told.papers.heard(papers.Notes)
        assert isinstance(notes, papers.Notes)
        assert len(notes.missing) == 1
