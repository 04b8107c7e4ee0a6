"""Card readers for machines that have none: cards are presented from the dock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial

from devices.card_reader.identity import digest, fixed
from devices.card_reader.interface import Card, CardEvent, CardKind
from devices.card_reader.presence import Presence
from devices.device import SupervisedDevice
from devices.dock import Action, Cable, WrongArgument, number, plain
from devices.status import Capabilities, DeviceError, DeviceKind, DeviceState
from devices.supervisor import Backoff

READER = "simulated reader"
RESTART_S = 0.5
"""What pcscd takes to be there again."""
_TAKES = "technician, mediator, resident, or a UID of 4 to 10 bytes in hexadecimal"


class SimulatedCardReader(SupervisedDevice):
    """One reader with a cable, a daemon that can be restarted, and cards of every kind."""

    kind = DeviceKind.CARD_READER

    def __init__(
        self, *, key: bytes, cards: Mapping[str, CardKind], backoff: Backoff | None = None
    ) -> None:
        """`key` and `cards` as for a real one; a hexadecimal UID is looked up in `cards`."""
        self._key = key
        simulated = {digest(key, kind.value.encode()): kind for kind in CardKind}
        self._presence = Presence(
            lambda digest: simulated.get(digest) or cards.get(digest, CardKind.RESIDENT)
        )
        self._driver = _Driver(self._presence)
        super().__init__(self._driver, simulated=True, backoff=backoff)

    @property
    def actions(self) -> Mapping[str, Action]:
        """What can be done to it."""
        return self._driver.cable.actions() | {
            "present": Action(self._present, _TAKES),
            "remove": plain(self._driver.remove),
            "restart": plain(self._driver.restart),
            "slow": number(self._driver.slow, "seconds until a card is read", 0, 60),
        }

    @property
    def capabilities(self) -> Capabilities:
        """What a real one would say."""
        return {"protocol": "simulated", "readers": 1}

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards that are in now."""
        return self._presence.cards

    def on_card(self, listener: Callable[[CardEvent], None]) -> None:
        """Call `listener` on the loop as cards come and go; also for one in at the start."""
        self._presence.on_card(listener)

    async def start(self) -> None:
        """Begin to watch."""
        await self._begin()

    async def found(self) -> tuple[str, ...]:
        """The simulated reader, while its cable is in."""
        return (READER,) if self._driver.cable.plugged else ()

    def _present(self, argument: str) -> None:
        if argument in tuple(CardKind):
            self._driver.put(digest(self._key, argument.encode()))
            return
        try:
            uid = bytes.fromhex(argument)
        except ValueError:
            raise WrongArgument(f"takes {_TAKES}") from None
        if not fixed(uid):
            raise WrongArgument(f"takes {_TAKES}")
        self._driver.put(digest(self._key, uid))


class _Driver:
    def __init__(self, presence: Presence) -> None:
        self.cable = Cable()
        self._presence = presence
        self._card: str | None = None
        self._delay_s = 0.0
        self._reading: asyncio.TimerHandle | None = None
        self._open = False
        self._restarted = asyncio.Event()
        self._back_at = 0.0

    def put(self, digest: str) -> None:
        self.remove()
        self._card = digest
        self._read()

    def remove(self) -> None:
        self._card = None
        self._forget()

    def restart(self) -> None:
        self._back_at = asyncio.get_running_loop().time() + RESTART_S
        self._restarted.set()

    def slow(self, delay_s: float) -> None:
        self._delay_s = delay_s

    async def open(self) -> str:
        if not self.cable.plugged:
            raise DeviceError(DeviceState.NO_DEVICE, "no reader", hint="plug it in")
        if asyncio.get_running_loop().time() < self._back_at:
            raise DeviceError(DeviceState.OFFLINE, "the service is starting", hint="wait")
        self._restarted.clear()
        self._open = True
        self._read(already_in=True)
        return READER

    async def watch(self) -> None:
        lost = [
            asyncio.ensure_future(wait) for wait in (self.cable.pulled(), self._restarted.wait())
        ]
        try:
            await asyncio.wait(lost, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in lost:
                wait.cancel()
        raise DeviceError(DeviceState.OFFLINE, "the reader went away", hint="check its cable")

    async def close(self) -> None:
        self._open = False
        self._forget()

    def plugged(self) -> bool:
        return self.cable.plugged

    def present(self) -> bool:
        return self.cable.plugged

    def _read(self, *, already_in: bool = False) -> None:
        if self._open and self._card is not None:
            come = partial(self._presence.come, READER, self._card, already_in=already_in)
            self._reading = asyncio.get_running_loop().call_later(self._delay_s, come)

    def _forget(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        self._presence.clear()
