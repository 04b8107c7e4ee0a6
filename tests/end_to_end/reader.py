"""The test's side of the screen reader: what the booth says, and pressing what it names."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.end_to_end.waiting import eventually

#: Debian's own Python: python3-pyatspi is not on PyPI.
SYSTEM_PYTHON = "/usr/bin/python3"

#: A tile that only Home shows.
HOME_SIGN = "CAF"

#: A touch is answered in an instant; the rest is for a machine that does much else.
ANSWERS_WITHIN_S = 30.0

#: What leads away from each screen: answers to questions first, then the shortest way.
WAYS_OUT = (
    *("Partir quand même", "Quitter la file", "Ce n'est pas pour moi"),
    *("Raccrocher", "Choisir un autre service", "Passer"),
    *("Retour à l'accueil", "Jeter", "Annuler", "Terminer", "Retour"),
)


@dataclass(frozen=True, slots=True)
class Control:
    """One showing control, as a screen reader tells it."""

    role: str
    name: str
    description: str
    focusable: bool
    checked: bool


class Reader:
    """A screen reader on the booth's D-Bus session."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Start it; `environment` names the D-Bus session that the booth runs in."""
        self._process = subprocess.Popen(
            [SYSTEM_PYTHON, str(Path(__file__).with_name("screen_reader.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def controls(self) -> list[Control]:
        """Return every showing control."""
        return [Control(**control) for control in self._ask("controls")]

    def names(self) -> set[str]:
        """Return the names that are showing."""
        return {control.name for control in self.controls() if control.name}

    def testify(self) -> dict[str, str]:
        """Return what a screen reader would read now."""
        return {"the booth's screen": "\n".join(_said(control) for control in self.controls())}

    def wait_for(self, name: str, within_s: float = ANSWERS_WITHIN_S) -> Control:
        """Return the control called exactly `name` once it shows."""
        return eventually(
            lambda: next((c for c in self.controls() if c.name == name), None),
            within_s=within_s,
            what=f"« {name} » on the booth's screen",
        )

    def wait_for_words(self, words: str, within_s: float = ANSWERS_WITHIN_S) -> Control:
        """Return a control whose name or description holds `words`, in capitals or not, in time."""
        return eventually(
            lambda: next((c for c in self.controls() if _holds(c, words)), None),
            within_s=within_s,
            what=f"the words « {words} » on the booth's screen",
        )

    def wait_until_gone(self, words: str, within_s: float = ANSWERS_WITHIN_S) -> None:
        """Return once nothing that shows holds `words`."""
        eventually(
            lambda: not any(_holds(control, words) for control in self.controls()),
            within_s=within_s,
            what=f"« {words} » gone from the booth's screen",
        )

    def press(self, name: str, within_s: float = ANSWERS_WITHIN_S) -> None:
        """Do the default action of the control called `name` once it shows."""
        eventually(lambda: self._ask("press", name), within_s=within_s, what=f"« {name} » to press")

    def join(self, agency: str) -> None:
        """Touch the tile of `agency` once it says that somebody is there."""
        eventually(
            lambda: any(c.name == agency and _somebody_there(c) for c in self.controls()),
            within_s=ANSWERS_WITHIN_S,
            what=f"« {agency} » with an agent",
        )
        self.enter(agency)

    def enter(self, agency: str) -> None:
        """Touch the tile of `agency`, and accept what a call is."""
        self.press(agency)
        self.press("J'accepte")

    def leave_queue(self) -> None:
        """Give up the place in the queue, and say so again when asked."""
        self.press("Choisir un autre service")
        self.press("Quitter la file")

    def bring_home(self, within_s: float = ANSWERS_WITHIN_S) -> None:
        """Leave whatever screen the booth shows, as a resident would."""
        eventually(self._is_home_or_leaves, within_s=within_s, what="the booth at Home")

    def _is_home_or_leaves(self) -> bool:
        names = self.names()
        for way_out in WAYS_OUT:
            if way_out in names:
                self._ask("press", way_out)
                return False
        return HOME_SIGN in names

    def _ask(self, *words: str) -> Any:  # noqa: ANN401  (whatever the JSON answer holds)
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the screen reader has no pipes")
        self._process.stdin.write(f"{json.dumps(words)}\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


def _somebody_there(tile: Control) -> bool:
    return any(words in tile.description for words in ("peut vous répondre", "attend", "occupés"))


def _holds(control: Control, words: str) -> bool:
    return words.casefold() in _said(control).casefold()


def _said(control: Control) -> str:
    return f"{control.name}\n{control.description}"
