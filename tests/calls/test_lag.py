"""The loop's own lateness."""

from __future__ import annotations

import asyncio
import time

from kiosk.calls.lag import INTERVAL_S, REMEMBERED, LoopLag


async def test_a_loop_that_was_held_up_is_late_for_half_a_second() -> None:
    lag = LoopLag()
    lag.start()
    await asyncio.sleep(2 * INTERVAL_S)
    held_until = time.monotonic() + 0.2
    while time.monotonic() < held_until:
        pass
    await asyncio.sleep(INTERVAL_S)
    assert lag.worst_s() > 0.1
    lag._samples.extend([0.0] * REMEMBERED)
    assert lag.worst_s() == 0.0
    lag.stop()
    lag.stop()
