"""Real-time text: both sides converge whatever is lost; whatever comes is bounded."""

from __future__ import annotations

import asyncio
import json
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.calls.text import FULL_BYTES, LONGEST_WAIT_S, RealTimeText, TextLine
from kiosk.link.text import MOST_BYTES, MOST_CHARACTERS, MOST_LINES, MOST_REVISIONS


class Wire:
    """One direction of one channel: a test says what becomes of each frame."""

    def __init__(self) -> None:
        self.buffered = 0
        self.waiting: deque[str | bytes] = deque()
        self.sent: list[str | bytes] = []
        self.newly_sent = asyncio.Event()

    def send(self, data: str | bytes) -> None:
        self.sent.append(data)
        self.waiting.append(data)
        self.newly_sent.set()


class Side:
    """One side, and how often its lines changed."""

    def __init__(self) -> None:
        self.changes = 0
        self.text = RealTimeText(self._changed)
        self.wire = Wire()

    def reads(self, *, own: bool) -> list[tuple[str, bool]]:
        return [(line.text, line.ended) for line in self.text.lines if line.own is own]

    def _changed(self) -> None:
        self.changes += 1


def connect(*sides: Side) -> None:
    """Open a new channel between the two, in place of an older one."""
    for side in sides:
        side.wire = Wire()
        side.text.open(side.wire)


def deliver(one: Side, other: Side) -> None:
    """Let everything through, in both directions, until nothing is on its way."""
    while one.wire.waiting or other.wire.waiting:
        for sender, receiver in ((one, other), (other, one)):
            if sender.wire.waiting:
                receiver.text.take(sender.wire.waiting.popleft())


def say(side: Side, text: str) -> None:
    side.text.type(text)
    side.text.end()


def test_every_key_is_seen_at_the_other_side() -> None:
    booth, agent = Side(), Side()
    connect(booth, agent)
    for typed in ("B", "Bo", "Bon"):
        booth.text.type(typed)
        deliver(booth, agent)
        assert agent.text.lines == (TextLine(1, typed, own=False, ended=False, corrected=False),)
    booth.text.end()
    say(agent, "Oui")
    deliver(booth, agent)
    assert [(line.text, line.own, line.ended) for line in booth.text.lines] == [
        ("Bon", True, True),
        ("Oui", False, True),
    ]


def test_what_is_typed_before_and_between_channels_comes_with_the_next() -> None:
    booth, agent = Side(), Side()
    say(booth, "un")
    booth.text.type("deu")
    connect(booth, agent)
    deliver(booth, agent)
    assert agent.reads(own=False) == [("un", True), ("deu", False)]
    booth.text.closed(booth.wire)
    assert not booth.text.connected
    booth.text.type("deux")
    booth.text.end()
    booth.text.correct(1, "un peu")
    connect(booth, agent)
    deliver(booth, agent)
    assert agent.reads(own=False) == [("un peu", True), ("deux", True)]
    assert [line.corrected for line in agent.text.lines] == [True, False]
    connect(booth, agent)
    deliver(booth, agent)
    assert len(agent.text.lines) == 2
    assert len(booth.wire.sent) == 1, "nothing is sent again that is there"


def test_a_replaced_channel_that_closes_late_changes_nothing() -> None:
    side = Side()
    old, new = Wire(), Wire()
    side.text.open(old)
    side.text.open(new)
    side.text.closed(old)
    assert side.text.connected
    side.text.type("x")
    assert len(new.sent) == 2
    assert len(old.sent) == 1


def test_lines_stand_in_the_order_in_which_they_were_begun() -> None:
    booth, agent = Side(), Side()
    connect(booth, agent)
    booth.text.type("Je")
    deliver(booth, agent)
    agent.text.type("Allô")
    say(booth, "Je vous entends")
    say(agent, "Allô ?")
    say(agent, "Bien")
    deliver(booth, agent)
    texts = [line.text for line in booth.text.lines]
    assert texts == ["Je vous entends", "Allô ?", "Bien"]
    assert texts == [line.text for line in agent.text.lines]


def test_only_an_ended_line_is_corrected_and_only_a_change_is_one() -> None:
    booth, agent = Side(), Side()
    connect(booth, agent)
    booth.text.type("un")
    booth.text.correct(1, "deux")
    assert booth.reads(own=True) == [("un", False)]
    booth.text.end()
    booth.text.end()
    booth.text.correct(1, "un")
    booth.text.correct(2, "x")
    booth.text.correct(0, "x")
    assert not booth.text.lines[0].corrected
    booth.text.correct(1, "")
    deliver(booth, agent)
    assert agent.text.lines == (TextLine(1, "", own=False, ended=True, corrected=True),)


def test_nothing_is_begun_by_an_empty_line_nor_ended_without_one() -> None:
    side = Side()
    side.text.type("")
    side.text.end()
    assert side.text.lines == ()
    assert side.changes == 0


def test_what_is_erased_before_the_end_was_there_and_is_empty() -> None:
    booth, agent = Side(), Side()
    connect(booth, agent)
    booth.text.type("x")
    booth.text.type("")
    deliver(booth, agent)
    assert agent.reads(own=False) == [("", False)]


async def test_on_a_full_line_the_keys_of_a_moment_go_as_one_frame() -> None:
    booth, agent = Side(), Side()
    connect(booth, agent)
    deliver(booth, agent)
    booth.wire.buffered = FULL_BYTES
    loop = asyncio.get_running_loop()
    begun = loop.time()
    booth.wire.newly_sent.clear()
    for typed in ("B", "Bo", "Bon"):
        booth.text.type(typed)
    assert not booth.wire.waiting
    await asyncio.wait_for(booth.wire.newly_sent.wait(), 5)
    assert loop.time() - begun >= LONGEST_WAIT_S * 0.9
    assert len(booth.wire.waiting) == 1
    deliver(booth, agent)
    assert agent.reads(own=False) == [("Bon", False)]


async def test_a_key_that_waits_is_not_sent_over_a_channel_that_is_gone() -> None:
    side = Side()
    connect(side)
    side.wire.buffered = FULL_BYTES
    side.text.type("x")
    side.text.closed(side.wire)
    assert len(side.wire.sent) == 1
    assert side.text._due is None


def test_a_page_that_was_reloaded_goes_on_after_its_last_line() -> None:
    """It has lost its lines, and learns from `have` how many there were."""
    booth, page = Side(), Side()
    connect(booth, page)
    page.text.type("avan")
    deliver(booth, page)
    wire = Wire()
    booth.text.open(wire)
    have = {"type": "have", "revisions": [1], "remembered": MOST_LINES}
    assert json.loads(wire.sent[0]) == have
    booth.text.take('{"type": "line", "n": 2, "revision": 1, "text": "après", "ended": false}')
    assert booth.reads(own=False) == [("avan", True), ("après", False)]


def test_a_page_that_was_reloaded_is_told_both_sides_lines_again_in_their_order() -> None:
    booth, page = Side(), Side()
    connect(booth, page)
    for side, words in ((page, "Bonjour"), (booth, "Oui ?"), (page, "Il manque un papier")):
        say(side, words)
        deliver(booth, page)
    page.text.type("Leq")
    deliver(booth, page)
    wire = Wire()
    booth.text.open(wire)
    for _ in range(2):
        booth.text.take('{"type": "have", "revisions": [], "remembered": 1}')
    told = [json.loads(frame) for frame in wire.sent[1:]]
    assert [(one["type"], one["n"], one["text"], one["ended"]) for one in told] == [
        ("line", 1, "Oui ?", True),
        ("told", 2, "Il manque un papier", True),
        ("told", 3, "Leq", False),
    ]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["type", "end", "correct", "cut", "carry"]),
        st.booleans(),
        st.text(max_size=12),
        st.integers(0, 6),
    ),
    max_size=40,
)


@given(steps=STEPS)
def test_both_sides_agree_whatever_is_lost_between_two_channels(
    steps: list[tuple[str, bool, str, int]],
) -> None:
    booth, agent = Side(), Side()
    connect(booth, agent)
    for what, by_booth, text, number in steps:
        side, other = (booth, agent) if by_booth else (agent, booth)
        match what:
            case "type":
                side.text.type(text)
            case "end":
                side.text.end()
            case "correct":
                side.text.correct(number, text)
            case "cut":
                connect(booth, agent)
            case "carry":
                for _ in range(min(number, len(side.wire.waiting))):
                    other.text.take(side.wire.waiting.popleft())
    connect(booth, agent)
    deliver(booth, agent)
    assert booth.reads(own=True) == agent.reads(own=False)
    assert agent.reads(own=True) == booth.reads(own=False)


def test_a_call_holds_so_many_lines_of_such_a_length_and_no_more() -> None:
    booth, agent = Side(), Side()
    connect(booth, agent)
    say(booth, "x" * (MOST_CHARACTERS + 1))
    for _ in range(MOST_LINES):
        say(booth, "y")
    deliver(booth, agent)
    assert len(agent.text.lines) == len(booth.text.lines) == MOST_LINES
    assert agent.text.lines[0].text == "x" * MOST_CHARACTERS
    booth.text.take('{"type": "line", "n": 500, "revision": 1, "text": "x", "ended": false}')
    assert len(booth.text.lines) == MOST_LINES


def test_a_line_changes_only_so_often() -> None:
    booth, agent = Side(), Side()
    connect(booth, agent)
    booth.text.type("x")
    booth.text._own[0].revision = MOST_REVISIONS
    sent = len(booth.wire.sent)
    booth.text.type("y")
    assert len(booth.wire.sent) == sent


def test_the_longest_line_fits_a_frame() -> None:
    side = Side()
    connect(side)
    for text in ("😀" * MOST_CHARACTERS, '"\\' * MOST_CHARACTERS):
        say(side, text)
    assert max(len(frame) for frame in side.wire.sent) <= MOST_BYTES


def test_control_characters_and_halves_of_pairs_do_not_come_through() -> None:
    booth, agent = Side(), Side()
    connect(booth, agent)
    booth.text.type("a\x00b\ud83d\x1b[31mc\u0085")
    deliver(booth, agent)
    assert agent.reads(own=False) == [("ab[31mc", False)]
    agent.text.take('{"type":"line","n":2,"revision":1,"text":"x\\u0007y","ended":true}')
    assert agent.reads(own=False)[1] == ("xy", True)


def test_have_is_answered_once_for_each_channel() -> None:
    side = Side()
    connect(side)
    for _ in range(5):
        say(side, "x")
    before = len(side.wire.sent)
    for _ in range(3):
        side.text.take('{"type": "have", "revisions": []}')
    assert len(side.wire.sent) == before + 5


def test_wiped_it_has_forgotten_and_takes_nothing_more() -> None:
    booth, agent = Side(), Side()
    connect(booth, agent)
    say(booth, "secret")
    say(agent, "aussi")
    deliver(booth, agent)
    assert booth.text.wipe() == 2
    assert booth.text.wipe() == 0
    say(agent, "trop tard")
    deliver(agent, booth)
    say(booth, "x")
    booth.text.open(Wire())
    assert booth.text.lines == ()
    assert not booth.text.connected


@pytest.mark.expects_log("text dropped")
@pytest.mark.parametrize(
    "data",
    [
        b"bytes",
        "",
        "null",
        "[]",
        '{"type": "line"}',
        '{"type": "line", "n": 0, "revision": 1, "text": "x", "ended": true}',
        '{"type": "line", "n": 501, "revision": 1, "text": "x", "ended": true}',
        '{"type": "line", "n": 1, "revision": 10001, "text": "x", "ended": true}',
        '{"type": "line", "n": 1, "revision": 1, "text": "x", "ended": true, "more": 1}',
        '{"type": "line", "n": 1, "revision": 1, "text": "\\ud83d", "ended": true}',
        '{"type": "have", "revisions": [-1]}',
        '{"type": "shout", "text": "x"}',
        "x" * (MOST_BYTES + 1),
    ],
)
def test_the_malformed_is_dropped(data: str | bytes) -> None:
    side = Side()
    connect(side)
    side.text.take(data)
    assert side.text.lines == ()


@pytest.mark.expects_log("text dropped")
@given(data=st.text() | st.binary())
def test_rubbish_never_breaks_it(data: str | bytes) -> None:
    side = Side()
    connect(side)
    side.text.take(data)
    assert side.text.lines == ()
