"""Every reason that the driver knows has words, and each says what to do."""

from __future__ import annotations

import pytest

from devices.document_printer.reasons import BY_HAND, KNOWN
from kiosk.diagnostics.printer_words import for_resident, for_technician, matters, remedy


@pytest.mark.parametrize("reason", sorted(KNOWN))
def test_each_known_reason_has_words_of_its_own(reason: str) -> None:
    (technician,) = for_technician([reason])
    assert reason not in technician
    assert technician.endswith(".")
    assert technician[0].isupper()
    resident = for_resident([reason])
    assert not resident or resident.endswith(".")


@pytest.mark.parametrize("reason", sorted(BY_HAND))
def test_what_a_hand_can_mend_is_told_to_the_resident(reason: str) -> None:
    said = for_resident([reason])
    assert said
    assert "toner" not in said.lower()


def test_the_first_that_concerns_a_resident_is_said() -> None:
    assert for_resident(["toner-low", "media-empty", "media-jam"]) == (
        "Il n’y a plus de papier dans l’imprimante. Appelez la personne de l’accueil."
    )
    assert for_resident(["toner-low"]) == ""
    assert for_resident([]) == ""


def test_an_unknown_reason_is_quoted_to_the_technician_only() -> None:
    assert for_resident(["com.example-odd"]) == ""
    assert "com.example-odd" in for_technician(["com.example-odd"])[0]


@pytest.mark.parametrize("reason", sorted(KNOWN))
def test_each_is_told_in_brief_within_a_sentence(reason: str) -> None:
    (brief,) = matters([f"{reason}-warning"])
    assert brief[0].islower()
    assert not brief.endswith(".")
    assert " : " not in brief


def test_the_first_thing_to_do_is_that_of_the_first_reason_which_has_one() -> None:
    assert remedy(["connecting-to-device", "media-empty"]) == "Remplissez le bac avec du papier A4."
    assert remedy(["com.example-odd"]) == ""
    assert tuple(matters(["com.example-odd"])) == ()
