"""The papers' view models tell what the panels need, and keep no document's name for the next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.documents.view import (
    PapersStep,
    PapersView,
    PrintView,
    ReceivedDocument,
    SentPage,
    TakeAwayView,
)
from kiosk.visit.snapshot import CallView, WrittenLine
from tests.ui.pictures import halves
from tests.ui.test_viewmodels import told
from ui.papers_scenes import LETTER, MANY, READING, SCANNING, TEXT
from ui.video import Feeds
from ui.viewmodels.call import CallModel
from ui.viewmodels.paper_parts import PrintModel, TakeAwayModel
from ui.viewmodels.papers import PapersModel
from ui.viewmodels.rows import RowsModel

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_moving_page_repaints_nothing_but_itself() -> None:
    model = PapersModel()
    model.show(SCANNING)
    steps = told(model, "stepChanged")
    looks = told(model.look, "changed")
    model.show(replace(SCANNING, steadying=0.9))
    model.show(replace(SCANNING, steadying=0.9, taken=1))
    assert (steps, looks) == ([], ["changed"])
    assert [(point.x(), point.y()) for point in model.look.corners] == list(SCANNING.corners)
    assert (model.look.advice, model.look.steadying) == ("good", pytest.approx(0.9))


def test_the_pages_on_their_way_are_told_together() -> None:
    model = PapersModel()
    assert (model.sendingPercent, model.held, model.arrived) == (100, 0, 0)
    model.show(PapersView(taken=4, sent=(
        SentPage(1, 100), SentPage(2, 40), SentPage(3, 0), SentPage(4, waiting=True),
    )))  # fmt: skip
    assert (model.taken, model.arrived, model.held, model.sendingPercent) == (4, 1, 1, 20)


def test_a_document_is_announced_until_it_is_read_or_put_off() -> None:
    model = PapersModel()
    other = replace(LETTER, document="d2", name="b.pdf")
    announced = told(model, "announcedChanged")
    model.show(PapersView(received=(replace(LETTER, percent=40),)))
    assert model.announced == ""
    model.show(PapersView(received=(LETTER, other)))
    assert (model.announced, model.announcedName) == ("d1", LETTER.name)
    model.putOff()
    assert model.announced == "d2"
    model.show(PapersView(PapersStep.READING, received=(LETTER, other), document="d2"))
    assert model.announced == ""
    model.show(PapersView(received=(LETTER, other)))
    assert (model.announced, len(announced)) == ("", 3)
    model.show(PapersView())
    model.show(PapersView(received=(LETTER,)))
    assert model.announced == "d1"


def test_what_cannot_be_shown_is_not_announced() -> None:
    model = PapersModel()
    model.show(PapersView(received=(replace(LETTER, refused=True),)))
    assert (model.announced, model.documents) == ("", 1)


def test_the_document_that_is_read() -> None:
    model = PapersModel()
    model.show(READING)
    assert (model.documentName, model.documentPages, model.page) == (LETTER.name, 3, 2)
    assert not model.documentPrinted
    assert not model.documentTakenAway
    model.show(replace(MANY, document="d1"))
    assert model.documentPrinted
    model.show(PapersView())
    assert (model.documentName, model.documentPages, model.step) == ("", 0, "none")


def test_the_printer_speaks_to_residents() -> None:
    model = PrintModel()
    changes = told(model, "changed")
    job = PrintView("processing-stopped", 2, 6, 3, ("media-low", "media-jam"))
    model.show(job)
    model.show(job)
    assert (model.state, model.copies, model.pages, model.pagesPrinted) == (
        "processing-stopped", 2, 6, 3,
    )  # fmt: skip
    assert model.said.startswith("Une feuille est coincée")
    assert changes == ["changed"]


def test_a_download_counts_down_until_it_is_taken() -> None:
    model = TakeAwayModel(monotonic=lambda: 100.0)
    assert (model.timed, model.secondsLeft) == (False, 0)
    view = TakeAwayView("https://x/t/1#2", "123456", expires_at=160.0)
    model.show(view)
    assert (model.address, model.pin) == (view.address, view.pin)
    assert (model.timed, model.secondsLeft, model.taken) == (True, 60, False)
    model.show(replace(view, taken=True))
    assert (model.secondsLeft, model.taken) == (0, True)


def test_the_own_line_being_typed_stands_in_the_field_alone() -> None:
    model = CallModel()
    typing = WrittenLine("La deux", own=True, number=3, ended=False)
    model.show(CallView(writing=True, written=(*TEXT, typing), unread=2))
    assert (model.typing, model.unread, model.written.count) == ("La deux", 2, len(TEXT))
    model.show(CallView(written=(WrittenLine("", own=True, number=1),)))
    assert (model.typing, model.written.count) == ("", 0)


def test_a_pointer() -> None:
    model = CallModel()
    assert not model.pointing
    model.show(CallView(showing=True, pointer=(0.25, 0.5)))
    assert (model.showing, model.pointing) == (True, True)
    assert (model.pointer.x(), model.pointer.y()) == (0.25, 0.5)


def test_a_list_that_grows_is_not_begun_anew() -> None:
    rows = RowsModel("key", "body")
    rows.show([("a", "1")])
    signals = told(rows, "modelReset", "rowsInserted", "dataChanged")
    rows.show([("a", "2"), ("b", "3")])
    assert signals == ["rowsInserted", "dataChanged"]
    assert rows.count == 2
    rows.show([("b", "3")])
    assert signals[2:] == ["modelReset"]


def test_a_page_is_kept_for_a_view_that_comes_later_and_forgotten_with_its_step() -> None:
    feeds = Feeds()
    page = halves("red", "green")
    feeds.show(READING)
    feeds.sinks().paper(page)
    seen: list[object] = []
    feeds.paper.attach(seen.append)
    feeds.paper.repeat(seen.append)
    assert seen == [page, page]
    feeds.show(PapersView(received=(ReceivedDocument("d1", "a.pdf"),)))
    feeds.paper.repeat(seen.append)
    assert len(seen) == 2


def test_no_face_is_kept() -> None:
    feeds = Feeds()
    feeds.sinks().agent(halves("red", "green"))
    seen: list[object] = []
    feeds.agent.attach(seen.append)
    feeds.agent.repeat(seen.append)
    assert seen == []
