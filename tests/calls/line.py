"""A bad line between two peers, without root: UDP relays whose loss, delay and rate a test sets.

Each peer is told the relay's address in place of the other's candidate. Loss follows a pattern, so
a test loses the same packets each time.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import re
import socket
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Protocol

from kiosk.link.messages import Answer, Candidate, Offer, SignalBody

_CANDIDATE = re.compile(
    r"candidate:\S+ 1 udp \d+ (\d+\.\d+\.\d+\.\d+) (\d+) typ host[^\r\n]*", re.IGNORECASE
)


class Conditions:
    """What happens to datagrams in one direction."""

    def __init__(self) -> None:
        self.cut = False
        self.delay_s = 0.0
        self.rate_bps = 0.0
        """0 is without bound."""
        self.queue_s = 0.3
        self.pattern: Iterable[bool] = ()
        """True is a loss; empty is no loss."""
        self._losses: itertools.cycle[bool] | None = None
        self._free_at = 0.0
        self.passed = self.lost = self.bytes = 0

    def lose(self, pattern: Iterable[bool]) -> None:
        """Lose datagrams by this pattern, over and over."""
        kept = list(pattern)
        self._losses = itertools.cycle(kept) if kept else None

    def arrival(self, size: int, now: float) -> float | None:
        """When a datagram sent now arrives; None when it is lost."""
        if self.cut or (self._losses is not None and next(self._losses)):
            self.lost += 1
            return None
        start = max(now, self._free_at)
        if self.rate_bps:
            if start - now > self.queue_s:
                self.lost += 1
                return None
            self._free_at = start + size * 8 / self.rate_bps
        else:
            self._free_at = start
        self.passed += 1
        self.bytes += size
        return self._free_at + self.delay_s


class _End(asyncio.DatagramProtocol):
    """One relay socket: stands for one peer towards the other."""

    def __init__(self, conditions: Conditions) -> None:
        self.conditions = conditions
        self.other: _End | None = None
        self.target: tuple[str, int] | None = None
        self.transport: asyncio.DatagramTransport | None = None
        self._loop = asyncio.get_running_loop()
        self._heap: list[tuple[float, int, bytes]] = []
        self._numbers = itertools.count()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        now = self._loop.time()
        at = self.conditions.arrival(len(data), now)
        if at is None:
            return
        if at <= now:
            self._pass_on(data)
            return
        heapq.heappush(self._heap, (at, next(self._numbers), data))
        self._loop.call_at(at, self._due)

    def _due(self) -> None:
        while self._heap and self._heap[0][0] <= self._loop.time() + 0.0005:
            self._pass_on(heapq.heappop(self._heap)[2])

    def _pass_on(self, data: bytes) -> None:
        """Leave through the other socket, so that the receiver sees the address it was told."""
        if (
            self.target
            and self.other
            and self.other.transport
            and not self.other.transport.is_closing()
        ):
            self.other.transport.sendto(data, self.target)


class BadLine:
    """The line of one call: a pair of relay sockets per attempt, the same conditions for all."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.to_booth = Conditions()
        self.to_agent = Conditions()
        self._pairs: dict[int, tuple[_End, _End]] = {}

    def cut(self, cut: bool = True) -> None:
        """Let nothing through in either direction, or everything again."""
        self.to_booth.cut = self.to_agent.cut = cut

    async def pair(self, attempt: int) -> tuple[_End, _End]:
        """(the end that stands for the booth, the end that stands for the agent)."""
        if attempt not in self._pairs:
            loop = asyncio.get_running_loop()
            ends = []
            for conditions in (self.to_booth, self.to_agent):
                _, end = await loop.create_datagram_endpoint(
                    lambda conditions=conditions: _End(conditions), local_addr=(self.address, 0)
                )
                ends.append(end)
            ends[0].other, ends[1].other = ends[1], ends[0]
            self._pairs[attempt] = (ends[0], ends[1])
        return self._pairs[attempt]

    def close(self) -> None:
        for pair in self._pairs.values():
            for end in pair:
                if end.transport:
                    end.transport.close()


def stand_in(text: str, end: _End, address: str) -> str:
    """Put the relay's address in place of the first IPv4 host candidate; drop the others."""
    port = end.transport.get_extra_info("sockname")[1] if end.transport else 0
    lines = []
    for line in text.splitlines():
        if "candidate:" not in line:
            lines.append(line)
            continue
        found = _CANDIDATE.search(line)
        if found is None or (end.target is not None and end.target != (found[1], int(found[2]))):
            continue
        end.target = (found[1], int(found[2]))
        lines.append(line.replace(f" {found[1]} {found[2]} ", f" {address} {port} "))
    return "\r\n".join(lines) + ("\r\n" if len(lines) > 1 else "")


class AnySignals(Protocol):
    async def send(self, body: SignalBody) -> object: ...

    def __aiter__(self) -> AsyncIterator[SignalBody]: ...


class LineSignals:
    """The signalling of a call whose media goes over a `BadLine`."""

    def __init__(self, inner: AnySignals, line: BadLine) -> None:
        self._inner = inner
        self.line = line

    async def send(self, body: SignalBody) -> object:
        if isinstance(body, Offer):
            booth, _ = await self.line.pair(body.attempt)
            sdp = stand_in(body.sdp, booth, self.line.address)
            body = body.model_copy(update={"sdp": sdp})
        return await self._inner.send(body)

    async def __aiter__(self) -> AsyncIterator[SignalBody]:
        async for body in self._inner:
            changed = await self._from_agent(body)
            if changed is not None:
                yield changed

    async def _from_agent(self, body: SignalBody) -> SignalBody | None:
        if isinstance(body, Answer):
            _, agent = await self.line.pair(body.attempt)
            return body.model_copy(update={"sdp": stand_in(body.sdp, agent, self.line.address)})
        if isinstance(body, Candidate) and body.candidate:
            _, agent = await self.line.pair(body.attempt)
            text = stand_in(body.candidate, agent, self.line.address)
            return body.model_copy(update={"candidate": text}) if text else None
        return body


def own_address() -> str:
    """This machine's address; loopback is no candidate in WebRTC."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # TEST-NET-3: connecting a datagram socket sends nothing, it only picks a route.
        probe.connect(("203.0.113.1", 9))
        return str(probe.getsockname()[0])


Clock = Callable[[], float]
