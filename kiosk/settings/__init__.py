"""Typed settings from `config/*.toml` and the environment, or a plain word on what is wrong."""

from kiosk.settings.booth import (
    BoothSettings,
    CallSettings,
    CameraSettings,
    IceServer,
    IdleSettings,
    KioskSettings,
    LinkSettings,
    LogSettings,
    ScreenSettings,
    SoundSettings,
)
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
from kiosk.settings.reading import ENVIRONMENT_PREFIX, config_file, load
from kiosk.settings.startup import check_booth

__all__ = [
    "ENVIRONMENT_PREFIX",
    "BoothSettings",
    "CallSettings",
    "CameraSettings",
    "CardReaderSettings",
    "CodeReaderSettings",
    "ConfigPath",
    "DiagnosticsSettings",
    "DocumentCameraSettings",
    "DocumentPrinterSettings",
    "HandsetSettings",
    "IceServer",
    "IdleSettings",
    "KioskSettings",
    "LinkSettings",
    "LogSettings",
    "ScreenSettings",
    "Section",
    "SettingsError",
    "SoundSettings",
    "TechnicianSettings",
    "TicketPrinterSettings",
    "check_booth",
    "config_file",
    "load",
]
