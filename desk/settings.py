"""The gateway's settings, section by section, as `config/desk.toml` shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, StringConstraints, field_validator

from kiosk.link.messages import ShortText, Slug
from kiosk.settings import ConfigPath, IceServer, LogSettings, Section, SettingsError

#: Bytes of a webhook's secret: 128 random bits cannot be guessed.
_LEAST_SECRET_BYTES: Final = 16


class WebSettings(Section):
    """Where the page is served, and under which addresses browsers may know it."""

    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8480, ge=0, le=65_535)
    """0 takes any free port."""
    origins: tuple[Annotated[str, StringConstraints(pattern=r"^https?://[^/\s]+$")], ...] = ()
    """Addresses that a reverse proxy gives to the gateway, such as `https://desk.example.fr`;
    `http://127.0.0.1:<port>` and `http://localhost:<port>` are known where none is named."""
    other_gateways: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=r"^https?://[^/\s]+$")], ...],
        Field(max_length=16),
    ] = ()
    """Addresses of the other gateways whose documents a telephone may be sent to by this one; each
    is asked, and reached by telephones, as it is named here."""
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


class AppointmentSettings(Section):
    """The agencies' appointments; what they open, their agents say on the page."""

    time_zone: str = "Europe/Paris"
    """IANA name of the zone in which the agencies open. To be changed only while nobody has an
    appointment: bookings are kept by the zone's days."""

    open_at_first: bool = False
    """Whether an agency that has never said what it opens offers weekdays and Saturdays, 8 to 18,
    with two people: for demonstrations."""

    @field_validator("time_zone")
    @classmethod
    def _known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("not a time zone that this system knows") from None
        return name


class WebhookSettings(Section):
    """Where an agency's own system is told of appointments (docs/webhook.md)."""

    url: Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$")] = ""
    """Empty: nobody is told. `https`, but on loopback."""
    secret_file: ConfigPath | None = None
    """Holds the secret that signs what is sent, 16 bytes at least."""
    ca_file: ConfigPath | None = None
    """The authority to trust in place of the system's."""
    personal: bool = False
    """Whether first name and telephone number are told too, where the resident gave them."""
    reminder_hours: tuple[Annotated[int, Field(ge=1, le=336)], ...] = Field(
        default=(48, 2), max_length=4
    )
    """How long before an appointment its reminders are sent."""

    @field_validator("url")
    @classmethod
    def _encrypted_beyond_loopback(cls, url: str) -> str:
        host = urlsplit(url).hostname or ""
        if url.startswith("http:") and host not in {"127.0.0.1", "::1", "localhost"}:
            raise ValueError("https is needed beyond this machine")
        return url

    @property
    def secret(self) -> bytes:
        """What `secret_file` holds.

        Raises:
            SettingsError: it is not named, cannot be read, or is too short.
        """
        if self.secret_file is None:
            raise SettingsError(["[webhook] url needs a secret_file"])
        try:
            secret = self.secret_file.read_bytes().strip()
        except OSError as error:
            raise SettingsError(
                [f"{self.secret_file}: [webhook] secret_file: {error.strerror}"]
            ) from None
        if len(secret) < _LEAST_SECRET_BYTES:
            raise SettingsError([f"{self.secret_file}: [webhook] secret_file: too short"])
        return secret


class DeskSettings(Section):
    """All of `config/desk.toml`."""

    web: WebSettings = WebSettings()
    state: StateSettings = StateSettings()
    accounts: AccountSettings = AccountSettings()
    link: LinkSettings = LinkSettings()
    call: CallSettings = CallSettings()
    appointments: AppointmentSettings = AppointmentSettings()
    webhook: WebhookSettings = WebhookSettings()
    agencies: dict[Slug, ShortText] = Field(default_factory=dict)
    """The agencies that this gateway serves: identifier = name as agents read it."""
    log: LogSettings = LogSettings()
