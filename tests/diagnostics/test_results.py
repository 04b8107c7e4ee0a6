"""The last guided test of each device outlives restarts, and never stops a booth."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.status import DeviceKind
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.results import FILE_NAME, TestResult, TestResults


def test_a_result_is_there_after_a_restart(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    results = TestResults(folder, clock=lambda: 1_795_000_000.0)
    assert results.last(DeviceKind.CAMERA) is None
    results.keep(DeviceKind.CAMERA, Outcome.SUCCESS)
    results.keep(DeviceKind.SCREEN, Outcome.FAILED)
    again = TestResults(folder)
    assert again.last(DeviceKind.CAMERA) == TestResult(at=1_795_000_000.0, outcome=Outcome.SUCCESS)
    screen = again.last(DeviceKind.SCREEN)
    assert screen is not None
    assert screen.outcome is Outcome.FAILED
    assert again.last(DeviceKind.MICROPHONE) is None
    assert stat.S_IMODE((folder / FILE_NAME).stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize("outcome", [Outcome.ABORTED, Outcome.RUNNING, Outcome.PENDING])
def test_what_did_not_end_tells_nothing(tmp_path: Path, outcome: Outcome) -> None:
    results = TestResults(tmp_path)
    results.keep(DeviceKind.CAMERA, Outcome.SUCCESS)
    results.keep(DeviceKind.CAMERA, outcome)
    kept = results.last(DeviceKind.CAMERA)
    assert kept is not None
    assert kept.outcome is Outcome.SUCCESS


@pytest.mark.expects_log("not understood")
@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"v":2}', '{"tests":{"toaster":{"at":1,"outcome":"success"}}}']
)
def test_a_corrupt_file_is_as_never_tested(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    results = TestResults(tmp_path)
    assert results.last(DeviceKind.CAMERA) is None
    results.keep(DeviceKind.CAMERA, Outcome.FAILED)
    assert TestResults(tmp_path).last(DeviceKind.CAMERA) is not None


@pytest.mark.expects_log("not understood")
@given(st.binary(max_size=300))
def test_any_file_is_survived(tmp_path_factory: pytest.TempPathFactory, held: bytes) -> None:
    folder = tmp_path_factory.mktemp("results")
    (folder / FILE_NAME).write_bytes(held)
    assert TestResults(folder).last(DeviceKind.CAMERA) is None


@pytest.mark.expects_log("not kept")
def test_a_folder_that_is_none_costs_only_the_memory(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kiosk.diagnostics.results._read", lambda _path: {})
        results = TestResults(tmp_path / "state")
    results.keep(DeviceKind.CAMERA, Outcome.SUCCESS)
    assert results.last(DeviceKind.CAMERA) is not None
