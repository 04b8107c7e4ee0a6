"""The booth's own settings, section by section, as `config/kiosk.toml` shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, StringConstraints, model_validator

from kiosk.settings.devices import (
    CardReaderSettings,
    CodeReaderSettings,
    DiagnosticsSettings,
    DocumentCameraSettings,
    DocumentPrinterSettings,
    HandsetSettings,
    TechnicianSettings,
    TicketPrinterSettings,
)
from kiosk.settings.model import ConfigPath, Section
from kiosk.settings.problems import SettingsError
from kiosk.settings.visit import AppointmentsSettings, DocumentsSettings, StatisticsSettings

BoothId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]


class BoothSettings(Section):
    """Which booth this is, and where it keeps what outlives a restart."""

    id: BoothId = "pvp-demo"
    place_name: Annotated[str, StringConstraints(min_length=1, max_length=120)] = (
        "Point visio-public de démonstration"
    )
    state_folder: ConfigPath = Path("~/.local/state/visio-guichet")
    agencies_file: ConfigPath = Path("agencies.toml")


class LinkSettings(Section):
    """The line to the broker."""

    url: Annotated[str, StringConstraints(pattern=r"^(nats|tls)://\S+$")] = "nats://127.0.0.1:4222"
    user: str = "kiosk-pvp-demo"
    password_file: ConfigPath | None = None
    ca_file: ConfigPath | None = None

    @property
    def password(self) -> str:
        """The password that `password_file` holds; empty where none is named.

        Raises:
            SettingsError: the file cannot be read, or is not text.
        """
        if self.password_file is None:
            return ""
        try:
            return self.password_file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(
                [f"{self.password_file}: [link] password_file: {error.strerror}"]
            ) from None
        except UnicodeDecodeError:
            raise SettingsError(
                [f"{self.password_file}: [link] password_file: not UTF-8 text"]
            ) from None


class IceServer(Section):
    """One STUN or TURN server, in the words of W3C's `RTCIceServer`."""

    urls: tuple[Annotated[str, StringConstraints(pattern=r"^(stun|turn)s?:\S+$")], ...] = Field(
        min_length=1
    )
    username: str | None = None
    credential: SecretStr | None = None


class CallSettings(Section):
    """What a call asks of the network. No ICE server is named unless the operator names one."""

    video_codec: Literal["VP8", "H264"] = "VP8"
    width: int = Field(default=1280, ge=160, le=1920, multiple_of=2)
    height: int = Field(default=720, ge=120, le=1080, multiple_of=2)
    rate: int = Field(default=30, ge=10, le=60)
    """Frames per second; sign language needs 20 (EN 301 549, 6.5.3)."""
    start_bitrate_kbps: int = Field(default=1500, ge=100, le=10_000)
    max_bitrate_kbps: int = Field(default=1800, ge=200, le=10_000)
    ice_servers: tuple[IceServer, ...] = ()

    @model_validator(mode="after")
    def _starts_within_its_bound(self) -> Self:
        start, most = self.start_bitrate_kbps, self.max_bitrate_kbps
        if start > most:
            raise ValueError(f"start_bitrate_kbps ({start}) is above max_bitrate_kbps ({most})")
        return self


class CameraSettings(Section):
    """The camera: `auto`, `simulated`, a stable device path, or a video file."""

    source: str = Field(default="auto", min_length=1)


class SoundSettings(Section):
    """Microphone (`auto`, `simulated`, a device's name, or a file) and loudspeaker (no file)."""

    microphone: str = Field(default="auto", min_length=1)
    loudspeaker: str = Field(default="auto", min_length=1)
    max_volume: int = Field(default=10, ge=3, le=10)
    """The loudest step that a resident can choose, of 10."""


class ScreenSettings(Section):
    """The booth's window."""

    fullscreen: bool = True
    dim_when_closed: bool = True
    """Darker while every agency is closed and nobody is there."""
    shift_pixels: bool = True
    """What stands still for hours moves by a few pixels now and then, against burn-in."""


class IdleSettings(Section):
    """When a booth that nobody touches goes back Home, in seconds."""

    after_s: float = Field(default=60, ge=5, le=3600)
    prompt_s: int = Field(default=15, ge=5, le=600)
    ended_s: int = Field(default=20, ge=3, le=600)


class LogSettings(Section):
    """JSON lines for a machine to read, or lines for a person."""

    format: Literal["json", "console"] = "json"


class KioskSettings(Section):
    """All of `config/kiosk.toml`; every key has a default that runs the demonstration booth."""

    booth: BoothSettings = BoothSettings()
    link: LinkSettings = LinkSettings()
    call: CallSettings = CallSettings()
    camera: CameraSettings = CameraSettings()
    sound: SoundSettings = SoundSettings()
    handset: HandsetSettings = HandsetSettings()
    document_camera: DocumentCameraSettings = DocumentCameraSettings()
    document_printer: DocumentPrinterSettings = DocumentPrinterSettings()
    ticket_printer: TicketPrinterSettings = TicketPrinterSettings()
    card_reader: CardReaderSettings = CardReaderSettings()
    code_reader: CodeReaderSettings = CodeReaderSettings()
    technician: TechnicianSettings = TechnicianSettings()
    diagnostics: DiagnosticsSettings = DiagnosticsSettings()
    documents: DocumentsSettings = DocumentsSettings()
    appointments: AppointmentsSettings = AppointmentsSettings()
    statistics: StatisticsSettings = StatisticsSettings()
    screen: ScreenSettings = ScreenSettings()
    idle: IdleSettings = IdleSettings()
    log: LogSettings = LogSettings()
