"""What changes on a screen without the focus moving is told to a screen reader."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.ui.conftest import Booth
from ui.scenes import scenes

SCENES = scenes()
CALL, WAITING = SCENES["in-call"], SCENES["waiting-third"]

CHANGES = {
    "advice": (
        SCENES["papers-scanning-light"],
        SCENES["papers-scanning-good"],
        "C'est net. Ne bougez plus.",
    ),
    "print": (
        SCENES["papers-printing-processing"],
        SCENES["papers-printing-done"],
        "C'est imprimé. Prenez vos feuilles.",
    ),
    "place": (WAITING, SCENES["waiting-next"], "C'est bientôt à vous."),
    "desk": (WAITING, SCENES["waiting-nobody"], "Aucun agent n'est au guichet pour l'instant."),
    "document": (CALL, SCENES["papers-announced"], "L'agent vous donne un document."),
    "refused": (CALL, SCENES["papers-refused"], "Le document de l'agent ne peut pas être montré."),
    "device": (CALL, replace(CALL, lost=("handset",)), "Le combiné"),
}


def told(booth: Booth) -> list[str]:
    """Return what was told, as one types it."""
    spoken = [item for item in booth.items() if item.objectName() == "spoken"]
    words = (str(item.property("told")) for item in spoken)
    return [one.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") for one in words]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_in_its_place_is_told(booth: Booth, change: str) -> None:
    before, after, words = CHANGES[change]
    booth.show(before)
    booth.show(after)
    booth.bot.waitUntil(lambda: any(words in one for one in told(booth)))
