"""The booth's card readers: PC/SC and serial."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from devices.card_reader.interface import CardKind, CardReader
    from devices.hotplug import HotPlug

NONE = "none"
SIMULATED = "simulated"
PCSC = ("auto", "pcsc")
"""`auto` is every PC/SC reader: nothing tells a serial card reader from another serial device."""
PCSC_NAMED = "pcsc:"


def open_card_reader(
    source: str,
    *,
    key: bytes,
    cards: Mapping[str, CardKind],
    protocol: Literal["line", "framed"] = "line",
    baud: int = 9600,
    hotplug: HotPlug | None = None,
) -> CardReader | None:
    """The card readers that settings ask for; opens nothing until `start`.

    `source` is `auto`, `none`, `simulated`, `pcsc`, `pcsc:` and a part of a reader's name, or a
    serial device (better `/dev/serial/by-id/…`), which `protocol` and `baud` are for. `key` is the
    site's, 32 bytes; `cards` says whose card has which digest, and is asked anew for each card.
    """
    # Imported here because this package is also the child process's, which needs none of them.
    from devices.card_reader.process import ProcessCardReader  # noqa: PLC0415
    from devices.card_reader.simulated import SimulatedCardReader  # noqa: PLC0415
    from devices.card_reader.source import pcsc_source, serial_source  # noqa: PLC0415

    if source == NONE:
        return None
    if source == SIMULATED:
        return SimulatedCardReader(key=key, cards=cards)
    if source in PCSC:
        readers = pcsc_source()
    elif source.startswith(PCSC_NAMED):
        readers = pcsc_source(source.removeprefix(PCSC_NAMED))
    else:
        readers = serial_source(source, protocol, baud)
    return ProcessCardReader(readers, key=key, cards=cards, hotplug=hotplug)
