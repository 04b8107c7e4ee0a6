"""What we send, decided from reports that real far ends send."""

from __future__ import annotations

import pytest

from kiosk.calls.rate import HOLD_S, RepairBudget, SendRate

CEILING = 2_500_000
FRAME_S = 1 / 30


class Sender:
    """An encoder that makes what it may, or less when the picture is still."""

    def __init__(self, *, need_bps: float = 10e6) -> None:
        self.rate = SendRate(start_bps=1_500_000, floor_bps=100_000, ceiling_bps=CEILING)
        self.need_bps = need_bps
        self.now = 50.0

    def run(self, seconds: float, remb: float | None = None) -> None:
        """Send for so long, hearing `remb` each second."""
        for step in range(round(seconds / FRAME_S)):
            self.now += FRAME_S
            bits = min(self.need_bps, self.rate.target_bps) * FRAME_S
            self.rate.sent(round(bits / 8), self.now)
            if remb is not None and step % 30 == 29:
                self.rate.remb(round(remb), self.now)


def test_it_grows_to_the_ceiling_when_nothing_speaks_against_it() -> None:
    sender = Sender()
    sender.run(10)
    assert sender.rate.target_bps == CEILING


def test_the_start_is_not_above_the_ceiling() -> None:
    rate = SendRate(start_bps=9_000_000, floor_bps=100_000, ceiling_bps=CEILING)
    assert rate.target_bps == CEILING


def test_a_still_picture_whose_remb_is_small_is_not_held_down() -> None:
    """Chromium's REMB is at most 1.5 times what it gets; it does not fall without a queue."""
    sender = Sender(need_bps=200_000)
    sender.run(10, remb=310_000)
    assert sender.rate.target_bps == CEILING


def test_a_remb_far_below_what_is_sent_counts_even_if_it_is_the_first() -> None:
    sender = Sender()
    sender.run(5)
    sender.rate.remb(400_000, sender.now)
    assert sender.rate.target_bps == 400_000


def test_a_remb_that_falls_near_what_is_sent_counts() -> None:
    sender = Sender()
    sender.run(8, remb=3_500_000)
    sender.rate.remb(2_400_000, sender.now)
    assert sender.rate.target_bps == 2_400_000


def test_what_is_told_in_the_first_second_is_not_judged() -> None:
    sender = Sender()
    sender.run(0.5)
    sender.rate.remb(100_000, sender.now)
    assert sender.rate.target_bps >= 1_500_000


def test_loss_below_a_tenth_is_the_line_s_own() -> None:
    sender = Sender()
    sender.run(8)
    sender.rate.loss(0.08, sender.now)
    assert sender.rate.target_bps == CEILING


def test_heavy_loss_goes_down_to_what_came_through_in_one_step() -> None:
    sender = Sender()
    sender.run(10)
    sender.rate.loss(0.8, sender.now)
    assert sender.rate.target_bps == pytest.approx(500_000, rel=0.1)


def test_one_congestion_counts_once() -> None:
    sender = Sender()
    sender.run(10)
    sender.rate.loss(0.5, sender.now)
    first = sender.rate.target_bps
    sender.rate.loss(0.5, sender.now + 0.2)
    assert sender.rate.target_bps == first


def test_it_never_falls_below_the_floor() -> None:
    sender = Sender()
    for _ in range(20):
        sender.run(1)
        sender.rate.loss(0.9, sender.now)
    assert sender.rate.target_bps == 100_000


def test_it_holds_then_comes_back() -> None:
    sender = Sender()
    sender.run(10)
    sender.rate.loss(0.8, sender.now)
    low = sender.rate.target_bps
    sender.run(HOLD_S - 0.5)
    assert sender.rate.target_bps == low
    sender.run(20)
    assert sender.rate.target_bps > 2_000_000


def test_a_rising_remb_is_followed_up() -> None:
    sender = Sender()
    sender.run(10)
    sender.rate.remb(300_000, sender.now)
    sender.run(1)
    sender.rate.remb(450_000, sender.now)
    assert sender.rate.target_bps == 450_000


def test_each_wrong_growth_makes_it_wait_longer_but_not_for_ever() -> None:
    sender = Sender()
    sender.run(10)
    for _ in range(12):
        sender.rate.loss(0.4, sender.now)
        sender.run(5)
    low = sender.rate.target_bps
    sender.run(12.5)
    assert sender.rate.target_bps > low


def test_repairs_are_bounded() -> None:
    budget = RepairBudget()
    assert budget.allow(30, 0.0)
    assert not budget.allow(30, 0.0)
    assert budget.allow(30, 0.5)
    allowed = sum(budget.allow(10, 1 + step * 0.01) for step in range(500))
    assert allowed * 10 <= RepairBudget.PACKETS_PER_S * 5 + RepairBudget.BURST
