"""Appointments and call-backs at this booth: the touches, shared out among the flows they begin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from devices.card_reader.interface import CardKind
from kiosk.appointments.booking import Booking
from kiosk.appointments.call_back import CallBack
from kiosk.appointments.checking_in import CheckingIn
from kiosk.appointments.expecting import Expecting
from kiosk.appointments.flows import Flows
from kiosk.appointments.giving_back import GivingBack
from kiosk.appointments.guesses import Guesses
from kiosk.appointments.means import Means, Readers, Site
from kiosk.appointments.paper_ticket import PaperTicket
from kiosk.appointments.ports import Desks, Slips, Turns
from kiosk.appointments.view import (
    AppointmentsView,
    AppointmentView,
    BookingView,
    CallBackView,
    CheckInView,
)
from kiosk.link.errands import Appointment
from kiosk.link.events import EventKind


class Appointments:
    """`AppointmentsControls`, made once; what is a resident's lives in flows that end with them."""

    def __init__(
        self,
        desks: Desks,
        turns: Turns,
        slips: Slips,
        site: Site,
        *,
        clock: Callable[[], datetime],
        on_change: Callable[[], None],
        on_event: Callable[[EventKind, str], None] = lambda _kind, _agency: None,
        readers: Readers | None = None,
    ) -> None:
        """Everything is called on the loop. `clock` tells now, aware.

        `on_change`: `view` is new. `on_event`: something to be counted, of which agency.
        `readers`: which devices can tell an appointment.
        """
        self._turns = turns
        self._slips = slips
        self._guesses = Guesses(clock)
        self._giving_back = GivingBack(desks)
        self._means = Means(
            desks,
            turns,
            site,
            clock,
            on_change,
            on_event,
            self._giving_back,
            readers or Readers(),
        )
        self._expecting = Expecting(self._means)
        self._flows = Flows()

    @property
    def view(self) -> AppointmentsView:
        """What the screens show now."""
        flows = self._flows
        return AppointmentsView(
            booking=flows.booking.view if flows.booking is not None else BookingView(),
            booked=flows.ticket.view if flows.ticket is not None else AppointmentView(),
            check_in=flows.check_in.view if flows.check_in is not None else CheckInView(),
            call_back=flows.call_back.view if flows.call_back is not None else CallBackView(),
            expected=self._expecting.view,
            ring=self._expecting.ring,
        )

    @property
    def booked_words(self) -> str:
        """When the appointment made in this visit is, for its summary; empty: none was."""
        return self._flows.ticket.view.when if self._flows.ticket is not None else ""

    def start(self) -> None:
        """Begin to follow who is expected."""
        self._expecting.start()

    async def close(self) -> None:
        """The booth stops."""
        await self.close_visit()
        self.wipe()
        await self._expecting.close()
        await self._giving_back.close()

    def desks_told(self) -> None:
        """An agency told of its agenda, its keys, or whom it expects."""
        self._expecting.look()
        self._means.changed()

    async def open_booking(self, agency: str) -> None:
        """« Prendre rendez-vous »: with the agency named, or (empty) to be chosen first."""
        self._begin_booking(agency)

    async def choose(self, key: str) -> None:
        """An agency, or a subject."""
        if self._flows.booking is not None:
            self._flows.booking.choose(key)

    async def choose_day(self, key: str) -> None:
        """A day of the row: its hours are shown."""
        if self._flows.booking is not None:
            self._flows.booking.choose_day(key)

    async def choose_hour(self, key: str) -> None:
        """An hour: it is asked for at once."""
        if self._flows.booking is not None:
            await self._flows.booking.choose_hour(key)

    async def tell_person(self, first_name: str, telephone: str) -> None:
        """« Valider » under the first name; both may be empty."""
        if self._flows.booking is not None:
            await self._flows.booking.tell_person(first_name, telephone)

    async def print_ticket(self) -> None:
        """The slip again."""
        if self._flows.ticket is not None:
            self._flows.ticket.print()

    async def open_check_in(self) -> None:
        """« J'ai un rendez-vous »."""
        self._flows.leave_check_in()
        self._flows.check_in = CheckingIn(self._means, self._guesses)
        self._turns.check_in_wanted()
        self._means.changed()

    async def type_digits(self, digits: str) -> None:
        """The code as typed so far; the sixth digit asks."""
        if self._flows.check_in is not None:
            await self._flows.check_in.type_digits(digits)

    async def code(self, text: str) -> None:
        """A code reader has read this hostile text."""
        if self._flows.check_in is not None and self._flows.booking is None:
            await self._flows.check_in.code(text)

    async def card(self, kind: CardKind, digest: str) -> None:
        """A card was presented: a resident's finds an appointment, or is linked to the new one."""
        if kind is not CardKind.RESIDENT or self._flows.booking is not None:
            return
        if self._flows.check_in is not None:
            await self._flows.check_in.card(digest)
        elif self._flows.ticket is not None and digest:
            self._flows.ticket.link(digest)

    async def come_in(self) -> None:
        """« Je suis là »: also « Attendre quand même », early, late or at another booth."""
        if self._flows.check_in is not None:
            await self._flows.check_in.come_in()

    async def move(self) -> None:
        """« Changer l'heure »."""
        standing = self._flows.check_in.standing if self._flows.check_in is not None else None
        if standing is not None:
            self._begin_booking(standing.agency, standing)

    async def cancel(self) -> None:
        """« Annuler le rendez-vous », after the interface has asked again."""
        if self._flows.check_in is not None:
            await self._flows.check_in.cancel()

    async def open_call_back(self, agency: str) -> None:
        """« Me faire rappeler »."""
        if agency not in self._means.site.agencies:
            return
        self._flows.leave_call_back()
        self._flows.call_back = CallBack(self._means, agency)
        self._turns.call_back_wanted(agency)
        self._means.changed()

    async def call_back_here(self) -> None:
        """At this booth."""
        if self._flows.call_back is not None:
            await self._flows.call_back.here()

    async def call_back_by_telephone(self, number: str) -> None:
        """An empty number: ask for it; otherwise leave it with the agency."""
        if self._flows.call_back is not None:
            await self._flows.call_back.by_telephone(number)

    async def answer_ring(self) -> None:
        """« Répondre » to an agency that calls back."""
        self._expecting.answer()

    async def decline_ring(self) -> None:
        """« Ce n'est pas pour moi »."""
        self._expecting.decline()

    async def back(self) -> None:
        """One question back; from the first one, to the screen before."""
        if self._flows.booking is not None:
            if self._flows.booking.back():
                return
            self._flows.leave_booking()
        elif self._flows.call_back is not None:
            if self._flows.call_back.back():
                return
            self._flows.leave_call_back()
        elif self._flows.check_in is not None:
            if self._flows.check_in.back():
                return
            self._flows.leave_check_in()
        self._turns.turned_back()
        self._means.changed()

    async def agent_answered(self) -> None:
        """The resident is in a call after all: nothing half done stays, and no call-back."""
        self._flows.leave()
        self._flows.served()

    async def close_visit(self) -> None:
        """Give back what is not confirmed; never waits for the line."""
        self._flows.leave()

    def wipe(self) -> int:
        """Forget everything that is a resident's; how many forms and tickets that were."""
        erased = self._flows.wipe()
        if erased:
            self._means.changed()
        return erased

    def left(self) -> int:
        """How many are still there."""
        return self._flows.left()

    def _begin_booking(self, agency: str, replaces: Appointment | None = None) -> None:
        self._flows.leave_booking()
        self._flows.booking = Booking(self._means, agency, self._booked, replaces)
        self._turns.booking_wanted(agency)
        self._means.changed()

    def _booked(self, appointment: Appointment) -> None:
        flows = self._flows
        flows.booking = flows.check_in = None
        if flows.ticket is not None:
            flows.ticket.close()
        flows.ticket = PaperTicket(self._means, self._slips, appointment)
        self._turns.booked()
        flows.ticket.print()
