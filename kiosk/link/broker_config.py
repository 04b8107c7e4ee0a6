"""Who may do what on the broker: its configuration, made from the lists of agencies and booths.

Every user has an account of its own, and accounts share nothing but what is named here. That is
because permissions alone do not hold within one account: the broker answers to whatever reply
subject a request names, and so would write one user's words under another's key. Across accounts
an answer can only go back to the account that asked (docs/decisions/0003).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.link.messages import MAX_MESSAGE_BYTES

#: Bytes for the headers that come with the largest message.
_HEADER_BYTES = 4_096
#: Connections in all, and of one user: a booth has one, a gateway one for each of its processes.
_MAX_CONNECTIONS = 2_048
_MAX_USER_CONNECTIONS = 16
#: Subscriptions of one user: a few for each call of a large agency.
_MAX_USER_SUBSCRIPTIONS = 4_096
#: Seconds and count after which a silent client is dropped: as fast as clients notice a broker.
_PING_EVERY = "2s"
_MAX_PINGS = 2
#: Seconds to sign in: four round trips of a slow line.
_AUTH_S = 3

#: Nanoseconds that a signal stays on the broker: it is repeated at once, and nobody reads it.
_SIGNAL_AGE_NS = 1_000_000_000
#: Bytes of memory for them: a thousand offers on their way at once.
_MAX_SIGNAL_BYTES = 64 * 1024 * 1024

_HOUSE = "LINK"
"""The account that owns the buckets and through which all others meet."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bucket: what its stream may hold."""

    name: str
    max_bytes: int
    """Of one entry, with its headers."""
    in_memory: bool
    """Whether it may be lost with the broker's process; its writers refresh it within 2 s."""


#: Entries of one bucket: beyond it, new ones are refused rather than others' dropped.
MAX_ENTRIES = 20_000

BUCKETS = (
    # On disk, so that revisions (the order of queues) keep growing across restarts.
    Bucket("tickets", 4_096, in_memory=False),
    Bucket("claims", 4_096, in_memory=False),
    Bucket("presence", 2_048, in_memory=True),
    Bucket("boards", 32_768, in_memory=True),
)


@dataclass(frozen=True, slots=True)
class Tls:
    """The broker's certificate and key, PEM files."""

    certificate: Path
    key: Path


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


def rights(agencies: tuple[str, ...], kiosks: tuple[str, ...]) -> dict[str, Rights]:
    """Return each user's rights."""
    table = {kiosk_user(kiosk): _booth_rights(kiosk) for kiosk in kiosks}
    return table | {desk_user(agency): _desk_rights(agency) for agency in agencies}


def streams() -> list[dict[str, Any]]:
    """Return the JetStream configuration of all streams: the buckets', and that of signals."""
    return [*(_bucket_stream(bucket) for bucket in BUCKETS), _signal_stream()]


def _signal_stream() -> dict[str, Any]:
    """Return the stream that signals pass through (ADR-28); nobody reads what it keeps.

    A stream, because the broker does not hand what one account sent to the house on to a third,
    but does hand on what a stream repeats.
    """
    return {
        "name": "SIGNALS",
        "subjects": ["signal.>"],
        "max_msgs_per_subject": 1,
        "max_age": _SIGNAL_AGE_NS,
        "max_bytes": _MAX_SIGNAL_BYTES,
        "max_consumers": -1,
        "discard": "old",
        "storage": "memory",
        "deny_delete": True,
        "republish": {"src": "signal.>", "dest": "live.signal.>"},
    }


def _bucket_stream(bucket: Bucket) -> dict[str, Any]:
    """Return the stream of a bucket (ADR-8, ADR-28, ADR-43).

    No limit markers: they need roll-up headers, with which any writer may erase a whole bucket.
    """
    return {
        "name": f"KV_{bucket.name}",
        "subjects": [f"$KV.{bucket.name}.>"],
        "max_msgs_per_subject": 1,
        "max_msgs": MAX_ENTRIES,
        "max_msg_size": bucket.max_bytes,
        "max_consumers": -1,
        "discard": "new",
        "storage": "memory" if bucket.in_memory else "file",
        "allow_direct": True,
        "allow_msg_ttl": True,
        "allow_rollup_hdrs": False,
        "deny_delete": True,
        "republish": {"src": f"$KV.{bucket.name}.>", "dest": f"live.{bucket.name}.>"},
    }


def render(
    *,
    host: str,
    port: int,
    server_name: str,
    store: Path,
    passwords: Mapping[str, str],
    table: Mapping[str, Rights],
    tls: Tls | None = None,
) -> str:
    """Return the configuration of a `nats-server` (which reads JSON); it holds the passwords."""
    accounts: dict[str, Any] = {
        _HOUSE: {
            "jetstream": "enabled",
            "users": [{"user": "admin", "password": passwords["admin"]}],
            "exports": _exports(table),
        }
    }
    for user, its in table.items():
        accounts[user] = _account(user, passwords[user], its)
    config: dict[str, Any] = {
        "server_name": server_name,
        "host": host,
        "port": port,
        "jetstream": {"store_dir": str(store)},
        "accounts": accounts,
        "authorization": {"timeout": _AUTH_S},
        "max_payload": MAX_MESSAGE_BYTES + _HEADER_BYTES,
        "max_connections": _MAX_CONNECTIONS,
        "ping_interval": _PING_EVERY,
        "ping_max": _MAX_PINGS,
    }
    if tls is not None:
        config["tls"] = {
            "cert_file": str(tls.certificate),
            "key_file": str(tls.key),
            "handshake_first": True,
        }
    return json.dumps(config, indent=2)


def _exports(table: Mapping[str, Rights]) -> list[dict[str, Any]]:
    """Return what the house offers, each subject to the users that may have it and no other."""
    offered: dict[tuple[str, str], list[str]] = {}
    for user, its in table.items():
        for kind, subjects in (("service", its.sends), ("stream", its.hears)):
            for subject in subjects:
                offered.setdefault((kind, subject), []).append(user)
    return [{kind: subject, "accounts": users} for (kind, subject), users in offered.items()]


def _account(user: str, password: str, its: Rights) -> dict[str, Any]:
    """Return the account of one user, with permissions that say the same once more."""
    return {
        "users": [
            {
                "user": user,
                "password": password,
                "permissions": {
                    "publish": {"allow": list(its.sends)},
                    "subscribe": {"allow": [f"_INBOX_{user}.>", *its.hears]},
                },
            }
        ],
        "imports": [
            {kind: {"account": _HOUSE, "subject": subject}}
            for kind, subjects in (("service", its.sends), ("stream", its.hears))
            for subject in subjects
        ],
        "limits": {
            "max_connections": _MAX_USER_CONNECTIONS,
            "max_subscriptions": _MAX_USER_SUBSCRIPTIONS,
        },
    }


def _booth_rights(kiosk: str) -> Rights:
    return Rights(
        sends=(
            _write("tickets", f"*.{kiosk}.*"),
            _read("tickets", f"*.{kiosk}.*"),
            _read("claims", f"*.{kiosk}.*"),
            _read("boards", "*"),
            f"signal.*.{kiosk}.*.desk",
        ),
        hears=(
            f"live.claims.*.{kiosk}.*",
            "live.boards.*",
            f"live.signal.*.{kiosk}.*.booth",
        ),
    )


def _desk_rights(agency: str) -> Rights:
    return Rights(
        sends=(
            _read("tickets", f"{agency}.*.*"),
            _write("claims", f"{agency}.*.*"),
            _read("claims", f"{agency}.*.*"),
            _write("presence", f"{agency}.*"),
            _read("presence", f"{agency}.*"),
            _write("boards", agency),
            _read("boards", agency),
            f"signal.{agency}.*.*.booth",
        ),
        hears=(
            f"live.tickets.{agency}.*.*",
            f"live.claims.{agency}.*.*",
            f"live.presence.{agency}.*",
            f"live.signal.{agency}.*.*.desk",
        ),
    )


def _write(bucket: str, keys: str) -> str:
    return f"$KV.{bucket}.{keys}"


def _read(bucket: str, keys: str) -> str:
    return f"$JS.API.DIRECT.GET.KV_{bucket}.$KV.{bucket}.{keys}"
