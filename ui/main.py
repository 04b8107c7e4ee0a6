"""`visio-guichet run`: the booth alone, as in production."""

from __future__ import annotations

import argparse
import os
import re
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize

from kiosk.diagnostics.crash.recorder import CrashRecorder
from kiosk.light_imports import import_without
from kiosk.log import configure
from kiosk.settings import KioskSettings, check_booth, config_file, load
from ui.application import Application, KioskLike, Options
from ui.keyboard import choose_keyboard
from ui.rendering import choose_renderer

DEFAULT_CONFIG = config_file("kiosk.toml")


def command(arguments: list[str]) -> int:
    """Run the booth until it is told to stop."""
    asked = _parser().parse_args(arguments)
    settings = _settings(asked)
    configure(settings.log.format)
    choose_renderer(os.environ)
    choose_keyboard(os.environ)
    windowed: QSize | None = asked.windowed
    if windowed is None and not settings.screen.fullscreen:
        windowed = QSize(1280, 800)
    options = Options(
        cache=settings.booth.state_folder / "translations",
        windowed=windowed,
        reduced_motion=asked.reduced_motion,
        dim_when_closed=settings.screen.dim_when_closed,
        shift_pixels=settings.screen.shift_pixels,
        handset_key=settings.handset.source == "key",
        dock=asked.dock,
    )
    with CrashRecorder(settings.booth.state_folder) as crash:
        kiosk = partial(_make_kiosk, settings, crash, with_dock=asked.dock)
        return Application(kiosk, options).run()


def _make_kiosk(settings: KioskSettings, crash: CrashRecorder, *, with_dock: bool) -> KioskLike:
    # nats-py would load aiohttp for WebSockets, which no line of ours uses: 0.1 s of the start.
    import_without("nats.aio.transport", "aiohttp")
    # The media stack takes a second to import: on the loop's thread, while Qt loads the screens.
    from kiosk.app import Kiosk  # noqa: PLC0415

    return Kiosk(settings, crash, with_dock=with_dock)


def _settings(asked: argparse.Namespace) -> KioskSettings:
    settings = load(KioskSettings, asked.config)
    check_booth(settings, asked.config)
    camera = settings.camera
    sound = settings.sound
    if asked.camera is not None:
        camera = camera.model_copy(update={"source": asked.camera})
    if asked.microphone is not None:
        sound = sound.model_copy(update={"microphone": asked.microphone})
    return settings.model_copy(update={"camera": camera, "sound": sound})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="visio-guichet run", description=__doc__)
    parser.add_argument(
        "--config",
        type=Path,
        default=DEFAULT_CONFIG,
        help="settings of this booth (default: %(default)s)",
    )
    parser.add_argument(
        "--windowed",
        type=_size,
        metavar="WxH",
        help="a window of that size that can be closed, in place of the whole screen",
    )
    parser.add_argument("--camera", metavar="SOURCE", help="overrides [camera] source")
    parser.add_argument("--microphone", metavar="SOURCE", help="overrides [sound] microphone")
    parser.add_argument(
        "--reduced-motion", action="store_true", help="no animation, for those whom it disturbs"
    )
    parser.add_argument(
        "--dock",
        action="store_true",
        help="a panel, opened by F12, that unplugs, jams and empties simulated devices",
    )
    return parser


def _size(text: str) -> QSize:
    match = re.fullmatch(r"(\d{3,4})x(\d{3,4})", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"'{text}' is not a size like 1280x800")
    return QSize(int(match[1]), int(match[2]))
