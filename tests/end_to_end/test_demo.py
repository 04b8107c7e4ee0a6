"""The demonstration as a newcomer meets it: up, looked at, left alone, ended."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from tests.end_to_end.demo import Demo
from tests.end_to_end.desktop import AccessibleSession
from tests.end_to_end.programs import ENDS_WITHIN_S, VISIO_GUICHET, Program, free_port
from tests.end_to_end.reader import HOME_SIGN, Reader
from tests.end_to_end.waiting import eventually

#: The shortest that the settings allow: a person would not have time to read.
SHORT_IDLE = {"VISIO_GUICHET_IDLE__AFTER_S": "5", "VISIO_GUICHET_IDLE__PROMPT_S": "5"}


def test_it_starts_says_where_everything_is_and_ends_at_ctrl_c(
    session: AccessibleSession, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    environment = {**session.environment, **SHORT_IDLE, "HOME": str(home), "DISPLAY": ""}
    demo = Demo(tmp_path, environment)
    try:
        _says_where_everything_is(demo)
        with Reader(session.environment) as reader:
            _left_alone_it_goes_home(reader)
        family = demo.family()
        start = time.monotonic()
        demo.interrupt()
        demo.wait()
        eventually(
            lambda: not any(process.is_running() for process in family),
            within_s=ENDS_WITHIN_S,
            what="every process gone",
        )
        record_property("ended_after_s", round(time.monotonic() - start, 1))
    finally:
        demo.end()
    assert [path for path in home.rglob("*") if path.is_file()] == []
    assert {path.name for path in tmp_path.iterdir()} <= {"home", "state", "demo.json", "demo.log"}


def _says_where_everything_is(demo: Demo) -> None:
    state = demo.state
    assert {"desk_url", "broker_url", "kiosk_id", "agents", "pids", "vnc_port"} == set(state)
    assert all(psutil.pid_exists(pid) for pid in state["pids"].values())
    assert {agent["agency"] for agent in state["agents"]} >= {"caf", "essai", "mairie"}
    with socket.create_connection(("127.0.0.1", state["vnc_port"]), timeout=10) as viewer:
        assert viewer.recv(12).startswith(b"RFB ")
    said = demo.said()
    account = demo.agents("caf")[0]
    assert all(word in said for word in (demo.desk_url, account["user"], account["password"]))
    assert "simul" in said.lower()


def _left_alone_it_goes_home(reader: Reader) -> None:
    reader.press("CAF", within_s=30)
    reader.wait_for_words("Êtes-vous toujours là ?")
    reader.press("Oui, je suis là")
    reader.wait_until_gone("Êtes-vous toujours là ?")
    reader.wait_for_words("Êtes-vous toujours là ?")
    reader.wait_for(HOME_SIGN)


def test_a_busy_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        command = [VISIO_GUICHET, "demo", "--state-folder", str(tmp_path / "state")]
        ports = ["--desk-port", port, "--broker-port", str(free_port())]
        with Program([*command, *ports], tmp_path / "demo.log") as demo:
            assert demo.wait(within_s=30) != 0
            assert port in demo.said()
            assert "--desk-port" in demo.said()
            assert "Traceback" not in demo.said()
