"""Sealing: only the key's owner reads, every change is seen, nothing hostile gets further."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from kiosk.link.errands import Person, Sealed, Words
from kiosk.link.messages import encode
from kiosk.link.sealed import MAX_PLAIN_BYTES, NotSealed, open_sealed, seal

OWNER = X25519PrivateKey.generate()
KEY = OWNER.public_key().public_bytes_raw().hex()


@given(st.binary(max_size=MAX_PLAIN_BYTES))
def test_what_is_sealed_is_read_by_its_owner_and_no_other(plain: bytes) -> None:
    sealed = seal(plain, KEY)
    TypeAdapter(Sealed).validate_python(sealed)
    assert open_sealed(sealed, OWNER) == plain
    with pytest.raises(NotSealed):
        open_sealed(sealed, X25519PrivateKey.generate())


@given(st.text(max_size=2_500))
def test_hostile_text_is_refused(text: str) -> None:
    with pytest.raises(NotSealed):
        open_sealed(text, OWNER)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_every_change_is_seen(where: int, flip: int) -> None:
    data = bytearray(base64.urlsafe_b64decode(seal(b"Ada", KEY) + "==="))
    data[where % len(data)] ^= flip
    changed = base64.urlsafe_b64encode(data).decode().rstrip("=")
    # The one bit that X25519 ignores (RFC 7748, section 5) is held by the salt.
    with pytest.raises(NotSealed):
        open_sealed(changed, OWNER)


def test_a_key_of_small_order_shares_nothing() -> None:
    forged = base64.urlsafe_b64encode(bytes(32) + bytes(160)).decode().rstrip("=")
    with pytest.raises(NotSealed):
        open_sealed(forged, OWNER)


def test_the_length_does_not_tell_names_apart() -> None:
    short = seal(encode(Person(first_name="Al")), KEY)
    long = seal(encode(Person(first_name="Marie-Antoinette", telephone="+33612345678")), KEY)
    assert len(short) == len(long)
    assert short != seal(encode(Person(first_name="Al")), KEY)


def test_the_longest_words_fit() -> None:
    sealed = seal(encode(Words(text="\N{GRINNING FACE}" * 300)), KEY)
    TypeAdapter(Sealed).validate_python(sealed)
    with pytest.raises(ValueError, match="at most"):
        seal(bytes(MAX_PLAIN_BYTES + 1), KEY)
