"""The readiness report: what is gathered, how it is judged, and in which words it is told."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from devices.document_printer.interface import JobProgress, JobState
from devices.document_printer.simulated import SimulatedPrinter
from devices.status import DeviceError, DeviceKind, DeviceState, DeviceStatus
from kiosk.diagnostics.crash.record import Cause
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.readiness import gather as gathering
from kiosk.diagnostics.readiness import sentences, words
from kiosk.diagnostics.readiness.facts import machine, versions
from kiosk.diagnostics.readiness.gather import gather
from kiosk.diagnostics.readiness.judge import judge
from kiosk.diagnostics.readiness.pdf import pdf
from kiosk.diagnostics.readiness.qr import MAX_BYTES, modules, summary
from kiosk.diagnostics.readiness.report import (
    CrashReport,
    DeviceReport,
    LastTest,
    Machine,
    Part,
    Readiness,
    Reason,
    ReasonCode,
)
from kiosk.diagnostics.readiness.reporter import BoothReporter
from kiosk.diagnostics.readiness.table import show
from kiosk.diagnostics.results import TestResults
from tests.control.booth import Toy, subject, toys

AT = 1_795_354_320.0
"""22 November 2026, 14:32 in Paris."""


@pytest.fixture(autouse=True)
def in_paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever zone this machine is in."""
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def device(kind: DeviceKind = DeviceKind.CAMERA, **told: object) -> DeviceReport:
    facts = {"expected": True, "connected": True, "state": DeviceState.ONLINE} | told
    return DeviceReport.model_validate({"kind": kind, **facts})


def codes(*devices: DeviceReport, **told: object) -> list[ReasonCode]:
    about = {"running": True, "line_up": True, "machine": Machine()} | told
    return [reason.code for reason in judge(devices, **about)]  # type: ignore[arg-type]


FAILED = LastTest(at=AT, outcome=Outcome.FAILED)
PASSED = LastTest(at=AT, outcome=Outcome.SUCCESS)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, []),
        ({"last_test": PASSED}, []),
        ({"state": DeviceState.UNKNOWN, "connected": None}, []),
        ({"state": DeviceState.STARTING}, []),
        ({"connected": False}, [ReasonCode.DEVICE_MISSING]),
        ({"connected": False, "expected": False}, []),
        ({"state": DeviceState.HARDWARE_ERROR}, [ReasonCode.DEVICE_FAULTY]),
        ({"state": DeviceState.HARDWARE_ERROR, "expected": False}, []),
        ({"state": DeviceState.USER_ERROR}, [ReasonCode.DEVICE_SUPPLY]),
        (
            {"state": DeviceState.HARDWARE_ERROR, "reasons": ("media-jam",)},
            [ReasonCode.DEVICE_SUPPLY],
        ),
        # One of two trays: the driver has cut off the severity, and says that it prints.
        ({"reasons": ("media-empty",)}, []),
        ({"reasons": ("media-low", "toner-low-report")}, []),
        ({"last_test": FAILED}, [ReasonCode.TEST_FAILED]),
        ({"simulated": True}, [ReasonCode.DEVICE_SIMULATED]),
        ({"simulated": True, "expected": False}, []),
    ],
)
def test_a_device_keeps_the_public_out(told: dict[str, object], expected: list[ReasonCode]) -> None:
    assert codes(device(**told)) == expected


def test_the_rest_of_the_booth_keeps_the_public_out() -> None:
    assert codes(running=False) == [ReasonCode.NOT_RUNNING]
    assert codes(line_up=False) == [ReasonCode.LINE_DOWN]
    assert codes(line_up=None) == []
    assert codes(machine=Machine(disk_free_mb=5, memory_available_mb=5)) == [
        ReasonCode.DISK_FULL,
        ReasonCode.MEMORY_LOW,
    ]
    assert codes(device(simulated=True), accept_simulated=True) == []


def not_told(_part: Part, _done: int, _of: int) -> None:
    """No progress."""


async def test_a_complete_booth_is_ready(tmp_path: Path) -> None:
    parts: list[Part] = []
    report = await gather(
        subject(tmp_path, toys(simulated=False)), lambda part, _done, _of: parts.append(part)
    )
    assert report.ready
    assert sentences.verdict(report) == "Prêt pour le public (4 appareils jamais testés)."
    assert len(parts) == 6
    assert Readiness.model_validate_json(report.model_dump_json()) == report


async def test_simulated_devices_are_not_for_the_public(tmp_path: Path) -> None:
    report = await gather(subject(tmp_path, toys()), not_told)
    assert not report.ready
    assert {reason.code for reason in report.reasons} == {ReasonCode.DEVICE_SIMULATED}
    assert "Caméra\N{NO-BREAK SPACE}: simulée" in sentences.verdict(report)
    assert (await gather(subject(tmp_path, toys()), not_told, accept_simulated=True)).ready


async def test_what_has_to_be_there_and_is_not_is_missing(tmp_path: Path) -> None:
    devices = toys(simulated=False)
    del devices[DeviceKind.MICROPHONE]
    devices[DeviceKind.CAMERA].cable.unplug()
    report = await gather(subject(tmp_path, devices), not_told)
    assert report.reasons == (
        Reason(code=ReasonCode.DEVICE_MISSING, device=DeviceKind.CAMERA),
        Reason(code=ReasonCode.DEVICE_MISSING, device=DeviceKind.MICROPHONE),
    )


class Closed(Toy):
    """A device that is closed: it can only be looked for, and may take for ever over it."""

    here: tuple[str, ...] | None = ("camera",)

    @property
    def status(self) -> DeviceStatus:
        return DeviceStatus()

    async def found(self) -> tuple[str, ...]:
        if self.here is None:
            await asyncio.Event().wait()
        return self.here or ()


@pytest.mark.parametrize(("here", "connected"), [(("camera",), True), ((), False), (None, None)])
async def test_a_closed_device_is_looked_for_within_its_time(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    here: tuple[str, ...] | None,
    connected: bool | None,
) -> None:
    monkeypatch.setattr(gathering, "LOOK_S", 0.05)
    closed = Closed(DeviceKind.CAMERA)
    closed.here = here
    report = await gather(subject(tmp_path, toys() | {DeviceKind.CAMERA: closed}), not_told)
    assert report.devices[0].connected is connected


async def test_each_kind_has_one_row_that_tells_what_is_broken(tmp_path: Path) -> None:
    microphone, hook = Toy(DeviceKind.HANDSET), Toy(DeviceKind.HANDSET)
    microphone.cable.unplug()
    parts = tuple(toys().values())
    booth = replace(subject(tmp_path, toys()), devices=(microphone, *parts, hook))
    rows = (await gather(booth, not_told)).devices
    assert [row.connected for row in rows if row.kind is DeviceKind.HANDSET] == [True]
    microphone.broken = DeviceState.HARDWARE_ERROR
    rows = (await gather(booth, not_told)).devices
    assert [row.state.faulty for row in rows if row.kind is DeviceKind.HANDSET] == [True]


async def test_without_a_booth_nothing_is_said_of_the_screen(tmp_path: Path) -> None:
    devices = toys(simulated=False)
    devices[DeviceKind.SCREEN].broken = DeviceState.UNKNOWN
    report = await gather(subject(tmp_path, devices, running=False), not_told)
    assert report.devices[-1].connected is None
    assert report.reasons == (Reason(code=ReasonCode.NOT_RUNNING),)


@pytest.mark.expects_log("device not looked for")
async def test_a_drivers_bug_does_not_cost_the_report(tmp_path: Path) -> None:
    class Wrong(Closed):
        async def found(self) -> tuple[str, ...]:
            raise RuntimeError("a bug")

    devices = toys() | {DeviceKind.CAMERA: Wrong(DeviceKind.CAMERA)}
    report = await gather(subject(tmp_path, devices), not_told)
    assert report.devices[0].connected is None


async def test_the_last_tests_are_told(tmp_path: Path) -> None:
    TestResults(tmp_path, clock=lambda: AT).keep(DeviceKind.CAMERA, Outcome.SUCCESS)
    report = await gather(subject(tmp_path, toys()), not_told)
    told = {one.kind: words.last_test(one.last_test) for one in report.devices}
    nb = "\N{NO-BREAK SPACE}"
    assert told[DeviceKind.CAMERA] == f"réussi, le 22{nb}novembre{nb}2026 à 14{nb}h{nb}32"
    assert told[DeviceKind.SCREEN] == "jamais testé"


@pytest.mark.parametrize(
    ("kind", "told", "expected"),
    [
        (DeviceKind.CAMERA, {}, "Connectée"),
        (DeviceKind.MICROPHONE, {"simulated": True}, "Connecté, simulé"),
        (DeviceKind.CAMERA, {"state": DeviceState.UNKNOWN}, "Connectée"),
        (DeviceKind.CAMERA, {"state": DeviceState.UNKNOWN, "connected": None}, "État inconnu"),
        (DeviceKind.HANDSET, {"state": DeviceState.NO_DEVICE, "expected": False}, "Non installé"),
        (DeviceKind.TICKET_PRINTER, {"state": DeviceState.NO_DEVICE}, "Absente"),
        (
            DeviceKind.DOCUMENT_PRINTER,
            {"reasons": ("media-empty-error", "unheard-of")},
            "Connectée, plus de papier",
        ),
    ],
)
def test_a_condition_in_words(kind: DeviceKind, told: dict[str, object], expected: str) -> None:
    assert words.device_condition(device(kind, **told)) == expected


@pytest.mark.parametrize("state", DeviceState)
@pytest.mark.parametrize("kind", DeviceKind)
def test_every_state_of_every_device_has_words(kind: DeviceKind, state: DeviceState) -> None:
    condition = words.device_condition(device(kind, state=state, connected=None))
    assert condition[0].isupper()
    assert "·" not in condition
    if state.faulty:
        assert words.device_hint(device(kind, state=state))


@pytest.mark.parametrize("code", ReasonCode)
def test_every_reason_has_words(code: ReasonCode) -> None:
    assert sentences.reason(Reason(code=code))
    assert "·" not in sentences.reason(Reason(code=code, device=DeviceKind.CAMERA))


def test_durations_and_sizes_in_words() -> None:
    nb = "\N{NO-BREAK SPACE}"
    assert sentences.duration(59) == f"0{nb}min"
    assert sentences.duration(3_900) == f"1{nb}h 05{nb}min"
    assert sentences.duration(90_000) == f"1{nb}jour 1{nb}h"
    assert sentences.duration(200_000) == f"2{nb}jours 7{nb}h"
    assert sentences.size(999) == f"999{nb}Mo"
    assert sentences.size(12_440) == f"12,4{nb}Go"


def test_the_machine_tells_of_itself(tmp_path: Path) -> None:
    told = machine(tmp_path)
    assert told.disk_free_mb is not None
    assert told.memory_total_mb is not None
    assert told.uptime_s
    assert machine(tmp_path / "nowhere").disk_free_mb is None
    assert versions().keys() >= {"visio_guichet", "qt", "opencv", "nats_server", "python"}
    assert "?" not in versions().values()


def test_what_the_service_may_not_see_is_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hidden() -> object:
        raise FileNotFoundError("/proc/meminfo")

    monkeypatch.setattr("psutil.virtual_memory", hidden)
    monkeypatch.setattr("psutil.sensors_temperatures", hidden)
    told = machine(tmp_path)
    assert told.memory_available_mb is None
    assert told.temperature_c is None
    assert told.uptime_s
    assert codes(machine=told) == []


def test_a_booth_starts_without_the_libraries_of_a_report() -> None:
    script = (
        "import sys, kiosk.control.booth, kiosk.diagnostics.readiness.reporter,"
        " kiosk.diagnostics.crash.recorder, kiosk.diagnostics.black_box.recorder;"
        "heavy = {'psutil', 'fpdf', 'qrcode', 'cv2', 'numpy', 'PIL'} & set(sys.modules);"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def report(**told: object) -> Readiness:
    """Return a report with everything that there can be in one."""
    devices = tuple(
        device(kind, state=DeviceState.USER_ERROR, reasons=("media-empty-error", "toner-low"))
        for kind in DeviceKind
    )
    facts = {
        "at": AT,
        "booth": "pvp-saint-etienne-du-rouvray-sud-1",
        "place_name": "France services de Saint-Étienne-du-Rouvray",
        "running": True,
        "ready": False,
        "devices": devices,
        "line_up": True,
        "reasons": judge(devices, running=True, line_up=True, machine=Machine()),
        "versions": versions(),
        "machine": machine(Path("/")),
        "crashes": (
            CrashReport(at=AT, cause=Cause.SEGMENTATION_FAULT, place="playout.py:45 _fill"),
        ),
    }
    return Readiness.model_validate(facts | told)


def test_the_code_is_short_and_a_phone_reads_it() -> None:
    text = summary(report())
    assert len(text.encode()) <= MAX_BYTES
    assert text.startswith("pvp-saint-etienne-du-rouvray-sud-1 22/11/2026 14:32 : PAS PRÊT\n")
    rows = modules(text)
    scale = 4
    size = len(rows) + 8
    picture = Image.new("L", (size, size), 255)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            picture.putpixel((across + 4, down + 4), 0 if dark else 255)
    read = zxingcpp.read_barcodes(picture.resize((size * scale, size * scale)))
    assert [one.text for one in read] == [text]


@pytest.mark.parametrize("ready", [False, True])
def test_the_paper_is_one_page_with_the_words_of_the_screen(tmp_path: Path, ready: bool) -> None:
    told = report(ready=ready, reasons=()) if ready else report()
    paper = tmp_path / "report.pdf"
    paper.write_bytes(pdf(told))
    text = subprocess.run(
        ["pdftotext", "-layout", paper, "-"], check=True, capture_output=True, text=True
    ).stdout
    assert text.count("\f") == 1
    for expected in ("Rapport de la borne", "Caméra", "plus de papier", "jamais testé", "_fill"):
        assert expected in text
    subprocess.run(["pdftoppm", "-r", "150", "-png", paper, tmp_path / "page"], check=True)
    with Image.open(next(tmp_path.glob("page*.png"))) as page:
        assert [one.text for one in zxingcpp.read_barcodes(page)] == [summary(told)]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("stream", [io.StringIO, _Terminal])
def test_the_table_says_the_same_in_colour_or_not(stream: type[io.StringIO]) -> None:
    target = stream()
    show(report(), "Rapport de la borne en marche.", target)
    text = target.getvalue()
    for expected in ("Rapport de la borne en marche.", "Caméra", "jamais testé", "Pas prêt"):
        assert expected in text
    assert ("\x1b[" in text) == target.isatty()


class Printer(Toy):
    """Takes what it is given, and ends as the test says."""

    end: JobState | DeviceError = JobState.COMPLETED
    printed = b""

    async def start(self) -> None:
        pass

    async def print(self, pdf: bytes, *, copies: int = 1, on_progress: object) -> JobProgress:
        self.printed = pdf
        if isinstance(self.end, DeviceError):
            raise self.end
        return JobProgress(self.end)

    async def purge(self) -> None:
        pass


@pytest.mark.expects_log("report not printed")
@pytest.mark.parametrize(
    ("end", "said"),
    [
        (JobState.COMPLETED, "Le rapport est imprimé."),
        (JobState.UNKNOWN, "Contact perdu"),
        (JobState.ABORTED, "pas été imprimé : plus de papier"),
        (DeviceError(DeviceState.NO_DEVICE, "gone"), "pas été imprimé : plus de papier"),
    ],
)
async def test_the_screens_report_is_printed(
    tmp_path: Path, end: JobState | DeviceError, said: str
) -> None:
    printer = Printer(DeviceKind.DOCUMENT_PRINTER)
    printer.end = end
    printer.reasons = ("media-empty",)
    reporter = BoothReporter(lambda: subject(tmp_path, toys()), lambda: printer)
    view = await reporter.make()
    assert not view.ready
    assert view.qr.startswith("pvp-test")
    assert ("Liaison", "établie") in view.facts
    assert said in await reporter.print()
    assert printer.printed.startswith(b"%PDF-")


@pytest.mark.expects_log("report not printed")
async def test_a_printer_that_waits_for_paper_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.diagnostics.readiness.reporter.STANDS_S", 0.2)
    printer = SimulatedPrinter(page_s=0.01)
    await printer.start()
    try:
        printer.actions["empty"].run("")
        reporter = BoothReporter(lambda: subject(tmp_path, toys()), lambda: printer)
        assert await reporter.print() == "Le rapport n'a pas été imprimé : plus de papier."
        printer.actions["refill"].run("")
        assert await reporter.print() == "Le rapport est imprimé."
        assert printer.printed == 1
    finally:
        await printer.stop()


async def test_without_a_printer_that_is_said(tmp_path: Path) -> None:
    reporter = BoothReporter(lambda: subject(tmp_path, toys()), lambda: None)
    assert await reporter.print() == "Cette borne n'a pas d'imprimante A4."
