"""An honest estimate of a wait, from the queue and the agency's recent calls."""

from __future__ import annotations

import math

from kiosk.link.messages import Board, TicketId


def position(board: Board | None, ticket: TicketId) -> int | None:
    """Return the ticket's place in its agency's queue, 1 for the next; None when not told."""
    if board is None or ticket not in board.queue:
        return None
    return board.queue.index(ticket) + 1


def estimate(board: Board | None, place: int | None) -> tuple[int, int] | None:
    """Return the lowest and highest likely wait in minutes, or None where there is no ground.

    With `agents` agents whose calls last `typical` seconds and end independently, the time until
    the k-th of them is free is a gamma variable of mean k · typical / agents and of standard
    deviation √k · typical / agents (the M/M/c queue). The range is one deviation either side:
    about two waits in three fall inside. Whoever has a free agent waits for no call to end.
    """
    if board is None or place is None or board.typical_call_s is None:
        return None
    agents = board.available + board.busy
    if agents == 0:
        return None
    ends_needed = max(0, place - board.available)
    between_ends_min = board.typical_call_s / agents / 60
    lowest = (ends_needed - math.sqrt(ends_needed)) * between_ends_min
    highest = (ends_needed + math.sqrt(ends_needed)) * between_ends_min
    return math.floor(lowest), max(1, math.ceil(highest))
