"""Sessions in a signed cookie, under a key that outlives the gateway."""

from __future__ import annotations

import secrets
from pathlib import Path

from itsdangerous import BadSignature, URLSafeTimedSerializer

from desk.accounts import Accounts, Agent
from kiosk.files import create, replace
from kiosk.log import get_logger

COOKIE = "visio_guichet_session"

#: Sessions ended by their agents that are remembered: a year of them at 40 a day.
MAX_REVOKED = 10_000

_KEY_BYTES = 32

_log = get_logger(__name__)


class Sessions:
    """Issues, checks and ends sessions."""

    def __init__(self, folder: Path, accounts: Accounts, hours: float) -> None:
        """Take the signing key from `folder`, where it is made once (mode 0600)."""
        self._accounts = accounts
        self.valid_s = int(hours * 3600)
        self._serializer = URLSafeTimedSerializer(_key(folder / "session.key"), salt="session-1")
        self._revoked_file = folder / "sessions-ended"
        self._revoked = _lines(self._revoked_file)

    def issue(self, agent: Agent) -> str:
        """Return the cookie's value for an agent whose password was right."""
        return self._serializer.dumps([agent.user, agent.generation, secrets.token_hex(8)])

    def agent(self, cookie: str | None) -> Agent | None:
        """Return whose session this is; None when forged, expired, ended or of an old password."""
        found = self._opened(cookie)
        if found is None:
            return None
        user, generation, session = found
        agent = self._accounts.agent(user)
        if agent is None or agent.generation != generation or session in self._revoked:
            return None
        return agent

    def end(self, cookie: str | None) -> None:
        """Make this session worthless, also for a copy of its cookie.

        Where that cannot be written down it holds until the gateway's next start.
        """
        found = self._opened(cookie)
        if found is None or found[2] in self._revoked:
            return
        self._revoked = [*self._revoked, found[2]][-MAX_REVOKED:]
        try:
            replace(self._revoked_file, "\n".join(self._revoked))
        except OSError as error:
            _log.error("sessions' ends not kept", error=type(error).__name__)

    def _opened(self, cookie: str | None) -> tuple[str, str, str] | None:
        if not cookie:
            return None
        try:
            user, generation, session = self._serializer.loads(cookie, max_age=self.valid_s)
        except (BadSignature, ValueError, TypeError):
            return None
        return str(user), str(generation), str(session)


def _key(file: Path) -> bytes:
    """Return the key in `file`, made whole beside it first: a crash leaves no short key."""
    if not file.exists():
        create(file, secrets.token_bytes(_KEY_BYTES))
    return file.read_bytes()


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="ascii").split()
    except FileNotFoundError:
        return []
