"""The ICE servers that a page is given, with coturn's time-limited credentials where asked for."""

from __future__ import annotations

import base64
import hashlib
import hmac

from desk.page_messages import IceServer
from desk.settings import CallSettings


class IceServers:
    """Makes the list for one page."""

    def __init__(self, settings: CallSettings) -> None:
        """Read the shared secret once.

        Raises:
            SettingsError: the secret's file cannot be read.
        """
        self._servers = settings.ice_servers
        self._secret = settings.turn_secret
        self._valid_s = settings.turn_valid_s

    def for_page(self, label: str, now: float) -> tuple[IceServer, ...]:
        """Return the configured servers; `label` is told to the relay and so names no person.

        `now` is Unix seconds. The user name is `<expiry>:<label>` and the credential the base64 of
        its HMAC-SHA1 under the shared secret (draft-uberti-behave-turn-rest, section 2.2).
        """
        return tuple(
            IceServer(
                urls=server.urls,
                username=server.username,
                credential=server.credential.get_secret_value() if server.credential else None,
            )
            if self._secret is None or server.credential or not _relay(server.urls)
            else self._timed(server.urls, f"{int(now) + self._valid_s}:{label}", self._secret)
            for server in self._servers
        )

    @staticmethod
    def _timed(urls: tuple[str, ...], username: str, secret: bytes) -> IceServer:
        digest = hmac.new(secret, username.encode(), hashlib.sha1).digest()
        return IceServer(urls=urls, username=username, credential=base64.b64encode(digest).decode())


def _relay(urls: tuple[str, ...]) -> bool:
    return any(url.startswith(("turn:", "turns:")) for url in urls)
