"""Where a telephone finds a document that waits at another gateway: each keeps its own."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable
from http import HTTPStatus
from typing import Final

import httpx

from kiosk.log import get_logger

_WITHIN_S: Final = 3.0
"""Whoever has photographed a code waits for the page; a gateway that is down is passed over."""
_KNOWN = frozenset({HTTPStatus.OK, HTTPStatus.GONE})

_log = get_logger(__name__)


class OtherGateways:
    """The others, as telephones and this gateway reach them."""

    def __init__(self, origins: Iterable[str]) -> None:
        """`origins` are scheme and authority, such as `https://desk2.example.fr`."""
        self._origins = tuple(origins)

    @property
    def named(self) -> bool:
        """Whether there are any."""
        return bool(self._origins)

    async def having(self, parcel_id: str) -> str | None:
        """Return the origin of the one that has the document, or can say what became of it.

        It is asked for what its own page asks it, which it answers of itself alone: gateways that
        name each other do not ask in circles.
        """
        async with httpx.AsyncClient(
            follow_redirects=False,
            trust_env=False,
            timeout=_WITHIN_S,
            verify=ssl.create_default_context(),
        ) as client:
            asked = (self._knows(client, origin, parcel_id) for origin in self._origins)
            answers = zip(self._origins, await asyncio.gather(*asked), strict=True)
        return next((origin for origin, knows in answers if knows), None)

    @staticmethod
    async def _knows(client: httpx.AsyncClient, origin: str, parcel_id: str) -> bool:
        try:
            async with (
                asyncio.timeout(_WITHIN_S),
                client.stream("GET", f"{origin}/api/parcels/{parcel_id}") as answer,
            ):
                return answer.status_code in _KNOWN
        except (TimeoutError, httpx.HTTPError) as error:
            _log.warning("other gateway not reached", source=origin, error=type(error).__name__)
            return False
