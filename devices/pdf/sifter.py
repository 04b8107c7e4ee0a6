"""The child process that looks for what a PDF could do besides being read, through all its objects.

`python -m devices.pdf.sifter SETTINGS` reads the document on its standard input and writes one line
of JSON: refused where anything would be taken out of it (`devices.pdf.active`).
"""

from __future__ import annotations

import json
import sys

import pikepdf

from devices.pdf.active import parts, take_out
from devices.pdf.confined import Refuse, say
from devices.pdf.facts import Refusal
from devices.pdf.opened import run


def _sift(document: pikepdf.Pdf) -> None:
    # In memory alone: the document is not saved.
    if any(take_out(part, of_stream) for part, of_stream in parts(document)):
        raise Refuse(Refusal.HOSTILE)
    say({"harmless": True})


if __name__ == "__main__":
    run(_sift, json.loads(sys.argv[1]))
