"""The site's cards: whose card has which digest; no name, no number, nothing of a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from devices.card_reader.identity import DIGEST_BYTES
from devices.card_reader.interface import CardKind
from kiosk.files import replace
from kiosk.log import get_logger
from kiosk.settings import Section, SettingsError, load

FILE_NAME = "cards.toml"
MAX_CARDS = 1_000
"""More than the technicians and mediators of a region; the file is read on the booth's loop."""
MAX_BYTES = 100 * MAX_CARDS
"""A line has 50 bytes."""
_HEAD = """\
# Cards of technicians and mediators, by the digest of their number: visio-guichet cards --help
[cards]
"""

Digest = Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{{2 * DIGEST_BYTES}}}$")]

_log = get_logger(__name__)


class CardsFile(Section):
    """All of `cards.toml`."""

    cards: dict[Digest, Literal["technician", "mediator"]] = Field(default_factory=dict)


class SiteCards(Mapping[str, CardKind]):
    """The cards' kinds by digest, read again when the file has changed."""

    def __init__(self, file: Path) -> None:
        """Read the file; one that does not exist yet holds no card.

        Raises:
            SettingsError: the file is wrong.
        """
        self._file = file
        self._stamp: tuple[int, int] | None = None
        self._cards: dict[str, CardKind] = {}
        self._read()

    def __getitem__(self, digest: str) -> CardKind:
        self._refresh()
        return self._cards[digest]

    def __iter__(self) -> Iterator[str]:
        self._refresh()
        return iter(tuple(self._cards))

    def __len__(self) -> int:
        self._refresh()
        return len(self._cards)

    def _refresh(self) -> None:
        """A file that went wrong while the booth runs lets nobody new in, and nobody out."""
        try:
            self._read()
        except SettingsError:
            _log.error("site cards unreadable", file=self._file.name)

    def _read(self) -> None:
        try:
            status = self._file.stat()
        except FileNotFoundError:
            self._stamp, self._cards = None, {}
            return
        except OSError as error:
            raise SettingsError([f"{self._file}: {error.strerror}"]) from None
        stamp = (status.st_mtime_ns, status.st_size)
        if stamp == self._stamp:
            return
        self._stamp = stamp  # Also of a wrong one: it is complained of once.
        self._cards = read_cards(self._file)


def load_site_cards(file: Path | None, state_folder: Path | None = None) -> Mapping[str, CardKind]:
    """Return the site's cards from `file`, or from the state folder where none is named.

    Raises:
        SettingsError: the file is wrong.
    """
    path = cards_path(file, state_folder) if file or state_folder else None
    return SiteCards(path) if path else {}


def cards_path(file: Path | None, state_folder: Path | None) -> Path:
    """Return where the list stands."""
    if file is not None:
        return file
    if state_folder is None:
        raise SettingsError(["[card_reader] cards_file: not named"])
    return state_folder / FILE_NAME


def read_cards(file: Path) -> dict[str, CardKind]:
    """Return what the file says; nothing where there is none.

    Raises:
        SettingsError: it is wrong; every problem is named with its line.
    """
    try:
        if file.stat().st_size > MAX_BYTES:
            raise SettingsError([f"{file}: over {MAX_BYTES} bytes: not a list of cards"])
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError([f"{file}: {error.strerror}"]) from None
    content = load(CardsFile, file, environment={})
    _check_number(file, content.cards)
    return {digest: CardKind(kind) for digest, kind in content.cards.items()}


def write_cards(file: Path, cards: Mapping[str, CardKind]) -> None:
    """Put `cards` in the place of the file's.

    Raises:
        SettingsError: there are too many, or the file can't be written.
    """
    _check_number(file, cards)
    lines = [f'{digest} = "{kind}"\n' for digest, kind in sorted(cards.items())]
    try:
        replace(file, (_HEAD + "".join(lines)).encode())
    except OSError as error:
        raise SettingsError([f"{file}: {error.strerror}"]) from None


def _check_number(file: Path, cards: Mapping[str, object]) -> None:
    if len(cards) > MAX_CARDS:
        raise SettingsError([f"{file}: {MAX_CARDS} cards are the most"])
