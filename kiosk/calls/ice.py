"""Which ICE servers a connection asks: aiortc takes only the first TURN URL, the ladder is ours.

A rung is all STUN servers and one TURN URL. Relays are tried in the operator's order, which should
be UDP, TCP, TLS: the first that gives an address within its time is used, and kept while it works.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog
from aiortc import RTCIceGatherer, RTCIceTransport
from aiortc.rtcconfiguration import RTCIceServer

from kiosk.settings.booth import IceServer

log = structlog.get_logger(__name__)

BETTER_RUNG_S = 0.8
"""How long a later rung that has answered waits for an earlier one: UDP is worth that much."""
PROBE_S = 4.5
"""aiortc itself gives a relay 5 s; a firewall that drops packets never answers."""


def rungs(servers: Sequence[IceServer]) -> list[list[RTCIceServer]]:
    """Return the configurations to try, best first; one empty one when no server is named."""
    stun: list[RTCIceServer] = []
    turn: list[RTCIceServer] = []
    for server in servers:
        secret = server.credential.get_secret_value() if server.credential is not None else None
        for url in server.urls:
            if url.startswith("stun"):
                stun.append(RTCIceServer(url))
            else:
                turn.append(RTCIceServer(url, server.username, secret))
    return [[*stun, relay] for relay in turn] or [stun]


class IceLadder:
    """Remembers which rung carries; one per call."""

    def __init__(self, servers: Sequence[IceServer]) -> None:
        self._rungs = rungs(servers)
        self._chosen: int | None = 0 if len(self._rungs) == 1 else None

    async def choose(self) -> list[RTCIceServer]:
        """Return the servers for the next connection; where there are many, ask them first."""
        if self._chosen is None:
            self._chosen = await _first_that_answers(self._rungs)
        return self._rungs[self._chosen]

    def failed(self) -> None:
        """The last connection did not come about: ask the relays anew next time."""
        if len(self._rungs) > 1:
            self._chosen = None


async def _first_that_answers(ladder: list[list[RTCIceServer]]) -> int:
    """Return the index of the best rung whose relay gives an address; 0 when none does."""
    probes = [asyncio.create_task(_gives_relay(rung)) for rung in ladder]
    try:
        async with asyncio.timeout(PROBE_S):
            await _until_one(probes)
        for probe in probes:
            await asyncio.wait([probe], timeout=BETTER_RUNG_S)
            if _succeeded(probe):
                return probes.index(probe)
    except TimeoutError:
        log.warning("no relay answers", count=len(ladder))
    finally:
        for probe in probes:
            probe.cancel()
        await asyncio.gather(*probes, return_exceptions=True)
    return 0


async def _until_one(probes: list[asyncio.Task[bool]]) -> None:
    pending = set(probes)
    while pending:
        done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        if any(_succeeded(probe) for probe in done):
            return


def _succeeded(probe: asyncio.Task[bool]) -> bool:
    return probe.done() and not probe.cancelled() and probe.exception() is None and probe.result()


async def _gives_relay(rung: list[RTCIceServer]) -> bool:
    gatherer = RTCIceGatherer(iceServers=rung)
    transport = RTCIceTransport(gatherer)
    try:
        await gatherer.gather()
        return any(candidate.type == "relay" for candidate in gatherer.getLocalCandidates())
    finally:
        await transport.stop()
