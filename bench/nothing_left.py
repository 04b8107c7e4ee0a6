"""Is anything left of a visit, wherever and however it ends? `python -m bench.nothing_left`.

One demonstration; a visit with marks for each state and ending; a search after each. An hour on a
quiet machine of two cores is enough for the whole table, which is printed as Markdown.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.end_to_end.desktop import AccessibleSession
from tests.end_to_end.marks_resident import Resident
from tests.end_to_end.marks_search import Finding
from tests.end_to_end.marks_site import MarkedSite, marked_site

Steps = Callable[[Resident], None]


def _steps(*names: str) -> Steps:
    def go(resident: Resident) -> None:
        for name in names:
            getattr(resident, name)()

    return go


STATES: Mapping[str, Steps] = {
    "consent": _steps("come"),
    "in call": _steps("call"),
    "writing": _steps("call", "write"),
    "reading": _steps("call", "write", "read"),
    "printing": _steps("call", "write", "read", "print"),
    "page taken": _steps("call", "scan"),
    "page given": _steps("call", "scan", "keep"),
    "ended": _steps("call", "write", "hang_up"),
    "survey": _steps("call", "hang_up", "opine"),
}


def _by_button(site: MarkedSite) -> None:
    site.resident.back_home()


def _booth_killed(site: MarkedSite) -> None:
    site.cut_off("kiosk")
    site.resident.home()


def _desk_killed(site: MarkedSite) -> None:
    site.cut_off("desk")
    site.resident.back_home()


def _broker_killed(site: MarkedSite) -> None:
    site.cut_off("broker")
    site.resident.back_home()


ENDINGS: Mapping[str, Callable[[MarkedSite], None]] = {
    "left by button": _by_button,
    "booth killed": _booth_killed,
    "desk killed": _desk_killed,
    "broker killed": _broker_killed,
}


def measure(site: MarkedSite, state: str, ending: str) -> list[Finding]:
    """Live one visit to that state, end it so, and return what is found once it is wiped."""
    before = site.wipes
    STATES[state](site.resident)
    ENDINGS[ending](site)
    site.wiped(before + 1)
    return site.found()


def main() -> int:
    """Print the table; 1 when something was left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--state", choices=STATES, action="append", help="only these")
    parser.add_argument("--ending", choices=ENDINGS, action="append", help="only these")
    asked = parser.parse_args()
    rows = [(s, e) for s in asked.state or STATES for e in asked.ending or ENDINGS]
    left = False
    print("| state | ending | found | seconds |", "| --- | --- | --- | --- |", sep="\n", flush=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        AccessibleSession() as session,
        marked_site(Path(folder), session) as site,
    ):
        for state, ending in rows:
            start = time.monotonic()
            found = measure(site, state, ending)
            left = left or bool(found)
            told = "; ".join(f"{one.mark} in {one.place}" for one in found) or "nothing"
            took = time.monotonic() - start
            print(f"| {state} | {ending} | {told} | {took:.0f} |", flush=True)
    return int(left)


if __name__ == "__main__":
    sys.exit(main())
