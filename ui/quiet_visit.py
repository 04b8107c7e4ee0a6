"""The appointments and the end of a visit that nobody can touch: it is only watched."""

from __future__ import annotations


class QuietAppointments:
    """`AppointmentsControls` without an effect."""

    async def open_booking(self, agency: str) -> None:
        """Nothing."""

    async def choose(self, key: str) -> None:
        """Nothing."""

    async def choose_day(self, key: str) -> None:
        """Nothing."""

    async def choose_hour(self, key: str) -> None:
        """Nothing."""

    async def tell_person(self, first_name: str, telephone: str) -> None:
        """Nothing."""

    async def print_ticket(self) -> None:
        """Nothing."""

    async def open_check_in(self) -> None:
        """Nothing."""

    async def type_digits(self, digits: str) -> None:
        """Nothing."""

    async def come_in(self) -> None:
        """Nothing."""

    async def move(self) -> None:
        """Nothing."""

    async def cancel(self) -> None:
        """Nothing."""

    async def open_call_back(self, agency: str) -> None:
        """Nothing."""

    async def call_back_here(self) -> None:
        """Nothing."""

    async def call_back_by_telephone(self, number: str) -> None:
        """Nothing."""

    async def answer_ring(self) -> None:
        """Nothing."""

    async def decline_ring(self) -> None:
        """Nothing."""

    async def back(self) -> None:
        """Nothing."""


class QuietFarewell:
    """`FarewellControls` without an effect."""

    async def open_summary(self) -> None:
        """Nothing."""

    async def choose_item(self, item: str, chosen: bool) -> None:
        """Nothing."""

    async def print_summary(self) -> None:
        """Nothing."""

    async def show_summary(self) -> None:
        """Nothing."""

    async def go_on(self) -> None:
        """Nothing."""

    async def answer(self, face: int) -> None:
        """Nothing."""

    async def say(self, words: str) -> None:
        """Nothing."""
