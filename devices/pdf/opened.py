"""What children that look into a PDF's objects have in common: to open it, and to say why not."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from typing import Any

import pikepdf

from devices.pdf.confined import Refuse, give_up_everything, say
from devices.pdf.facts import Refusal


def run(work: Callable[[pikepdf.Pdf], None], settings: dict[str, Any]) -> None:
    """Do `work` with the document on the standard input, then end without ceremony."""
    _find_randomness()
    give_up_everything(settings)
    try:
        with pikepdf.open(sys.stdin.buffer, suppress_warnings=True) as document:
            work(document)
    except Refuse as refused:
        say({"refused": refused.reason.value})
    except MemoryError:
        say({"refused": Refusal.TOO_HUNGRY.value})
    except pikepdf.PasswordError:
        say({"refused": Refusal.ENCRYPTED.value})
    except (
        pikepdf.PdfError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        ArithmeticError,
        RuntimeError,
        OSError,
    ):
        # As pikepdf answers what a damaged document has in an unexpected place.
        say({"refused": Refusal.BROKEN.value})
    os._exit(0)


def _find_randomness() -> None:
    """Let qpdf open the system's random numbers, which it wants for any encrypted document."""
    with pikepdf.new() as document:
        document.save(io.BytesIO(), encryption=pikepdf.Encryption(owner="o", user=""))
