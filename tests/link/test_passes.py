"""Passes: what is signed is read back, and nothing else is."""

from __future__ import annotations

import string
from datetime import UTC, datetime, timedelta

import pytest
import qrcode
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.link.passes import (
    EARLY,
    MAX_PASS_CHARACTERS,
    Pass,
    Refusal,
    key_id,
    sign,
    verify,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
START = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
PASS = Pass(b"0123456789abcdef", "caf-loire", "la-poste-feurs", START, START + timedelta(hours=1))
TEXT = sign(PASS, KEY)
KEYS = [KEY.public_key()]

names = st.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True)
moments = st.datetimes(
    datetime(1970, 1, 2),  # noqa: DTZ001 - the zone comes from `timezones`.
    datetime(2106, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=0))


@given(st.binary(min_size=16, max_size=16), names, st.just("") | names, moments, st.integers(0, 60))
def test_what_was_signed_is_read_back(
    appointment: bytes, agency: str, booth: str, start: datetime, minutes: int
) -> None:
    meant = Pass(appointment, agency, booth, start, start + timedelta(minutes=minutes))
    text = sign(meant, KEY)
    assert len(text) <= MAX_PASS_CHARACTERS
    assert set(text) <= set(string.ascii_uppercase + string.digits + ".")
    assert verify(text, KEYS, start) == meant


def test_when_a_pass_counts() -> None:
    second = timedelta(seconds=1)
    assert verify(TEXT, KEYS, START - EARLY) == PASS
    assert verify(TEXT, KEYS, START - EARLY - second) is Refusal.NOT_YET
    assert verify(TEXT, KEYS, PASS.not_after) == PASS
    assert verify(TEXT, KEYS, PASS.not_after + second) is Refusal.EXPIRED


def test_whose_key_it_is() -> None:
    assert verify(TEXT, [], START) is Refusal.UNKNOWN_KEY
    assert verify(TEXT, [OTHER.public_key()], START) is Refusal.UNKNOWN_KEY
    assert verify(TEXT, [OTHER.public_key(), *KEYS], START) == PASS


def test_another_key_under_the_same_name_is_a_forgery(monkeypatch: pytest.MonkeyPatch) -> None:
    named = key_id(KEY.public_key())
    monkeypatch.setattr("kiosk.link.passes.key_id", lambda _: named)
    assert verify(sign(PASS, OTHER), KEYS, START) is Refusal.FORGED


def test_every_flipped_bit_is_refused() -> None:
    for place in range(len(TEXT)):
        for bit in range(7):
            flipped = TEXT[:place] + chr(ord(TEXT[place]) ^ 1 << bit) + TEXT[place + 1 :]
            assert isinstance(verify(flipped, KEYS, START), Refusal), (place, bit)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", Refusal.FOREIGN),
        ("https://example.org/", Refusal.FOREIGN),
        ("vg1.AAAA", Refusal.FOREIGN),
        ("VG1.", Refusal.MALFORMED),
        ("VG1.AAAA====", Refusal.MALFORMED),
        ("VG1." + "A" * 100, Refusal.MALFORMED),
        ("VG1." + "A" * 100_000, Refusal.MALFORMED),
        ("VG1.ÉÉÉÉ", Refusal.MALFORMED),
        (TEXT + "A", Refusal.MALFORMED),
        (TEXT[:-1], Refusal.MALFORMED),
        (TEXT.lower().replace("vg1.", "VG1."), Refusal.MALFORMED),
    ],
)
def test_what_is_no_pass(text: str, refusal: Refusal) -> None:
    assert verify(text, KEYS, START) is refusal


@settings(max_examples=300)
@given(st.text(max_size=400))
def test_no_text_is_a_pass_by_chance(text: str) -> None:
    assert isinstance(verify(text, KEYS, START), Refusal)
    assert isinstance(verify("VG1." + text, KEYS, START), Refusal)


@pytest.mark.parametrize(
    "wrong",
    [
        Pass(b"short", "caf", "", START, START),
        Pass(bytes(16), "", "", START, START),
        Pass(bytes(16), "Caf", "", START, START),
        Pass(bytes(16), "caf", "x" * 41, START, START),
        Pass(bytes(16), "préfecture", "", START, START),
        Pass(bytes(16), "caf", "", START.replace(tzinfo=None), START),
        Pass(bytes(16), "caf", "", datetime(2200, 1, 1, tzinfo=UTC), START),
    ],
)
def test_what_can_not_be_signed(wrong: Pass) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each has its own words.
        sign(wrong, KEY)


def test_it_is_a_small_code() -> None:
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(TEXT)
    code.make()
    assert code.version <= 9
    longest = Pass(bytes(16), "a" * 40, "b" * 40, START, START)
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(sign(longest, KEY))
    code.make()
    # 57 modules for the longest: more than 0.5 mm each on 58 mm paper too.
    assert code.version <= 10
