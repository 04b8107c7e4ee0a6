"""A resident who leaves marks beside a call: in appointments, call-backs and before the camera."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.end_to_end.marks_resident import ANSWERED_WITHIN_S, Resident
from tests.end_to_end.waiting import eventually

#: An agency of the demonstration where no agent is signed in, and what its residents come for.
_AGENCY, _SUBJECT = "Aides sociales, handicap, autonomie", "Le point sur mon dossier"
_HOUR = re.compile(r"\d{1,2} h( \d\d)?")


@dataclass(frozen=True, slots=True)
class Caller:
    """The same person, with a first name and a telephone."""

    resident: Resident

    def name_themselves(self) -> None:
        """Choose an hour; type first name and telephone."""
        booth, marks = self.resident.booth, self.resident.marks
        booth.press("Prendre un rendez-vous")
        booth.press(_AGENCY)
        booth.press(_SUBJECT)
        booth.press(eventually(self._hour, within_s=ANSWERED_WITHIN_S, what="a free hour"))
        booth.wait_for("Votre prénom")
        self.resident.keys("type", "--delay", "12", marks.named)
        self.resident.keys("key", "Return")
        self.resident.keys("type", "--delay", "12", f"0{marks.telephone}")

    def book(self) -> None:
        """Have the appointment made, and its ticket printed."""
        self.resident.booth.press("Valider")
        self.resident.booth.wait_for_words("Votre code :", ANSWERED_WITHIN_S)

    def type_number(self) -> None:
        """Waiting, begin to ask to be called back by telephone."""
        booth = self.resident.booth
        booth.press("Me faire rappeler")
        booth.press("Sur mon téléphone")
        for digit in f"0{self.resident.marks.telephone}":
            booth.press(digit)

    def leave_number(self) -> None:
        """Leave it with the agency."""
        self.resident.booth.press("Valider")
        self.resident.booth.wait_for("C'est noté : un agent vous appellera.", ANSWERED_WITHIN_S)

    def be_called_here(self) -> None:
        """Waiting, ask to be called back at the booth, and step aside."""
        booth = self.resident.booth
        booth.press("Me faire rappeler")
        booth.press("Ici, à cette borne")
        booth.press("Terminer", ANSWERED_WITHIN_S)
        self.resident.home()

    def show_code(self) -> None:
        """Hold a code before the camera that is no appointment's."""
        self.resident.booth.press("J'ai un rendez-vous")
        told = "Ce code n'est pas celui d'un rendez-vous."
        self.resident.booth.wait_for(told, ANSWERED_WITHIN_S)

    def _hour(self) -> str | None:
        controls = self.resident.booth.controls()
        return next((one.name for one in controls if _HOUR.fullmatch(one.name)), None)
