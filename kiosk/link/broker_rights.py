"""Who may send and hear what: each booth its own things, each desk its agency's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.link.bookings import bucket_name
from kiosk.link.events import STREAM, booth_events, desk_events


@dataclass(frozen=True, slots=True)
class Rights:
    """What one user may send and hear, as subjects of the house account."""

    sends: tuple[str, ...]
    hears: tuple[str, ...]


def kiosk_user(kiosk: str) -> str:
    """Return the broker user of a booth."""
    return f"kiosk-{kiosk}"


def desk_user(agency: str) -> str:
    """Return the broker user of an agency's desk."""
    return f"desk-{agency}"


STATS_USER: Final = "stats"
"""The broker user who reads what is counted, and can do nothing else."""


def rights(agencies: tuple[str, ...], kiosks: tuple[str, ...]) -> dict[str, Rights]:
    """Return each user's rights."""
    booths = {kiosk_user(kiosk): _booth_rights(kiosk) for kiosk in kiosks}
    desks = {desk_user(agency): _desk_rights(agency) for agency in agencies}
    reader = Rights(sends=(f"$JS.API.DIRECT.GET.{STREAM}",), hears=())
    return booths | desks | {STATS_USER: reader}


def _booth_rights(kiosk: str) -> Rights:
    return Rights(
        sends=(
            _write("tickets", f"*.{kiosk}.*"),
            _read("tickets", f"*.{kiosk}.*"),
            _read("claims", f"*.{kiosk}.*"),
            _read("boards", "*"),
            _write("errands", f"*.{kiosk}.*"),
            _read("answers", f"*.{kiosk}.*"),
            _read("agendas", "*"),
            _read("expected", f"*.{kiosk}"),
            booth_events(kiosk),
            f"signal.*.{kiosk}.*.desk",
        ),
        hears=(
            f"live.claims.*.{kiosk}.*",
            "live.boards.*",
            f"live.answers.*.{kiosk}.*",
            "live.agendas.*",
            f"live.expected.*.{kiosk}",
            f"live.signal.*.{kiosk}.*.booth",
        ),
    )


def _desk_rights(agency: str) -> Rights:
    own = bucket_name(agency)
    return Rights(
        sends=(
            _read("tickets", f"{agency}.*.*"),
            _write("claims", f"{agency}.*.*"),
            _read("claims", f"{agency}.*.*"),
            _write("presence", f"{agency}.*"),
            _read("presence", f"{agency}.*"),
            _write("boards", agency),
            _read("boards", agency),
            _read("errands", f"{agency}.*.*"),
            _write("answers", f"{agency}.*.*"),
            _read("answers", f"{agency}.*.*"),
            _write("agendas", agency),
            _read("agendas", agency),
            _write("expected", f"{agency}.*"),
            _read("expected", f"{agency}.*"),
            _write(own, "*.*"),
            _read(own, "*.*"),
            desk_events(agency),
            f"signal.{agency}.*.*.booth",
        ),
        hears=(
            f"live.tickets.{agency}.*.*",
            f"live.claims.{agency}.*.*",
            f"live.presence.{agency}.*",
            f"live.errands.{agency}.*.*",
            f"live.{own}.*.*",
            f"live.signal.{agency}.*.*.desk",
        ),
    )


def _write(bucket: str, keys: str) -> str:
    return f"$KV.{bucket}.{keys}"


def _read(bucket: str, keys: str) -> str:
    return f"$JS.API.DIRECT.GET.KV_{bucket}.$KV.{bucket}.{keys}"
