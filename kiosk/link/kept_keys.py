"""Agencies' public keys on disk: passes are checked after a restart that finds no line."""

from __future__ import annotations

from pathlib import Path

import structlog
from pydantic import TypeAdapter, ValidationError

from kiosk.files import write_private
from kiosk.link.messages import AgencyKeys, Slug

MOST_AGENCIES = 24
"""As many as a booth offers."""
_MOST_BYTES = 65_536
"""Such a file with 24 agencies and three keys each has under 10 kB."""

_FILE = TypeAdapter(dict[Slug, AgencyKeys])

_log = structlog.get_logger(__name__)


class KeptKeys:
    """The keys of each agency as last told; a key the agency no longer tells is gone from here."""

    def __init__(self, path: Path) -> None:
        """Read `path`; one that is not there or is damaged is as good as empty."""
        self._path = path
        self._keys: dict[str, AgencyKeys] = _read(path)

    def get(self, agency: str) -> AgencyKeys | None:
        """Return the agency's keys, if it ever told any."""
        return self._keys.get(agency)

    def learn(self, agency: str, keys: AgencyKeys) -> bool:
        """Keep what an agency tells; whether that is new."""
        if self._keys.get(agency) == keys:
            return False
        if agency not in self._keys and len(self._keys) >= MOST_AGENCIES:
            return False
        self._keys[agency] = keys
        try:
            write_private(self._path, _FILE.dump_json(self._keys))
        except OSError as error:
            # They are known until the next start, and told again with the line.
            _log.warning("agencies' keys not kept", reason=error.strerror)
        return True


def _read(path: Path) -> dict[str, AgencyKeys]:
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        _log.warning("agencies' keys not read", reason=error.strerror)
        return {}
    try:
        keys = _FILE.validate_json(text) if len(text) <= _MOST_BYTES else {}
    except ValidationError:
        _log.warning("agencies' keys not read", reason="damaged")
        return {}
    return dict(list(keys.items())[:MOST_AGENCIES])
