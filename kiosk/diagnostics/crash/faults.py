"""Reads what faulthandler wrote when the process got a deadly signal; untrusted, without paths."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from kiosk.diagnostics.crash.record import Cause

#: All threads of a booth take under 40 kB.
MAX_BYTES: Final = 200_000
MAX_FRAMES: Final = 60

_HEAD = re.compile(r"^Fatal Python error: ([^\n]{1,80})", re.MULTILINE)
_FRAME = re.compile(r'^  File "([^"\n]{1,400})", line (\d{1,7}) in ([\w<>.]{1,80})$', re.MULTILINE)

_CAUSES = {
    "Segmentation fault": Cause.SEGMENTATION_FAULT,
    "Aborted": Cause.ABORTED,
    "Bus error": Cause.BUS_ERROR,
    "Illegal instruction": Cause.ILLEGAL_INSTRUCTION,
    "Floating point exception": Cause.ARITHMETIC,
}


def read_fault(path: Path) -> tuple[Cause, tuple[str, ...]] | None:
    """Return what faulthandler wrote to `path`: the cause and the stack, innermost frame first.

    None where it wrote nothing. Of the stacks, the one of the thread that failed comes first.
    """
    try:
        with path.open("rb") as file:
            text = file.read(MAX_BYTES).decode(errors="replace")
    except OSError:
        return None
    head = _HEAD.search(text)
    if head is None:
        return None
    return _CAUSES.get(head[1].strip(), Cause.ABORTED), _frames(text)


def _frames(text: str) -> tuple[str, ...]:
    """The interpreter's threads, the failed one (« Current thread ») first."""
    threads = re.split(r"^(?=(?:Current t|T)hread 0x)", text, flags=re.MULTILINE)
    ordered = sorted(threads, key=lambda stack: not stack.startswith("Current"))
    frames = (
        f"{Path(file).name}:{line} {function}"[:120]
        for stack in ordered
        for file, line, function in _FRAME.findall(stack)
    )
    return tuple(frame for frame, _ in zip(frames, range(MAX_FRAMES), strict=False))
