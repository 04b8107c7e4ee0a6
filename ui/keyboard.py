"""Chooses, once at start, how people without a keyboard type: with Qt's own on the screen."""

from __future__ import annotations

from collections.abc import MutableMapping

INPUT_METHOD = "qtvirtualkeyboard"


def choose_keyboard(environment: MutableMapping[str, str]) -> None:
    """Set what Qt reads from the environment, before the first Qt object is made.

    What the operator has set there stands. The keyboard itself is loaded with the first field that
    asks for it.
    """
    environment.setdefault("QT_IM_MODULE", INPUT_METHOD)
