"""A resident who leaves marks: everything that can be done in a visit, by the names that show."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass

from tests.end_to_end.marks import Marks
from tests.end_to_end.reader import HOME_SIGN, Reader
from tests.end_to_end.waiting import eventually

SERVICE = "Service d'essai"
ANSWERED_WITHIN_S = 60.0
"""An agent who is a program answers in five; the rest is for a machine that does much else."""
HOME_WITHIN_S = 90.0


@dataclass(frozen=True, slots=True)
class Resident:
    """Sits before one booth, with a keyboard."""

    booth: Reader
    display: str
    marks: Marks

    def come(self) -> None:
        """Touch the service, and read what is to be agreed to."""
        self.booth.press(SERVICE, ANSWERED_WITHIN_S)
        self.booth.wait_for("J'accepte")

    def call(self) -> None:
        """Be in a call."""
        self.come()
        self.booth.press("J'accepte")
        self.booth.wait_for("Papiers", ANSWERED_WITHIN_S)

    def write(self) -> None:
        """Write a marked line, copy another, and ask for the agent's document."""
        self.booth.press("Écrire")
        self._say(self.marks.pasted, send=False)
        self._keys("key", "ctrl+a", "ctrl+x")
        self._say(self.marks.typed)
        self._say("document")

    def read(self) -> None:
        """Look at the document that the agent gives."""
        self.booth.press("Regarder", ANSWERED_WITHIN_S)
        self.booth.press("Fermer l'écrit")
        self.booth.wait_for("Imprimer", ANSWERED_WITHIN_S)

    def print(self) -> None:
        """Have it printed, and go on."""
        self.booth.press("Imprimer")
        self.booth.press("1 exemplaire")
        self.booth.wait_for("Arrêter")

    def scan(self) -> None:
        """Lay the marked paper under the document camera, until its picture is to be judged."""
        eventually(self._sees_the_menu, within_s=ANSWERED_WITHIN_S, what="the papers' menu")
        self.booth.press("Montrer un papier")
        self.booth.wait_for("Lisez-vous bien la page ?", ANSWERED_WITHIN_S)

    def keep(self) -> None:
        """Give the page to the agent."""
        self.booth.press("Garder")
        self.booth.press("J'ai fini")

    def hang_up(self) -> None:
        """End the call."""
        self.booth.press("Raccrocher")
        self.booth.wait_for("L'appel est terminé.")

    def opine(self) -> None:
        """Be asked how it went, and begin to say so."""
        self.booth.press("Terminer")
        self.booth.press("Mal")
        self.booth.wait_for("Envoyer")
        self._keys("type", "--delay", "30", self.marks.survey)

    def home(self) -> None:
        """Wait until the booth is for whoever comes next."""
        self.booth.wait_for(HOME_SIGN, HOME_WITHIN_S)

    def back_home(self) -> None:
        """Leave by whichever button there is."""

        def left() -> bool:
            names = self.booth.names()
            for way_out in ("Raccrocher", "Terminer", "Passer", "Retour à l'accueil", "Retour"):
                if way_out in names:
                    self.booth.press(way_out)
                    return False
            return HOME_SIGN in names

        eventually(left, within_s=HOME_WITHIN_S, what="the booth at Home")

    def _sees_the_menu(self) -> bool:
        """Whether the menu of papers shows; whatever stands before it is put away, step by step."""
        names = self.booth.names()
        if "Montrer un papier" in names:
            return True
        self.booth.press("Retour" if "Retour" in names else "Papiers")
        return False

    def _say(self, words: str, *, send: bool = True) -> None:
        self.booth.wait_for("Votre message")
        self._keys("type", "--delay", "30", words)
        if send:
            self.booth.press("Envoyer")

    def _keys(self, *words: str) -> None:
        environment = {**os.environ, "DISPLAY": self.display}
        subprocess.run(["xdotool", *words], env=environment, check=True)
