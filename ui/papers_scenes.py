"""Scripted snapshots of papers, text and a shared window, for screenshots and tests."""

from __future__ import annotations

import time
from dataclasses import replace

from kiosk.documents.view import (
    NEXT_PAGE,
    OPENING,
    PapersStep,
    PapersTrouble,
    PapersView,
    PrintView,
    ReceivedDocument,
    SentPage,
    TakeAwayView,
)
from kiosk.visit.snapshot import Screen, VisitSnapshot, WaitingView, WrittenLine
from ui.drawn_papers import CORNERS

LETTER = ReceivedDocument("d1", "Attestation de droits.pdf", pages=3, percent=100)
#: One that no other scene has read.
FRESH = replace(LETTER, document="d0")


LONG_NAME = "Formulaire de demande d'aide au logement et pièces à fournir pour l'année 2027.pdf"

POSSIBLE = PapersView(scan_possible=True, print_possible=True, take_away_possible=True)

SCANNING = replace(
    POSSIBLE, step=PapersStep.SCANNING, corners=CORNERS, advice="good", steadying=0.7
)
READING = replace(
    POSSIBLE, step=PapersStep.READING, received=(LETTER,), document="d1", page=2,
    picture_aspect=0.707,
)  # fmt: skip
PRINTING = replace(
    READING, step=PapersStep.PRINTING,
    printing=PrintView("processing", copies=2, pages=6, pages_printed=2),
)  # fmt: skip
#: After the call, while the sheets come out.
PRINTS = replace(
    POSSIBLE,
    received=(replace(LETTER, document="d5", job="processing"),),
    printing=PRINTING.printing,
)
TAKING = replace(READING, step=PapersStep.TAKING_AWAY)

ADDRESS = "https://guichet.exemple.fr/t/4f0c1d2e3a5b6978#" + "0123456789abcdef" * 2

TEXT = (
    WrittenLine("Bonjour, avez-vous reçu ma lettre ?", own=True, number=1),
    WrittenLine("Oui, je la regarde avec vous. Il manque une page.", own=False, number=1),
    WrittenLine("Laquelle ?", own=True, number=2, corrected=True),
    WrittenLine("La deuxième, avec la signa", own=False, number=2, ended=False),
)

MANY = replace(
    POSSIBLE,
    taken=3,
    sent=(SentPage(1, 100), SentPage(2, 100), SentPage(3, 40)),
    received=(
        replace(LETTER, printed=True),
        ReceivedDocument("d2", LONG_NAME, pages=12, percent=100, taken_away=True),
        ReceivedDocument("d3", "photo.jpg", pages=1, percent=35),
        ReceivedDocument("d4", "tableau.pdf", refused=True),
    ),
)


def _scanning() -> dict[str, PapersView]:
    looks = {
        "opening": replace(SCANNING, advice=OPENING, corners=(), steadying=0.0),
        "next": replace(
            SCANNING, advice=NEXT_PAGE, steadying=0.0, taken=1, sent=(SentPage(1, 100),)
        ),
        "no-page": replace(SCANNING, advice="no_page", corners=(), steadying=0.0),
        "good": replace(SCANNING, taken=2, sent=(SentPage(1, 100), SentPage(2, 100))),
        "held": replace(SCANNING, taken=1, sent=(SentPage(1, waiting=True),)),
    }
    # The longest words there are for it; the others are read in the tests.
    looks["light"] = replace(SCANNING, advice="light", steadying=0.1)
    looks["lost"] = replace(
        SCANNING, corners=(), advice=OPENING, steadying=0.0, taken=1,
        sent=(SentPage(1, 60),), trouble=PapersTrouble.CAMERA_LOST,
    )  # fmt: skip
    looks["too-many"] = replace(SCANNING, taken=30, trouble=PapersTrouble.TOO_MANY_PAGES)
    return {f"scanning-{name}": view for name, view in looks.items()}


def _printing() -> dict[str, PapersView]:
    jobs = {
        "sending": PrintView(),
        "pending": PrintView("pending", pages=3),
        "processing": PRINTING.printing,
        "stopped": replace(PRINTING.printing, state="processing-stopped", reasons=("media-jam",)),
        "done": replace(PRINTING.printing, state="completed", pages_printed=6),
        "canceled": replace(PRINTING.printing, state="canceled"),
        "aborted": replace(PRINTING.printing, state="aborted", reasons=("media-empty",)),
        "unknown": replace(PRINTING.printing, state="unknown", reasons=("offline",)),
    }
    return {f"printing-{name}": replace(PRINTING, printing=job) for name, job in jobs.items()}


def _taking() -> dict[str, PapersView]:
    now = time.monotonic()
    parcel = TakeAwayView(ADDRESS, "482913", now + 580)
    views = {
        "preparing": TAKING,
        "code": replace(TAKING, take_away=parcel),
        "over": replace(TAKING, take_away=replace(parcel, expires_at=now - 1)),
        "taken": replace(TAKING, take_away=replace(parcel, taken=True)),
        "failed": replace(TAKING, trouble=PapersTrouble.CODE_FAILED),
    }
    return {f"taking-{name}": view for name, view in views.items()}


def _views() -> dict[str, PapersView]:
    return {
        "proposed": replace(POSSIBLE, step=PapersStep.PROPOSED),
        "proposed-no-camera": replace(
            POSSIBLE, step=PapersStep.PROPOSED, scan_possible=False,
            trouble=PapersTrouble.NO_CAMERA,
        ),
        **_scanning(),
        "reviewing": replace(POSSIBLE, step=PapersStep.REVIEWING, picture_aspect=0.707, taken=1),
        "reading": READING,
        "reading-one-page": replace(
            READING, received=(replace(LETTER, name=LONG_NAME, pages=1, printed=True),), page=1
        ),
        "reading-no-printer": replace(
            READING, print_possible=False, trouble=PapersTrouble.NO_PRINTER
        ),
        "reading-another-prints": replace(READING, trouble=PapersTrouble.ANOTHER_PRINTS),
        **_printing(),
        **_taking(),
        "announced": replace(POSSIBLE, received=(FRESH,)),
        "refused": replace(POSSIBLE, trouble=PapersTrouble.DOCUMENT_REFUSED),
    }  # fmt: skip


def papers_scenes(in_call: VisitSnapshot) -> dict[str, VisitSnapshot]:
    """Return a snapshot of every step with papers, of text and of a shared window.

    `in_call` is the call that all of it happens in.
    """

    def call(**facts: object) -> VisitSnapshot:
        return replace(in_call, call=replace(in_call.call, **facts))  # type: ignore[arg-type]

    writing = {"writing": True, "written": TEXT}
    waiting = replace(in_call, screen=Screen.WAITING, waiting=WaitingView(position=3))
    scenes = {f"papers-{name}": replace(in_call, papers=view) for name, view in _views().items()}
    return scenes | {
        "papers-received": replace(in_call, papers=MANY),
        "papers-scanning-writing": replace(call(**writing), papers=SCANNING),
        "papers-reading-writing": replace(call(**writing), papers=READING),
        "papers-reading-slowed": replace(call(slowed=True), papers=READING),
        "papers-reading-unseen": replace(
            call(remote_video=False, camera_working=False), papers=READING
        ),
        "papers-waiting-scan": replace(waiting, papers=SCANNING),
        "text": call(**writing),
        "text-unread": call(written=TEXT, unread=2),
        "text-announced": replace(call(**writing), papers=replace(POSSIBLE, received=(FRESH,))),
        "shared": call(showing=True, pointer=(0.27, 0.29)),
        "shared-announced": replace(
            call(showing=True), papers=replace(POSSIBLE, received=(FRESH,))
        ),
        "shared-writing": call(showing=True, **writing),
    }
