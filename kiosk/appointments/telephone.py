"""Telephone numbers as people write them."""

from __future__ import annotations

import re

#: What people put between digits; also the zero that is not dialled after a country: +33 (0)1.
_BETWEEN = re.compile(r"[\s.\-/\u00a0\u202f]|\(0\)|[()]", re.ASCII)
#: ITU-T E.164: at most 15 digits, country included, none of which begins with 0.
_INTERNATIONAL = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
#: A French number (ARCEP's numbering plan): ten digits, 01 to 09 (no 00, no short numbers).
_FRENCH = re.compile(r"0[1-9][0-9]{8}", re.ASCII)
#: A French number behind its country's prefix has nine digits.
_FRENCH_ABROAD = re.compile(r"\+33[1-9][0-9]{8}", re.ASCII)
#: Longer than any number with everything between its digits.
_MOST_CHARACTERS = 40


def normalised(text: str) -> str | None:
    """Return a number to dial from France, or None where it is none.

    « 06 12 34 56 78 », « +33 (0)6.12.34.56.78 » and « 0033 6 12 34 56 78 » are `0612345678`; other
    countries' stay in the form `+352621123456` (E.164).
    """
    if len(text) > _MOST_CHARACTERS:
        return None
    number = _BETWEEN.sub("", text)
    if number.startswith("00"):
        number = f"+{number[2:]}"
    if _FRENCH.fullmatch(number):
        return number
    if number.startswith("+33"):
        return f"0{number[3:]}" if _FRENCH_ABROAD.fullmatch(number) else None
    return number if _INTERNATIONAL.fullmatch(number) else None
