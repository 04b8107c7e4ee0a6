"""Three steps for the resident."""

from __future__ import annotations

import pytest

from kiosk.calls.quality import judge
from kiosk.calls.status import Quality


@pytest.mark.parametrize(
    ("loss", "round_trip_s", "rate", "expected"),
    [
        (0.0, None, None, Quality.GOOD),
        (0.02, 0.1, 30.0, Quality.GOOD),
        (0.05, 0.1, 30.0, Quality.FAIR),
        (0.0, 0.4, 30.0, Quality.FAIR),
        (0.0, 0.1, 15.0, Quality.FAIR),
        (0.2, 0.1, 30.0, Quality.POOR),
        (0.0, 0.7, 30.0, Quality.POOR),
        (0.0, 0.1, 5.0, Quality.POOR),
    ],
)
def test_the_worst_sign_counts(
    loss: float, round_trip_s: float | None, rate: float | None, expected: Quality
) -> None:
    assert judge(loss=loss, round_trip_s=round_trip_s, frames_per_second=rate) is expected
