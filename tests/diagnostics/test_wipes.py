"""What the technician learns of the wipes: the last receipt, what it says, and what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.diagnostics.black_box.command import EXIT_NOT_GENUINE, command
from kiosk.diagnostics.black_box.entries import WipeEntry
from kiosk.diagnostics.black_box.files import FOLDER, kept_visits
from kiosk.diagnostics.black_box.recorder import BlackBox
from kiosk.diagnostics.black_box.wipes import kept_wipes, missing
from kiosk.diagnostics.readiness.facts import last_wipe
from kiosk.diagnostics.readiness.judge import judge
from kiosk.diagnostics.readiness.report import Machine, ReasonCode, WipeReport
from kiosk.diagnostics.readiness.sentences import wipe
from kiosk.visit.receipts import Receipts
from kiosk.visit.snapshot import Screen, VisitSnapshot
from kiosk.visit.wipe import Answer, Ending, Receipt, StoreName

DAY = 20_779
"""Sunday 22 November 2026."""
CLEAN = tuple(Answer(name, 1) for name in StoreName)


class Booth:
    """A state folder in which visits come and go."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.receipts = Receipts(folder, lambda: DAY)
        self.box = BlackBox(folder)

    def visit(self, answers: tuple[Answer, ...] = CLEAN) -> Receipt:
        self.box.snapshot(VisitSnapshot(screen=Screen.CONSENT))
        self.box.snapshot(VisitSnapshot(screen=Screen.HOME))
        receipt = self.receipts.make(Ending.LEFT, answers)
        self.box.wiped(receipt)
        return receipt


@pytest.fixture
def booth(tmp_path: Path) -> Booth:
    return Booth(tmp_path)


def reasons(report: WipeReport | None) -> list[ReasonCode]:
    judged = judge((), running=True, line_up=True, machine=Machine(), wipe=report)
    return [reason.code for reason in judged]


def test_the_last_receipt_is_told_and_checked(booth: Booth) -> None:
    assert last_wipe(booth.folder) is None
    booth.visit()
    last = booth.visit()
    assert kept_wipes(booth.folder).last == last
    report = last_wipe(booth.folder)
    assert wipe(report).replace("\N{NO-BREAK SPACE}", " ") == (
        "n° 2, dimanche 22 novembre, 13 réponses, rien ne reste, signature vérifiée"
    )
    assert reasons(report) == []


def test_what_is_left_and_who_is_silent_keeps_the_public_out(booth: Booth) -> None:
    answers = (Answer(StoreName.DOCUMENTS, 1, 1), Answer(StoreName.KEYBOARD, answered=False))
    booth.visit(answers)
    report = last_wipe(booth.folder)
    assert report is not None
    words = wipe(report).replace("\N{NO-BREAK SPACE}", " ")
    assert "1 réponse, il reste : les papiers, sans réponse : le clavier" in words
    assert reasons(report) == [ReasonCode.NOT_WIPED]


def test_a_receipt_that_was_changed_or_left_out_shows(
    booth: Booth, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        booth.visit()
    booth.receipts.make(Ending.LEFT, CLEAN)
    booth.visit((Answer(StoreName.TEXT, 0, 3),))
    (newest,) = (booth.folder / FOLDER).glob("*4.jsonl")
    newest.write_text(newest.read_text().replace('"text",0,3', '"text",0,0'))
    report = last_wipe(booth.folder)
    assert report is not None
    assert (report.genuine, report.missing) == (False, 1)
    assert "SIGNATURE FAUSSE, 1\N{NO-BREAK SPACE}reçu manque avant lui" in wipe(report)
    assert reasons(report) == [ReasonCode.WIPE_NOT_SIGNED]
    assert command(["--state-folder", str(booth.folder)]) == EXIT_NOT_GENUINE
    told = capsys.readouterr().err
    assert "4 wipes: 3 signatures of this booth, 4 clean, 1 missing" in told
    assert "wipe 5: not signed by this booth" in told


def test_without_the_key_nothing_is_genuine_and_none_is_made(booth: Booth) -> None:
    booth.visit()
    (booth.folder / "receipt.key").unlink()
    report = last_wipe(booth.folder)
    assert report is not None
    assert not report.genuine
    assert not (booth.folder / "receipt.key").exists()


def test_missing_numbers_are_counted() -> None:
    assert missing([]) == 0
    assert missing([], 7) == 0
    assert missing([3, 4, 5], 5) == 0
    assert missing([3, 5], 7) == 3
    assert missing([3, 4, 1, 2], 2) == 1


def test_the_wipe_after_a_kill_goes_on_in_the_file_of_its_visit(booth: Booth) -> None:
    booth.box.snapshot(VisitSnapshot(screen=Screen.WAITING))
    booth.box.close()
    later = BlackBox(booth.folder)
    later.wiped(booth.receipts.make(Ending.INTERRUPTED, CLEAN))
    later.close()
    (visit,) = kept_visits(booth.folder)
    last = visit.entries[-1]
    assert isinstance(last, WipeEntry)
    assert last.ending is Ending.INTERRUPTED


def test_the_receipt_of_a_visit_before_the_black_box_was_open_is_kept(booth: Booth) -> None:
    first = booth.receipts.make(Ending.LEFT, CLEAN)
    booth.box.wiped(first)
    second = booth.visit()
    kept = kept_wipes(booth.folder)
    assert (kept.last, kept.missing) == (second, 0)
