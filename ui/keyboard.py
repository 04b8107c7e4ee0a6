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
    # A field has the focus before its screen has made the keyboard. Qt would put up one of its own
    # then, in a second window: a compositor that shows one window at a time gives it the focus, the
    # field has lost it and the keyboard goes, the field has it again, and so on without end.
    environment.setdefault("QT_VIRTUALKEYBOARD_DESKTOP_DISABLE", "1")
