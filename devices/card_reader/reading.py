"""One reading of a card's UID in a disposable thread: a card that hangs holds up nothing."""

from __future__ import annotations

import threading
import time

from smartcard import scard

from devices.card_reader.answers import GET_UID, uid_in

DEADLINE_S = 2.0
"""A reader answers within 100 ms; a card at the edge of its field needs more than one try."""
_PAUSE_S = 0.1
"""Between two tries."""
_STATUS_BYTES = 2
_MAX_STUCK = 8
"""Threads that hang in a reader at the same time; with more, cards go unread until one ends."""


class Reading:
    """Begins at once."""

    def __init__(self, reader: str) -> None:
        """Read the card in `reader`."""
        self.uid: bytes | None = None
        """What was read; None until then, and for a card that has none or does not answer."""
        self._until = time.monotonic() + DEADLINE_S
        self._thread = threading.Thread(target=self._run, args=(reader,), daemon=True, name=_NAME)
        if sum(thread.name == _NAME for thread in threading.enumerate()) < _MAX_STUCK:
            self._thread.start()

    @property
    def over(self) -> bool:
        """Whether there is nothing more to wait for."""
        return not self._thread.is_alive() or time.monotonic() > self._until

    def _run(self, reader: str) -> None:
        result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
        if result != scard.SCARD_S_SUCCESS:
            return
        try:
            while time.monotonic() < self._until:
                answer = _ask(context, reader)
                if answer is not None:
                    self.uid = uid_in(answer)
                    return
                time.sleep(_PAUSE_S)
        finally:
            scard.SCardReleaseContext(context)


_NAME = "card reading"


def _ask(context: int, reader: str) -> list[int] | None:
    """The answer to `GET_UID`, or None where the card was not reached."""
    protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
    result, card, protocol = scard.SCardConnect(
        context, reader, scard.SCARD_SHARE_SHARED, protocols
    )
    if result != scard.SCARD_S_SUCCESS:
        return None
    try:
        result, answer = scard.SCardTransmit(card, protocol, list(GET_UID))
        # pcscd calls it a success, without a status word, when the card leaves in the middle.
        whole = result == scard.SCARD_S_SUCCESS and len(answer) >= _STATUS_BYTES
        return list(answer) if whole else None
    finally:
        scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
