"""Which servers the settings name, taken apart: who is asked, where, and over what."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from kiosk.settings.booth import KioskSettings

NATS_PORT = 4222
HTTPS_PORT, HTTP_PORT = 443, 80
STUN_PORT, STUNS_PORT = 3478, 5349
"""RFC 7064 and RFC 7065."""

Transport = Literal["udp", "tcp", "tls"]


@dataclass(frozen=True, slots=True)
class Address:
    """One server as the settings name it."""

    what: str
    """What it is to the technician: « serveur des organismes »."""
    host: str
    port: int
    tls: bool


@dataclass(frozen=True, slots=True)
class Relay:
    """One TURN URL with the booth's credentials."""

    host: str
    port: int
    transport: Transport
    username: str | None
    credential: str | None


def broker(settings: KioskSettings) -> Address:
    """The broker's address."""
    parts = urlsplit(settings.link.url)
    port = parts.port or NATS_PORT
    return Address("serveur des organismes", parts.hostname or "", port, parts.scheme == "tls")


def desk(settings: KioskSettings) -> Address | None:
    """Where throughput is measured; None where nothing is configured."""
    url = settings.diagnostics.throughput_url
    if not url:
        return None
    parts = urlsplit(url)
    tls = parts.scheme == "https"
    port = parts.port or (HTTPS_PORT if tls else HTTP_PORT)
    return Address("passerelle de mesure", parts.hostname or "", port, tls)


def stun(settings: KioskSettings) -> tuple[Address, ...]:
    """The STUN servers, those over UDP: the others are of no use to a call."""
    return tuple(
        Address("serveur STUN", host, port, tls=False)
        for scheme, host, port, _, _, _ in _ice(settings)
        if scheme == "stun"
    )


def relays(settings: KioskSettings, transport: Transport | None = None) -> tuple[Relay, ...]:
    """The TURN servers, in the operator's order; those of one `transport` where it is given."""
    return tuple(
        Relay(host, port, way, username, credential)
        for scheme, host, port, way, username, credential in _ice(settings)
        if scheme in ("turn", "turns") and transport in (None, way)
    )


def named_hosts(settings: KioskSettings) -> tuple[str, ...]:
    """Every host that must be looked up, once each; those that are numbers already are not."""
    found = [broker(settings).host]
    if (measured := desk(settings)) is not None:
        found.append(measured.host)
    found += [host for _, host, _, _, _, _ in _ice(settings)]
    return tuple(dict.fromkeys(host for host in found if not _is_number(host)))


def _ice(
    settings: KioskSettings,
) -> Iterator[tuple[str, str, int, Transport, str | None, str | None]]:
    for server in settings.call.ice_servers:
        secret = server.credential.get_secret_value() if server.credential is not None else None
        for url in server.urls:
            scheme, _, rest = url.partition(":")
            parts = urlsplit(f"//{rest}")
            secure = scheme in ("turns", "stuns")
            asked = parse_qs(parts.query).get("transport", ["tcp" if secure else "udp"])[0]
            way: Transport = "tls" if secure else "tcp" if asked == "tcp" else "udp"
            port = parts.port or (STUNS_PORT if secure else STUN_PORT)
            yield scheme, parts.hostname or "", port, way, server.username, secret


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
