"""Chromium as a kiosk, on a minimal page that does the same call as the booth."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.material import Material
from bench.programs import free_port, listens, running, until
from bench.screen import Server
from bench.subject import Colour, Servers
from kiosk.settings import KioskSettings, config_file, load

FLAGS = (
    "--kiosk",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-features=Translate,MediaRouter,OptimizationHints,WebRtcHideLocalIpsWithMdns",
    "--disable-pinch",
    "--disable-sync",
    "--disable-gpu",
    "--metrics-recording-only",
    "--overscroll-history-navigation=0",
    "--password-store=basic",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--mute-audio",
)
"""A sane kiosk: nothing in the background, and no search for a GPU that is not there."""


def command(material: Material, profile: Path, extra: Sequence[str] = ()) -> list[str]:
    """Return Chromium's command line, less the address.

    Raises:
        FileNotFoundError: Chromium is not installed.
    """
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise FileNotFoundError("chromium is needed; packages.txt names it")
    # Chromium refuses its own sandbox to root, where a container runs everything as root.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return [
        program,
        *FLAGS,
        *sandbox,
        f"--user-data-dir={profile}",
        f"--use-file-for-fake-video-capture={material.camera}",
        f"--use-file-for-fake-audio-capture={material.microphone}",
        *extra,
    ]


class ChromiumKiosk:
    """Chromium on the page in `bench/page`, which does the same call as the booth."""

    name = "chromium"
    tile_colour: Colour = (0x0A, 0x4A, 0x57)
    """The tile's in page/kiosk.css."""

    def __init__(self, material: Material, size: tuple[int, int], kept: Path) -> None:
        """`kept` is a folder that outlives a visit, as a kiosk's profile outlives the night."""
        self._material = material
        self._profile = kept / "profile"
        self._size = size

    @contextmanager
    def servers(self, folder: Path) -> Iterator[Servers]:
        """Run the far end, which serves the page too."""
        log, port = folder / "far-end.txt", free_port()
        command_line: list[str | Path] = [
            *(sys.executable, "-m", "bench.far_end", "page"),
            *("--loop", self._material.loop, "--log", log, "--port", str(port)),
        ]
        with running(command_line, folder / "far-end.log") as far_end:
            until(lambda: listens(port), "the far end does not listen")
            ceiling = load(KioskSettings, config_file("kiosk.toml")).call.max_bitrate_kbps
            url = f"http://127.0.0.1:{port}/?kbps={ceiling}"
            yield Servers(log, far_end.pid, lambda screen: self._run(screen, folder, url))

    @contextmanager
    def _run(self, screen: Server, folder: Path, url: str) -> Iterator[int]:
        width, height = self._size
        window = ["--window-position=0,0", f"--window-size={width},{height}", url]
        line = command(self._material, self._profile, window)
        with running(line, folder / "chromium.log", {"DISPLAY": screen.display}) as process:
            yield process.pid
