"""`visio-guichet replay`: plays recorded visits in the real interface, against simulated devices.

What the screens showed, the queue, the call's state and the devices' faults are played; who called
whom, and what was said, shown or written is not there to be played.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSize, Signal

from devices.picture import PictureSink
from kiosk.diagnostics.black_box.entries import AnyEntry, written
from kiosk.diagnostics.black_box.files import RecordedVisit, lines_of, read_visits
from kiosk.diagnostics.black_box.player import Player
from kiosk.diagnostics.black_box.stage import Stage
from kiosk.log import configure
from kiosk.settings import KioskSettings
from kiosk.visit.controls import VisitControls
from kiosk.visit.snapshot import Screen, VisitSnapshot
from ui.application import Application, Options
from ui.keyboard import choose_keyboard
from ui.rendering import choose_renderer
from ui.spectator import Spectator

#: A whole black box, and some: more is another kind of file.
MAX_FILE_BYTES = 100_000_000

EXIT_USAGE = 2

_IN_CALL = (Screen.CONNECTING, Screen.IN_CALL)
_SECTIONS = (
    "handset",
    "document_camera",
    "document_printer",
    "ticket_printer",
    "card_reader",
    "code_reader",
)


def command(arguments: list[str]) -> int:
    """Play the visits of a file that `visio-guichet black-box` wrote, then end."""
    asked = _parser().parse_args(arguments)
    try:
        visits = list(read_visits(lines_of(asked.file, MAX_FILE_BYTES)))
    except OSError as error:
        return _complain(f"{asked.file}: {error.strerror}")
    visits = [visit for visit in visits if visit.entries]
    if not visits:
        return _complain(f"{asked.file}: no visit in it")
    configure("console")
    choose_renderer(os.environ)
    choose_keyboard(os.environ)
    with tempfile.TemporaryDirectory(prefix="visio-guichet-") as scratch:
        end = _End()
        options = Options(cache=Path(scratch) / "translations", windowed=asked.windowed)
        settings = simulated(Path(scratch))
        application = Application(
            lambda: Replay(visits, settings, asked.speed, end.came.emit), options
        )
        end.came.connect(application.stop)
        return application.run()


class _End(QObject):
    """Carries the end of the last visit from the loop to Qt's thread."""

    came = Signal()


class Replay:
    """`KioskLike`: the booth's interface is real, its devices are simulated, its visit recorded."""

    def __init__(
        self,
        visits: Sequence[RecordedVisit],
        settings: KioskSettings,
        speed: float,
        ended: Callable[[], None],
    ) -> None:
        """`ended` is called on the loop after the last visit."""
        from kiosk.fitting import fit_out  # noqa: PLC0415 - loads every driver.

        self._visits = visits
        self._settings = settings
        self._ended = ended
        self._hardware = fit_out(settings, lambda: None)
        self._spectator = Spectator()
        self._stage = Stage(lambda: self._hardware.devices.all)
        self._player = Player(self._show, self._happened, speed=speed)
        self._filming = False
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def visit(self) -> VisitControls:
        """What the interface watches; what is touched there has no effect."""
        return self._spectator

    async def start(self) -> None:
        """Open the devices, and begin to play."""
        await self._hardware.start()
        self._start(self._play())

    async def stop(self) -> None:
        """Stop playing, and close the devices."""
        for task in self._tasks:
            task.cancel()
        await self._hardware.stop()

    async def _play(self) -> None:
        for visit in self._visits:
            await self._player.play(visit)
        self._ended()

    def _happened(self, entry: AnyEntry) -> None:
        sys.stdout.write(written(entry).decode())
        sys.stdout.flush()
        self._stage.happened(entry)

    def _show(self, snapshot: VisitSnapshot) -> None:
        filming = snapshot.screen in _IN_CALL
        if filming != self._filming:
            self._filming = filming
            self._start(self._film(self._spectator.self_view) if filming else self._cut())
        self._spectator.show(snapshot)

    async def _film(self, sink: PictureSink) -> None:
        call = self._settings.call
        await self._hardware.devices.camera.start(
            sink, width=call.width, height=call.height, rate=call.rate
        )

    async def _cut(self) -> None:
        await self._hardware.devices.camera.stop()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def simulated(folder: Path) -> KioskSettings:
    """Return the settings of a booth with every device simulated, and its state in `folder`."""
    plain = KioskSettings()
    update: dict[str, object] = {
        name: getattr(plain, name).model_copy(update={"source": "simulated"}) for name in _SECTIONS
    }
    sound = {"microphone": "simulated", "loudspeaker": "simulated"}
    update |= {
        "booth": plain.booth.model_copy(update={"state_folder": folder}),
        "camera": plain.camera.model_copy(update={"source": "simulated"}),
        "sound": plain.sound.model_copy(update=sound),
    }
    return plain.model_copy(update=update)


def _complain(text: str) -> int:
    print(f"visio-guichet replay: {text}", file=sys.stderr)
    return EXIT_USAGE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="visio-guichet replay", description=command.__doc__)
    parser.add_argument("file", type=Path, help="JSON lines, as `visio-guichet black-box` writes")
    parser.add_argument(
        "--speed",
        type=_speed,
        default=1.0,
        metavar="N",
        help="how many times faster, from 0.1 to 1000 (default: as it was)",
    )
    parser.add_argument(
        "--windowed",
        type=_size,
        metavar="WxH",
        default=QSize(1280, 800),
        help="size of the window (default: 1280x800)",
    )
    return parser


def _speed(text: str) -> float:
    speed = float(text)
    if not 0.1 <= speed <= 1000:
        raise ValueError(text)
    return speed


def _size(text: str) -> QSize:
    width, _, height = text.partition("x")
    if not (320 <= int(width) <= 7680 and 240 <= int(height) <= 7680):
        raise ValueError(text)
    return QSize(int(width), int(height))
