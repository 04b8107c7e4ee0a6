"""The command line of the demonstration."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.demo.hardware import Sources
from kiosk.settings import KioskSettings, config_file

#: Fits beside a terminal and a browser on a laptop's screen.
DESKTOP_WINDOW = "1280x800"


@dataclass(frozen=True)
class Options:
    """The command line."""

    config: Path
    state_folder: Path | None
    state_file: Path | None
    broker_port: int
    desk_port: int
    vnc_port: int
    size: str
    camera: str | None
    microphone: str | None
    windowed: str | None
    fullscreen: bool

    def window(self, environment: Mapping[str, str]) -> str | None:
        """Return the size of the booth's window; None where it takes the whole screen.

        A booth cannot be left. On somebody's desktop that would be a trap: there it gets a window.
        """
        if self.fullscreen:
            return None
        on_a_desktop = bool(environment.get("XDG_CURRENT_DESKTOP"))
        return self.windowed or (DESKTOP_WINDOW if on_a_desktop else None)

    def sources(self, settings: KioskSettings) -> Sources:
        """Return the booth's devices: of the command line, else of the settings."""
        return Sources(
            camera=_absolute(self.camera) or settings.camera.source,
            microphone=_absolute(self.microphone) or settings.sound.microphone,
            loudspeaker=settings.sound.loudspeaker,
            handset=settings.handset.source,
            document_camera=settings.document_camera.source,
            document_printer=settings.document_printer.source,
            ticket_printer=settings.ticket_printer.source,
            card_reader=settings.card_reader.source,
            code_reader=settings.code_reader.source,
        )


def parse(arguments: list[str]) -> Options:
    """Return the options, or exit with a word on what is wrong."""
    parser = argparse.ArgumentParser(
        prog="visio-guichet demo",
        description="Runs broker, desk, a robot agent and the booth until Ctrl-C.",
    )
    add = parser.add_argument
    add(
        "--config",
        type=Path,
        default=config_file("kiosk.toml"),
        metavar="FILE",
        help="the booth's settings; desk.toml stands beside it (%(default)s)",
    )
    add(
        "--state-folder",
        type=Path,
        metavar="FOLDER",
        help="where everything that is written goes (`demo` in the booth's state folder)",
    )
    add(
        "--state-file",
        type=Path,
        metavar="FILE",
        help="write addresses, accounts and process numbers here, as JSON, once all is up",
    )
    add(
        "--broker-port",
        type=port_number,
        default=4222,
        metavar="PORT",
        help="0 takes any (%(default)s)",
    )
    add(
        "--desk-port",
        type=port_number,
        default=8480,
        metavar="PORT",
        help="0 takes any (%(default)s)",
    )
    add(
        "--vnc-port",
        type=port_number,
        default=0,
        metavar="PORT",
        help="where the screen is shown when there is no DISPLAY (any free one)",
    )
    add(
        "--size",
        type=screen_size,
        default="1920x1080",
        metavar="WIDTHxHEIGHT",
        help="of the screen that is made when there is no DISPLAY (%(default)s)",
    )
    add(
        "--camera",
        metavar="SOURCE",
        help="auto, simulated, a device, or a video file to show in place of a camera",
    )
    add(
        "--microphone",
        metavar="SOURCE",
        help="auto, simulated, a device's name, or a sound file to play in place of one",
    )
    window = parser.add_mutually_exclusive_group()
    window.add_argument(
        "--windowed",
        type=screen_size,
        metavar="WIDTHxHEIGHT",
        help=f"show the booth in a window, as on a desktop without being asked ({DESKTOP_WINDOW})",
    )
    window.add_argument(
        "--fullscreen", action="store_true", help="the whole screen, on a desktop too"
    )
    return Options(**vars(parser.parse_args(arguments)))


def port_number(text: str) -> int:
    """Return a TCP port, or 0 for any."""
    port = int(text)
    if not 0 <= port <= 65_535:
        raise ValueError(text)
    return port


def screen_size(text: str) -> str:
    """Return a size that an X server can make, as `WIDTHxHEIGHT`."""
    width, _, height = text.partition("x")
    if not (320 <= int(width) <= 7680 and 320 <= int(height) <= 7680):
        raise ValueError(text)
    return f"{int(width)}x{int(height)}"


def _absolute(source: str | None) -> str:
    """A file is named from where the person stands; a device or a word is left as it is."""
    path = Path(source or "").expanduser()
    return str(path.absolute()) if source and path.is_file() else source or ""
