"""A short storm on all devices of a real booth; `python -m bench.storm` makes longer ones."""

from __future__ import annotations

from collections.abc import Callable

from bench.storm import ride_out

SEED = 7
#: One call or two: what takes long is tried in `bench.storm`.
MINUTES = 0.1
PER_SECOND = 10


def test_a_short_storm_leaves_nothing_behind(
    record_property: Callable[[str, object], None],
) -> None:
    damage, log = ride_out(SEED, MINUTES, PER_SECOND, entries=False)
    assert damage.faults == [], log
    record_property("storm", str(damage))
