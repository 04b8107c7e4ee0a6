"""Ports, accounts, options and environments of the demonstration, before anything runs."""

from __future__ import annotations

import io
import json
import os
import socket
import stat
import tomllib
from pathlib import Path

import argon2
import pytest

from kiosk.demo import accounts, hardware
from kiosk.demo.hardware import Sources
from kiosk.demo.main import command
from kiosk.demo.options import parse
from kiosk.demo.plan import Plan, agencies_to_serve, base_environment, own_overrides
from kiosk.demo.ports import PortBusy, claim
from kiosk.demo.terminal import Terminal
from kiosk.demo.welcome import welcome
from kiosk.settings import KioskSettings, SettingsError, config_file, load

SOURCES = Sources("simulated", "simulated", "simulated")
#: Handset, document camera, printers, card reader; the code reader looks through the camera.
OTHERS = ("auto", "auto", "auto", "auto", "auto", "camera")


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return Plan(
        config=Path("/etc/visio-guichet/kiosk.toml"),
        kiosk_id="pvp-demo",
        agencies=("caf", "essai"),
        folder=tmp_path,
        broker_port=4222,
        desk_port=8480,
        robot=accounts.make_robot(),
    )


def test_a_busy_port_is_named_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortBusy, match=f"port {port} is in use .* --desk-port PORT"):
            claim(port, "--desk-port")
    assert claim(port, "--desk-port") == port
    assert claim(0, "--desk-port") > 0


def test_the_command_names_a_busy_port_and_starts_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        folder = str(tmp_path / "state")
        assert command(["--state-folder", folder, "--desk-port", str(port)]) == 2
    assert f"port {port} is in use" in capsys.readouterr().out
    assert [path.name for path in (tmp_path / "state").iterdir()] == ["lock"]


def test_two_demonstrations_do_not_share_a_folder(tmp_path: Path) -> None:
    import fcntl

    with (tmp_path / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(SettingsError, match="a demonstration runs there already"):
            command(["--state-folder", str(tmp_path)])


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="choose another with --state-folder"):
        command(["--state-folder", str(tmp_path / "file" / "inside")])


def test_every_agency_has_two_agents_with_their_own_passwords() -> None:
    made = accounts.make(["caf", "essai"])
    assert [agent.user for agent in made] == [
        "agent1-caf", "agent2-caf", "agent1-essai", "agent2-essai",
    ]  # fmt: skip
    assert len({agent.password for agent in made}) == 4


def test_only_hashes_are_written_and_only_the_owner_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "agents.toml"
    (agent, other) = accounts.make(["caf"])
    accounts.write(path, [agent, other])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text(encoding="utf-8")
    assert agent.password not in text
    stored = tomllib.loads(text)["agents"]["agent1-caf"]
    assert (stored["agency"], stored["name"]) == ("caf", "Awa D.")
    assert argon2.PasswordHasher().verify(stored["password"], agent.password)
    assert [file.name for file in tmp_path.iterdir()] == ["agents.toml"]


def test_options_are_checked(capsys: pytest.CaptureFixture[str]) -> None:
    options = parse(["--size", "1280x800", "--desk-port", "0"])
    assert (options.size, options.desk_port, options.broker_port) == ("1280x800", 0, 4222)
    for wrong in (["--size", "12"], ["--size", "9999x9999"], ["--desk-port", "70000"]):
        with pytest.raises(SystemExit):
            parse(wrong)
    assert "--desk-port" in capsys.readouterr().err


def test_on_somebodys_desktop_the_booth_gets_a_window(plan: Plan) -> None:
    desktop = {"XDG_CURRENT_DESKTOP": "GNOME"}
    assert parse([]).window({}) is None
    assert parse([]).window(desktop) == "1280x800"
    assert parse(["--windowed", "800x600"]).window({}) == "800x600"
    assert parse(["--fullscreen"]).window(desktop) is None
    kiosk = plan.kiosk({}, {}, SOURCES, "800x600")
    assert kiosk.command[-2:] == ("--windowed", "800x600")


def test_the_robots_agency_is_always_served() -> None:
    assert agencies_to_serve(["caf"]) == ("caf", "essai")
    assert agencies_to_serve(["essai", "caf"]) == ("essai", "caf")


def test_all_that_is_written_goes_into_the_state_folder(plan: Plan) -> None:
    environment = base_environment({"PATH": "/bin", "VISIO_GUICHET_CALL__RATE": "25"}, plan.folder)
    assert environment["PATH"] == "/bin"
    assert own_overrides({"VISIO_GUICHET_CALL__RATE": "25", "PATH": ""}) == {
        "VISIO_GUICHET_CALL__RATE": "25"
    }
    assert not own_overrides(environment)
    for name in ("TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        assert Path(environment[name]) in plan.folders()


def test_each_part_is_told_its_place(plan: Plan) -> None:
    broker, desk = plan.broker({}), plan.desk({})
    kiosk = plan.kiosk({}, {"VISIO_GUICHET_CALL__RATE": "25"}, SOURCES)
    assert kiosk.environment["VISIO_GUICHET_SOUND__LOUDSPEAKER"] == "simulated"
    assert json.loads(broker.environment["VISIO_GUICHET_BROKER__AGENCIES"]) == ["caf", "essai"]
    assert desk.environment["VISIO_GUICHET_WEB__PORT"] == "8480"
    assert kiosk.environment["VISIO_GUICHET_LINK__URL"] == "nats://127.0.0.1:4222"
    assert kiosk.environment["VISIO_GUICHET_CALL__RATE"] == "25"
    assert "VISIO_GUICHET_CALL__RATE" not in desk.environment
    assert kiosk.command[-4:] == ("run", "--config", "/etc/visio-guichet/kiosk.toml", "--dock")


def test_a_media_file_is_named_from_where_the_person_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "film.mp4").touch()
    monkeypatch.chdir(tmp_path)
    settings = load(KioskSettings, config_file("kiosk.toml"), {})
    sources = parse(["--camera", "film.mp4", "--microphone", "simulated"]).sources(settings)
    assert sources == Sources(str(tmp_path / "film.mp4"), "simulated", "auto", *OTHERS)
    assert parse([]).sources(settings) == Sources("auto", "auto", "auto", *OTHERS)


async def test_what_is_missing_is_simulated_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def only_output() -> frozenset[str]:
        return frozenset(["output"])

    monkeypatch.setattr(hardware, "has_camera", lambda: False)
    monkeypatch.setattr(hardware, "sound_directions", only_output)
    found = await hardware.present(Sources("auto", "auto", "auto", *OTHERS))
    assert found == Sources("simulated", "simulated", "auto", *["simulated"] * 5, "camera")
    assert found.simulated()[:3] == ("camera", "microphone", "handset")
    named = Sources("/dev/video7", "Jabra", "Jabra")
    assert await hardware.present(named) == named


async def test_the_machine_itself_can_be_asked() -> None:
    assert await hardware.sound_directions() <= {"input", "output"}
    assert hardware.has_camera() in (True, False)


def test_the_person_is_told_where_to_look_and_what_is_simulated(plan: Plan, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.touch()
    agents = accounts.make(plan.agencies)
    sources = Sources(str(film), "simulated", "auto")
    names = {"caf": "CAF", "essai": "Service d'essai"}
    told = "\n".join(welcome(plan, names, agents, sources, 5900))
    for words in (
        "http://127.0.0.1:8480",
        "127.0.0.1:5900",
        f"plays {film}",
        " microphone (F12",
    ):
        assert words in told
    assert all(agent.password in told for agent in agents)
    assert plan.robot.password not in told
    assert "vnc" not in "\n".join(welcome(plan, names, agents, sources, None))


def test_the_terminal_names_whose_line_it_is() -> None:
    stream = io.StringIO()
    Terminal(stream).say("desk", "hello")
    assert stream.getvalue() == "  desk | hello\n"


def test_colours_are_for_a_terminal_alone() -> None:
    controller, terminal = os.openpty()
    with os.fdopen(terminal, "w") as stream:
        Terminal(stream).error("no")
        shown = os.read(controller, 1000)
    os.close(controller)
    assert b"\033[1m" in shown
    assert b"cannot go on: no" in shown
