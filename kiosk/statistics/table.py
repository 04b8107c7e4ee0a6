"""Sums as tables for a terminal, in French, and as CSV for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from typing import Final, TextIO

from kiosk.directory.words import NBSP
from kiosk.link.events import EventKind
from kiosk.statistics.sums import FEWEST_ANSWERS, Cell, Place, add_up, median, p90

_COUNTS: Final = (
    EventKind.STARTED,
    EventKind.SERVED,
    EventKind.ABANDONED,
    EventKind.CALL_BACK_ASKED,
    EventKind.CALLED_BACK,
    EventKind.BOOKED,
    EventKind.MOVED,
    EventKind.CANCELLED,
    EventKind.HONOURED,
    EventKind.MISSED,
    EventKind.SCANNED,
    EventKind.PRINTED,
    EventKind.TAKEN_AWAY,
)

#: The columns of the CSV; new ones are only ever added at the end (docs/statistics.md).
COLUMNS: Final = (
    "agency",
    "kiosk",
    *(kind.value for kind in _COUNTS),
    "wait_median_s",
    "wait_p90_s",
    "call_median_s",
    "satisfaction_mean",
    "satisfaction_count",
    "assisted_share",
    "honoured_share",
)

#: What stands where nothing can be told.
_NOTHING: Final = "–"


def write_csv(cells: Mapping[Place, Cell], stream: TextIO) -> None:
    """Write a row for each agency and booth; what cannot be told is empty."""
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(COLUMNS)
    for (agency, kiosk), cell in sorted(cells.items()):
        mean, count = cell.satisfaction or (None, None)
        table.writerow(
            (
                agency,
                kiosk,
                *(cell.events[kind] for kind in _COUNTS),
                median(cell.waits_s),
                p90(cell.waits_s),
                median(cell.calls_s),
                _rounded(mean, 2),
                count,
                _rounded(cell.assisted_share, 3),
                _rounded(cell.honoured_share, 3),
            )
        )


def draw(cells: Mapping[Place, Cell], stream: TextIO) -> None:
    """Draw visits, appointments, and papers with the survey's answers."""
    # Loaded here: the CSV does without it.
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    console = Console(file=stream, highlight=False)
    if not cells:
        console.print("Rien n'a été compté.")
        return
    places = [(*place, cell) for place, cell in sorted(cells.items())]
    for title, columns in _TABLES.items():
        table = Table(title=title, title_justify="left", show_footer=len(places) > 1)
        total = add_up(cells)
        table.add_column("Agence", "Ensemble")
        table.add_column("Borne")
        for name, told in columns.items():
            table.add_column(name, told(total), justify="right")
        for agency, kiosk, cell in places:
            table.add_row(agency, kiosk, *(told(cell) for told in columns.values()))
        console.print(table)


def _number(kind: EventKind) -> Callable[[Cell], str]:
    return lambda cell: str(cell.events[kind])


def _duration(seconds: int | None) -> str:
    if seconds is None:
        return _NOTHING
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}{NBSP}min{NBSP}{rest:02}" if minutes else f"{rest}{NBSP}s"


def _share(share: float | None) -> str:
    return _NOTHING if share is None else f"{share * 100:.0f}{NBSP}%"


def _satisfaction(cell: Cell) -> str:
    told = cell.satisfaction
    if told is None:
        return f"moins de {FEWEST_ANSWERS} avis"
    mean, count = told
    return f"{mean:.1f} sur 3 ({count} avis)".replace(".", ",")


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


_TABLES: Final[Mapping[str, Mapping[str, Callable[[Cell], str]]]] = {
    "Visites": {
        "Commencées": _number(EventKind.STARTED),
        "Reçues": _number(EventKind.SERVED),
        "Abandons": _number(EventKind.ABANDONED),
        "Attente médiane": lambda cell: _duration(median(cell.waits_s)),
        "9 sur 10 sous": lambda cell: _duration(p90(cell.waits_s)),
        "Appel médian": lambda cell: _duration(median(cell.calls_s)),
        "Accompagnées": lambda cell: _share(cell.assisted_share),
    },
    "Rendez-vous et rappels": {
        "Pris": _number(EventKind.BOOKED),
        "Honorés": _number(EventKind.HONOURED),
        "Manqués": _number(EventKind.MISSED),
        "Taux honorés": lambda cell: _share(cell.honoured_share),
        "Déplacés": _number(EventKind.MOVED),
        "Annulés": _number(EventKind.CANCELLED),
        "Rappels demandés": _number(EventKind.CALL_BACK_ASKED),
        "Rappels faits": _number(EventKind.CALLED_BACK),
    },
    "Papiers et avis": {
        "Pages transmises": _number(EventKind.SCANNED),
        "Feuilles imprimées": _number(EventKind.PRINTED),
        "Emportés par téléphone": _number(EventKind.TAKEN_AWAY),
        "Satisfaction": _satisfaction,
    },
}
