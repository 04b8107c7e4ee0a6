"""What a running call tells of itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Quality(StrEnum):
    """How the connection is, in three steps."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class CallStatus:
    """A call at one moment; a new one is told at each change, never more than twice a second."""

    attempt: int = 0
    """Number of the peer connection in use; 0 before the first."""
    connected_at: float | None = None
    """`time.monotonic()` of the first media that came; never taken back."""
    slowed: bool = False
    """Nothing has come for 2 s."""
    quality: Quality = Quality.GOOD
    remote_video: bool = False
    shared_video: bool = False
    """Pictures of a window that the agent shares come."""
    camera_working: bool = True
    microphone_working: bool = True
    loudspeaker_working: bool = True
    frames_per_second: float = 0.0
    """Remote frames shown, over the last second."""
    received_kbps: int = 0
    sent_kbps: int = 0
    loss: float = 0.0
    """Part of the packets from the agent that were lost, 0 to 1."""
    round_trip_s: float | None = None
    path: str = ""
    """Types of the candidate pair in use, ours first, such as `host ↔ relay`; empty before."""
