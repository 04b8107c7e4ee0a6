"""The command `visio-guichet cards`: the list of technicians' and mediators' cards."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from devices.card_reader import open_card_reader
from devices.card_reader.interface import Card, CardEvent, CardKind, CardReader
from devices.status import DeviceStatus
from kiosk.diagnostics.access.site_cards import cards_path, read_cards, write_cards
from kiosk.diagnostics.access.site_key import load_site_key
from kiosk.settings import KioskSettings, SettingsError, config_file, load

WAIT_S = 60.0
"""For somebody who still looks for the card."""
_SHORTEST_START = 6
"""Digits that name a card: two of a thousand cards begin alike once in 30 lists."""


def command(arguments: list[str]) -> int:
    """List, add and remove the cards of technicians and mediators.

    Raises:
        SettingsError: the settings, the list, or what is asked of it can't be used.
    """
    options = _parser().parse_args(arguments)
    settings = load(KioskSettings, options.config)
    file = cards_path(settings.card_reader.cards_file, settings.booth.state_folder)
    match options.action:
        case "add":
            return _add(settings, file, CardKind(options.kind))
        case "remove":
            return _remove(settings, file, options.digest)
        case _:
            return _list(file)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="visio-guichet cards",
        description=command.__doc__.splitlines()[0] if command.__doc__ else None,
    )
    parser.add_argument("--config", type=Path, default=config_file("kiosk.toml"), help="kiosk.toml")
    actions = parser.add_subparsers(dest="action", metavar="list | add | remove")
    actions.add_parser("list", help="print the cards' digests and kinds")
    add = actions.add_parser("add", help="wait for a card on the reader, and add it")
    add.add_argument("kind", choices=[CardKind.TECHNICIAN.value, CardKind.MEDIATOR.value])
    remove = actions.add_parser("remove", help="remove a card")
    remove.add_argument(
        "digest", nargs="?", help="the first digits of its digest; without it, present the card"
    )
    return parser


def _list(file: Path) -> int:
    cards = read_cards(file)
    for digest, kind in sorted(cards.items()):
        print(f"{digest}  {kind}")
    if not cards:
        print(f"no card in {file}", file=sys.stderr)
    return 0


def _add(settings: KioskSettings, file: Path, kind: CardKind) -> int:
    cards = read_cards(file)
    digest = asyncio.run(presented(settings))
    write_cards(file, cards | {digest: kind})
    print(f"{digest}  {kind}")
    return 0


def _remove(settings: KioskSettings, file: Path, start: str | None) -> int:
    cards = read_cards(file)
    if start is None:
        start = asyncio.run(presented(settings))
    elif len(start) < _SHORTEST_START:
        raise SettingsError([f"{start}: at least {_SHORTEST_START} digits name a card"])
    found = [digest for digest in cards if digest.startswith(start)]
    if len(found) != 1:
        raise SettingsError([f"{start}: {'no such card' if not found else 'more than one card'}"])
    del cards[found[0]]
    write_cards(file, cards)
    print(f"removed {found[0]}")
    return 0


async def presented(settings: KioskSettings) -> str:
    """Return the digest of the next card on the booth's reader; the booth itself may be running.

    A serial reader has one user only: for it the booth must be stopped.

    Raises:
        SettingsError: there is no reader, no card came, or it has no number of its own.
    """
    section = settings.card_reader
    reader = open_card_reader(
        section.source,
        key=load_site_key(section.site_key_file, settings.booth.state_folder),
        cards={},
        protocol=section.protocol,
        baud=section.baud,
    )
    if reader is None or reader.status.simulated:
        raise SettingsError([f"[card_reader] source: no reader is named: {section.source}"])
    try:
        card = await _next_card(reader)
    finally:
        await reader.stop()
    if not card.digest:
        raise SettingsError(["this card has no number of its own: choose a contactless badge"])
    return card.digest


async def _next_card(reader: CardReader) -> Card:
    come: asyncio.Future[Card] = asyncio.get_running_loop().create_future()

    def heard(event: CardEvent) -> None:
        if event.present and not come.done():
            come.set_result(event.card)

    def changed(status: DeviceStatus) -> None:
        if status.state.faulty:
            print(f"card reader: {status.detail}; {status.recovery_hint}", file=sys.stderr)

    reader.on_card(heard)
    reader.on_status(changed)
    await reader.start()
    print("Present the card…", file=sys.stderr)
    try:
        return await asyncio.wait_for(come, WAIT_S)
    except TimeoutError:
        raise SettingsError([f"no card came within {WAIT_S:g} s"]) from None
