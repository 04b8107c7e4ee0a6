"""Signs wipe receipts with the booth's own key, numbers them, and checks them again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from kiosk.files import write_private
from kiosk.log import get_logger
from kiosk.visit.days import today
from kiosk.visit.wipe import Answer, Ending, Receipt, StoreName

KEY_FILE = "receipt.key"
LAST_FILE = "receipt.last"
KEY_BYTES = 32
_KEPT = 4
"""Receipts that the black box may lack when the booth is killed: those of the visits that began and
ended before the black box was open, in the first seconds, and the one being handed over."""
_DOMAIN = b"visio-guichet wipe receipt\0"
"""What this key signs elsewhere can never be taken for a receipt, nor the other way round."""

_log = get_logger(__name__)


class Receipts:
    """Makes receipts; key and last ones lie in the state folder, readable by the booth alone."""

    def __init__(self, state_folder: Path, day: Callable[[], int] = today) -> None:
        """The files are made with the first receipt."""
        self._folder = state_folder
        self._day = day

    def make(self, ending: Ending, answers: tuple[Answer, ...]) -> Receipt:
        """Return the signed receipt of a wipe.

        Raises:
            OSError: the key can't be read or kept, or the receipt can't.
        """
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PrivateKey,
        )

        before = self.last()
        number = before[-1].number + 1 if before else 1
        receipt = Receipt(self._day(), number, ending, answers)
        key = Ed25519PrivateKey.from_private_bytes(self._key())
        receipt = replace(receipt, signature=key.sign(_DOMAIN + signed_part(receipt)).hex())
        # Number and receipt in one step: killed now, the next run still has what was counted.
        kept = [asdict(one) for one in (*before, receipt)[-_KEPT:]]
        write_private(self._folder / LAST_FILE, json.dumps(kept))
        return receipt

    def genuine(self, receipt: Receipt) -> bool:
        """Whether this booth has signed `receipt`, as it stands.

        Raises:
            OSError: the key can't be read.
        """
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PrivateKey,
        )

        key = self._kept_key()
        if key is None:
            return False
        public = Ed25519PrivateKey.from_private_bytes(key).public_key()
        try:
            public.verify(bytes.fromhex(receipt.signature), _DOMAIN + signed_part(receipt))
        except (InvalidSignature, ValueError):
            return False
        return True

    def last(self) -> tuple[Receipt, ...]:
        """Return the receipts that were made last, oldest first; none where none is known.

        Raises:
            OSError: they can't be read.
        """
        try:
            kept = json.loads((self._folder / LAST_FILE).read_bytes())
            return tuple(_receipt(**one) for one in kept)
        except (FileNotFoundError, KeyError, TypeError, ValueError):
            return ()

    def last_number(self) -> int | None:
        """Return the number that was given last; None where none is known.

        Raises:
            OSError: it can't be read.
        """
        kept = self.last()
        return kept[-1].number if kept else None

    def _kept_key(self) -> bytes | None:
        try:
            key = (self._folder / KEY_FILE).read_bytes()
        except FileNotFoundError:
            return None
        return key if len(key) == KEY_BYTES else None

    def _key(self) -> bytes:
        key = self._kept_key()
        if key is None:
            path = self._folder / KEY_FILE
            if path.exists():
                _log.error("receipt key replaced", reason="not a key")
            key = os.urandom(KEY_BYTES)
            write_private(path, key)
        return key


def signed_part(receipt: Receipt) -> bytes:
    """Return what is signed: all but the signature, in one way of writing."""
    content = {
        "day": receipt.day,
        "number": receipt.number,
        "ending": receipt.ending.value,
        "answers": [[a.store.value, a.erased, a.left, a.answered] for a in receipt.answers],
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def _receipt(
    *,
    day: int,
    number: int,
    ending: str,
    answers: Sequence[dict[str, Any]],
    signature: str,
) -> Receipt:
    """Return what `asdict` took apart.

    Raises:
        KeyError, TypeError, ValueError: it was something else.
    """
    stores = tuple(Answer(**answer | {"store": StoreName(answer["store"])}) for answer in answers)
    return Receipt(int(day), int(number), Ending(ending), stores, str(signature))
