"""The service files are right by systemd's own judgement, and give away little."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.watchdog import FROZEN_AFTER_S, LOOK_EVERY_S

ROOT = Path(__file__).parents[1]
UNITS = [ROOT / "kiosk.service", *sorted((ROOT / "config" / "systemd").glob("*.service"))]

#: systemd's own scale runs from 0 (nothing to gain) to 10 (everything).
MOST_EXPOSED = 2.5

#: Which the option counts in tenths.
THRESHOLD = f"--threshold={MOST_EXPOSED * 10:.0f}"

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd is not on this machine"
)


def service(unit: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(unit, encoding="utf-8")
    return parser["Service"]


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_exposure_is_low(unit: Path) -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", THRESHOLD, unit],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout.splitlines()[-1:]


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_has_nothing_to_say_of_it(unit: Path, tmp_path: Path) -> None:
    # `verify` exits with 0 for an unknown key too: only silence is right. The programs that the
    # unit starts need not be on this machine, so it is looked at in a tree that has them.
    folder = tmp_path / "etc" / "systemd" / "system"
    folder.mkdir(parents=True)
    shutil.copy(unit, folder)
    for target in ("network-online", "multi-user", "sysinit", "basic", "shutdown", "sound"):
        (folder / f"{target}.target").write_text(f"[Unit]\nDescription={target}\n")
    program = tmp_path / service(unit)["ExecStart"].split()[0].lstrip("/")
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    done = subprocess.run(
        ["systemd-analyze", "verify", f"--root={tmp_path}", "--man=no", unit.name],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.stdout + done.stderr, done.returncode) == ("", 0)


#: Seconds from the command to Home: 0.65 was measured, a booth's processor is slower.
START_S = 2.0


def test_a_freeze_ends_within_ten_seconds() -> None:
    booth = service(ROOT / "kiosk.service")
    until_killed = FROZEN_AFTER_S + float(booth["WatchdogSec"]) + float(booth["TimeoutAbortSec"])
    assert until_killed + float(booth["RestartSec"]) + START_S <= 10
    assert float(booth["WatchdogSec"]) > 2 * LOOK_EVERY_S


def test_the_booth_is_never_given_up() -> None:
    assert service(ROOT / "kiosk.service")["Restart"] == "always"
    assert "StartLimitIntervalSec=0" in (ROOT / "kiosk.service").read_text(encoding="utf-8")


def confined(*program: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program under the booth's system call filter."""
    return subprocess.run(
        [sys.executable, "-m", "tests.confined", ROOT / "kiosk.service", *program],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )


def test_the_guide_names_the_groups_that_the_service_has() -> None:
    guide = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z]+)` \| .*/dev/", guide, re.MULTILINE)
    assert rows == service(ROOT / "kiosk.service")["SupplementaryGroups"].split()


def test_what_the_booth_reads_of_the_machine_is_not_hidden() -> None:
    # The lock of the technician's door, crashes and the report need /proc beside processes.
    assert "ProcSubset" not in service(ROOT / "kiosk.service")


@needs_systemd
def test_what_the_filter_forbids_fails() -> None:
    done = confined("unshare", "--user", "true")
    assert done.returncode != 0
    assert "Operation not permitted" in done.stderr


@needs_systemd
@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "which"),
    [
        # What is drawn, refused and ended by a limit makes all calls that damaged documents make.
        ("pdf/test_reader.py", "not damaged and not nesting and not actions"),
        ("card_reader/test_serial.py", ""),
    ],
)
def test_devices_work_under_the_filter(file: str, which: str) -> None:
    # What gives up rights, follows processes or sets a port's controls makes the rarer calls.
    path = ROOT / "tests" / "devices" / file
    done = confined(sys.executable, "-m", "pytest", "-q", "-k", which, path)
    assert done.returncode == 0, done.stdout
