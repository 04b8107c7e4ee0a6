"""A short storm on all devices of a real booth; `python -m bench.storm` makes longer ones."""

from __future__ import annotations

from collections.abc import Callable

from bench.storm import ride_out

#: One visit of twelve seconds, in which the agent lets the resident wait: what takes long, and
#: what befalls seldom, is for `bench.storm`.
SEED = 32
MINUTES = 0.05
PER_SECOND = 10


def test_a_short_storm_leaves_nothing_behind(
    record_property: Callable[[str, object], None],
) -> None:
    damage, log = ride_out(SEED, MINUTES, PER_SECOND, entries=False)
    assert damage.faults == [], log
    record_property("storm", str(damage))
