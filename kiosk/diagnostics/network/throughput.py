"""Throughput up and down, against the operator's own desk gateway (`[diagnostics] throughput_url`).

The gateway offers it where its operator allows it (`[web] throughput`, docs/decisions/0018). Its
`Date` also serves as a clock where no desk is at work.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import AsyncIterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from kiosk.diagnostics.steps import Unfit

MEASURE_S = 3.0
"""Long enough for TCP to find the line's rate at 200 ms of round trip, short for who waits."""
MOST_BYTES = 8_000_000
"""What the gateway gives and takes at most."""
CHUNK_BYTES = 16_384
CONNECT_S = 4.0


async def download(url: str, ca_file: Path | None) -> float:
    """Return kb/s from the gateway to the booth, from the first byte on.

    Raises:
        Unfit: it does not answer, or does not offer this.
    """
    async with _client(ca_file) as client:
        try:
            async with client.stream("GET", url, params={"bytes": MOST_BYTES}) as answer:
                _check(answer)
                return await _drained(answer)
        except httpx.HTTPError as error:
            raise _unreached(error) from None


async def upload(url: str, ca_file: Path | None) -> float:
    """Return kb/s from the booth to the gateway, as the gateway counted them.

    Raises:
        Unfit: it does not answer, or does not offer this.
    """
    parts = urlsplit(url)
    async with _client(ca_file) as client:
        try:
            answer = await client.post(
                url, content=_chunks(), headers={"Origin": f"{parts.scheme}://{parts.netloc}"}
            )
        except httpx.HTTPError as error:
            raise _unreached(error) from None
        _check(answer)
        try:
            told = answer.json()
            received, taken = float(told["bytes"]), float(told["seconds"])
        except (ValueError, KeyError, TypeError):
            raise Unfit("La passerelle répond autre chose qu’une mesure.") from None
    if received <= 0 or taken <= 0:
        raise Unfit("La passerelle n’a rien reçu.")
    return received * 8 / taken / 1000


async def clock_offset(url: str, ca_file: Path | None) -> float | None:
    """Return by how many seconds this machine's clock is ahead of the gateway's, ± 0.5 s.

    From the `Date` of HTTP (RFC 9110, 6.6.1), which has whole seconds. None without one.

    Raises:
        Unfit: it does not answer.
    """
    async with _client(ca_file) as client:
        sent = time.time()
        try:
            answer = await client.head(url)
        except httpx.HTTPError as error:
            raise _unreached(error) from None
        middle = (sent + time.time()) / 2
    try:
        told = parsedate_to_datetime(answer.headers["Date"]).timestamp()
    except (KeyError, ValueError):
        return None
    return middle - (told + 0.5)


async def _drained(answer: httpx.Response) -> float:
    begun: float | None = None
    received = 0
    async for chunk in answer.aiter_raw():
        now = time.monotonic()
        if begun is None:
            begun = now  # What came with the head was on its way before.
            continue
        received += len(chunk)
        if now - begun >= MEASURE_S:
            break
    taken = 0.0 if begun is None else time.monotonic() - begun
    if received == 0 or taken <= 0:
        raise Unfit("La passerelle n’a rien envoyé.")
    return received * 8 / taken / 1000


async def _chunks() -> AsyncIterator[bytes]:
    begun = time.monotonic()
    sent, chunk = 0, b"\0" * CHUNK_BYTES
    while sent < MOST_BYTES - CHUNK_BYTES and time.monotonic() - begun < MEASURE_S:
        sent += len(chunk)
        yield chunk


def _client(ca_file: Path | None) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        verify=ssl.create_default_context(cafile=ca_file),
        timeout=httpx.Timeout(MEASURE_S + CONNECT_S, connect=CONNECT_S),
        trust_env=False,
    )


def _check(answer: httpx.Response) -> None:
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise Unfit("La passerelle mesure déjà un autre guichet : recommencez dans une minute.")
    if answer.status_code != httpx.codes.OK:
        raise Unfit(
            f"La passerelle n’offre pas la mesure (réponse {answer.status_code}) : "
            "voyez [web] throughput de desk.toml."
        )


def _unreached(error: httpx.HTTPError) -> Unfit:
    return Unfit(f"La passerelle de mesure ne répond pas ({type(error).__name__}).")
