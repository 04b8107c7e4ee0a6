"""A second resident at the same agency: a real ticket on the real broker, with no window."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from kiosk.link.line import Line
from kiosk.link.tickets import OwnTicket


@dataclass(frozen=True, slots=True)
class BrokerAccount:
    """Where the broker is and who we are."""

    url: str
    user: str
    password: str
    ca_file: Path | None = None


class OtherBooth:
    """Holds a place in the queue while the `with` block lasts; lives on a thread of its own."""

    def __init__(self, account: BrokerAccount, agency: str, kiosk: str) -> None:
        """Say where to wait, as which booth."""
        self._account = account
        self._agency = agency
        self._kiosk = kiosk
        self._waiting = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._leave = asyncio.Event()
        self._thread = threading.Thread(target=self._live, name="other-booth")

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._waiting.wait(timeout=20):
            raise TimeoutError("the other booth's ticket was not written")
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._leave.set)
        self._thread.join()
        self._loop.close()

    def _live(self) -> None:
        self._loop.run_until_complete(self._wait_in_queue())

    async def _wait_in_queue(self) -> None:
        line = await Line.connect(self._account)
        try:
            ticket = await OwnTicket.open(line, self._agency, self._kiosk, "Autre guichet")
            self._waiting.set()
            await self._leave.wait()
            await ticket.close()
        finally:
            await line.close()
