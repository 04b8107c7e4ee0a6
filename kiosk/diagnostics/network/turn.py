"""STUN and TURN servers, asked as a call asks them: a real allocation, and a packet through it."""

from __future__ import annotations

import asyncio
import os
import ssl
import time
from dataclasses import dataclass
from typing import cast

from aioice import stun, turn

from kiosk.diagnostics.network.addresses import Address, Relay
from kiosk.diagnostics.steps import Unfit

PACKET_S = 1.5
"""For one packet through the relay: ten round trips of a satellite line would still pass."""
RESEND_S = 0.2
CLOSE_S = 1.0
"""For giving an allocation back; a relay that is gone frees it by itself after 10 min."""


@dataclass(frozen=True, slots=True)
class Reflected:
    """What a STUN server answered."""

    round_trip_s: float
    behind_nat: bool


async def ask_stun(server: Address) -> Reflected:
    """Send a binding request (RFC 8489), again and again until the caller's time is up.

    Raises:
        Unfit: refused.
    """
    loop = asyncio.get_running_loop()
    try:
        transport, client = await loop.create_datagram_endpoint(
            _StunClient, remote_addr=(server.host, server.port)
        )
    except OSError as error:
        raise Unfit(f"Le serveur STUN ne peut être joint ({error.strerror}).") from None
    try:
        request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        begun = time.monotonic()
        answer = await client.ask(request)
        mapped = answer.attributes.get("XOR-MAPPED-ADDRESS")
        own = transport.get_extra_info("sockname")[:2]
        return Reflected(time.monotonic() - begun, mapped is not None and mapped != tuple(own))
    except stun.TransactionError:
        raise Unfit("Le serveur STUN ne répond pas : UDP est bloqué, ou il est arrêté.") from None
    finally:
        transport.close()


class _StunClient(asyncio.DatagramProtocol):
    """One STUN transaction over UDP."""

    def __init__(self) -> None:
        self._transport: asyncio.DatagramTransport | None = None
        self._transaction: stun.Transaction | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Python 3.11's own datagram transport does not derive from the class that describes it.
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        try:
            message = stun.parse_message(data)
        except ValueError:
            return
        if self._transaction is not None:
            self._transaction.response_received(message, addr)

    def send_stun(self, message: stun.Message, addr: tuple[str, int]) -> None:
        """What `stun.Transaction` sends with."""
        del addr  # The socket is connected.
        if self._transport is not None:
            self._transport.sendto(bytes(message))

    async def ask(self, request: stun.Message) -> stun.Message:
        self._transaction = stun.Transaction(request, ("", 0), self)
        answer, _ = await self._transaction.run()
        return answer


@dataclass(frozen=True, slots=True)
class Relayed:
    """How a relay serves us, seconds."""

    allocation_s: float
    """Connection, sign-in and allocation."""
    round_trip_s: float
    """A packet from one allocation to another and back: twice through the relay each way."""


async def ask_relay(relay: Relay) -> Relayed:
    """Make two allocations (RFC 8656) and send a packet from one to the other and back.

    Two, because a packet must come out of the relay somewhere: where UDP is blocked, only another
    allocation is reached.

    Raises:
        Unfit: refused, unreachable, or nothing comes through.
    """
    ends: list[tuple[turn.TurnTransport, _End]] = []
    try:
        begun = time.monotonic()
        ends.append(await _allocate(relay))
        allocated = time.monotonic() - begun
        ends.append(await _allocate(relay))
        (here, near), (there, far) = ends
        near.to, far.to = there.get_extra_info("sockname"), here.get_extra_info("sockname")
        return Relayed(allocated, await _there_and_back(near, far))
    except (stun.TransactionFailed, stun.TransactionTimeout) as error:
        raise Unfit(_refusal(error)) from None
    except ssl.SSLError as error:
        reason = getattr(error, "verify_message", "") or error.reason or "TLS"
        raise Unfit(f"Le certificat du relais n’est pas accepté ({reason}).") from None
    except OSError as error:
        what = error.strerror or type(error).__name__
        raise Unfit(f"Le relais n’est pas joint ({what}).") from None
    finally:
        await asyncio.gather(*(end.close() for _, end in ends))


class _End(asyncio.DatagramProtocol):
    """One allocation: sends to the other, and knows what came from it."""

    def __init__(self) -> None:
        self.to: tuple[str, int] | None = None
        self._transport: turn.TurnTransport | None = None
        self._heard: asyncio.Queue[bytes] = asyncio.Queue()
        self._lost = asyncio.Event()

    def connection_made(self, transport: object) -> None:
        if isinstance(transport, turn.TurnTransport):
            self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        del error
        self._lost.set()

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        del addr
        self._heard.put_nowait(data)

    def error_received(self, error: Exception) -> None:
        """A channel could not be bound: the packet is sent again, and the time runs out."""

    def send(self, data: bytes) -> None:
        if self._transport is not None and self.to is not None:
            self._transport.sendto(data, self.to)

    async def heard(self, what: bytes) -> None:
        while await self._heard.get() != what:
            continue

    async def close(self) -> None:
        if self._transport is None:
            return
        self._transport.close()
        try:
            async with asyncio.timeout(CLOSE_S):
                await self._lost.wait()
        except TimeoutError:
            return


async def _allocate(relay: Relay) -> tuple[turn.TurnTransport, _End]:
    context = ssl.create_default_context() if relay.transport == "tls" else None
    return await turn.create_turn_endpoint(
        _End,
        (relay.host, relay.port),
        relay.username,
        relay.credential,
        ssl=context,
        transport="udp" if relay.transport == "udp" else "tcp",
    )


async def _there_and_back(near: _End, far: _End) -> float:
    question, answer = os.urandom(16), os.urandom(16)
    try:
        # Both ways at once before it is timed: an allocation lets in only whom it has sent to.
        await asyncio.gather(
            _sent_until_heard(near, far, os.urandom(16)),
            _sent_until_heard(far, near, os.urandom(16)),
        )
        begun = time.monotonic()
        await _sent_until_heard(near, far, question)
        await _sent_until_heard(far, near, answer)
        return time.monotonic() - begun
    except TimeoutError:
        raise Unfit(
            "Le relais donne une adresse, mais aucun paquet n’en sort : son pare-feu bloque les "
            "ports de relais (49152 à 65535 en UDP)."
        ) from None


async def _sent_until_heard(sender: _End, receiver: _End, data: bytes) -> None:
    async with asyncio.timeout(PACKET_S):
        hearing = asyncio.ensure_future(receiver.heard(data))
        try:
            while not hearing.done():
                sender.send(data)
                await asyncio.wait({hearing}, timeout=RESEND_S)
        finally:
            hearing.cancel()


def _refusal(error: stun.TransactionError) -> str:
    if isinstance(error, stun.TransactionFailed):
        match error.response.error_code:
            case 401 | 431 | 441:
                return "Le relais refuse l’identifiant ou le mot de passe ([[call.ice_servers]])."
            case 403:
                return "Le relais interdit de relayer vers lui-même (denied-peer-ip)."
            case 486 | 508:
                return "Le relais n’a plus de place (quota atteint)."
            case code:
                return f"Le relais refuse (erreur {code})."
    return "Le relais ne répond pas : il est arrêté, ou un pare-feu jette ces paquets."
