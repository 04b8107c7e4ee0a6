"""The estimate told to the far sender, on lines made up in virtual time."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable

import pytest

from kiosk.calls.estimate import ReceiveEstimate
from tests.calls.bottleneck import PACKET_BYTES, Arrival, Bottleneck, paced

CEILING = 2_500_000
WIDE = 50_000_000
FEEDBACK_S = 0.05


def estimate() -> ReceiveEstimate:
    return ReceiveEstimate(start_bps=CEILING, floor_bps=100_000, ceiling_bps=CEILING)


def abs_send_time(at: float) -> int:
    """Seconds as the header extension carries them: 24 bits, 6.18 fixed point."""
    return int(at * (1 << 18)) % (1 << 24)


class Simulation:
    """A sender that obeys the estimate, a line, and the estimator at its end."""

    def __init__(self, line: Bottleneck, *, appetite: float = CEILING) -> None:
        self.line = line
        self.appetite = appetite
        self.estimator = estimate()
        self.allowed = 2_000_000.0
        self.now = 0.0
        self.shift: Callable[[float], float] = lambda at: at
        self._flying: list[tuple[float, int, Arrival]] = []
        self._count = 0
        self.received_bits = 0.0

    def run(self, seconds: float) -> float:
        """Run; return what came through, bits per second."""
        before, until = self.received_bits, self.now + seconds
        for at in paced(lambda: min(self.allowed, self.appetite), until, self.now):
            self.now = at
            arrival = self.line.send(at, PACKET_BYTES)
            if arrival is not None:
                self._count += 1
                heapq.heappush(self._flying, (self.shift(arrival.at), self._count, arrival))
            self._deliver(at)
        return (self.received_bits - before) / seconds

    def _deliver(self, until: float) -> None:
        while self._flying and self._flying[0][0] <= until:
            at, _, arrival = heapq.heappop(self._flying)
            self.received_bits += arrival.size * 8
            self.estimator.add(abs_send_time(arrival.sent_at), at, arrival.size)
            told = self.estimator.take(at)
            if told is not None:
                self.allowed = told


def test_it_is_told_at_once_and_high() -> None:
    """Chromium takes it up whole only in its first two seconds."""
    one = estimate()
    one.add(abs_send_time(5.0), 5.02, 1200)
    assert one.take(5.02) == CEILING
    assert one.take(5.1) is None
    assert one.take(5.3) == CEILING


def test_a_free_line_is_used_in_full() -> None:
    run = Simulation(Bottleneck(WIDE))
    run.run(30)
    assert run.estimator.bitrate_bps == CEILING


@pytest.mark.parametrize("rate", [300_000, 500_000, 1_000_000, 2_000_000])
def test_a_narrow_line_is_found_within_three_seconds_and_kept(rate: int) -> None:
    run = Simulation(Bottleneck(WIDE))
    run.run(10)
    run.line.rate_bps = rate
    run.run(3)
    assert run.estimator.bitrate_bps < 1.15 * rate
    lost = run.line.lost
    assert run.run(30) > 0.75 * rate
    assert run.line.lost - lost < 20, "once found, the queue hardly ever overflows again"


def test_a_line_narrow_from_the_start() -> None:
    run = Simulation(Bottleneck(500_000))
    run.run(3)
    assert run.run(10) > 350_000
    assert run.estimator.bitrate_bps < 700_000


def test_it_comes_back_when_the_line_is_wide_again() -> None:
    run = Simulation(Bottleneck(500_000))
    run.run(20)
    run.line.rate_bps = WIDE
    run.run(15)
    assert run.estimator.bitrate_bps > 1_800_000


def test_jitter_is_no_congestion() -> None:
    run = Simulation(Bottleneck(WIDE))
    rng = random.Random(1)
    run.shift = lambda at: at + rng.random() * 0.08
    run.run(30)
    assert run.estimator.bitrate_bps == CEILING


def test_a_processor_that_stalls_is_no_congestion() -> None:
    """Every two seconds nothing is read for 250 ms, then all at once."""
    run = Simulation(Bottleneck(WIDE))
    run.shift = lambda at: at + max(0.0, 0.25 - at % 2.0)
    run.run(30)
    assert run.estimator.bitrate_bps == CEILING


def test_a_process_that_is_always_late_is_no_congestion() -> None:
    """Everything is read 150 ms late from some moment on, and the loop knows that it is late."""
    run = Simulation(Bottleneck(WIDE))
    run.run(5)
    run.estimator._lag = lambda: 0.15
    run.shift = lambda at: at + 0.15
    run.run(20)
    assert run.estimator.bitrate_bps == CEILING


def test_a_late_process_still_finds_a_line_that_is_much_too_narrow() -> None:
    run = Simulation(Bottleneck(WIDE, queue_s=1.0))
    run.run(5)
    run.estimator._lag = lambda: 0.05
    run.line.rate_bps = 500_000
    run.run(3)
    assert run.estimator.bitrate_bps < 600_000


def test_clocks_that_drift_are_no_congestion() -> None:
    run = Simulation(Bottleneck(WIDE))
    run.shift = lambda at: at * 1.0002
    run.run(200)
    assert run.estimator.bitrate_bps == CEILING


def test_a_still_picture_keeps_the_estimate() -> None:
    run = Simulation(Bottleneck(WIDE), appetite=200_000)
    run.run(60)
    assert run.estimator.bitrate_bps == CEILING


def test_packets_without_send_time_are_counted_only() -> None:
    one = estimate()
    for step in range(300):
        one.add(None, step * 0.01, 1200)
    assert one.bitrate_bps == CEILING


def test_after_a_silence_it_begins_anew() -> None:
    run = Simulation(Bottleneck(WIDE))
    run.run(5)
    run.now += 20
    run.run(5)
    assert run.estimator.bitrate_bps == CEILING
