"""What residents say of themselves, on its way into a sealed envelope."""

from __future__ import annotations

import unicodedata

from kiosk.link.errands import Person
from kiosk.link.messages import AgencyKeys
from kiosk.link.sealed import seal

_MOST_NAME_CHARACTERS = 40


def first_name(text: str) -> str:
    """Return a first name as it is kept: on one line, without control characters, not too long."""
    plain = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in text)
    return " ".join(plain.split())[:_MOST_NAME_CHARACTERS].rstrip()


def sealed_person(person: Person, keys: AgencyKeys | None) -> str | None:
    """Return the person, readable by the agency's desk alone; None where it told no usable key."""
    if keys is None:
        return None
    try:
        return seal(person.model_dump_json().encode(), keys.sealing)
    except ValueError:
        # 32 bytes that are no key: a point of small order, which shares no secret.
        return None
