#!/usr/bin/python3
"""Reads and presses the booth's controls over AT-SPI, as a screen reader's user does.

Runs under the system's own Python, which has Debian's python3-pyatspi, on the booth's session bus.
One JSON list per line in: ["controls"] or ["press", name]; one JSON answer per line out. A control
is {"role", "name", "description", "focusable", "checked"}; only what is showing is told.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import gi

gi.require_version("Atspi", "2.0")
import pyatspi  # noqa: E402  (the version is chosen first)
from gi.repository import Atspi, GLib  # noqa: E402

#: Milliseconds for one answer of a booth whose machine does much else. After AT-SPI's own 800 a
#: press that is under way counts as none, and what is pressed once is pressed twice.
ANSWERS_WITHIN_MS = 10_000


def showing(node: Atspi.Accessible) -> Iterator[Atspi.Accessible]:
    """Yield every showing control under `node`, parents first."""
    try:
        children = [node.getChildAtIndex(index) for index in range(node.childCount)]
    except GLib.Error:  # it went away while it was read
        return
    for child in children:
        try:
            if child is not None and child.getState().contains(pyatspi.STATE_SHOWING):
                yield child
                yield from showing(child)
        except GLib.Error:
            continue


def booth_controls() -> Iterator[Atspi.Accessible]:
    """Yield the showing controls of every application on this bus."""
    desktop = pyatspi.Registry.getDesktop(0)
    desktop.clear_cache()
    for index in range(desktop.childCount):
        application = desktop.getChildAtIndex(index)
        if application is not None:
            # What is cached would be stale: no main loop runs here to hear of changes.
            application.set_cache_mask(Atspi.Cache.NONE)
            yield from showing(application)


def plain(words: str | None) -> str:
    """Return words as one types them: no-break spaces and curled apostrophes are for the eye."""
    spaced = (words or "").replace("\N{NO-BREAK SPACE}", " ")
    return spaced.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def told(control: Atspi.Accessible) -> dict[str, str | bool]:
    """Return what a screen reader would say of one control."""
    state = control.getState()
    return {
        "role": control.getRoleName(),
        "name": plain(control.name),
        "description": plain(control.description),
        "focusable": state.contains(pyatspi.STATE_FOCUSABLE),
        "checked": state.contains(pyatspi.STATE_CHECKED),
    }


def all_told() -> list[dict[str, str | bool]]:
    """Return every control that can still be read."""
    controls = []
    for control in booth_controls():
        try:
            controls.append(told(control))
        except GLib.Error:
            continue
    return controls


def press(name: str) -> bool:
    """Do the default action of the control called exactly `name`; False when there is none."""
    for control in booth_controls():
        try:
            if plain(control.name) == name and "Action" in control.get_interfaces():
                return bool(control.queryAction().doAction(0))
        except (GLib.Error, NotImplementedError):
            continue
    return False


def main() -> None:
    """Answer until the other side closes."""
    Atspi.set_timeout(ANSWERS_WITHIN_MS, ANSWERS_WITHIN_MS)
    for line in sys.stdin:
        verb, *rest = json.loads(line)
        answer = press(*rest) if verb == "press" else all_told()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
