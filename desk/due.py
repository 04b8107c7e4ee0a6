"""When an appointment is due, and with whom: what the queue shows of the agenda."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Due:
    """Of one appointment; both are empty where the agenda does not know of it."""

    at: str = ""
    """As a clock of the agency shows it: `10:15`."""
    agent: str = ""
    """The user name of the agent whose time it is; empty: whoever is there."""
