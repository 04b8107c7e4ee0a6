"""`visio-guichet doctor`: whether this booth is ready for the public, and what to do if it is not.

It asks the booth that runs here; where none runs, it looks at the devices itself.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from kiosk.control.client import BoothClosed, BoothSilent, NoBooth, ask_first
from kiosk.control.messages import Progress, ReadinessRequest, ReadinessTold, Reply
from kiosk.control.options import add_place, folders, settings_of
from kiosk.diagnostics.readiness.report import Readiness
from kiosk.diagnostics.readiness.table import Tell, progress, show
from kiosk.log import configure

EXIT_READY = 0
EXIT_NOT_READY = 1
EXIT_USAGE = 2

#: All limits of the parts added up stay below: past this, a driver holds a thread for ever.
OVERALL_S = 60.0


class NoReport(Exception):
    """There is no report; the message says why, in plain French."""


def command(arguments: list[str]) -> int:
    """Tell whether this booth is ready for the public: a table, JSON, or a PDF to print."""
    asked = _parser().parse_args(arguments)
    configure("console", level=50)
    with _bounded(OVERALL_S):
        try:
            with progress() as tell:
                report, source = asyncio.run(_report(asked, tell))
        except NoReport as error:
            print(f"visio-guichet doctor : {error}", file=sys.stderr)
            return EXIT_NOT_READY
        return _write(report, source, asked)


async def _report(asked: argparse.Namespace, tell: Tell) -> tuple[Readiness, str]:
    request = ReadinessRequest(accept_simulated=asked.accept_simulated)

    def on_progress(told: Progress) -> None:
        tell(told.part, told.done, told.of)

    try:
        folder, reply = await ask_first(folders(asked), request, on_progress)
    except NoBooth:
        return await _probe(asked, tell)
    except BoothClosed as error:
        raise NoReport(f"{error} appartient à un autre utilisateur : relancez avec sudo.") from None
    except BoothSilent as error:
        raise NoReport(f"une borne est en marche, mais ne répond pas ({error}).") from None
    return _told(reply), f"Rapport de la borne en marche ({folder})."


def _told(reply: Reply) -> Readiness:
    if isinstance(reply, ReadinessTold):
        return reply.report
    raise NoReport("la borne en marche n'a pas pu établir son rapport ; voir son journal.")


async def _probe(asked: argparse.Namespace, tell: Tell) -> tuple[Readiness, str]:
    # Loaded here: a booth that runs answers without it.
    from kiosk.diagnostics.readiness.gather import gather  # noqa: PLC0415
    from kiosk.diagnostics.readiness.probe import probed  # noqa: PLC0415

    places = folders(asked)
    folder = next((place for place in places if place.is_dir()), places[0])
    async with probed(settings_of(asked), folder) as subject:
        report = await gather(subject, tell, accept_simulated=asked.accept_simulated)
    return report, "Aucune borne n'est en marche ici : les appareils ont été examinés directement."


def _write(report: Readiness, source: str, asked: argparse.Namespace) -> int:
    paper: Path | None = asked.pdf
    if asked.json:
        print(report.model_dump_json(indent=2))
    elif paper is not None:
        from kiosk.diagnostics.readiness.pdf import pdf  # noqa: PLC0415
        from kiosk.diagnostics.readiness.sentences import verdict  # noqa: PLC0415

        try:
            paper.write_bytes(pdf(report))
        except OSError as error:
            print(f"visio-guichet doctor : {paper} : {error.strerror}", file=sys.stderr)
            return EXIT_USAGE
        print(source, verdict(report), f"Rapport à imprimer : {paper}", sep="\n")
    else:
        show(report, source, sys.stdout)
    return EXIT_READY if report.ready else EXIT_NOT_READY


@contextlib.contextmanager
def _bounded(limit_s: float) -> Iterator[None]:
    """End the process when the work inside takes longer: a thread in a driver can't be ended."""
    timer = threading.Timer(limit_s, _give_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _give_up() -> None:
    print("visio-guichet doctor : un appareil bloque l'examen.", file=sys.stderr, flush=True)
    os._exit(EXIT_NOT_READY)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="visio-guichet doctor",
        description=command.__doc__,
        epilog="Exit status: 0 ready for the public, 1 not ready, 2 wrong options or settings.",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for a machine to read")
    form.add_argument("--pdf", type=Path, metavar="FILE", help="write a page to print")
    parser.add_argument(
        "--accept-simulated",
        action="store_true",
        help="simulated devices do not count as missing: for demonstrations and tests",
    )
    add_place(parser)
    return parser
