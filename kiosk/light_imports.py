"""Loads libraries without what they take along for nothing: a booth's start is measured."""

from __future__ import annotations

import importlib
import sys


def import_without(name: str, unwanted: str) -> None:
    """Import the module `name` as if `unwanted` were not installed.

    Whoever needs `unwanted` itself can import it afterwards.
    """
    if unwanted in sys.modules:
        return
    sys.modules[unwanted] = None  # type: ignore[assignment]
    try:
        importlib.import_module(name)
    finally:
        del sys.modules[unwanted]
