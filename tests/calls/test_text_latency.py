"""From a key here to the same key there: EN 301 549, 6.2.4 allows half a second."""

from __future__ import annotations

from statistics import median

from tests.calls.pair import Bulk, Typist, joined, narrow

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
    typist, sender, receiver = Typist(), Bulk(), Bulk()
    line = narrow(delay_s=WAY_S)
    async with joined(line, [typist.text, sender], [typist.reader, receiver]):
        sender.begin()
        await receiver.has(40_000)
        begun = receiver.received
        await typist.type(KEYS, KEY_EVERY_S)
        carried_bps = (receiver.received - begun) * 8 / (KEYS * KEY_EVERY_S)
    assert max(typist.latencies_s) < ALLOWED_S
    assert median(typist.latencies_s) < 0.8 * ALLOWED_S
    assert carried_bps > 0.4 * 500_000, "the document goes on"
