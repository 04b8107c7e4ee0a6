"""Documents over a channel that breaks anywhere: they arrive whole, once, and are never wrong."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from kiosk.documents.chunks import MOST_MESSAGE_BYTES, pack, unpack
from kiosk.documents.outgoing import Standing
from kiosk.documents.send_window import MOST_BYTES
from kiosk.link.papers import CHUNK_BYTES, Kind, Offer, Propose, Reason, Want
from tests.documents.ends import End, Line, offer_of

BIG = secrets.token_bytes(300_000)


def test_documents_go_both_ways_in_their_order() -> None:
    booth, desk = End(), End()
    line = Line(booth.transfer, desk.transfer)
    pages = [booth.give(BIG[:size]) for size in (1, CHUNK_BYTES, 200_000)]
    down = desk.give(BIG, Kind.DOCUMENT)
    line.run()
    assert list(desk.got) == [page.offer.id for page in pages]
    assert [len(content) for content in desk.got.values()] == [1, CHUNK_BYTES, 200_000]
    assert booth.got == {down.offer.id: BIG}
    assert [page.percent for page in pages] == [100, 100, 100]


def test_after_a_cut_the_rest_follows_and_not_the_whole() -> None:
    booth, desk = End(), End()
    line = Line(booth.transfer, desk.transfer)
    page = booth.give(BIG)
    while page.percent < 50:
        line.step(0)
        line.step(1)
    line.cut()
    before = page.acknowledged
    line = Line(booth.transfer, desk.transfer)
    line.run()
    assert desk.got == {page.offer.id: BIG}
    assert before > len(BIG) * 0.49


def test_a_reloaded_page_gets_its_pages_again_but_no_parcel_twice() -> None:
    booth, desk = End(), End()
    line = Line(booth.transfer, desk.transfer)
    page, parcel = booth.give(BIG), booth.give(BIG[:99], Kind.PARCEL, once=True)
    line.run()
    line.cut()
    reloaded = End()
    Line(booth.transfer, reloaded.transfer).run()
    assert reloaded.got == {page.offer.id: BIG}
    assert parcel.content == b""
    assert page.arrived


def test_what_the_receiver_has_lost_in_the_middle_begins_again() -> None:
    booth, desk = End(), End()
    line = Line(booth.transfer, desk.transfer)
    page = booth.give(BIG)
    for _ in range(20):
        line.step(0)
        line.step(1)
    line.cut()
    reloaded = End()
    Line(booth.transfer, reloaded.transfer).run()
    assert reloaded.got == {page.offer.id: BIG}


def test_a_refusal_is_final_and_the_next_one_goes_on() -> None:
    booth, desk = End(), End()
    desk.refusal = Reason.TOO_MANY
    line = Line(booth.transfer, desk.transfer)
    refused = booth.give(BIG)
    line.run()
    desk.refusal = None
    wanted = booth.give(BIG[:5000])
    line.run()
    line.cut()
    Line(booth.transfer, desk.transfer).run()
    assert (refused.standing, refused.reason) == (Standing.REFUSED, Reason.TOO_MANY)
    assert list(desk.got) == [wanted.offer.id]


def test_a_withdrawn_document_makes_room_for_the_next() -> None:
    booth, desk = End(), End()
    line = Line(booth.transfer, desk.transfer)
    first, second = booth.give(BIG), booth.give(BIG[:10])
    for _ in range(10):
        line.step(1)
        line.step(0)
    booth.transfer.sender.withdraw(first.offer.id)
    line.run()
    assert list(desk.got) == [second.offer.id]
    assert desk.transfer.receiver.coming == ()


def test_frames_of_others_are_handed_on() -> None:
    booth, desk = End(), End()
    line = Line(booth.transfer, desk.transfer)
    desk.transfer.say(Propose())
    line.run()
    assert booth.frames == [Propose()]


@pytest.mark.expects_log("papers message dropped")
def test_nonsense_is_dropped_and_told_a_few_times() -> None:
    booth, desk = End(), End()
    line = Line(booth.transfer, desk.transfer)
    page = booth.give(BIG[:50_000])
    for nonsense in ("", "{}", b"", b"x" * 24, bytes(MOST_MESSAGE_BYTES + 1), "[" * 30_000):
        booth.transfer.take(nonsense)
        desk.transfer.take(nonsense)
    line.run()
    assert desk.got == {page.offer.id: BIG[:50_000]}


def test_who_asks_without_end_does_not_fill_the_memory() -> None:
    booth, desk = End(), End()
    line = Line(booth.transfer, desk.transfer)
    page = booth.give(BIG)
    line.run()
    line.cut()
    line = Line(booth.transfer, End().transfer)
    line.run()
    booth.transfer.sender.greeted(())
    for _ in range(1000):
        booth.transfer.take(Want(id=page.offer.id, offset=0).model_dump_json())
    assert line.pipes[0].buffered < 2.1 * MOST_BYTES, "but for heads"


def test_bytes_beyond_the_size_and_other_bytes_under_the_same_name_are_not_taken() -> None:
    desk = End()
    line = Line(End().transfer, desk.transfer)
    offer = offer_of(b"right")
    desk.transfer.receiver.offer(offer)
    desk.transfer.receiver.offer(Offer(**{**offer.model_dump(), "sha256": "0" * 64}))
    for data in (b"righter", b"right"):
        desk.transfer.take(pack(offer.id, 0, memoryview(data)))
    line.run()
    assert desk.got == {offer.id: b"right"}


def test_a_wrong_byte_is_found() -> None:
    desk = End()
    Line(End().transfer, desk.transfer)
    offer = offer_of(b"right")
    desk.transfer.receiver.offer(offer)
    desk.transfer.take(pack(offer.id, 0, memoryview(b"wrong")))
    assert desk.got == {}
    assert desk.transfer.receiver.coming == ()


def test_a_chunk_is_what_was_packed() -> None:
    name = secrets.token_hex(16)
    chunk = unpack(pack(name, 1 << 40, memoryview(b"abc")))
    assert chunk is not None
    assert (chunk.document, chunk.offset, bytes(chunk.data)) == (name, 1 << 40, b"abc")


class Cuts(RuleBasedStateMachine):
    """Two ends, documents both ways, cuts and reloads at any message: in the end all is there."""

    @initialize()
    def begin(self) -> None:
        self.ends = [End(), End()]
        self.given: list[dict[str, bytes]] = [{}, {}]
        self.line = Line(self.ends[0].transfer, self.ends[1].transfer)

    @rule(end=st.integers(0, 1), size=st.integers(1, 150_000), start=st.integers(0, 9))
    def give(self, end: int, size: int, start: int) -> None:
        content = BIG[start : start + size]
        self.given[end][self.ends[end].give(content).offer.id] = content

    @rule(end=st.integers(0, 1), count=st.integers(1, 60))
    def deliver(self, end: int, count: int) -> None:
        for _ in range(count):
            self.line.step(end)

    @rule()
    def cut(self) -> None:
        self.line.cut()
        self.line = Line(self.ends[0].transfer, self.ends[1].transfer)

    @rule()
    def replaced_before_it_was_closed(self) -> None:
        old = self.line
        self.line = Line(self.ends[0].transfer, self.ends[1].transfer)
        old.run()

    @precondition(lambda self: self.given[1] == {})
    @rule()
    def reload(self) -> None:
        self.line.cut()
        self.ends[1] = End()
        self.line = Line(self.ends[0].transfer, self.ends[1].transfer)

    @rule(end=st.integers(0, 1))
    def withdraw(self, end: int) -> None:
        if self.given[end]:
            document = next(iter(self.given[end]))
            del self.given[end][document]
            self.ends[end].transfer.sender.withdraw(document)
            self.ends[1 - end].got.pop(document, None)

    def teardown(self) -> None:
        if not hasattr(self, "line"):
            return
        self.cut()
        self.line.run()
        for given, end in zip(self.given, reversed(self.ends), strict=True):
            assert given.items() <= end.got.items()


TestCuts = Cuts.TestCase
TestCuts.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
