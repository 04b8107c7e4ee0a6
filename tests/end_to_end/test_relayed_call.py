"""A call through a relay that is killed and started again: only what the relay carries gets out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.diagnostics.black_box.entries import Candidate, StatsEntry
from kiosk.diagnostics.black_box.files import kept_visits
from tests.end_to_end.agent import Agent
from tests.end_to_end.desktop import AccessibleSession, Screen
from tests.end_to_end.eyes import moves
from tests.end_to_end.lab import HUB, Lab
from tests.end_to_end.programs import Program
from tests.end_to_end.reader import Reader
from tests.end_to_end.site import Site
from tests.end_to_end.test_faults import agent, browser, in_call, interrupted, lab, reader
from tests.end_to_end.waiting import eventually, took

__all__ = ["agent", "browser", "in_call", "lab", "reader"]

RELAY_PORT = 3478
USER, SECRET = "booth", "relay-password"
SERVER = f"{{urls = ['turn:{HUB}:{RELAY_PORT}'], username = '{USER}', credential = '{SECRET}'}}"

#: All of UDP but the way to and from the relay is dropped, as by a strict firewall. (Two conditions
#: in one rule won't do: nft makes one comparison of both ports, and its `!=` is another rule.)
_ONLY_RELAYED = f"""\
table inet cut {{
  chain in {{ type filter hook input priority 0; iif booth udp sport != {RELAY_PORT} drop; }}
  chain out {{ type filter hook output priority 0; oif booth udp dport != {RELAY_PORT} drop; }}
}}
"""

#: Nothing has come for 2 s, and then the sign.
TOLD_WITHIN_S = 6.0
#: An attempt that finds no relay takes 5 s to say so, and the next one waits for its turn.
BACK_WITHIN_S = 10.0
#: What a machine that does much else may add to either.
SLACK_S = 10.0


class Relay:
    """A coturn on the hub's side."""

    def __init__(self, lab: Lab, folder: Path) -> None:
        """It does not run yet."""
        self._lab = lab
        self._folder = folder
        self._program: Program | None = None

    def start(self) -> None:
        """Run it; returns once it listens."""
        command = [
            *(*self._lab.hub.prefix, "turnserver", "-n", "--no-cli", "--no-tls", "--no-dtls"),
            *(f"--listening-ip={HUB}", f"--relay-ip={HUB}", f"--listening-port={RELAY_PORT}"),
            *("--lt-cred-mech", f"--user={USER}:{SECRET}", "--realm=lab", "--log-file=stdout"),
            *(f"--pidfile={self._folder}/turn.pid", f"--userdb={self._folder}/turn.db"),
        ]
        self._program = Program(command, self._folder / "relay.log")
        sockets = Path(f"/proc/{self._program.pid}/net/udp")
        listens = f":{RELAY_PORT:04X} "
        eventually(lambda: listens in sockets.read_text(), within_s=10, what="the relay")

    def kill(self) -> None:
        """As by a power cut."""
        if self._program is not None:
            self._program.kill()


@pytest.fixture(scope="module")
def relay(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relay]:
    """The relay, running."""
    running = Relay(lab, tmp_path_factory.mktemp("relay"))
    try:
        running.start()
        yield running
    finally:
        running.kill()


@pytest.fixture(scope="module")
def site(
    lab: Lab, relay: Relay, session: AccessibleSession, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """Broker, desk and a booth whose pictures and sound get out through the relay alone."""
    folder = tmp_path_factory.mktemp("site")
    relayed = {"VISIO_GUICHET_CALL__ICE_SERVERS": f"[{SERVER}]"}
    lab.booth.run("nft -f -", stdin=_ONLY_RELAYED)
    try:
        with Screen(folder / "screen.log") as screen:
            environment = {**session.environment, **screen.environment, **relayed}
            with Site(folder, lab, environment) as running:
                yield running
    finally:
        lab.restore()


def test_the_relay_restarts_in_mid_call(
    booth: Reader,
    in_call: Agent,
    site: Site,
    relay: Relay,
    record_property: Callable[[str, object], None],
) -> None:
    eventually(lambda: _relayed(site), within_s=SLACK_S, what="a relayed call")
    relay.kill()
    told = took(lambda: interrupted(booth), within_s=TOLD_WITHIN_S + SLACK_S, what="the sign")
    relay.start()
    back = took(
        lambda: in_call.shows_movement() and not interrupted(booth) and moves(site.screen),
        within_s=BACK_WITHIN_S + SLACK_S,
        what="pictures on both sides",
    )
    record_property("told_after_s", round(told, 1))
    record_property("back_after_s", round(back, 1))
    in_call.hang_up()
    booth.wait_for_words("L'agent a raccroché.")


def _relayed(site: Site) -> bool:
    """Whether the booth's last measure of its call names a relay."""
    entries = [entry for visit in kept_visits(site.state_folder, 1) for entry in visit.entries]
    measured = [entry for entry in entries if isinstance(entry, StatsEntry)]
    return bool(measured) and Candidate.RELAY in (measured[-1].ours, measured[-1].theirs)
