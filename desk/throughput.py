"""What a booth's network test sends to and gets from this gateway, to know what its line carries.

Without a sign-in, for a booth has none here: so it is off unless the operator allows it, serves one
booth at a time, a few a minute, and never more than `MOST_BYTES` or `LONGEST_S`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from typing import Annotated, ClassVar

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.requests import ClientDisconnect

from desk.rate import Rate

MOST_BYTES = 8_000_000
"""Four seconds of 16 Mb/s: beyond that a line is good enough for any call."""
LONGEST_S = 6.0
"""A booth measures for three seconds; one that goes on is cut off."""
CHUNK_BYTES = 65_536
PER_S, BURST = 0.2, 6
"""A booth's test asks three times; twelve requests a minute in the long run."""
_TOO_MANY = 429


class Throughput:
    """The two ways and the clock, for one booth at a time."""

    PATH: ClassVar[str] = "/api/throughput"

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` is monotonic seconds."""
        self._clock = clock
        self._rate = Rate(PER_S, BURST, clock)
        self._free_at = 0.0
        # Noise, so that nothing on the way compresses it.
        self._chunk = os.urandom(CHUNK_BYTES)
        self.router = APIRouter()
        self.router.add_api_route(self.PATH, self._give, methods=["GET"])
        self.router.add_api_route(self.PATH, self._take, methods=["POST"])
        self.router.add_api_route(self.PATH, self._clock_only, methods=["HEAD"])

    async def _clock_only(self) -> Response:
        """Only what every answer has: a `Date`."""
        return Response()

    async def _give(
        self, wanted: Annotated[int, Query(alias="bytes", ge=1, le=MOST_BYTES)] = MOST_BYTES
    ) -> Response:
        self._enter()
        return StreamingResponse(self._chunks(wanted), media_type="application/octet-stream")

    async def _take(self, request: Request) -> Response:
        self._enter()
        received, begun = 0, self._clock()
        try:
            async with asyncio.timeout(LONGEST_S):
                async for chunk in request.stream():
                    received += len(chunk)
                    if received > MOST_BYTES:
                        raise HTTPException(413)
        except (TimeoutError, ClientDisconnect):
            raise HTTPException(408) from None
        finally:
            self._free_at = 0.0
        taken = max(self._clock() - begun, 1e-6)
        return JSONResponse({"bytes": received, "seconds": round(taken, 6)})

    async def _chunks(self, wanted: int) -> AsyncIterator[bytes]:
        until = self._clock() + LONGEST_S
        try:
            while wanted > 0 and self._clock() < until:
                chunk = self._chunk[:wanted]
                wanted -= len(chunk)
                yield chunk
        finally:
            self._free_at = 0.0

    def _enter(self) -> None:
        now = self._clock()
        if now < self._free_at or not self._rate.allows():
            raise HTTPException(_TOO_MANY)
        # A time and not a flag: an answer that was never begun has no end that could clear it.
        self._free_at = now + LONGEST_S
