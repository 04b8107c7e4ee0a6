"""An agent's hold on a ticket: won by exactly one, kept while the gateway lives."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from kiosk.link.keys import TicketKey
from kiosk.link.line import LineDown
from kiosk.link.messages import Claim
from kiosk.link.refresh import Refresher
from kiosk.link.store import Bucket, KeyExists

#: Seconds that a claim outlives its gateway: longer than a broker's restart.
CLAIM_TTL_S = 6
#: Seconds between two refreshes of a claim.
CLAIM_EVERY_S = 2.0
#: Attempts at a claim whose holder is gone each time we ask who it is.
_ATTEMPTS = 3

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class LostTo:
    """Another agent has the ticket."""

    agent: str
    agent_name: str


class HeldClaim:
    """A claim that was won: kept alive until `release` or until it is lost."""

    def __init__(
        self,
        bucket: Bucket[Claim],
        key: TicketKey,
        claim: Claim,
        revision: int,
        on_lost: Callable[[], None] | None = None,
    ) -> None:
        self.key = key
        self.claim = claim
        self.lost = False
        self._bucket = bucket
        self._revision = revision
        self._on_lost = on_lost
        self._refresher = Refresher(bucket.line, self._refresh, CLAIM_EVERY_S, "claim")
        self._refresher.start()

    async def release(self) -> None:
        """Give the ticket up, so that another agent may take it. Never raises."""
        await self._refresher.stop()
        if self.lost:
            return
        try:
            await self._bucket.delete(str(self.key), last=self._revision)
        except (LineDown, KeyExists):
            _log.info("claim left to expire", agency=self.key.agency)

    async def stop(self) -> None:
        """Leave the claim on the broker for a while: the gateway stops, the agent may be back."""
        await self._refresher.stop()

    async def _refresh(self) -> None:
        # On condition that nobody wrote since: a claim that ran out may be another's by now.
        key = str(self.key)
        try:
            self._revision = await self._bucket.keep(
                key, self.claim, CLAIM_TTL_S, last=self._revision
            )
        except KeyExists:
            await self._take_again(key)

    async def _take_again(self, key: str) -> None:
        """The entry is not as we left it: ours unacknowledged, run out, or another's."""
        entry = await self._bucket.get(key)
        if entry is not None and entry.message == self.claim:
            self._revision = entry.revision
            return
        try:
            self._revision = await self._bucket.create(key, self.claim, CLAIM_TTL_S)
        except KeyExists:
            self.lost = True
            _log.warning("claim lost", agency=self.key.agency)
            if self._on_lost is not None:
                self._on_lost()
            await self._refresher.stop()


async def claim_ticket(
    bucket: Bucket[Claim],
    key: TicketKey,
    agent: str,
    agent_name: str,
    on_lost: Callable[[], None] | None = None,
) -> HeldClaim | LostTo:
    """Take the ticket for `agent`, unless another has it.

    An agent who has it already (their gateway was restarted, or an answer was lost) takes it over.
    `on_lost` is called on the loop if the claim is lost later: the gateway was cut off for longer
    than a claim lives, and another agent answered.

    Raises:
        LineDown: not known; ask again.
    """
    claim = Claim(ticket=key.ticket, agent=agent, agent_name=agent_name, since=time.time())
    for _ in range(_ATTEMPTS):
        try:
            revision = await bucket.create(str(key), claim, CLAIM_TTL_S)
            return HeldClaim(bucket, key, claim, revision, on_lost)
        except KeyExists:
            entry = await bucket.get(str(key))
        if entry is None or entry.message is None:
            continue  # Released since.
        if entry.message.agent != agent:
            return LostTo(entry.message.agent, entry.message.agent_name)
        try:
            revision = await bucket.keep(str(key), claim, CLAIM_TTL_S, last=entry.revision)
            return HeldClaim(bucket, key, claim, revision, on_lost)
        except KeyExists:
            await asyncio.sleep(0)  # Our own earlier self refreshed it meanwhile.
    raise LineDown("the claim keeps changing hands")
