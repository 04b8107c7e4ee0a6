"""A real IPP Everywhere printer (`ippeveprinter`) with all that it insists on, on loopback only."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tests.devices.document_printer.waiting import eventually

_BUS = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={bus}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/><allow user="*"/></policy></busconfig>
"""
_AVAHI = """\
[server]
host-name=booth
use-ipv4=yes
use-ipv6=no
allow-interfaces=lo
enable-dbus=yes
[publish]
publish-hinfo=no
publish-workstation=no
"""
#: What prints a job: it waits for the test's word, and passes it on to the printer.
_COMMAND = """\
#!/bin/sh
env > {folder}/environment
while read -r line; do
  case "$line" in end) exit 0;; fail) exit 1;; *) echo "$line" >&2;; esac
done < {folder}/words
exit 1
"""


def program(name: str) -> str:
    """The path of a system's program, which may be out of a plain user's way."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    assert found, f"{name} is not installed: see packages.txt"
    return found


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(
    command: list[str], log: Path, environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A program for as long as the block lasts, its words in `log`."""
    with log.open("wb") as words:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            env={**os.environ, **(environment or {})},
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def neighbourhood(folder: Path) -> Iterator[dict[str, str]]:
    """A D-Bus and an Avahi of our own, which the printer registers with; yields the environment.

    Avahi sees a network with nothing but loopback in it, and a /run of its own. The kernel must
    allow namespaces for that; where it does not, this fails.
    """
    bus, config = folder / "bus", folder / "bus.conf"
    config.write_text(_BUS.format(bus=bus))
    avahi = folder / "avahi.conf"
    avahi.write_text(_AVAHI)
    environment = {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={bus}"}
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    inside = (
        'mount -t tmpfs none /run && ip link set lo up multicast on && exec "$0" '
        f"-f {avahi} --no-drop-root --no-chroot --no-rlimits"
    )
    log = folder / "avahi.log"
    with running(
        [program("dbus-daemon"), f"--config-file={config}", "--nofork", "--nopidfile"],
        folder / "bus.log",
    ):
        eventually(bus.exists, "the bus")
        with running(
            ["unshare", *user, "--net", "--mount", "sh", "-c", inside, program("avahi-daemon")],
            log,
            environment | {"PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin"},
        ) as daemon:
            eventually(
                lambda: b"startup complete" in log.read_bytes() or daemon.poll() is not None,
                "Avahi",
            )
            assert daemon.poll() is None, log.read_text()
            yield environment


class EvePrinter:
    """One printer, which can be switched off and on, and whose every page the test decides."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.port = free_port()
        self.uri = f"ipp://localhost:{self.port}/ipp/print"
        self._folder = folder
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "spool").mkdir()
        command = folder / "command"
        command.write_text(_COMMAND.format(folder=folder))
        command.chmod(0o755)
        os.mkfifo(folder / "words")
        # Both ways, so that neither end waits for the other.
        self._words = os.open(folder / "words", os.O_RDWR)

    def switch_on(self) -> None:
        """Returns when it answers."""
        with (self._folder / "printer.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    program("ippeveprinter"),
                    *("-p", str(self.port), "-n", "localhost", "-r", "off", "-k", "-v"),
                    *("-d", str(self._folder / "spool"), "-K", str(self._folder)),
                    *("-c", str(self._folder / "command")),
                    *("-f", "application/pdf,image/pwg-raster,image/jpeg", "Booth"),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self._environment},
            )
        eventually(lambda: answers(self.port), "the printer")

    def switch_off(self) -> None:
        """The plug is pulled, also in mid-job."""
        if self._process is None:
            return
        # The job's own process would outlive it.
        workers = psutil.Process(self._process.pid).children(recursive=True)
        self._process.kill()
        self._process.wait()
        self._process = None
        for worker in workers:
            with suppress(psutil.NoSuchProcess):
                worker.kill()
        psutil.wait_procs(workers)

    def say(self, *lines: str) -> None:
        """What the job that is printed now tells the printer: `STATE: …`, `ATTR: …`, `end`."""
        os.write(self._words, "".join(f"{line}\n" for line in lines).encode())

    def has_all_of_it(self) -> bool:
        """Whether it has told CUPS that the whole document has come."""
        return b"Send-Document successful" in (self._folder / "printer.log").read_bytes()

    def documents(self) -> list[bytes]:
        """All that it was given to print."""
        return [path.read_bytes() for path in sorted((self._folder / "spool").glob("*.pdf"))]

    def told(self) -> dict[str, str]:
        """What the last job's process was told of the job."""
        lines = (self._folder / "environment").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines if line.startswith("IPP_"))

    def close(self) -> None:
        """Off, for good."""
        self.switch_off()
        os.close(self._words)
