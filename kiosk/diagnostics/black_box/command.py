"""`visio-guichet black-box`: what happened in the last visits, as JSON lines without content."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from kiosk.control.options import add_place, folders
from kiosk.diagnostics.black_box.entries import written
from kiosk.diagnostics.black_box.files import FOLDER, kept_visits
from kiosk.diagnostics.black_box.wipes import missing, receipts_in
from kiosk.visit.receipts import Receipts
from kiosk.visit.wipe import Receipt

EXIT_NOTHING = 1
EXIT_NOT_GENUINE = 3
"""A receipt of a wipe is there that this booth has not signed so."""


def command(arguments: list[str]) -> int:
    """Write the last visits to standard output, one JSON line for each thing that happened.

    How they were wiped, and whether the receipts of it are genuine, goes to standard error.
    """
    asked = _parser().parse_args(arguments)
    looked = folders(asked)
    found = next((place for place in looked if (place / FOLDER).is_dir()), None)
    if found is None:
        places = ", ".join(map(str, looked))
        print(f"visio-guichet black-box: no visit is kept in {places}", file=sys.stderr)
        return EXIT_NOTHING
    try:
        return _export(found, asked.last)
    except BrokenPipeError:
        # Whoever read has read enough; Python would complain of its own last flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"visio-guichet black-box: {found}: {error.strerror}", file=sys.stderr)
        return EXIT_NOTHING


def _export(folder: Path, last: int | None) -> int:
    visits = malformed = 0
    receipts: list[Receipt] = []
    for visit in kept_visits(folder, last):
        visits += 1
        malformed += visit.malformed
        receipts += receipts_in(visit.entries)
        for entry in visit.entries:
            sys.stdout.write(written(entry).decode())
    sys.stdout.flush()
    dropped = f", {malformed} lines were none" if malformed else ""
    print(f"{visits} visits from {folder}{dropped}", file=sys.stderr)
    return _told_wipes(Receipts(folder), receipts)


def _told_wipes(book: Receipts, receipts: list[Receipt]) -> int:
    """Tell how the visits were wiped, and whether this booth's key has signed so."""
    false = [receipt.number for receipt in receipts if not book.genuine(receipt)]
    unclean = [receipt.number for receipt in receipts if not receipt.clean]
    gone = missing([receipt.number for receipt in receipts], book.last_number())
    print(
        f"{len(receipts)} wipes: {len(receipts) - len(false)} signatures of this booth,"
        f" {len(receipts) - len(unclean)} clean, {gone} missing",
        *(f"wipe {number}: not signed by this booth" for number in false),
        *(f"wipe {number}: something is left, or did not answer" for number in unclean),
        sep="\n",
        file=sys.stderr,
    )
    return EXIT_NOT_GENUINE if false else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="visio-guichet black-box",
        description=command.__doc__,
        epilog="docs/decisions/0017-readiness-and-black-box.md says what is in a line, and what"
        " never is.",
    )
    parser.add_argument("--last", type=_count, metavar="N", help="only the last N visits")
    add_place(parser)
    return parser


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise ValueError(text)
    return count
