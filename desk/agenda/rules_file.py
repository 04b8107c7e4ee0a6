"""An agency's rules in a file, read again when another gateway changed it."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from desk.agenda.rules import Rules
from kiosk.files import replace
from kiosk.settings import SettingsError

MAX_RULES_BYTES = 256_000
"""Twice the largest that its bounds allow and people write."""


class Outdated(Exception):
    """The rules were changed since they were read."""


def make_first(file: Path, rules: Rules) -> None:
    """Give an agency these rules that has none yet.

    Raises:
        SettingsError: they cannot be written.
    """
    if file.exists():
        return
    try:
        replace(file, rules.model_dump_json(indent=1) + "\n")
    except OSError as error:
        raise SettingsError([f"{file}: {error.strerror}"]) from None


class RulesFile:
    """The rules, changed by naming the version that was read."""

    def __init__(self, file: Path) -> None:
        """Read the file; where there is none, the agency opens nothing.

        Raises:
            SettingsError: the file is damaged.
        """
        self._file = file
        self._stamp: tuple[int, int] | None = None
        self._rules = Rules()
        self.refresh()

    @property
    def rules(self) -> Rules:
        """The rules as last read."""
        return self._rules

    def refresh(self) -> bool:
        """Read the file again if it changed, and tell whether it did.

        Raises:
            SettingsError: the file is damaged; the rules stay as they were.
        """
        try:
            status = self._file.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            if stamp == self._stamp:
                return False
            text = self._file.read_bytes()[: MAX_RULES_BYTES + 1]
        except FileNotFoundError:
            return False
        except OSError as error:
            raise SettingsError([f"{self._file}: {error.strerror}"]) from None
        self._stamp = stamp
        try:
            self._rules = Rules.model_validate_json(text)
        except ValidationError:
            raise SettingsError([f"{self._file}: not an agency's rules"]) from None
        return True

    def replace(self, rules: Rules, now: float) -> Rules:
        """Put `rules` in the place of the version that they name; what is over is left out.

        Raises:
            Outdated: another version stands there.
            OSError: the file cannot be written; the rules are as they were.
        """
        if rules.version != self._rules.version:
            raise Outdated
        kept = rules.model_copy(
            update={
                "version": rules.version + 1,
                "absences": tuple(absence for absence in rules.absences if absence.ends > now),
            }
        )
        replace(self._file, kept.model_dump_json(indent=1) + "\n")
        status = self._file.stat()
        self._stamp = (status.st_mtime_ns, status.st_size)
        self._rules = kept
        return kept
