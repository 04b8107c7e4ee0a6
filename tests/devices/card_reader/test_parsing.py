"""What cards and serial readers say, right and wrong; and what their numbers become."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.card_reader import wire
from devices.card_reader.answers import contactless, uid_in
from devices.card_reader.identity import DIGEST_BYTES, LONGEST_UID, SHORTEST_UID, digest, fixed
from devices.card_reader.protocols import (
    ETX,
    GONE,
    STX,
    FramedParser,
    LineParser,
    Parser,
    checksum,
    parser,
)
from tests.devices.card_reader.pcscd import CONTACT_ATR, CONTACTLESS_ATR, OK, UID

uids = st.binary(min_size=SHORTEST_UID, max_size=LONGEST_UID)


def frame(uid: bytes) -> bytes:
    return bytes((STX, len(uid), *uid, checksum(uid), ETX))


def pieces(data: bytes, sizes: list[int]) -> list[bytes]:
    cut = []
    for size in sizes:
        cut.append(data[:size])
        data = data[size:]
    return [*cut, data]


def fed(taker: Parser, parts: list[bytes]) -> list[bytes]:
    return [uid for part in parts for uid in taker.feed(part)]


def test_the_documented_frame() -> None:
    documented = bytes.fromhex("02 04 A1 B2 C3 D4 00 03")
    assert frame(bytes.fromhex("A1B2C3D4")) == documented
    assert FramedParser().feed(documented) == [bytes.fromhex("A1B2C3D4")]
    assert FramedParser().feed(bytes.fromhex("02 00 00 03")) == [GONE]


@given(st.lists(uids | st.just(GONE), max_size=5), st.lists(st.integers(0, 9), max_size=20))
def test_frames_in_any_pieces(told: list[bytes], sizes: list[int]) -> None:
    assert fed(FramedParser(), pieces(b"".join(map(frame, told)), sizes)) == told


@given(st.binary(max_size=60), uids)
def test_a_frame_after_rubbish_is_found_once_it_is_quiet(rubbish: bytes, uid: bytes) -> None:
    taker = FramedParser()
    taker.feed(rubbish)
    taker.silence()
    assert taker.feed(frame(uid)) == [uid]


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(frame(UID)[:-2] + b"\x00\x03", id="checksum"),
        pytest.param(frame(UID)[:-1] + b"\x04", id="end"),
        pytest.param(b"\x02\x03abc\x62\x03", id="too short"),
        pytest.param(b"\x02\xff" + bytes(300), id="too long"),
        pytest.param(frame(UID)[:5], id="partial"),
    ],
)
def test_wrong_frames_are_left_out(wrong: bytes) -> None:
    taker = FramedParser()
    assert taker.feed(wrong) == []
    assert taker.feed(frame(UID)) + taker.silence() == [UID]


@given(st.lists(uids, max_size=5), st.sampled_from(("", " ", ":", "-")))
def test_lines(told: list[bytes], separator: str) -> None:
    text = "".join(f"{uid.hex(separator) if separator else uid.hex()}\r\n" for uid in told)
    assert LineParser().feed(text.encode()) == told


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        (b"04A1B2C3\r", [bytes.fromhex("04A1B2C3")]),
        (b"\n\r\n  04a1b2c3 \n", [bytes.fromhex("04A1B2C3")]),
        (b"-\n", [GONE]),
        (b"04A1B2\n", []),
        (b"04A1B2C3D\n", []),
        (b"04" * 11 + b"\n", []),
        (b"A" * 100_000 + b"04A1B2C3\n04A1B2C4\n", [bytes.fromhex("04A1B2C4")]),
        ("٠٤٠٤٠٤٠٤\n".encode(), []),
        (b"hello\n--\n\xff\xfe\n", []),
    ],
)
def test_odd_lines(line: bytes, meant: list[bytes]) -> None:
    assert LineParser().feed(line) == meant


def test_the_settings_words() -> None:
    assert isinstance(parser("line"), LineParser)
    assert isinstance(parser("framed"), FramedParser)


def test_contactless_cards_are_known_by_their_answer_to_reset() -> None:
    assert contactless(CONTACTLESS_ATR)
    assert contactless(bytes.fromhex("3B8180018080"))
    assert not contactless(CONTACT_ATR)
    assert not contactless(CONTACTLESS_ATR[:-1])
    assert not contactless(b"")


@given(st.lists(st.integers(-3, 300), max_size=70))
def test_any_answer_is_read(answer: list[int]) -> None:
    uid = uid_in(answer)
    assert uid is None or [*uid, 0x90, 0] == answer
    contactless(answer)


def test_numbers_that_are_no_cards_own() -> None:
    assert uid_in(UID + OK) == UID
    assert fixed(UID)
    assert not fixed(bytes.fromhex("08010203"))
    assert fixed(bytes.fromhex("0801020304A1A2"))
    assert not fixed(bytes(7))
    assert not fixed(b"\xff" * 4)
    assert not fixed(UID[:3])
    assert not fixed(bytes(range(11)))


@given(uids)
def test_a_digest_depends_on_the_key_and_hides_the_number(uid: bytes) -> None:
    one, other = bytes(range(32)), bytes(range(1, 33))
    assert len(digest(one, uid)) == 2 * DIGEST_BYTES
    assert digest(one, uid) != digest(other, uid)
    assert uid.hex() not in digest(one, uid)


@given(st.binary(max_size=200))
def test_odd_messages_of_the_child_are_nothing(message: bytes) -> None:
    told = wire.told(b"C" + message)
    assert told is None or wire.told(told.packed()) == told
    assert isinstance(wire.readers(b"R" + message), tuple)


def test_a_readers_name_is_made_printable() -> None:
    assert wire.clean("ACR\x1b[31m122\n" + "U" * 500) == ("ACR[31m122" + "U" * 500)[:126]
