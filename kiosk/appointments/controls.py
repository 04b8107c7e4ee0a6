"""What the resident may ask about appointments and call-backs; each is safe in every state."""

from __future__ import annotations

from typing import Protocol


class AppointmentsControls(Protocol):
    """Touches of these screens, to be called on the asyncio loop."""

    async def open_booking(self, agency: str) -> None:
        """« Prendre rendez-vous »: with the agency named, or (empty) to be chosen first."""

    async def choose(self, key: str) -> None:
        """An agency, or a subject."""

    async def choose_day(self, key: str) -> None:
        """A day of the row: its hours are shown."""

    async def choose_hour(self, key: str) -> None:
        """An hour: it is asked for at once."""

    async def tell_person(self, first_name: str, telephone: str) -> None:
        """« Valider » under the first name; both may be empty."""

    async def print_ticket(self) -> None:
        """The slip again."""

    async def open_check_in(self) -> None:
        """« J'ai un rendez-vous »."""

    async def type_digits(self, digits: str) -> None:
        """The code as typed so far; the sixth digit asks."""

    async def come_in(self) -> None:
        """« Je suis là »: also « Attendre quand même », early, late or at another booth."""

    async def move(self) -> None:
        """« Changer l'heure »."""

    async def cancel(self) -> None:
        """« Annuler le rendez-vous », after the interface has asked again."""

    async def open_call_back(self, agency: str) -> None:
        """« Me faire rappeler »."""

    async def call_back_here(self) -> None:
        """At this booth."""

    async def call_back_by_telephone(self, number: str) -> None:
        """An empty number: ask for it; otherwise leave it with the agency."""

    async def answer_ring(self) -> None:
        """« Répondre » to an agency that calls back."""

    async def decline_ring(self) -> None:
        """« Ce n'est pas pour moi »."""

    async def back(self) -> None:
        """One question back; from the first one, to the screen before."""
