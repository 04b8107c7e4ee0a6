"""`visio-guichet rehearse`: a whole test call to the robot agent, measured both ways."""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.control.client import BoothClosed, BoothSilent, NoBooth, ask_first
from kiosk.control.messages import StatusesRequest
from kiosk.control.options import add_place, folders, settings_of
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.view import StepView
from kiosk.log import configure
from kiosk.settings import KioskSettings

if TYPE_CHECKING:
    from kiosk.diagnostics.rehearsal.listing import Rehearsal
    from kiosk.hardware import Devices

EXIT_GOOD = 0
EXIT_BAD = 1
EXIT_USAGE = 2
"""Also while a booth runs: it has the devices, and perhaps a resident."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_MARKS = {
    Outcome.PENDING: ("·", "dim"),
    Outcome.RUNNING: ("…", "cyan"),
    Outcome.SUCCESS: ("✓", "green"),
    Outcome.FAILED: ("✗", "red"),
    Outcome.SKIPPED: ("–", "dim"),
    Outcome.ABORTED: ("!", "yellow"),
}


def command(arguments: list[str]) -> int:
    """Make a whole test call to the robot agent: a table, or JSON; exit status 0 when all is good.

    Raises:
        SettingsError: the settings can't be used.
    """
    asked = _parser().parse_args(arguments)
    settings = settings_of(asked)
    agency = asked.agency or settings.diagnostics.rehearsal_agency
    if not _SLUG.fullmatch(agency):
        print(f"visio-guichet rehearse : {agency[:40]!r} n’est pas un organisme.", file=sys.stderr)
        return EXIT_USAGE
    configure("console", level=50)
    if (refusal := asyncio.run(running_booth(folders(asked)))) is not None:
        print(f"visio-guichet rehearse : {refusal}", file=sys.stderr)
        return EXIT_USAGE
    return asyncio.run(_rehearse(settings, agency, as_json=asked.json))


async def running_booth(places: tuple[Path, ...]) -> str | None:
    """Return why no rehearsal can be made from here: a booth runs; None where none does."""
    try:
        folder, _ = await ask_first(places, StatusesRequest())
    except NoBooth:
        return None
    except (BoothClosed, BoothSilent) as error:
        return f"une borne est en marche, mais ne peut être interrogée ({error})."
    return (
        f"une borne est en marche ({folder}) : la caméra et le son sont à elle, et peut-être à un "
        "usager. Utilisez le bouton « Répétition » du mode technicien, ou arrêtez-la."
    )


async def _rehearse(settings: KioskSettings, agency: str, *, as_json: bool) -> int:
    # Loaded here: a refusal comes at once.
    from kiosk.diagnostics.rehearsal.listing import Rehearsal  # noqa: PLC0415
    from kiosk.link.line import Line  # noqa: PLC0415

    line = Line(settings.link)
    line.start()
    rehearsal = Rehearsal(settings, line, call_devices(settings), agency)
    try:
        if as_json:
            await rehearsal.run(lambda: None)
        else:
            await _shown(rehearsal)
    finally:
        await line.close()
    if as_json:
        print(json.dumps(_told(rehearsal, agency), ensure_ascii=False, indent=2))
    return EXIT_GOOD if rehearsal.good else EXIT_BAD


def call_devices(settings: KioskSettings) -> Devices:
    """Return what a call needs, and nothing else of the booth; on the loop."""
    from devices.camera import open_camera  # noqa: PLC0415
    from devices.hotplug import hot_plug  # noqa: PLC0415
    from devices.screen import open_screen  # noqa: PLC0415
    from devices.sound import open_sound  # noqa: PLC0415
    from kiosk.hardware import Devices  # noqa: PLC0415

    hotplug = hot_plug()
    sound, cache = settings.sound, settings.booth.state_folder.expanduser() / "speech"
    return Devices(
        camera=open_camera(settings.camera.source, hotplug=hotplug),
        sound=open_sound(
            sound.microphone,
            sound.loudspeaker,
            cache=cache,
            max_volume=sound.max_volume,
            hotplug=hotplug,
        ),
        screen=open_screen(),
    )


def _told(rehearsal: Rehearsal, agency: str) -> dict[str, object]:
    return {
        "v": 1,
        "agency": agency,
        "good": rehearsal.good,
        "steps": [
            {"key": view.key, "outcome": view.outcome.value, "detail": view.detail}
            for view in rehearsal.views
        ],
        "figures": dict(rehearsal.figures),
    }


async def _shown(rehearsal: Rehearsal) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.live import Live  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    def table() -> Table:
        drawn = Table(title="Répétition d’un appel", title_justify="left", show_header=False)
        for view in rehearsal.views:
            mark, style = _MARKS[view.outcome]
            drawn.add_row(f"[{style}]{mark}[/]", view.name, _words(view))
        return drawn

    def verdict() -> str:
        good = rehearsal.good
        return "Tout est bon." if good else "La répétition a échoué : voyez les croix."

    console = Console()
    if not console.is_terminal:
        # In a pipe `Live` leaves its last line open.
        await rehearsal.run(lambda: None)
        console.print(table(), verdict(), sep="\n")
        return
    with Live(table(), console=console, auto_refresh=False) as live:
        await rehearsal.run(lambda: live.update(table(), refresh=True))
        live.update(table(), refresh=True)
    console.print(verdict())


def _words(view: StepView) -> str:
    from rich.markup import escape  # noqa: PLC0415

    return escape(view.detail)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="visio-guichet rehearse",
        description=command.__doc__.splitlines()[0] if command.__doc__ else None,
        epilog="Exit status: 0 all limits hold, 1 one does not, 2 wrong options or a booth runs. "
        "The limits and where they come from: docs/decisions/0018-rehearsal.md.",
    )
    parser.add_argument(
        "--agency", default="", help="whose robot answers (default: [diagnostics] rehearsal_agency)"
    )
    parser.add_argument("--json", action="store_true", help="for a machine to read")
    add_place(parser)
    return parser
