"""The report on a terminal: a table in colour where it is one, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from kiosk.diagnostics.readiness.report import DeviceReport, Part, Readiness
from kiosk.diagnostics.readiness.sentences import crash, facts, part_name, verdict
from kiosk.diagnostics.readiness.words import (
    NAMES,
    NEVER_TESTED,
    device_condition,
    device_hint,
    last_test,
    moment,
)

Tell = Callable[[Part, int, int], None]


def show(report: Readiness, source: str, stream: TextIO) -> None:
    """Write the report; `source` says how it was made."""
    if stream.isatty():
        _draw(report, source, stream)
        return
    print(head(report), source, "", verdict(report), "", sep="\n", file=stream)
    rows = [_row(device) for device in report.devices]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for row in rows:
        cells = [f"{cell:{width}}" for cell, width in zip(row, widths, strict=False)]
        print("  ".join([*cells, row[3]]).rstrip(), file=stream)
    print(file=stream)
    width = max(len(name) for name, _ in facts(report))
    for name, value in facts(report):
        print(f"{name:{width}}  {value}", file=stream)
    for one in report.crashes:
        print(f"Incident, le {crash(one)}", file=stream)


def head(report: Readiness) -> str:
    """Return which booth the report is about, and when it was made."""
    return f"{report.place_name} ({report.booth}), le {moment(report.at)}"


def _row(device: DeviceReport) -> tuple[str, str, str, str]:
    name = NAMES[device.kind] + ("" if device.expected else " (facultatif)")
    return name, device_condition(device), last_test(device.last_test), device_hint(device)


def _draw(report: Readiness, source: str, stream: TextIO) -> None:
    # Loaded here: the other forms of the report do without it.
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=stream, highlight=False)
    console.print(Text(head(report), style="bold"))
    console.print(Text(source, style="dim"))
    table = Table("Appareil", "État", "Dernier test", "À faire")
    at_fault = {reason.device for reason in report.reasons}
    for device in report.devices:
        name, condition, tested, hint = _row(device)
        table.add_row(
            Text(name),
            Text(condition, style="red" if device.kind in at_fault else "green"),
            Text(tested, style="yellow" if tested == NEVER_TESTED else ""),
            Text(hint),
        )
    console.print(table)
    about = Table.grid(padding=(0, 2))
    for title, value in facts(report):
        about.add_row(Text(title, style="bold"), Text(value))
    console.print(about)
    for one in report.crashes:
        console.print(Text(f"Incident, le {crash(one)}", style="yellow"))
    console.print(Text(verdict(report), style="bold green" if report.ready else "bold red"))


@contextmanager
def progress(stream: TextIO = sys.stderr) -> Iterator[Tell]:
    """Give a function that shows how far the report is; on a terminal only, and gone at the end."""
    if not stream.isatty():
        yield lambda _part, _done, _of: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description:24}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(file=stream), transient=True) as bar:
        task = bar.add_task("Examen de la borne", total=None)

        def tell(part: Part, done: int, of: int) -> None:
            bar.update(task, description=part_name(part), completed=done, total=of)

        yield tell
