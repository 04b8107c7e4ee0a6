"""The command `visio-guichet stats`: what was counted, for the operator."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from kiosk import log
from kiosk.link.broker_rights import STATS_USER
from kiosk.link.broker_settings import BrokerSettings
from kiosk.link.line import Line, LineDown
from kiosk.settings import SettingsError, config_file, load
from kiosk.statistics.reading import EventReader
from kiosk.statistics.sums import Cell, Place, Wanted
from kiosk.statistics.table import draw, write_csv


@dataclass(frozen=True, slots=True)
class _Reader:
    """The broker user who reads what is counted (`kiosk.link.line.LineSettings`)."""

    url: str
    password: str
    ca_file: Path | None
    user: str = STATS_USER


def command(arguments: list[str]) -> int:
    """Show what was counted, by agency and booth: visits, waits, appointments, papers, answers."""
    options = _parser().parse_args(arguments)
    log.configure("console")
    first = _midnight(options.first) if options.first else None
    end = _midnight(options.last + timedelta(days=1)) if options.last else None
    if first is not None and end is not None and first >= end:
        raise SettingsError(["--from is after --to"])
    wanted = Wanted(
        **({} if first is None else {"first_hour": int(first // 3_600)}),
        **({} if end is None else {"end_hour": int(end // 3_600)}),
        agency=options.agency,
        kiosk=options.kiosk,
    )
    try:
        reader, cells = asyncio.run(_read(_settings(options), wanted, first or 0.0))
    except LineDown as error:
        print(f"visio-guichet stats: the broker does not answer: {error}", file=sys.stderr)
        return 1
    if options.csv:
        write_csv(cells, sys.stdout)
    else:
        draw(cells, sys.stdout)
    if reader.malformed:
        print(f"{reader.malformed} messages were no events and not counted", file=sys.stderr)
    return 0


async def _read(
    settings: _Reader, wanted: Wanted, since: float
) -> tuple[EventReader, dict[Place, Cell]]:
    line = await Line.connect(settings)
    try:
        reader = EventReader(line)
        cells: dict[Place, Cell] = {}
        async for event in reader.events(since):
            if event in wanted:
                cells.setdefault((event.agency, event.kiosk), Cell()).add(event)
        return reader, cells
    finally:
        await line.close()


def _settings(options: argparse.Namespace) -> _Reader:
    """Return how to reach the broker: as the options say, or else as its own settings do.

    Raises:
        SettingsError: the settings or the password cannot be read.
    """
    url, password_file, ca_file = options.url, options.password_file, options.ca_file
    if url is not None and not url.startswith(("nats://", "tls://")):
        raise SettingsError(["--url: must begin with nats:// or tls://"])
    if url is None or password_file is None:
        section = load(BrokerSettings, options.config).broker
        scheme = "tls" if section.certificate else "nats"
        host = f"[{section.host}]" if ":" in section.host else section.host
        url = url or f"{scheme}://{host}:{section.port}"
        password_file = password_file or section.state_folder / "passwords" / STATS_USER
        ca_file = ca_file or section.certificate
    try:
        return _Reader(url, password_file.read_text(encoding="utf-8").strip(), ca_file)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not text"
        raise SettingsError([f"{password_file}: {reason}"]) from None


def _midnight(day: date) -> float:
    return datetime.combine(day, time()).astimezone().timestamp()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="visio-guichet stats", description=command.__doc__)
    day: Callable[[str], date] = date.fromisoformat
    parser.add_argument("--csv", action="store_true", help="for a spreadsheet")
    parser.add_argument("--from", dest="first", type=day, metavar="D", help="YYYY-MM-DD")
    parser.add_argument("--to", dest="last", type=day, metavar="D", help="that day included")
    parser.add_argument("--agency", metavar="A", help="of this agency alone")
    parser.add_argument("--kiosk", metavar="K", help="of this booth alone")
    parser.add_argument("--config", type=Path, default=config_file("broker.toml"), metavar="FILE")
    parser.add_argument("--url", help="the broker's address, where it is not that of --config")
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="of the user `stats`")
    parser.add_argument("--ca-file", type=Path, metavar="FILE", help="the authority to trust")
    return parser
