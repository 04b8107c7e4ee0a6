"""Checking a pass with the keys that the booth keeps: no line is needed."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.appointments.means import Means
from kiosk.link.messages import AgencyKeys
from kiosk.link.passes import Pass, Refusal, genuine


def read_pass(means: Means, text: str) -> Pass | Refusal:
    """Return the pass in a hostile text, signed by the very agency that it names.

    Agency by agency, because one agency's key must open no other agency's door.
    """
    refusals: set[Refusal] = set()
    for agency in means.site.agencies:
        read = genuine(text, _public(means.desks.keys(agency)))
        if isinstance(read, Pass):
            return read if read.agency == agency else Refusal.FORGED
        refusals.add(read)
    # Forged says more than that another agency's key is not known: the worst is told.
    for refusal in (Refusal.FORGED, Refusal.FOREIGN, Refusal.MALFORMED):
        if refusal in refusals:
            return refusal
    return Refusal.UNKNOWN_KEY


def _public(keys: AgencyKeys | None) -> list[Ed25519PublicKey]:
    signing = keys.signing if keys is not None else ()
    return [Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)) for key in signing]
