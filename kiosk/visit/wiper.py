"""Wipes a visit: every store is asked to forget, then how much it still has; and signs for it."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kiosk.log import get_logger
from kiosk.visit.receipts import Receipts
from kiosk.visit.wipe import Answer, Ending, Receipt, Store, StoreName

#: Seconds that one store may take; the booth is Home meanwhile, and takes the next resident.
STORE_S = 5.0
#: Its presence means that a visit has begun which was not wiped; it is empty.
OPEN_FILE = "visit-open"

_INTERFACE = (StoreName.PICTURES, StoreName.CLIPBOARD, StoreName.KEYBOARD, StoreName.FIELDS)

_log = get_logger(__name__)

Counts = Mapping[str, tuple[int, int]]
"""Erased and left, by the store's name."""


class InterfaceStores:
    """The stores on the interface's side: asked by a number in the snapshot, answered by a call."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        """Call `on_change` when `wanted` is another."""
        self._on_change = on_change
        self._numbers = itertools.count(1)
        self._asked: asyncio.Future[Counts] | None = None
        self.wanted = 0
        """The wipe that the interface is asked for; each has a number of its own, 0 is none."""

    async def wipe(self) -> tuple[Answer, ...]:
        """Ask the interface, and return what it answered."""
        self._asked = asyncio.get_running_loop().create_future()
        self.wanted = next(self._numbers)
        self._on_change()
        try:
            async with asyncio.timeout(STORE_S):
                counts = await self._asked
        except TimeoutError:
            counts = {}
        finally:
            self._asked = None
        return tuple(
            Answer(name, *counts[name]) if name in counts else Answer(name, answered=False)
            for name in _INTERFACE
        )

    def wiped(self, number: int, counts: Counts) -> None:
        """The interface has answered."""
        asked = self._asked
        if number == self.wanted and asked is not None and not asked.done():
            asked.set_result(counts)


class Wiper:
    """Wipes one visit after the other; lives on the loop."""

    def __init__(
        self,
        state_folder: Path,
        receipts: Receipts,
        stores: Callable[[], Sequence[Store]],
        interface: InterfaceStores,
        keep: Callable[[Receipt], None],
    ) -> None:
        """`stores` are the booth's own, asked for at each wipe; `keep` gets every receipt."""
        self._open = state_folder / OPEN_FILE
        # Asked before the first visit of this run can have begun.
        self._cut_off = self._open.exists()
        self._receipts = receipts
        self._stores = stores
        self._interface = interface
        self._keep = keep
        self._one_at_a_time = asyncio.Lock()
        self._begun = 0
        """Visits begun and not yet wiped: one is wiped while the next has begun already."""

    async def begin(self) -> None:
        """A visit begins: should it be cut off, the next start finds out."""
        self._begun += 1
        await asyncio.to_thread(self._mark)

    async def recover(self) -> None:
        """At the booth's start: wipe what a visit has left that was cut off."""
        if self._cut_off:
            self._cut_off = False
            self._begun += 1
            await self.wipe(Ending.INTERRUPTED, ())

    async def wipe(self, ending: Ending, own: Sequence[Store]) -> Receipt | None:
        """Wipe the visit's `own` stores and the booth's; None when no receipt could be made."""
        async with self._one_at_a_time:
            self._begun = max(0, self._begun - 1)
            stores = (*own, *self._stores())
            answers, (shown,) = await asyncio.gather(
                asyncio.gather(*(_wiped(store) for store in stores)),
                asyncio.gather(self._interface.wipe()),
            )
            try:
                receipt = await asyncio.to_thread(self._receipts.make, ending, (*answers, *shown))
                self._keep(receipt)
                if receipt.clean and self._begun == 0:
                    await asyncio.to_thread(self._open.unlink, missing_ok=True)
            except OSError as error:
                _log.error("no wipe receipt", error=error)
                return None
        if not receipt.clean:
            missing = [a.store.value for a in receipt.answers if a.left or not a.answered]
            _log.error("visit not wiped", reason=", ".join(missing))
        return receipt

    def _mark(self) -> None:
        try:
            self._open.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._open.touch(mode=0o600)
        except OSError as error:
            _log.error("visit not marked as open", error=error)


async def _wiped(store: Store) -> Answer:
    try:
        async with asyncio.timeout(STORE_S):
            erased = await store.wipe()
            return Answer(store.name, erased, await store.left())
    except Exception as error:  # noqa: BLE001 (one store that breaks must not keep the others full)
        _log.error("store not wiped", reason=store.name.value, error=error)
        return Answer(store.name, answered=False)
