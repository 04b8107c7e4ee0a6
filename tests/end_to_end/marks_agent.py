"""The agent of marked visits: a robot that lets wait, hangs up and rings when it is told to."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from kiosk.demo.accounts import ROBOT_AGENCY
from tests.end_to_end.demo import Demo
from tests.end_to_end.waiting import eventually

HANG_UP = signal.SIGUSR1
"""What the robot's process takes for the button."""
_WAITS_WITHIN_S = 20.0


@dataclass(frozen=True, slots=True)
class MarkedAgent:
    """Sits at the desk of the agency that the resident chooses."""

    demo: Demo
    away: Path
    """While this file is there, nobody who waits is answered."""

    def go(self) -> None:
        """Leave the desk: whoever comes now waits."""
        self.away.touch()

    def come_back(self) -> None:
        """Answer again."""
        self.away.unlink(missing_ok=True)

    def hang_up(self) -> None:
        """End the call, as the page's button does."""
        os.kill(self.demo.pid_of("robot"), HANG_UP)

    def ring(self) -> None:
        """Let the booth ring for whoever waits to be called back there."""
        with self._signed_in() as desk:
            today = datetime.now(UTC).date().isoformat()

            def waits() -> str:
                week = desk.get("/api/agenda/week", params={"from": today}).raise_for_status()
                booths = [one for one in week.json()["call_backs"] if one["where"] == "booth"]
                return str(booths[-1]["call_back"]) if booths else ""

            who = eventually(waits, within_s=_WAITS_WITHIN_S, what="a call-back at the booth")
            desk.post(f"/api/agenda/call-backs/{who}/ring").raise_for_status()

    @contextmanager
    def _signed_in(self) -> Iterator[httpx.Client]:
        account = self.demo.agents(ROBOT_AGENCY)[0]
        words = {"user": account["user"], "password": account["password"]}
        origin = {"Origin": self.demo.desk_url}
        with httpx.Client(base_url=self.demo.desk_url, headers=origin, trust_env=False) as desk:
            desk.post("/api/session", json=words).raise_for_status()
            yield desk
