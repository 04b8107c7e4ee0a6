"""The broker: whether it is reached with the booth's own rights, how quickly, and what time it has.

A connection of its own, so that a test neither waits for the booth's line nor disturbs it.
"""

from __future__ import annotations

import asyncio
import re
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from nats import errors
from nats.aio.msg import Msg

from kiosk.diagnostics.steps import Unfit
from kiosk.link.session import LineSettings, Session
from kiosk.settings import SettingsError

PINGS = 20
CLOSE_S = 0.5
"""A black-holed TLS line takes 30 s to hang up; the test does not wait for it."""
_FRACTION = re.compile(r"\.(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Reach:
    """How the broker is reached, seconds."""

    dial_s: float
    """TCP, TLS and sign-in."""
    round_trip_s: float
    """Median of `PINGS` pings of the protocol."""
    worst_s: float


async def reach(settings: LineSettings) -> Reach:
    """Dial, sign in, and ping.

    Raises:
        Unfit: refused or not reached; says why.
    """
    begun = time.monotonic()
    async with _session(settings) as session:
        dialled = time.monotonic()
        trips = []
        for _ in range(PINGS):
            sent = time.monotonic()
            await session.client.flush(timeout=2)
            trips.append(time.monotonic() - sent)
    return Reach(dialled - begun, statistics.median(trips), max(trips))


async def clock_offset(settings: LineSettings, within_s: float) -> float | None:
    """Return by how many seconds this machine's clock is ahead of the broker's.

    An agency's board is written anew every two seconds; the broker stamps it
    (`Nats-Time-Stamp`, ADR-28) and hands it on at once: it is read here half a round trip later.
    None where no board came in `within_s`: then no desk is at work.

    Raises:
        Unfit: the broker is not reached.
    """
    heard: asyncio.Future[tuple[float, str]] = asyncio.get_running_loop().create_future()

    async def hear(message: Msg) -> None:
        stamp = (message.headers or {}).get("Nats-Time-Stamp")
        if stamp and not heard.done():
            heard.set_result((time.time(), stamp))

    async with _session(settings) as session:
        await session.client.subscribe("live.boards.*", cb=hear)
        sent = time.monotonic()
        await session.barrier()
        trip = (time.monotonic() - sent) / 2
        try:
            async with asyncio.timeout(within_s):
                arrived_at, stamp = await heard
        except TimeoutError:
            return None
    stamped_at = read_stamp(stamp)
    return None if stamped_at is None else arrived_at - stamped_at - trip / 2


def read_stamp(text: str) -> float | None:
    """Return Unix seconds of an RFC 3339 time with up to nine digits; None for anything else."""
    # Python reads six digits of a fraction at most.
    short = _FRACTION.sub(lambda found: f".{found[1][:6]:0<6}", text[:40], count=1)
    try:
        moment = datetime.fromisoformat(short)
    except ValueError:
        return None
    return moment.timestamp() if moment.tzinfo is not None else None


@asynccontextmanager
async def _session(settings: LineSettings) -> AsyncIterator[Session]:
    session = Session(settings)
    try:
        await session.dial()
        yield session
    except (OSError, TimeoutError, errors.Error, SettingsError) as error:
        raise Unfit(_why(str(error), session.cause, type(error).__name__)) from None
    finally:
        closing = asyncio.ensure_future(session.close())
        _, hanging = await asyncio.wait({closing}, timeout=CLOSE_S)
        for task in hanging:
            task.cancel()


def _why(text: str, cause: str, kind: str) -> str:
    told = f"{text} {cause}".lower()
    if "authorization" in told or "authentication" in told:
        return "Le serveur refuse l’identifiant ou le mot de passe du guichet ([link])."
    if "certificate" in told:
        return "Le certificat du serveur n’est pas accepté : voyez l’étape « Certificats »."
    if "refused" in told or "connect call failed" in told:
        return "Le serveur refuse la connexion : il est arrêté, ou le port est faux."
    if "name or service" in told or "name resolution" in told or "nodename" in told:
        return "Le nom du serveur est introuvable : voyez l’étape « Noms »."
    return f"Le serveur ne répond pas ({cause[:60] or kind}) : vérifiez la box et le pare-feu."
