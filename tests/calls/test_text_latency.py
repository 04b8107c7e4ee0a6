"""From a key here to the same key there: EN 301 549, 6.2.4 allows half a second."""

from __future__ import annotations

import asyncio
from statistics import median

from tests.calls.pair import Typist, joined, narrow
from tests.documents.ends import End

ALLOWED_S = 0.5
WAY_S = 0.08
"""Of the line, one way."""
KEYS = 16
KEY_EVERY_S = 0.1
"""A quick typist."""


async def test_a_key_is_read_at_once_over_a_free_line() -> None:
    typist = Typist()
    async with joined(narrow(delay_s=WAY_S), [typist.text], [typist.reader]):
        await typist.type(10, 0.02)
    assert median(typist.latencies_s) < WAY_S + 0.1


async def test_a_key_is_read_in_time_beside_a_document_on_a_narrow_line() -> None:
    """Over aiortc alone it takes a second: first come, first served, and a queue in the line."""
    news = asyncio.Event()
    typist, booth, desk = Typist(), End(), End(news.set)
    line = narrow(delay_s=WAY_S)
    booth.give(bytes(2_000_000))
    async with joined(line, [typist.text, booth.transfer], [typist.reader, desk.transfer]):
        async with asyncio.timeout(20):
            while _received(desk) < 40_000:
                news.clear()
                await news.wait()
        begun = _received(desk)
        await typist.type(KEYS, KEY_EVERY_S)
        carried_bps = (_received(desk) - begun) * 8 / (KEYS * KEY_EVERY_S)
    assert max(typist.latencies_s) < ALLOWED_S
    assert median(typist.latencies_s) < 0.8 * ALLOWED_S
    assert carried_bps > 0.4 * 500_000, "the document goes on"


def _received(end: End) -> int:
    return sum(len(document.data) for document in end.transfer.receiver.coming)
