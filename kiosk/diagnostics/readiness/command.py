"""`visio-guichet doctor`: whether this booth is ready for the public, and what to do if it is not.

It asks the booth that runs here; where none runs, it looks at the devices itself.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import threading
from pathlib import Path
from queue import Empty, SimpleQueue

from kiosk.control.client import BoothClosed, BoothSilent, NoBooth, ask_first
from kiosk.control.messages import Progress, ReadinessRequest, ReadinessTold, Reply
from kiosk.control.options import add_place, folders, settings_of
from kiosk.diagnostics.readiness.report import Readiness
from kiosk.diagnostics.readiness.table import Tell, progress, show
from kiosk.log import configure

EXIT_READY = 0
EXIT_NOT_READY = 1
EXIT_USAGE = 2

#: All limits of the parts added up stay below: past this, a driver holds its thread for ever.
OVERALL_S = 45.0
#: Longest wait, once the report is out, for the devices to be let go.
CLOSE_S = 8.0

_PROBED = "Aucune borne n'est en marche ici : les appareils ont été examinés directement."


class NoReport(Exception):
    """There is no report; the message says why, in plain French."""


def command(arguments: list[str]) -> int:
    """Tell whether this booth is ready for the public: a table, JSON, or a PDF to print."""
    asked = _parser().parse_args(arguments)
    configure("console", level=50)
    try:
        with progress() as tell:
            examination = _Examination(asked, tell)
            report, source = examination.outcome()
    except NoReport as error:
        print(f"visio-guichet doctor : {error}", file=sys.stderr)
        return examination.leave(EXIT_NOT_READY)
    return examination.leave(_write(report, source, asked))


class _Examination:
    """Makes the report in a thread of its own: a driver may hold that one, but not the command."""

    def __init__(self, asked: argparse.Namespace, tell: Tell) -> None:
        self._asked = asked
        self._tell = tell
        self._outcome: SimpleQueue[tuple[Readiness, str] | Exception] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="doctor", daemon=True)
        self._thread.start()

    def outcome(self) -> tuple[Readiness, str]:
        """Wait for the report, and how it was made.

        Raises:
            NoReport: there is none.
            SettingsError: the settings can't be used.
        """
        try:
            outcome = self._outcome.get(timeout=OVERALL_S)
        except Empty:
            raise NoReport("un appareil bloque l'examen.") from None
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def leave(self, code: int) -> int:
        """Return `code` once the devices are let go; a thread that never ends is left behind."""
        self._thread.join(CLOSE_S)
        if self._thread.is_alive():
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        return code

    def _run(self) -> None:
        try:
            asyncio.run(self._examine())
        except Exception as error:  # noqa: BLE001 (raised again where the outcome is waited for)
            self._outcome.put(error)

    async def _examine(self) -> None:
        asked = self._asked
        request = ReadinessRequest(accept_simulated=asked.accept_simulated)

        def on_progress(told: Progress) -> None:
            self._tell(told.part, told.done, told.of)

        try:
            folder, reply = await ask_first(folders(asked), request, on_progress)
        except NoBooth:
            await self._probe()
        except BoothClosed as error:
            raise NoReport(
                f"{error} appartient à un autre utilisateur : relancez avec sudo."
            ) from None
        except BoothSilent as error:
            raise NoReport(f"une borne est en marche, mais ne répond pas ({error}).") from None
        else:
            self._outcome.put((_told(reply), f"Rapport de la borne en marche ({folder})."))

    async def _probe(self) -> None:
        # Loaded here: a booth that runs answers without it.
        from kiosk.diagnostics.readiness.gather import gather  # noqa: PLC0415
        from kiosk.diagnostics.readiness.probe import probed  # noqa: PLC0415

        asked = self._asked
        places = folders(asked)
        folder = next((place for place in places if place.is_dir()), places[0])
        async with probed(settings_of(asked), folder) as subject:
            report = await gather(subject, self._tell, accept_simulated=asked.accept_simulated)
            self._outcome.put((report, _PROBED))


def _told(reply: Reply) -> Readiness:
    if isinstance(reply, ReadinessTold):
        return reply.report
    raise NoReport("la borne en marche n'a pas pu établir son rapport ; voir son journal.")


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
