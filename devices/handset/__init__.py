"""The booth's handset: its hook, and the private listening that lifting it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from devices.handset.interface import Handset
    from devices.hotplug import HotPlug

NONE = "none"
AUTO = "auto"
"""No serial port can be known to have a hook on it: what is left is the key."""
KEY = "key"
SIMULATED = "simulated"


def open_handset(
    source: str,
    *,
    line: str = "CTS",
    lifted_when: bool = False,
    hotplug: HotPlug | None = None,
) -> Handset | None:
    """The hook that settings ask for, None for `none`; opens nothing until `start`.

    `source` is `auto`, `key`, `simulated`, or a serial port (better `/dev/serial/by-id/…`), whose
    control `line` (CTS or DSR) is at the level `lifted_when` while the handset is lifted.
    """
    if source == NONE:
        return None
    if source in (AUTO, KEY):
        from devices.handset.key import KeyHandset  # noqa: PLC0415

        return KeyHandset()
    if source == SIMULATED:
        from devices.handset.simulated import SimulatedHandset  # noqa: PLC0415

        return SimulatedHandset()
    from devices.handset.serial_line import SerialHandset  # noqa: PLC0415 - loads pyserial.

    return SerialHandset(source, line, lifted_when=lifted_when, hotplug=hotplug)
