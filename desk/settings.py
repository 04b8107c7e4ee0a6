"""The gateway's settings, section by section, as `config/desk.toml` shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from kiosk.link.messages import ShortText, Slug
from kiosk.settings import ConfigPath, IceServer, LogSettings, Section, SettingsError


class WebSettings(Section):
    """Where the page is served, and under which addresses browsers may know it."""

    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8480, ge=0, le=65_535)
    """0 takes any free port."""
    origins: tuple[Annotated[str, StringConstraints(pattern=r"^https?://[^/\s]+$")], ...] = ()
    """Addresses that a reverse proxy gives to the gateway, such as `https://desk.example.fr`;
    `http://127.0.0.1:<port>` and `http://localhost:<port>` are known where none is named."""
    throughput: bool = False
    """Whether booths may measure their line against this gateway, at `/api/throughput`: one at a
    time, 8 MB each way at most."""


class StateSettings(Section):
    """Where the gateway keeps what outlives a restart."""

    folder: ConfigPath = Path("~/.local/state/visio-guichet/desk")


class AccountSettings(Section):
    """The agents' accounts, and how long a sign-in holds."""

    file: ConfigPath = Path("agents.toml")
    session_hours: float = Field(default=12, gt=0, le=168)
    """A working day: an agent signs in once in the morning."""
    wrong_passwords: int = Field(default=5, ge=1, le=100)
    lock_s: float = Field(default=300, ge=1, le=86_400)
    """How long that many wrong passwords lock an account."""


class LinkSettings(Section):
    """The line to the broker: one user, and so one set of rights, for each agency."""

    url: Annotated[str, StringConstraints(pattern=r"^(nats|tls)://\S+$")] = "nats://127.0.0.1:4222"
    passwords_folder: ConfigPath | None = None
    """Holds one file for each broker user, `desk-<agency>`, with its password."""
    ca_file: ConfigPath | None = None

    def password(self, user: str) -> str:
        """Return the broker user's password; empty where no folder is named.

        Raises:
            SettingsError: the folder has no readable file for this user.
        """
        if self.passwords_folder is None:
            return ""
        file = self.passwords_folder / user
        try:
            return file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError([f"{file}: [link] passwords_folder: {error.strerror}"]) from None


class CallSettings(Section):
    """What the page is told of the network; no ICE server unless the operator names one."""

    ice_servers: tuple[IceServer, ...] = ()
    turn_secret_file: ConfigPath | None = None
    """coturn's `static-auth-secret`: servers of type turn without a credential get one, made for
    each page and good for `turn_valid_s` (the TURN REST API of draft-uberti-behave-turn-rest)."""
    turn_valid_s: int = Field(default=43_200, ge=60, le=604_800)

    @property
    def turn_secret(self) -> bytes | None:
        """The secret that `turn_secret_file` holds; None where none is named.

        Raises:
            SettingsError: the file cannot be read.
        """
        if self.turn_secret_file is None:
            return None
        try:
            return self.turn_secret_file.read_bytes().strip()
        except OSError as error:
            raise SettingsError(
                [f"{self.turn_secret_file}: [call] turn_secret_file: {error.strerror}"]
            ) from None


class DeskSettings(Section):
    """All of `config/desk.toml`."""

    web: WebSettings = WebSettings()
    state: StateSettings = StateSettings()
    accounts: AccountSettings = AccountSettings()
    link: LinkSettings = LinkSettings()
    call: CallSettings = CallSettings()
    agencies: dict[Slug, ShortText] = Field(default_factory=dict)
    """The agencies that this gateway serves: identifier = name as agents read it."""
    log: LogSettings = LogSettings()
