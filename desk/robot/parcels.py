"""Lays a booth's encrypted documents down at the gateway, as the agent's page does."""

from __future__ import annotations

import httpx
import structlog

from desk.robot.session import origin
from kiosk.link.papers import Offer

log = structlog.get_logger(__name__)

WITHIN_S = 60.0
"""20 MB at 3 Mb/s: a robot stands next to its gateway."""


async def lay_down(desk: str, cookie: str, ticket: str, offer: Offer, content: bytes) -> int | None:
    """Return for how many seconds the gateway keeps it; None when it does not."""
    if offer.deposit is None:
        return None
    headers = {
        "Cookie": cookie,
        "Origin": origin(desk),
        "X-Parcel-Ticket": ticket,
        "X-Parcel-Id": offer.id,
        "X-Parcel-Proof": offer.deposit.proof,
        "X-Parcel-Salt": offer.deposit.salt,
        "X-Parcel-Expires": str(offer.deposit.expires_s),
    }
    try:
        async with httpx.AsyncClient(timeout=WITHIN_S, trust_env=False) as client:
            answer = await client.post(f"{desk}/api/parcels", content=content, headers=headers)
    except httpx.HTTPError as error:
        log.warning("parcel not deposited", error=type(error).__name__)
        return None
    if answer.is_success:
        return offer.deposit.expires_s
    log.warning("parcel not deposited", error=f"HTTP {answer.status_code}")
    return None
