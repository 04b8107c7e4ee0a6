"""Chromium as a kiosk, on a minimal page that does the same call as the booth."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path

from bench.material import Material
from bench.programs import free_port, listens, running, until
from bench.screen import Server
from bench.subject import Colour, Servers
from kiosk.settings import KioskSettings, config_file, load

FAKE_MEDIA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")

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
    "--mute-audio",
)
"""A sane kiosk: nothing in the background, and no search for a GPU that is not there."""


def find() -> str:
    """Return where Chromium is.

    Raises:
        FileNotFoundError: it is not installed.
    """
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise FileNotFoundError("chromium is needed; packages.txt names it")
    return program


def sandbox() -> list[str]:
    """Return the flag without which Chromium refuses to run as root, as in a container."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


def browser_agent(url: str, material: Material, log: Path) -> list[str | Path]:
    """Return the command of a browser as far end, at `url`."""
    return [
        *(sys.executable, "-m", "bench.browser_agent", url, "--log", log),
        *("--material", json.dumps({key: str(path) for key, path in asdict(material).items()})),
    ]


class ChromiumKiosk:
    """Chromium on the page in `bench/page`, which does the same call as the booth."""

    name = "chromium"
    tile_colour: Colour = (0x0A, 0x4A, 0x57)
    """The tile's in page/kiosk.css."""
    asks_first = False

    def __init__(
        self, material: Material, size: tuple[int, int], kept: Path, *, real_desk: bool = False
    ) -> None:
        """`kept` is a folder that outlives a visit, as a kiosk's profile outlives the night."""
        self._material = material
        self._size = size
        self._profile = kept / "profile"
        self._real_desk = real_desk

    @contextmanager
    def servers(self, folder: Path) -> Iterator[Servers]:
        """Run the far end, which serves the page too."""
        log, port = folder / "far-end.txt", free_port()
        way = "relay" if self._real_desk else "page"
        command_line: list[str | Path] = [
            *(sys.executable, "-m", "bench.far_end", way),
            *("--loop", self._material.loop, "--log", log, "--port", str(port)),
        ]
        ceiling = load(KioskSettings, config_file("kiosk.toml")).call.max_bitrate_kbps
        url = f"http://127.0.0.1:{port}/"
        with ExitStack() as stack:
            far_end = stack.enter_context(running(command_line, folder / "far-end.log"))
            until(lambda: listens(port), "the far end does not listen")
            if self._real_desk:
                line = browser_agent(f"{url}agent.html", self._material, log)
                far_end = stack.enter_context(running(line, folder / "agent.log"))
            here = f"{url}?kbps={ceiling}"
            yield Servers(log, far_end.pid, lambda screen: self._run(screen, folder, here))

    @contextmanager
    def _run(self, screen: Server, folder: Path, url: str) -> Iterator[int]:
        width, height = self._size
        line = [
            *(find(), *FLAGS, *FAKE_MEDIA, *sandbox()),
            f"--user-data-dir={self._profile}",
            f"--use-file-for-fake-video-capture={self._material.camera}",
            f"--use-file-for-fake-audio-capture={self._material.microphone}",
            *("--window-position=0,0", f"--window-size={width},{height}", url),
        ]
        with running(line, folder / "chromium.log", {"DISPLAY": screen.display}) as process:
            yield process.pid
