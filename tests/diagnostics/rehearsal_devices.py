"""Camera and sound for rehearsals: simulated ones, as the product has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from devices.camera import open_camera
from devices.screen import open_screen
from devices.sound import open_sound
from kiosk.hardware import Devices
from kiosk.settings.booth import KioskSettings


def simulated(folder: Path) -> Devices:
    return Devices(
        camera=open_camera("simulated"),
        sound=open_sound("simulated", "simulated", cache=folder / "speech"),
        screen=open_screen(),
    )


def devices_of(settings: dict[str, Any]) -> KioskSettings:
    return KioskSettings.model_validate(settings)
