"""The path that a call would take through the relay: the candidate pair, its loss and its jitter.

Two ICE agents in this process. One has every candidate that a call has; the other is reached
through the relay alone, as an agent in another building is. What goes from one to the other
leaves the booth, passes the relay and comes back: loss and jitter are of both ways together.
"""

from __future__ import annotations

import asyncio
import struct
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aioice
from aioice.ice import TransportPolicy

from kiosk.diagnostics.network.addresses import Address, Relay
from kiosk.diagnostics.steps import Unfit

PACKETS = 150
EVERY_S = 0.02
PAYLOAD_BYTES = 160
"""Three seconds of what speech sends: Opus at 32 kb/s, 50 packets a second, with its headers."""
SETTLE_S = 0.6
"""For the last packets: later than this they are lost to a call too."""
_STAMP = struct.Struct("!Id")
_TYPES = {
    "host": "direct",
    "srflx": "derrière la box",
    "prflx": "derrière la box",
    "relay": "relais",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """The chosen candidate pair, without addresses: types (RFC 8445, 5.1.1) and transports."""

    local: str
    remote: str
    transport: str
    """How the relay is reached: `udp`, `tcp` or `tls`; `udp` without a relay."""

    def __str__(self) -> str:
        return f"{self.local} ↔ {self.remote}"

    def in_words(self) -> str:
        """For the technician."""
        through = f" (relais joint en {self.transport.upper()})" if "relay" in str(self) else ""
        local, remote = (_TYPES.get(kind, kind) for kind in (self.local, self.remote))
        return f"{local} ↔ {remote}{through}"


@dataclass(slots=True)
class Stream:
    """What came of the packets sent; pure, so that its arithmetic can be tested."""

    sent: int = 0
    received: int = 0
    jitter_s: float = 0.0
    """RFC 3550, 6.4.1."""
    _transit: float | None = field(default=None)

    def arrived(self, sent_at: float, now: float) -> None:
        """Count a packet."""
        self.received += 1
        transit = now - sent_at
        if self._transit is not None:
            self.jitter_s += (abs(transit - self._transit) - self.jitter_s) / 16
        self._transit = transit

    @property
    def loss(self) -> float:
        """Part of the packets that did not come, 0 to 1."""
        return 0.0 if self.sent == 0 else max(0.0, 1 - self.received / self.sent)


@asynccontextmanager
async def through_relay(
    relay: Relay, stun: tuple[Address, ...]
) -> AsyncIterator[tuple[aioice.Connection, aioice.Connection, Pair]]:
    """Connect two ICE agents through the relay.

    Raises:
        Unfit: no relayed candidate, or no pair of candidates works.
    """
    server = (stun[0].host, stun[0].port) if stun else None
    near = _agent(relay, TransportPolicy.ALL, controlling=True, stun=server)
    far = _agent(relay, TransportPolicy.RELAY, controlling=False, stun=None)
    # Goes on to its end even if cancelled: aioice would leave the sockets open that it has made.
    # What fails shows in the candidates that are missing.
    gathering = asyncio.gather(
        near.gather_candidates(), far.gather_candidates(), return_exceptions=True
    )
    try:
        await asyncio.shield(gathering)
        if not far.local_candidates:
            raise Unfit("Le relais ne donne pas d’adresse : voyez les étapes TURN.")
        await _introduce(near, far)
        try:
            await asyncio.gather(near.connect(), far.connect())
        except ConnectionError:
            raise Unfit("Aucun chemin vers le relais ne laisse passer un appel.") from None
        yield near, far, _chosen(near, relay)
    finally:
        await asyncio.wait((gathering,))
        await asyncio.gather(near.close(), far.close())


async def measure(near: aioice.Connection, far: aioice.Connection) -> Stream:
    """Send what speech would send, and count what comes."""
    stream = Stream()
    hearing = asyncio.create_task(_hear(far, stream))
    try:
        clock = asyncio.get_running_loop().time
        due = clock()
        for number in range(PACKETS):
            await near.send(_STAMP.pack(number, time.monotonic()).ljust(PAYLOAD_BYTES, b"\0"))
            stream.sent += 1
            due += EVERY_S
            await asyncio.sleep(max(0.0, due - clock()))
        if stream.received < stream.sent:
            await asyncio.sleep(SETTLE_S)
    except ConnectionError:
        raise Unfit("Le chemin s’est rompu pendant la mesure.") from None
    finally:
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)
    return stream


async def _hear(far: aioice.Connection, stream: Stream) -> None:
    while True:
        data = await far.recv()
        if len(data) == PAYLOAD_BYTES:
            stream.arrived(_STAMP.unpack_from(data)[1], time.monotonic())


def _agent(
    relay: Relay,
    policy: TransportPolicy,
    *,
    controlling: bool,
    stun: tuple[str, int] | None,
) -> aioice.Connection:
    return aioice.Connection(
        ice_controlling=controlling,
        stun_server=stun,
        turn_server=(relay.host, relay.port),
        turn_username=relay.username,
        turn_password=relay.credential,
        turn_ssl=relay.transport == "tls",
        turn_transport="udp" if relay.transport == "udp" else "tcp",
        transport_policy=policy,
    )


async def _introduce(near: aioice.Connection, far: aioice.Connection) -> None:
    for one, other in ((near, far), (far, near)):
        one.remote_username, one.remote_password = other.local_username, other.local_password
        for candidate in other.local_candidates:
            await one.add_remote_candidate(candidate)
        await one.add_remote_candidate(None)


def _chosen(agent: aioice.Connection, relay: Relay) -> Pair:
    # aioice tells of the pair in its log alone; a test of this module guards the name.
    pair = agent._nominated[1]  # noqa: SLF001
    return Pair(pair.local_candidate.type, pair.remote_candidate.type, relay.transport)
