"""The agencies' queues as one booth sees them: their boards, and places in them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from kiosk.link.boards import Boards
from kiosk.link.line import Line, LineDown
from kiosk.link.messages import Board, LostDevices
from kiosk.link.tickets import OwnTicket

#: Seconds between two tries to join while the line is down: as quick as the line is redialled.
_RETRY_S = 0.5


class BoothQueues:
    """Joins queues in the name of one booth."""

    def __init__(
        self,
        line: Line,
        boards: Boards,
        kiosk: str,
        place_name: str,
        lost: Callable[[], LostDevices] = tuple,
    ) -> None:
        """`lost` tells at any time which devices the agents should know to be missing."""
        self._line = line
        self._boards = boards
        self._kiosk = kiosk
        self._place_name = place_name
        self._lost = lost

    def board(self, agency: str) -> Board | None:
        """What the agency's desk last said; None when it is silent."""
        return self._boards.board(agency)

    async def join(
        self, agency: str, *, appointment: str | None = None, call_back: str | None = None
    ) -> OwnTicket:
        """Take a place at the end of the queue; waits for the line when it is down."""
        while True:
            try:
                return await OwnTicket.open(
                    self._line,
                    agency,
                    self._kiosk,
                    self._place_name,
                    lost=self._lost,
                    appointment=appointment,
                    call_back=call_back,
                )
            except LineDown:
                await asyncio.sleep(_RETRY_S)
