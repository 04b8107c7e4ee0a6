"""A network of our own: the booth on one side of a cable, everything else on the other."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Self

from tests.end_to_end.waiting import eventually

HUB = "10.77.0.1"
BOOTH = "10.77.0.2"

#: What goes in or out on the booth's side of the cable is dropped: a network that says nothing.
_CUT = """\
table inet cut {{
  chain in {{ type filter hook input priority 0; iif booth {what} drop; }}
  chain out {{ type filter hook output priority 0; oif booth {what} drop; }}
}}
"""
EVERYTHING = ""
MEDIA = "meta l4proto udp"


class NoNamespacesError(RuntimeError):
    """This machine's kernel gives us no network namespaces."""


class Namespace:
    """A network namespace that lives as long as the process which holds it."""

    def __init__(self, inside: Namespace | None = None) -> None:
        """Make it; `inside` is the namespace whose owner may plug cables into this one."""
        unshare = ["unshare", "--net"]
        if inside is None and os.geteuid() != 0:
            unshare += ["--user", "--map-root-user"]
        command = [*(inside.prefix if inside else []), *unshare, "cat"]
        self._holder = subprocess.Popen(
            command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        ours = _network_of(os.getpid() if inside is None else inside.pid)
        try:
            self.pid: int = eventually(
                lambda: self._separate_from(ours), within_s=10, what="a network namespace"
            )
        except NoNamespacesError:
            self.close()
            raise

    @property
    def prefix(self) -> list[str]:
        """The words before a command that make it run in this namespace."""
        user = [] if os.geteuid() == 0 else ["--user", "--preserve-credentials"]
        return ["nsenter", "--target", str(self.pid), *user, "--net", "--"]

    def run(self, command: str, stdin: str = "") -> None:
        """Run `command` in this namespace.

        Raises:
            subprocess.CalledProcessError: it failed.
        """
        path = f"{os.environ['PATH']}:/usr/sbin:/sbin"
        environment = {**os.environ, "PATH": path}
        subprocess.run(
            [*self.prefix, *command.split()], input=stdin, text=True, check=True, env=environment
        )

    def wrap(self, program: str, wrapper: Path) -> Path:
        """Write to `wrapper` a program that starts `program` in this namespace."""
        words = " ".join(self.prefix)
        wrapper.write_text(f'#!/bin/sh\nexec {words} {program} "$@"\n', encoding="utf-8")
        wrapper.chmod(0o755)
        return wrapper

    def close(self) -> None:
        """Let the kernel take it away."""
        self._holder.communicate()

    def _separate_from(self, ours: Path) -> int:
        if self._holder.poll() is not None:
            raise NoNamespacesError("unshare was refused")
        pid = self._holder.pid
        network = _network_of(pid)
        command = Path(f"/proc/{pid}/comm").read_text(encoding="ascii").strip()
        return pid if network != ours and command == "cat" else 0


class Lab:
    """Two namespaces and the cable between them."""

    def __init__(self) -> None:
        """Lay the cable.

        Raises:
            NoNamespacesError: the kernel refuses.
        """
        self.hub = Namespace()
        self.booth = Namespace(inside=self.hub)
        self.hub.run(f"ip link add hub type veth peer booth netns {self.booth.pid}")
        for side, name, address in ((self.hub, "hub", HUB), (self.booth, "booth", BOOTH)):
            side.run(f"ip address add {address}/24 dev {name}")
            side.run(f"ip link set {name} up")
            side.run("ip link set lo up")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.booth.close()
        self.hub.close()

    def cut(self, what: str = EVERYTHING) -> None:
        """Drop `what` on the booth's side, silently, both ways."""
        self.booth.run("nft -f -", stdin=_CUT.format(what=what))

    def restore(self) -> None:
        """Let everything through again."""
        self.booth.run("nft delete table inet cut")


def _network_of(pid: int) -> Path:
    return Path(f"/proc/{pid}/ns/net").readlink()
