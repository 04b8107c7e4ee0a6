"""The command `visio-guichet pin`: makes the hash of a technician's PIN."""

from __future__ import annotations

import argparse
import getpass
import sys

from kiosk.diagnostics.access import pin as pins
from kiosk.settings import SettingsError


def command(arguments: list[str]) -> int:
    """Ask twice for a PIN and print its hash, for [technician] pin_hash.

    Raises:
        SettingsError: the PIN is too easy, or was typed in two ways.
    """
    parser = argparse.ArgumentParser(
        prog="visio-guichet pin",
        description=command.__doc__.splitlines()[0] if command.__doc__ else None,
    )
    parser.add_argument("--stdin", action="store_true", help="read the PIN from standard input")
    options = parser.parse_args(arguments)
    pin = sys.stdin.readline().rstrip("\n") if options.stdin else _asked()
    if objection := pins.objection(pin):
        raise SettingsError([objection])
    print("In kiosk.toml:\n\n[technician]", file=sys.stderr)
    print(f'pin_hash = "{pins.hashed(pin)}"')
    return 0


def _asked() -> str:
    pin = getpass.getpass("PIN (6 to 12 digits): ")
    if getpass.getpass("Again: ") != pin:
        raise SettingsError(["the two are not the same"])
    return pin
