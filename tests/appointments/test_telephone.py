"""Telephone numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.appointments.telephone import normalised


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("06 12 34 56 78", "0612345678"),
        ("06.12.34.56.78", "0612345678"),
        ("0612345678", "0612345678"),
        ("+33 6 12 34 56 78", "0612345678"),
        ("+33 (0)6 12 34 56 78", "0612345678"),
        ("0033612345678", "0612345678"),
        ("01-23-45-67-89", "0123456789"),
        ("+352 621 123 456", "+352621123456"),
        ("00 352 621 123 456", "+352621123456"),
        ("06\u00a012\u202f34 56 78", "0612345678"),
    ],
)
def test_numbers(text: str, number: str) -> None:
    assert normalised(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "06 12 34 56",
        "06 12 34 56 78 9",
        "0012",
        "15",
        "+33 06 12 34 56 78",
        "+0612345678",
        "+1234567890123456",
        "allô",
        "٠٦١٢٣٤٥٦٧٨",
        "0612345678x",
        "0" * 41,
    ],
)
def test_no_numbers(text: str) -> None:
    assert normalised(text) is None


@given(st.text(alphabet="0123456789+ .-()x٣", max_size=45))
def test_whatever_is_taken_can_be_dialled(text: str) -> None:
    number = normalised(text)
    if number is not None:
        assert number.removeprefix("+").isascii()
        assert number.removeprefix("+").isdigit()
        assert 7 <= len(number) <= 16
        assert normalised(number) == number


@given(st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True), st.sampled_from(["", " ", ".", "-"]))
def test_every_way_of_writing_a_french_number_is_one(number: str, between: str) -> None:
    pairs = between.join(number[at : at + 2] for at in range(0, 10, 2))
    abroad = f"+33{between}(0){number[1:]}"
    assert normalised(pairs) == normalised(abroad) == normalised(f"0033{number[1:]}") == number
