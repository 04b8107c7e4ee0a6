"""A screen, a D-Bus session and its accessibility bus, all private to the tests."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Self

from tests.end_to_end.programs import Program
from tests.end_to_end.waiting import eventually

AT_SPI_LAUNCHER = "/usr/libexec/at-spi-bus-launcher"

#: What Qt needs in order to speak to a screen reader that it did not see start; the platform is
#: that of a real booth, not the one that other tests draw on.
ALWAYS_ACCESSIBLE = {
    "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    "NO_AT_BRIDGE": "0",
    "QT_QPA_PLATFORM": "xcb",
}

_BUS_CONFIGURATION = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <servicedir>/usr/share/dbus-1/accessibility-services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class AccessibleSession:
    """A D-Bus session with an accessibility bus; its sockets are files, seen by every namespace."""

    def __init__(self) -> None:
        """Start both buses."""
        self._folder = tempfile.TemporaryDirectory(prefix="visio-guichet-bus-")
        folder = Path(self._folder.name)
        socket = folder / "session"
        configuration = folder / "session.conf"
        configuration.write_text(_BUS_CONFIGURATION.format(socket=socket), encoding="utf-8")
        self.environment = {
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={socket}",
            "XDG_RUNTIME_DIR": str(folder),
            **ALWAYS_ACCESSIBLE,
        }
        self._bus = Program(
            ["dbus-daemon", "--nofork", f"--config-file={configuration}"],
            folder / "bus.log",
        )
        eventually(socket.exists, within_s=10, what="a D-Bus session")
        self._launcher = Program(
            [AT_SPI_LAUNCHER, "--launch-immediately"], folder / "at-spi.log", self.environment
        )
        eventually(self._answers, within_s=10, what="an accessibility bus")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._launcher.end()
        self._bus.end()
        self._folder.cleanup()

    def _answers(self) -> bool:
        call = subprocess.run(
            "dbus-send --session --print-reply --dest=org.a11y.Bus /org/a11y/bus"
            " org.a11y.Bus.GetAddress".split(),
            env=self.environment,
            capture_output=True,
            check=False,
        )
        return call.returncode == 0


class Screen:
    """An X server without a monitor."""

    def __init__(self, log: Path, size: str = "1920x1080") -> None:
        """Start it on a free display number; `size` is in pixels."""
        numbers = log.with_suffix(".display")
        with numbers.open("wb") as out:
            self._server = subprocess.Popen(
                ["Xvfb", "-displayfd", "1", "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
                stdout=out,
                stderr=subprocess.DEVNULL,
            )
        number = eventually(
            lambda: numbers.read_text(encoding="ascii").strip(), within_s=10, what="an X server"
        )
        self.environment = {"DISPLAY": f":{number}"}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait()
