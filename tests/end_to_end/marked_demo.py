"""The demonstration with another robot, and a booth whose wipe can be broken: see `main`.

The names of the stores that are not to be wiped stand in `LEAKS`, what the robot gives in `GIVEN`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import desk.robot.main
import kiosk.demo.run
from desk.robot import papers
from kiosk.demo.plan import Plan
from kiosk.demo.supervisor import Part
from kiosk.link.papers import Notes
from tests.end_to_end.leaky_booth import run_leaky

MODULE = "tests.end_to_end.marked_demo"
LEAKS = "MARKED_LEAKS"
"""Stores, by the names of `leaky_booth.LEAKS`, with commas."""
GIVEN = "MARKED_GIVEN"
"""The PDF that the robot gives."""
NOTED = "MARKED_NOTED"
"""The word that the robot puts on the summary."""


class MarkedPlan(Plan):
    """Booth and robot run through this module."""

    def _part(
        self,
        name: str,
        base: Mapping[str, str],
        arguments: Sequence[str],
        overrides: Mapping[str, str],
        command: str = "",
    ) -> Part:
        part = super()._part(name, base, arguments, overrides, command)
        if name not in ("kiosk", "robot"):
            return part
        _, _, _, *rest = part.command
        return replace(part, command=(sys.executable, "-m", MODULE, *rest))


def _demo(arguments: list[str]) -> int:
    from kiosk.demo.main import command

    vars(kiosk.demo.run)["Plan"] = MarkedPlan
    return command(arguments)


def _robot(arguments: list[str]) -> int:
    given = Path(os.environ[GIVEN])
    word = os.environ[NOTED]
    notes = Notes(missing=(f"Justificatif {word}",), next=f"Rappel {word}")
    vars(papers).update(document=given.read_bytes, NAME=given.name, NOTES=notes)
    return desk.robot.main.command(arguments)


def main(words: list[str]) -> int:
    """Be the demonstration, its robot, or its booth, as the first word says."""
    match words:
        case ["demo", *rest]:
            return _demo(rest)
        case ["robot", *rest]:
            return _robot(rest)
        case ["run", *rest]:
            return run_leaky([leak for leak in os.environ.get(LEAKS, "").split(",") if leak], rest)
        case _:
            raise SystemExit(f"neither demo, robot nor run: {words}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
