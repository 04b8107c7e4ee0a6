"""A CUPS of the test's own, with one queue for one printer."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.devices.document_printer.eve import free_port, program, running
from tests.devices.document_printer.waiting import eventually

_SERVER = """\
Listen 127.0.0.1:{port}
Listen {folder}/socket
Browsing Off
DefaultAuthType Basic
WebInterface No
<Location />
Order allow,deny
</Location>
<Policy default>
JobPrivateAccess default
JobPrivateValues default
SubscriptionPrivateAccess default
SubscriptionPrivateValues default
<Limit Pause-Printer Resume-Printer CUPS-Add-Modify-Printer CUPS-Set-Default>
AuthType Default
Require user @SYSTEM
Order deny,allow
</Limit>
<Limit Cancel-Job>
Require user @OWNER @SYSTEM
Order deny,allow
</Limit>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
_FILES = """\
ServerRoot {folder}
CacheDir {folder}/cache
StateDir {folder}/state
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
ServerKeychain {folder}/ssl
AccessLog {folder}/access
ErrorLog {folder}/error
PageLog {folder}/page
SystemGroup {group}
ServerBin {folder}/programs
"""
#: CUPS's own way to an IPP printer, which the test can break: 4 stops the queue (backend(7)).
_BACKEND = """\
#!/bin/sh
[ -e {folder}/broken ] && echo "ERROR: broken" >&2 && exit 4
exec {programs}/backend/ipp "$@"
"""
_PROGRAMS = Path("/usr/lib/cups")
QUEUE = "booth"


class Cups:
    """A running CUPS."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.socket = folder / "socket"

    def run(self, *command: str) -> None:
        """One of CUPS's own programs, by the operator's hand."""
        subprocess.run(
            [program(command[0]), *command[1:]],
            env={**os.environ, "CUPS_SERVER": str(self.socket)},
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def spool(self) -> list[str]:
        """Documents that it keeps on the disk."""
        return [path.name for path in (self._folder / "spool").iterdir() if path.is_file()]

    def break_backend(self) -> None:
        """From now on a job stops the queue."""
        (self._folder / "broken").touch()

    def mend_backend(self) -> None:
        """From now on no more; the queue stays as it is."""
        (self._folder / "broken").unlink()


def _programs(folder: Path) -> None:
    """Debian's, but for the one backend."""
    programs = folder / "programs"
    (programs / "backend").mkdir(parents=True)
    for path in _PROGRAMS.iterdir():
        if path.name != "backend":
            (programs / path.name).symlink_to(path)
    backend = programs / "backend" / "ipp"
    backend.write_text(_BACKEND.format(folder=folder, programs=_PROGRAMS))
    backend.chmod(0o755)


@contextmanager
def cups(environment: dict[str, str], device: str) -> Iterator[Cups]:
    """A CUPS whose default queue leads to `device`, driverless."""
    # Not below pytest's folder, which is closed to the user that cupsd insists to be.
    folder = Path(tempfile.mkdtemp(prefix="cups-"))
    try:
        folder.chmod(0o755)
        owner = pwd.getpwnam("lp") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        (folder / "cupsd.conf").write_text(_SERVER.format(folder=folder, port=free_port()))
        group = "root" if os.geteuid() == 0 else str(owner.pw_gid)
        (folder / "cups-files.conf").write_text(_FILES.format(folder=folder, group=group))
        for name in ("cache", "state", "spool", "spool/tmp", "ssl", "ppd"):
            (folder / name).mkdir()
        as_owner: list[str] = []
        if os.geteuid() == 0:
            as_owner = ["setpriv", "--reuid=lp", "--regid=lp", "--clear-groups"]
            for path in (folder, *folder.rglob("*")):
                shutil.chown(path, owner.pw_uid, owner.pw_gid)
        files = f"{folder}/cups-files.conf"
        command = [*as_owner, program("cupsd"), "-f", "-c", f"{folder}/cupsd.conf", "-s", files]
        _programs(folder)
        with running(command, folder.with_suffix(".log"), environment):
            server = Cups(folder)
            eventually(server.socket.exists, "CUPS")
            server.run("lpadmin", "-p", QUEUE, "-E", "-v", device, "-m", "everywhere")
            server.run("lpadmin", "-d", QUEUE)
            yield server
    finally:
        shutil.rmtree(folder)
        folder.with_suffix(".log").unlink(missing_ok=True)
