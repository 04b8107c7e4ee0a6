"""Which of PortAudio's devices is meant by a name in the settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from devices.status import DeviceError, DeviceState

AUTO = "auto"


def choose(devices: Sequence[Mapping[str, Any]], default: int, wanted: str, channels: str) -> int:
    """The index of the device called `wanted`, or that has it in its name (case is ignored).

    `devices` is `sounddevice.query_devices()`, `channels` is `max_input_channels` or
    `max_output_channels`, `default` is used for `auto` (−1: there is none).
    Raises `DeviceError` when there is no such device.
    """
    able = [index for index, device in enumerate(devices) if device[channels] > 0]
    if wanted == AUTO:
        if default in able:
            return default
        if able:
            return able[0]
        raise _missing("no sound device found")
    name = wanted.casefold()
    for index in able:
        if devices[index]["name"].casefold() == name:
            return index
    for index in able:
        if name in devices[index]["name"].casefold():
            return index
    raise _missing(f"no device is called {wanted}")


def _missing(detail: str) -> DeviceError:
    return DeviceError(
        DeviceState.NO_DEVICE, detail, hint="plug it in, or see `python -m sounddevice` for names"
    )
