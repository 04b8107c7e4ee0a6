"""How entries are named: keys of the buckets, and which message may stand under which key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

from kiosk.link.messages import ENTRY_KEY, MalformedMessage, Message, Ticket

Side = Literal["booth", "desk"]


@dataclass(frozen=True, slots=True, order=True)
class TicketKey:
    """Names a ticket and the claim on it, or an errand and its answer: `agency.kiosk.number`."""

    agency: str
    kiosk: str
    ticket: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the key that `text` is.

        Raises:
            MalformedMessage: it has not the shape of a ticket's key.
        """
        found = ENTRY_KEY.fullmatch(text)
        if found is None:
            raise MalformedMessage("not the key of a ticket")
        return cls(*found.groups())

    @classmethod
    def of(cls, ticket: Ticket) -> Self:
        """Return the key under which `ticket` stands."""
        return cls(ticket.agency, ticket.kiosk, ticket.ticket)

    def __str__(self) -> str:
        return f"{self.agency}.{self.kiosk}.{self.ticket}"

    def signals_to(self, side: Side) -> str:
        """Return the subject to which signals for `side` of this ticket's call are sent."""
        return f"signal.{self}.{side}"

    def signals_heard_by(self, side: Side) -> str:
        """Return the subject on which the broker repeats them."""
        return f"live.{self.signals_to(side)}"


def check_belongs(key: str, message: Message) -> None:
    """Check that `message` may stand under `key`.

    The broker checks who writes where; this checks that what is written speaks of its own place,
    so that no booth can show another's ticket from under its own key.

    Raises:
        MalformedMessage: it speaks of another key.
    """
    if not message.stands_under(key):
        raise MalformedMessage("speaks of another key than its own")


def check_same(ticket: str, key: TicketKey) -> None:
    """Check that a signal that names `ticket` may be heard on the subject of `key`.

    Raises:
        MalformedMessage: it speaks of another ticket.
    """
    if ticket != key.ticket:
        raise MalformedMessage("speaks of another ticket than its subject")
