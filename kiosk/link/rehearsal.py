"""What a booth in rehearsal and the robot agent write to each other, over the call's own channel.

A rehearsal's requests and answers are ended lines of the call's real-time text, so that neither
the broker nor the agent's page has to know of them, and that they are tried too. Whatever arrives
is hostile: what is not exactly as below is just a message.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

PREFIX = "#rehearsal "
"""No person begins a message like this."""

FREEZE_EXTRA_S = 0.15
FREEZE_FACTOR = 3
FREEZE_FRAMES = 30
"""W3C webrtc-stats, `freezeCount`: longer than three mean intervals of the last 30 frames, or than
the mean and 150 ms, whichever is more."""


class Ask(StrEnum):
    """What the booth asks of the robot."""

    SPEAK = "speak"
    """Send your own picture and speech, as at the beginning."""
    ECHO = "echo"
    """Send back every frame of picture and sound as it comes."""
    REPORT = "report"
    """Say what you have received."""


class Heard(BaseModel):
    """What the robot has received since the call's connection was made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1] = 1
    echoing: bool = False
    pictures: int = Field(default=0, ge=0, le=2**31)
    """Whole frames."""
    freezes: int = Field(default=0, ge=0, le=2**31)
    packets: int = Field(default=0, ge=0, le=2**31)
    """Of the picture, that should have come."""
    lost: int = Field(default=0, ge=0, le=2**31)
    """Of these, those that did not come the first time."""
    at_s: float = Field(default=0.0, ge=0, le=1e6, allow_inf_nan=False)
    """Seconds of the robot's own clock, to be subtracted from each other."""
    picture_held_s: float = Field(default=0.0, ge=0, le=10, allow_inf_nan=False)
    sound_held_s: float = Field(default=0.0, ge=0, le=10, allow_inf_nan=False)
    """How long a frame waits in the robot's jitter buffer before it is sent back, mean."""


def asking(what: Ask) -> str:
    """Return the message that asks for it."""
    return PREFIX + what.value


def asked(text: str) -> Ask | None:
    """Return what a message asks for; None where it is just a message."""
    if not text.startswith(PREFIX):
        return None
    try:
        return Ask(text.removeprefix(PREFIX))
    except ValueError:
        return None


def telling(heard: Heard) -> str:
    """Return the message that tells it."""
    return PREFIX + heard.model_dump_json()


def told(text: str) -> Heard | None:
    """Return what a message tells; None where it is just a message."""
    if not text.startswith(PREFIX):
        return None
    try:
        return Heard.model_validate_json(text.removeprefix(PREFIX))
    except ValidationError:
        return None


@dataclass(slots=True)
class FrameCount:
    """Counts frames and freezes as W3C's `freezeCount` does; both sides count alike."""

    frames: int = 0
    freezes: int = 0
    _last_at: float | None = None
    _gaps: deque[float] = field(default_factory=lambda: deque(maxlen=FREEZE_FRAMES))

    def add(self, now: float) -> None:
        """Count a frame that is shown now (monotonic seconds)."""
        self.frames += 1
        if self._last_at is not None:
            gap = now - self._last_at
            if self._gaps:
                mean = sum(self._gaps) / len(self._gaps)
                self.freezes += gap > max(FREEZE_FACTOR * mean, mean + FREEZE_EXTRA_S)
            self._gaps.append(gap)
        self._last_at = now
