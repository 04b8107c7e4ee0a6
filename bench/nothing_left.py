"""Is anything left of a visit, wherever and however it ends? `python -m bench.nothing_left`.

One demonstration; a visit with marks for each state and ending; a search after each. The plan
covers every state with the booth's button and with `kill -9`, and every ending at the states that
hold the most. `--slice 2/6` lives the second sixth of it. The table is printed as Markdown. With
`--cups` the booth prints through a CUPS of the bench's own, which is searched too.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.end_to_end.desktop import AccessibleSession
from tests.end_to_end.marks_endings import ENDINGS
from tests.end_to_end.marks_site import MarkedSite, marked_site
from tests.end_to_end.marks_spool import spool
from tests.end_to_end.marks_states import STATES
from tests.end_to_end.waiting import NeverCameError, eventually

RICHEST = ("printing", "taking away", "page taken", "scanning ahead", "booked")
"""Between them they hold whatever a visit can hold."""
BUTTON, KILLED, IDLE = "button", "booth kill -9", "nobody there"
PLAN: Mapping[str, Sequence[str]] = {
    BUTTON: tuple(STATES),
    KILLED: tuple(STATES),
    "agent hangs up": ("printing", "taking away", "page given", "being shown"),
    IDLE: ("page given", "scanning ahead", "booking, name typed", "checking in"),
    "technician": ("printing", "booked"),
    "booth SIGTERM": (*RICHEST, "booking, name typed", "survey"),
    "desk kill -9": RICHEST,
    "broker kill -9": RICHEST,
    "agent kill -9": ("printing", "taking away"),
    "helpers kill -9": RICHEST,
    "camera kill -9": ("in call", "checking in"),
    "document camera kill -9": ("page taken", "scanning ahead"),
    "code reader kill -9": ("checking in",),
    "PDF kill -9": ("writing",),
}
"""States, by ending."""
SMALL_CALL = {"CALL__WIDTH": "640", "CALL__HEIGHT": "360", "CALL__RATE": "10"}
"""Leaves two cores to what is tried here; the search knows that width."""
SHORT_IDLE = {"IDLE__AFTER_S": "15", "IDLE__PROMPT_S": "5", "IDLE__ENDED_S": "5"}
"""Long enough for any step of a visit to be taken before; for visits that are left alone only."""

SPOOLED_WITHIN_S = 60.0
"""It is looked through and drawn first, on a machine that does much else."""
_LAST_WORDS = 6_000
"""Of what the parts printed, where a visit could not be lived."""


def measure(site: MarkedSite, state: str, ending: str) -> str:
    """Live one visit to that state, end it so, and return what is wrong then; empty: nothing."""
    try:
        STATES[state](site)
        if site.spool is not None and state == "printing":
            eventually(site.spooled, within_s=SPOOLED_WITHIN_S, what="the document in the spool")
        before = site.wipes
        ENDINGS[ending](site)
        receipt = site.wiped(before + 1)
    finally:
        site.agent.come_back()
    wrong = [f"{one.mark} in {one.place}" for one in site.found()]
    if not receipt.clean or site.receipts_missing:
        wrong.append(f"receipt {receipt.number}, {site.receipts_missing} missing")
    return "; ".join(wrong)


def lived(site: MarkedSite, state: str, ending: str) -> str:
    """Do the same, and go on with another booth where the visit could not be lived so."""
    try:
        return measure(site, state, ending)
    except (NeverCameError, LookupError) as error:
        shown = ", ".join(sorted(site.resident.booth.names()))
        said = site.demo.said()[-_LAST_WORDS:]
        print(f"{state}, {ending}: {error}; shown: {shown}\n{said}", file=sys.stderr, flush=True)
        before = site.wipes
        site.cut_off("kiosk")
        site.resident.home()
        site.agent.hang_up()
        site.wiped(before)
        return "not lived"


def rows(states: Sequence[str], endings: Sequence[str], part: str) -> list[tuple[str, str]]:
    """Return the chosen rows of the plan, or of all states and endings where both are named."""
    if states and endings:
        return [(state, ending) for ending in endings for state in states]
    whole = [
        (state, ending)
        for ending, at in PLAN.items()
        for state in at
        if (not states or state in states) and (not endings or ending in endings)
    ]
    # What needs another demonstration stands together.
    whole.sort(key=lambda row: row[1] == IDLE)
    number, _, of = part.partition("/")
    start, end = (len(whole) * each // int(of) for each in (int(number) - 1, int(number)))
    return whole[start:end]


@contextmanager
def _site(*, idle: bool, cups: bool) -> Iterator[MarkedSite]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        session = stack.enter_context(AccessibleSession())
        settings = SMALL_CALL | (SHORT_IDLE if idle else {})
        prints = stack.enter_context(spool(folder)) if cups else None
        yield stack.enter_context(marked_site(folder, session, settings, prints))


def main() -> int:
    """Print the table; 1 when something was left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--state", choices=STATES, action="append", default=[])
    parser.add_argument("--ending", choices=ENDINGS, action="append", default=[])
    parser.add_argument("--slice", default="1/1", metavar="N/M")
    parser.add_argument("--cups", action="store_true")
    asked = parser.parse_args()
    chosen = rows(asked.state, asked.ending, asked.slice)
    left = False
    print("| state | ending | left | seconds |", "| --- | --- | --- | --- |", sep="\n", flush=True)
    for idle in (False, True):
        of_these = [row for row in chosen if (row[1] == IDLE) == idle]
        if not of_these:
            continue
        with _site(idle=idle, cups=asked.cups) as site:
            for state, ending in of_these:
                start = time.monotonic()
                wrong = lived(site, state, ending)
                left = left or bool(wrong)
                took = time.monotonic() - start
                print(f"| {state} | {ending} | {wrong or 'nothing'} | {took:.0f} |", flush=True)
    return int(left)


if __name__ == "__main__":
    sys.exit(main())
