"""Messages from the child: what is sent arrives, what can't be is dropped."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.document_camera import wire
from devices.document_camera.interface import Advice, Corner, Look, Page

SHARE = st.floats(0, 1, width=32)
CORNER = st.tuples(st.floats(-2, 2, width=32), st.floats(-2, 2, width=32))


@given(
    st.sampled_from(Advice),
    st.none() | st.tuples(CORNER, CORNER, CORNER, CORNER),
    SHARE,
    SHARE,
    st.floats(0, 1000, width=32),
)
def test_a_look_arrives_as_it_was(
    advice: Advice,
    corners: tuple[Corner, Corner, Corner, Corner] | None,
    sharpness: float,
    glare: float,
    still_s: float,
) -> None:
    look = Look(advice, corners, sharpness, glare, still_s)
    assert wire.look_of(wire.pack_look(look)) == look


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"l",
        struct.pack("<cB?8ffff", b"l", 99, True, *[0.5] * 8, 0.5, 0.5, 1),
        struct.pack("<cB?8ffff", b"l", 0, True, *[float("nan")] * 8, 0.5, 0.5, 1),
        struct.pack("<cB?8ffff", b"l", 0, True, *[1e9] * 8, 0.5, 0.5, 1),
        struct.pack("<cB?8ffff", b"l", 0, True, *[0.5] * 8, 1.5, 0.5, 1),
        struct.pack("<cB?8ffff", b"l", 0, True, *[0.5] * 8, 0.5, 0.5, -1),
    ],
)
def test_a_look_that_can_not_be_is_dropped(message: bytes) -> None:
    assert wire.look_of(message) is None


def test_a_page_note_is_bounded() -> None:
    page = Page(b"\xff\xd8x", 1654, 2339, 200, True)
    note = wire.page_of(wire.pack_page(page))
    assert note is not None
    assert note.page(page.jpeg) == page
    for size, width, dpi in ((0, 10, 200), (1 << 21, 10, 200), (9, 0, 200), (9, 99_999, 200)):
        assert wire.page_of(struct.pack("<cIIIH?", b"g", size, width, 10, dpi, False)) is None
    assert wire.page_of(struct.pack("<cIIIH?", b"g", 9, 10, 10, 0, False)) is None


def test_a_refusal_says_why() -> None:
    assert wire.refused_of(wire.pack_refused(Advice.GLARE)) is Advice.GLARE
    assert wire.refused_of(b"r\xff") is None
    assert wire.refused_of(b"r") is None


@given(st.binary(max_size=64))
def test_rubbish_is_never_an_error(message: bytes) -> None:
    for prefix in (b"", b"l", b"g", b"r"):
        wire.look_of(prefix + message)
        wire.page_of(prefix + message)
        wire.refused_of(prefix + message)
