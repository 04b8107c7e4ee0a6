"""An agency's rules: on the broker for all its gateways, and in a file of each as a copy."""

from __future__ import annotations

import base64
import binascii
import time
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from desk.agenda.rules import Rules
from desk.agenda.shared import Shared
from kiosk.files import replace
from kiosk.link.bookings import MAX_PACKED_RULES, RULES_KEY, KeptRules, bucket_name
from kiosk.link.line import Line
from kiosk.link.store import Bucket
from kiosk.log import get_logger
from kiosk.settings import SettingsError

MAX_RULES_BYTES = 256_000
"""Of JSON: twice the largest that its bounds allow and people write."""

_NONE = KeptRules(version=0, packed="")

_log = get_logger(__name__)


class Outdated(Exception):
    """The rules were changed since they were read."""


class TooManyRules(Exception):
    """They do not fit in an entry."""


class RuleBook:
    """The rules, changed by naming the version that was read; known once loaded."""

    def __init__(
        self,
        line: Line,
        agency: str,
        copy: Path,
        *,
        first: Rules,
        touched: Callable[[], None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Read the copy, or take `first` where there is none; `touched`: there are others now.

        A broker that has no rules of the agency, as before there were any or with a new disk, is
        given those.

        Raises:
            SettingsError: the copy is damaged.
        """
        self._copy = copy
        self._touched = touched
        self._clock = clock
        self._known = _read(copy) or first
        self._shared = Shared(
            Bucket(line, bucket_name(agency), KeptRules),
            lambda _key: _NONE,
            lambda _key: None,
            lambda _key: self._take(),
        )

    @property
    def rules(self) -> Rules:
        """The rules as last heard; before that, those of the copy."""
        return self._known

    async def load(self) -> None:
        """See the rules on the broker, or give it those known here.

        Raises:
            LineDown: it could not be done.
        """
        await self._shared.load([RULES_KEY])
        if not self._shared.get(RULES_KEY).packed and self._known != Rules():
            await self._shared.change(RULES_KEY, partial(_given, ours=pack(self._known)))
        self._take()

    def hear(self, message: KeptRules | None, revision: int) -> None:
        """Take what the broker told."""
        self._shared.hear(RULES_KEY, message, revision)

    async def replace(self, rules: Rules) -> Rules:
        """Put `rules` in the place of the version that they name; what is over is left out.

        Raises:
            Outdated: another version stands there; it is known here from now on.
            TooManyRules: they do not fit.
            LineDown: not known whether it was done: `rules` tells once the line is up.
        """
        now = self._clock()
        absences = tuple(absence for absence in rules.absences if absence.ends > now)
        new = rules.model_copy(update={"version": rules.version + 1, "absences": absences})
        edit = partial(_replaced, version=rules.version, new=pack(new))
        done = await self._shared.change(RULES_KEY, edit)
        self._take()
        if not done:
            raise Outdated
        return new

    def _take(self) -> None:
        """Make what the broker has our own; what cannot be read leaves the former rules."""
        kept = self._shared.get(RULES_KEY)
        if not kept.packed:
            return
        try:
            rules = unpack(kept)
        except ValueError:
            _log.error("the agenda's rules are wrong: the former ones stay")
            return
        if rules == self._known and self._copy.exists():
            return
        self._known = rules
        try:
            replace(self._copy, rules.model_dump_json(indent=1) + "\n")
        except OSError as error:
            _log.warning("no copy of the agenda's rules", error=error)
        self._touched()


def _read(file: Path) -> Rules | None:
    try:
        with file.open("rb") as stream:
            return Rules.model_validate_json(stream.read(MAX_RULES_BYTES + 1))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingsError([f"{file}: {error.strerror}"]) from None
    except ValidationError:
        raise SettingsError([f"{file}: not an agency's rules"]) from None


def _given(before: KeptRules, ours: KeptRules) -> tuple[KeptRules, None]:
    return (before if before.packed else ours), None


def _replaced(before: KeptRules, version: int, new: KeptRules) -> tuple[KeptRules, bool]:
    return (new, True) if before.version == version else (before, False)


def pack(rules: Rules) -> KeptRules:
    """Return the entry of these rules.

    Raises:
        TooManyRules: they do not fit.
    """
    content = rules.model_dump_json(exclude_defaults=True).encode()
    packed = base64.urlsafe_b64encode(zlib.compress(content, 9)).decode()
    if len(packed) > MAX_PACKED_RULES:
        raise TooManyRules
    return KeptRules(version=rules.version, packed=packed)


def unpack(kept: KeptRules) -> Rules:
    """Return the rules.

    Raises:
        ValueError: they are none, or too large.
    """
    unpacker = zlib.decompressobj()
    try:
        packed = base64.b64decode(kept.packed, altchars=b"-_", validate=True)
        content = unpacker.decompress(packed, MAX_RULES_BYTES)
    except (binascii.Error, zlib.error) as error:
        raise ValueError("not packed rules") from error
    if not unpacker.eof:
        raise ValueError("too large, or cut off")
    rules = Rules.model_validate_json(content)
    if rules.version != kept.version:
        raise ValueError("of another version than they say")
    return rules
