"""An agency's own keys: what is personal is sealed to one, passes are signed with the other."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pydantic import TypeAdapter, ValidationError

from kiosk.files import create
from kiosk.link.bookings import Booking
from kiosk.link.errands import Person, Words
from kiosk.link.messages import AgencyKeys, MalformedMessage, decode
from kiosk.link.passes import Pass, sign
from kiosk.link.sealed import NotSealed, open_sealed
from kiosk.settings import SettingsError

PASS_OUTLIVES_START = timedelta(hours=12)
"""A pass still says something on the evening of its day: « manqué » rather than « expiré »."""


class KeyRing:
    """The keys in `agenda-<agency>.keys`; gateways of one agency have to have the same file."""

    def __init__(self, file: Path) -> None:
        """Read the keys; where there is no file, make it once, its owner's alone.

        Raises:
            SettingsError: the file is damaged. It is not replaced: what was sealed would be lost.
        """
        if not file.exists():
            _make(file)
        try:
            kept = json.loads(file.read_text(encoding="ascii"))
            self._sealing = X25519PrivateKey.from_private_bytes(bytes.fromhex(kept["sealing"]))
            former = TypeAdapter(list[str]).validate_python(kept["signing"])
            signing = [Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key)) for key in former]
            self._signing = signing[0]
            self.public = AgencyKeys(
                sealing=self._sealing.public_key().public_bytes_raw().hex(),
                signing=tuple(key.public_key().public_bytes_raw().hex() for key in signing),
            )
        except (OSError, ValueError, KeyError, TypeError, IndexError, ValidationError):
            raise SettingsError([f"{file}: not an agency's keys"]) from None

    def person(self, sealed: str | None) -> Person:
        """Return who was sealed; nobody in particular where it cannot be read."""
        if sealed is None:
            return Person()
        try:
            return decode(Person, open_sealed(sealed, self._sealing))
        except (NotSealed, MalformedMessage):
            return Person()

    def words(self, sealed: str) -> str:
        """Return a comment's text; empty where it cannot be read."""
        try:
            return decode(Words, open_sealed(sealed, self._sealing)).text
        except (NotSealed, MalformedMessage):
            return ""

    def pass_of(self, agency: str, booking: Booking) -> str:
        """Return the text of an appointment's code: the same each time it is asked for."""
        starts = datetime.fromtimestamp(booking.starts_at, UTC)
        number = bytes.fromhex(booking.appointment)
        told = Pass(number, agency, booking.kiosk, starts, starts + PASS_OUTLIVES_START)
        return sign(told, self._signing)


def _make(file: Path) -> None:
    """Put fresh keys into `file`, whole or not at all; whoever was quicker is right."""
    keys = {
        "sealing": X25519PrivateKey.generate().private_bytes_raw().hex(),
        "signing": [Ed25519PrivateKey.generate().private_bytes_raw().hex()],
    }
    create(file, json.dumps(keys))
