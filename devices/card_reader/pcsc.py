"""Watches all PC/SC readers, inside the child: a loop of our own around SCardGetStatusChange.

pyscard's monitor threads die with pcscd (pyscard #82, #128) and may miss a card that is already
in (#231); here every look begins from the state that was last seen, at first from none.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from smartcard import scard

from devices.card_reader.answers import contactless
from devices.card_reader.reading import Reading
from devices.card_reader.teller import Teller
from devices.card_reader.wire import clean
from devices.status import DeviceError, DeviceState

_PNP = r"\\?PnP?\Notification"
"""PC/SC's name for the list of readers itself."""
LOOK_MS = 1000
"""Longest wait for a change: between two the child tells that it lives."""
READING_LOOK_MS = 20
"""While a card is being read; its UID comes within 100 ms."""
FIRST_READER_S = 3.0
"""A pcscd that has just started needs a second or two to find its readers."""
GONE_LOOK_S = 1.0
"""After the last reader is gone, a second look: it may have been reset."""
_SERVICE_HINT = "start the PC/SC service: systemctl start pcscd.socket"


@dataclass(slots=True)
class _Slot:
    """One reader, as last seen."""

    state: int = scard.SCARD_STATE_UNAWARE
    told: bool = False
    """Whether its card was told of."""
    reading: Reading | None = None
    already_in: bool = False
    """Whether its card was in at the first look."""


class PcscWatch:
    """Tells of the cards in all readers whose name contains `wanted`, in any case of letters."""

    def __init__(self, teller: Teller, wanted: str) -> None:
        """Nothing is opened until `run`."""
        self._teller = teller
        self._wanted = wanted.casefold()
        self._context = 0
        self._slots: dict[str, _Slot] = {}
        self._readers_state = scard.SCARD_STATE_UNAWARE

    def run(self) -> None:
        """Until the booth leaves; raises `DeviceError` when the service or all readers do."""
        self._context = establish()
        try:
            self._wait_for_readers(
                FIRST_READER_S, DeviceError(DeviceState.NO_DEVICE, "no reader", hint="plug it in")
            )
            self._teller.online(f"PC/SC: {', '.join(map(clean, self._slots))}")
            while not self._teller.gone():
                self._teller.beat()
                self._look()
                self._refresh()
                if not self._slots:
                    self._wait_for_readers(
                        GONE_LOOK_S,
                        DeviceError(
                            DeviceState.OFFLINE, "no reader is left", hint="check its cable"
                        ),
                    )
        finally:
            scard.SCardReleaseContext(self._context)

    def _wait_for_readers(self, within_s: float, fault: DeviceError) -> None:
        until = time.monotonic() + within_s
        self._refresh()
        while not self._slots:
            left_s = until - time.monotonic()
            if left_s <= 0:
                raise fault
            self._change(min(LOOK_MS, int(left_s * 1000) + 1))
            self._refresh()

    def _refresh(self) -> None:
        names = [name for name in list_readers(self._context) if self._wanted in name.casefold()]
        if names == list(self._slots):
            return
        for name in self._slots.keys() - set(names):
            self._out(name, self._slots[name])
        self._slots = {name: self._slots.get(name) or _Slot() for name in names}
        self._teller.readers(tuple(names))

    def _look(self) -> None:
        reading = any(slot.reading is not None for slot in self._slots.values())
        for name, state, atr in self._change(READING_LOOK_MS if reading else LOOK_MS):
            if state & scard.SCARD_STATE_CHANGED:
                self._changed(name, self._slots[name], state, atr)
        for name, slot in self._slots.items():
            self._finish(name, slot)

    def _change(self, within_ms: int) -> list[tuple[str, int, list[int]]]:
        known = [(name, slot.state) for name, slot in self._slots.items()]
        result, states = scard.SCardGetStatusChange(
            self._context, within_ms, [*known, (_PNP, self._readers_state)]
        )
        if result == scard.SCARD_E_TIMEOUT:
            return []
        if result in (scard.SCARD_E_UNKNOWN_READER, scard.SCARD_E_READER_UNAVAILABLE):
            return []  # One has just gone; the list will say which.
        if result != scard.SCARD_S_SUCCESS:
            raise lost(result)
        cards: list[tuple[str, int, list[int]]]
        *cards, (_, self._readers_state, _) = states
        self._readers_state &= ~scard.SCARD_STATE_CHANGED
        return cards

    def _changed(self, name: str, slot: _Slot, state: int, atr: list[int]) -> None:
        # The upper half counts insertions and removals: a card changed between two looks shows.
        another = state >> 16 != slot.state >> 16
        present = bool(state & scard.SCARD_STATE_PRESENT)
        was_in = slot.told or slot.reading is not None
        first_look = slot.state == scard.SCARD_STATE_UNAWARE
        slot.state = state & ~scard.SCARD_STATE_CHANGED
        if was_in and (another or not present):
            self._out(name, slot)
            was_in = False
        if not present or was_in:
            return
        slot.already_in = first_look
        if state & scard.SCARD_STATE_MUTE or not contactless(atr):
            self._in(name, slot, None)
        else:
            slot.reading = Reading(name)

    def _finish(self, name: str, slot: _Slot) -> None:
        if slot.reading is not None and slot.reading.over:
            uid, slot.reading = slot.reading.uid, None
            self._in(name, slot, uid)

    def _in(self, name: str, slot: _Slot, uid: bytes | None) -> None:
        slot.told = True
        self._teller.card_in(name, uid, already_in=slot.already_in)

    def _out(self, name: str, slot: _Slot) -> None:
        slot.reading = None
        if slot.told:
            slot.told = False
            self._teller.card_out(name)


def establish() -> int:
    """Return a context of PC/SC; raises `DeviceError`."""
    result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
    if result == scard.SCARD_S_SUCCESS:
        return int(context)
    if result in (scard.SCARD_W_SECURITY_VIOLATION, scard.SCARD_E_NO_ACCESS):
        raise DeviceError(
            DeviceState.USER_ERROR,
            "the PC/SC service refuses this user",
            hint="allow it in pcscd's polkit rules",
            permanent=True,
        )
    raise DeviceError(DeviceState.NO_DEVICE, "the PC/SC service does not run", hint=_SERVICE_HINT)


def list_readers(context: int) -> list[str]:
    """Return the names of all readers, none included; raises `DeviceError`."""
    result, names = scard.SCardListReaders(context, [])
    if result == scard.SCARD_E_NO_READERS_AVAILABLE:
        return []
    if result != scard.SCARD_S_SUCCESS:
        raise lost(result)
    return list(names)


def lost(result: int) -> DeviceError:
    """What a call that failed says of the service."""
    stopped = (
        scard.SCARD_E_NO_SERVICE,
        scard.SCARD_E_SERVICE_STOPPED,
        scard.SCARD_E_INVALID_HANDLE,
        scard.SCARD_F_COMM_ERROR,
    )
    if result in stopped:
        return DeviceError(DeviceState.OFFLINE, "the PC/SC service has stopped", hint=_SERVICE_HINT)
    return DeviceError(
        DeviceState.HARDWARE_ERROR,
        f"PC/SC: {scard.SCardGetErrorMessage(result)}",
        hint="systemctl restart pcscd",
    )
