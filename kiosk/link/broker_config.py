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

from kiosk.link.broker_rights import Rights
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

#: What the broker has acknowledged is on its disk, also after a power cut: senders forget it then,
#: and residents were promised it (docs/decisions/0021).
_SYNC = "always"

_HOUSE = "LINK"
"""The account that owns the buckets and through which all others meet."""


@dataclass(frozen=True, slots=True)
class Tls:
    """The broker's certificate and key, PEM files."""

    certificate: Path
    key: Path


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
        "jetstream": {"store_dir": str(store), "sync_interval": _SYNC},
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
