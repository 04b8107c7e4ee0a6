"""A library is loaded without what it takes along for nothing, which stays there for others."""

from __future__ import annotations

import subprocess
import sys

_SCRIPT = """
import sys
from kiosk.light_imports import import_without
import_without("nats.aio.transport", "aiohttp")
import kiosk.link.line
print("aiohttp" in sys.modules)
import aiohttp
import_without("nats.aio.transport", "aiohttp")
print("aiohttp" in sys.modules)
"""


def test_the_line_is_loaded_without_aiohttp_and_the_printer_finds_it() -> None:
    told = subprocess.run(
        [sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["False", "True"]
