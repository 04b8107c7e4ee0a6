"""A file of visits, as somebody gives it to be played again."""

from __future__ import annotations

from kiosk.diagnostics.black_box.entries import parse, written
from kiosk.diagnostics.black_box.files import read_visits

SEEDS = (
    b'{"e":"visit","t":0,"v":1,"day":20779}\n{"e":"screen","t":5,"screen":"home","line_up":true}\n',
    b'{"e":"device","t":9,"kind":"camera","state":"online","simulated":false,"reasons":[]}\n',
    b'{"e":"ended","t":1,"reason":"agent","duration_s":12}\n',
)


def target(data: bytes) -> None:
    """Whatever is kept of it can be written and read again."""
    lines = data.splitlines(keepends=True)
    for visit in read_visits(lines):
        for entry in visit.entries:
            assert parse(written(entry).rstrip(b"\n")) == entry
