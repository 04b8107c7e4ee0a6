"""A whole rehearsal against the real robot, through a real broker and gateway."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from devices.camera.simulated import SimulatedCamera
from devices.status import DeviceState
from kiosk.control.server import ControlServer
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.rehearsal.command import EXIT_USAGE, command
from kiosk.diagnostics.rehearsal.listing import Rehearsal
from kiosk.diagnostics.rehearsal.trial_call import TrialCall
from kiosk.diagnostics.steps import Unfit
from kiosk.hardware import Devices
from kiosk.link.line import Line
from kiosk.link.rehearsal import Ask
from tests.diagnostics.rehearsal_devices import devices_of, simulated
from tests.diagnostics.robot_site import AGENCY, REPOSITORY, RobotSite, robot_site


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[RobotSite]:
    async with robot_site(tmp_path) as one:
        yield one


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for a third of the time, and sound out the delay once: two cores have other tests."""
    monkeypatch.setattr("kiosk.diagnostics.rehearsal.listing.WATCH_S", 2.0)
    monkeypatch.setattr("kiosk.diagnostics.rehearsal.listing.SWEEPS", 2)


@pytest.fixture
async def line(site: RobotSite) -> AsyncIterator[Line]:
    one = await Line.connect(site.settings().link)
    yield one
    await one.close()


@pytest.fixture
def devices(tmp_path: Path) -> Devices:
    return simulated(tmp_path)


def closed(devices: Devices) -> bool:
    return devices.camera.status.state is DeviceState.UNKNOWN and all(
        device.status.state is DeviceState.UNKNOWN for device in devices.sound.devices
    )


@pytest.mark.slow
@pytest.mark.usefixtures("short")
async def test_a_whole_call_is_measured_both_ways(
    site: RobotSite, line: Line, devices: Devices
) -> None:
    rehearsal = Rehearsal(site.settings(), line, devices)
    seen: list[str] = []
    await rehearsal.run(lambda: seen.append(next(iter(_running(rehearsal)), "")))
    outcomes = {view.key: (view.outcome, view.detail) for view in rehearsal.views}
    figures = rehearsal.figures
    assert outcomes["line"][0] is outcomes["agent"][0] is Outcome.SUCCESS, outcomes
    # Wide bounds: what is tested is that each figure is measured, on a machine that others use too.
    assert 0.05 < float(figures["first_picture_s"]) < 10
    assert figures["candidate_pair"] == "host ↔ host"
    for way in ("received", "sent"):
        assert 5 < float(figures[f"{way}_fps"]) < 33
        assert 0 <= float(figures[f"{way}_loss"]) < 0.2
    assert 0 < float(figures["round_trip_ms"]) < 500
    assert 0 < float(figures["written_round_trip_ms"]) < 1000
    assert 0 <= float(figures["picture_delay_ms"]) < 400
    assert 0 <= float(figures["network_sound_delay_ms"]) < 400
    assert 20 < float(figures["sound_devices_ms"]) < 400
    assert float(figures["echo_db"]) < -30
    assert {"picture_in", "picture_delay", "sound_delay"} <= set(seen)
    assert closed(devices)


@pytest.mark.slow
async def test_left_in_the_middle_it_lets_go_of_everything(
    site: RobotSite, line: Line, devices: Devices
) -> None:
    rehearsal = Rehearsal(site.settings(), line, devices)
    watching = asyncio.Event()

    def changed() -> None:
        if "picture_in" in _running(rehearsal):
            watching.set()

    task = asyncio.create_task(rehearsal.run(changed))
    await asyncio.wait_for(watching.wait(), 40)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    outcomes = {view.key: view.outcome for view in rehearsal.views}
    assert outcomes["first_picture"] is Outcome.SUCCESS
    assert outcomes["picture_in"] is outcomes["echo"] is Outcome.ABORTED
    assert closed(devices)
    left = {task.get_name() for task in asyncio.all_tasks()}
    assert "rehearsal call" not in left


@pytest.mark.slow
@pytest.mark.usefixtures("short")
async def test_a_dead_camera_is_told_by_the_far_end(
    site: RobotSite, line: Line, devices: Devices
) -> None:
    camera = devices.camera
    assert isinstance(camera, SimulatedCamera)
    camera.unplug()
    rehearsal = Rehearsal(site.settings(), line, devices)
    await rehearsal.run(lambda: None)
    outcomes = {view.key: view.outcome for view in rehearsal.views}
    assert outcomes["picture_in"] is Outcome.SUCCESS
    assert outcomes["picture_out"] is Outcome.FAILED
    assert outcomes["picture_delay"] is Outcome.FAILED
    assert not rehearsal.good


async def test_nobody_who_answers_is_told(
    tmp_path: Path, devices: Devices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.diagnostics.rehearsal.listing.ANSWER_S", 1.0)
    async with robot_site(tmp_path, robot=False) as site:
        line = await Line.connect(site.settings().link)
        rehearsal = Rehearsal(site.settings(), line, devices)
        await rehearsal.run(lambda: None)
        await line.close()
    outcomes = {view.key: view for view in rehearsal.views}
    assert outcomes["agent"].outcome is Outcome.FAILED
    assert "robot d’essai" in outcomes["agent"].detail
    assert {view.outcome for view in rehearsal.views[2:]} == {Outcome.SKIPPED}


@pytest.mark.expects_log("broker not reached")
async def test_without_a_line_there_is_no_call(
    devices: Devices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.diagnostics.rehearsal.listing.LINE_S", 0.5)
    settings = devices_of({"link": {"url": "nats://127.0.0.1:9"}})
    line = await Line.connect(settings.link)
    rehearsal = Rehearsal(settings, line, devices)
    await rehearsal.run(lambda: None)
    await line.close()
    assert rehearsal.views[0].outcome is Outcome.FAILED
    assert {view.outcome for view in rehearsal.views[1:]} == {Outcome.SKIPPED}


@pytest.mark.slow
async def test_the_robot_knows_how_long_its_jitter_buffer_holds_what_it_sends_back(
    site: RobotSite, line: Line, devices: Devices
) -> None:
    trial = TrialCall(site.settings(), line, devices, AGENCY)
    try:
        await trial.join(15)
        await trial.first_picture()
        assert (await trial.ask(Ask.ECHO)).heard.echoing
        async with asyncio.timeout(20):
            while (heard := (await trial.ask(Ask.REPORT)).heard).pictures < 60:
                await asyncio.sleep(0.1)
    finally:
        await trial.close()
    # One frame of picture, three or four packets of sound: aiortc's own jitter buffers.
    assert 0.01 < heard.picture_held_s < 0.3
    assert 0.03 < heard.sound_held_s < 0.3


@pytest.mark.slow
async def test_an_agent_who_is_no_robot_is_told_apart(
    site: RobotSite, line: Line, devices: Devices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "kiosk.diagnostics.rehearsal.trial_call.asking", lambda _: "Bonjour, qui êtes-vous ?"
    )
    monkeypatch.setattr("kiosk.diagnostics.rehearsal.trial_call.REPLY_WITHIN_S", 1.0)
    trial = TrialCall(site.settings(), line, devices, AGENCY)
    try:
        await trial.join(15)
        await trial.first_picture()
        with pytest.raises(Unfit, match="pas le robot"):
            await trial.ask(Ask.REPORT)
    finally:
        await trial.close()
    assert closed(devices)


@pytest.mark.slow
async def test_the_command_prints_figures_and_its_exit_status_says_whether_all_is_good(
    site: RobotSite, tmp_path: Path
) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text(_toml(site))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c",
        "import sys; from kiosk.diagnostics.rehearsal.command import command; "
        "sys.exit(command(sys.argv[1:]))",
        "--config", str(config), "--json",
        stdout=asyncio.subprocess.PIPE, cwd=REPOSITORY,
    )  # fmt: skip
    async with asyncio.timeout(90):
        said, _ = await process.communicate()
    told = json.loads(said)
    assert told["agency"] == AGENCY
    assert process.returncode == (0 if told["good"] else 1)
    assert {"received_fps", "sent_fps", "picture_delay_ms"} <= told["figures"].keys()
    assert [step["key"] for step in told["steps"]][:2] == ["line", "agent"]


async def test_a_booth_that_runs_is_not_disturbed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text(f'[booth]\nstate_folder = "{tmp_path}"\n')
    server = ControlServer(tmp_path, _NoHandlers())  # type: ignore[arg-type]
    await server.start()
    try:
        status = await asyncio.to_thread(command, ["--config", str(config)])
    finally:
        await server.stop()
    assert status == EXIT_USAGE
    assert "Répétition" in capsys.readouterr().err


class _NoHandlers:
    def statuses(self) -> object:
        from kiosk.control.messages import Statuses

        return Statuses(dock=False)


def _running(rehearsal: Rehearsal) -> list[str]:
    return [view.key for view in rehearsal.views if view.outcome is Outcome.RUNNING]


def _toml(site: RobotSite) -> str:
    settings = site.settings()
    return f"""
[booth]
id = "{settings.booth.id}"
state_folder = "{settings.booth.state_folder}"
[link]
url = "{settings.link.url}"
user = "{settings.link.user}"
password_file = "{settings.link.password_file}"
[camera]
source = "simulated"
[sound]
microphone = "simulated"
loudspeaker = "simulated"
[handset]
source = "none"
[document_camera]
source = "none"
[document_printer]
source = "none"
[ticket_printer]
source = "none"
[card_reader]
source = "none"
[code_reader]
source = "keyboard"
"""
