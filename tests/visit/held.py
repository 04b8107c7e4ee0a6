"""What a part of the booth still holds in its memory: everything that can be reached from it."""

from __future__ import annotations

import asyncio
import gc
import io
import logging
from collections.abc import Iterable
from types import FunctionType, ModuleType

import numpy as np
from PIL import Image

from tests.end_to_end.marks_forms import Seeker

_NOT_ITS_OWN = (ModuleType, type, asyncio.AbstractEventLoop, logging.Logger)
"""Through these the whole program can be reached."""


def held(roots: Iterable[object], seeker: Seeker, others: tuple[type, ...] = ()) -> set[str]:
    """Return the marks in texts, bytes and pictures reachable from `roots`, tasks included.

    What is reached through `others` alone is theirs, such as of a test that listens.
    """
    known: dict[int, object] = {}
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        one = waiting.pop()
        if id(one) in known or isinstance(one, (*_NOT_ITS_OWN, *others)):
            continue
        known[id(one)] = one  # Kept, so that no other gets its number.
        if isinstance(one, str):
            found |= seeker.in_bytes(one.encode("utf-8", "surrogatepass"))
        elif isinstance(one, bytes | bytearray | memoryview):
            found |= seeker.in_bytes(bytes(one))
        elif isinstance(one, np.ndarray):
            found |= seeker.in_bytes(_png(one))
        elif isinstance(one, FunctionType):
            # Not its globals: they are its module's.
            waiting += [*(one.__closure__ or ()), *(one.__defaults__ or ())]
        else:
            waiting += gc.get_referents(one)
    return found


def _png(rows: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> bytes:
    if rows.ndim != 2 or rows.dtype != np.uint8:
        return rows.tobytes()
    memory = io.BytesIO()
    Image.fromarray(rows).save(memory, "PNG")
    return memory.getvalue()
