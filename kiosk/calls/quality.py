"""How the connection is, in three steps: from loss, round trip and the pictures that come."""

from __future__ import annotations

from kiosk.calls.status import Quality

FAIR_LOSS, POOR_LOSS = 0.03, 0.10
"""Opus conceals 3 % unheard; at 10 % words are lost."""
FAIR_ROUND_TRIP_S, POOR_ROUND_TRIP_S = 0.3, 0.6
"""ITU-T G.114: 150 ms one way is not noticed, 400 ms is the limit of talk."""
FAIR_RATE, POOR_RATE = 20.0, 10.0
"""Frames per second; sign language needs 20 (EN 301 549, 6.5.3)."""


def judge(*, loss: float, round_trip_s: float | None, frames_per_second: float | None) -> Quality:
    """Return the worst of the three signs; None is a sign not known yet."""
    trip = round_trip_s if round_trip_s is not None else 0.0
    rate = frames_per_second if frames_per_second is not None else FAIR_RATE
    if loss > POOR_LOSS or trip > POOR_ROUND_TRIP_S or rate < POOR_RATE:
        return Quality.POOR
    if loss > FAIR_LOSS or trip > FAIR_ROUND_TRIP_S or rate < FAIR_RATE:
        return Quality.FAIR
    return Quality.GOOD
