"""A resident who leaves marks: everything that can be done in a call, by the names that show."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass

from tests.end_to_end.marks import Marks
from tests.end_to_end.reader import HOME_SIGN, Reader
from tests.end_to_end.waiting import eventually

SERVICE = "Service d'essai"
ANSWERED_WITHIN_S = 120.0
"""An agent who is a program answers in five; the rest is for a machine that does much else."""
HOME_WITHIN_S = 90.0
_SCANNING = frozenset(("Ce que voit la caméra à documents", "Prendre la photo", "J'ai fini"))
"""Any of these: the document camera is being opened, or looks."""


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

    def agree(self) -> None:
        """Accept what a call is: camera and sound are tried."""
        self.come()
        self.booth.press("J'accepte")

    def wait(self) -> None:
        """Stand in the queue."""
        self.agree()
        self.booth.wait_for("Préparer mes papiers", ANSWERED_WITHIN_S)

    def call(self) -> None:
        """Be in a call."""
        self.agree()
        self.booth.wait_for("Papiers", ANSWERED_WITHIN_S)

    def write(self) -> None:
        """Write a marked line, copy another, and ask for the agent's document."""
        self.booth.press("Écrire")
        self._say(self.marks.pasted, send=False)
        self.keys("key", "ctrl+a", "ctrl+x")
        self._say(self.marks.typed)
        self._say("document")

    def look_on(self) -> None:
        """Ask to be shown the agent's window."""
        self.booth.press("Écrire")
        self._say(self.marks.typed)
        self._say("partage")
        self.booth.press("Fermer l'écrit")
        self.booth.wait_for("Ce que l'agent vous montre", ANSWERED_WITHIN_S)

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

    def take_away(self) -> None:
        """Let it be laid down for a telephone, and don't fetch it."""
        self.booth.press("Emporter sur mon téléphone")
        self.booth.wait_for_words("Numéro : ", ANSWERED_WITHIN_S)

    def scan(self) -> None:
        """Lay the marked paper under the document camera, until its picture is to be judged."""

        def judging() -> bool:
            names = self.booth.names()
            if "Lisez-vous bien la page ?" in names:
                return True
            if not names & _SCANNING:
                # The menu of papers; whatever stands before it is put away, step by step.
                ways = ("Montrer un papier", "Préparer mes papiers", "Retour", "Papiers")
                way = next((way for way in ways if way in names), None)
                if way is not None:
                    self.booth.press(way)
            return False

        eventually(judging, within_s=ANSWERED_WITHIN_S, what="the page's picture", every_s=0.2)

    def keep(self) -> None:
        """Give the page to the agent."""
        self.booth.press("Garder")
        self.booth.press("J'ai fini")

    def hang_up(self) -> None:
        """End the call."""
        self.booth.press("Raccrocher")
        self.booth.wait_for("L'appel est terminé.")

    def sum_up(self) -> None:
        """Take a summary away, as a code."""
        self.booth.press("Emporter un résumé")
        self.booth.press("Sur mon téléphone")
        self.booth.wait_for("Le résumé sous forme de code")

    def opine(self) -> None:
        """Be asked how it went, and begin to say so."""
        self.booth.press("Terminer")
        self.booth.press("Mal")
        self.booth.wait_for("Envoyer")
        self.keys("type", "--delay", "12", self.marks.survey)

    def home(self) -> None:
        """Wait until the booth is for whoever comes next."""
        self.booth.wait_for(HOME_SIGN, HOME_WITHIN_S)

    def back_home(self) -> None:
        """Leave by whichever button there is."""
        self.booth.bring_home(HOME_WITHIN_S)

    def keys(self, *words: str) -> None:
        """Press keys, in xdotool's words."""
        environment = {**os.environ, "DISPLAY": self.display}
        subprocess.run(["xdotool", *words], env=environment, check=True)

    def _say(self, words: str, *, send: bool = True) -> None:
        self.booth.wait_for("Votre message")
        self.keys("type", "--delay", "12", words)
        if send:
            self.booth.press("Envoyer")
