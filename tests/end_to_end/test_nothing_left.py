"""Marks are planted all along a visit and searched for afterwards: nothing of them may be left.

Whole visits in all their states and endings: `python -m bench.nothing_left`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.visit.wipe import Ending
from tests.end_to_end.desktop import AccessibleSession
from tests.end_to_end.marks_site import MarkedSite, marked_site

#: Each visit takes ten seconds, and six times that on a machine that does much else.
pytestmark = pytest.mark.timeout(300)

#: Waits that are for people, and a picture that leaves two cores to what is tried here.
QUICK = {
    "CALL__WIDTH": "640",
    "CALL__HEIGHT": "360",
    "CALL__RATE": "10",
    "DIAGNOSTICS__BEFORE_QUEUE_S": "0",
    "DOCUMENTS__STILL_S": "0.2",
}


@pytest.fixture(scope="module")
def site(
    session: AccessibleSession, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MarkedSite]:
    """A demonstration whose resident leaves marks."""
    with marked_site(tmp_path_factory.mktemp("marked"), session, QUICK) as running:
        yield running


def test_nothing_is_left_of_a_whole_visit(site: MarkedSite) -> None:
    resident, before = site.resident, site.wipes
    resident.call()
    resident.write()
    resident.read()
    resident.print()
    assert "seen" in {finding.mark for finding in site.held()}
    resident.hang_up()
    resident.opine()
    resident.back_home()
    receipt = site.wiped(before + 1)
    assert receipt.clean, receipt
    assert receipt.ending is Ending.LEFT
    assert site.found() == []


def test_what_is_not_wiped_is_found_and_goes_with_the_next_visit(site: MarkedSite) -> None:
    resident, before = site.resident, site.wipes
    site.switched_off.touch()
    try:
        site.caller.show_code()
        resident.back_home()
        site.wiped(before + 1)
        resident.call()
        resident.write()
        resident.read()
        resident.scan()
        resident.back_home()
        site.wiped(before + 2)
        found = site.found()
    finally:
        site.switched_off.unlink()
    assert any(one.mark == "given" and one.place.endswith("document.pdf") for one in found), found
    assert any(one.mark == "scanned" and "memfd" in one.place for one in found), found
    assert any(one.mark == "seen" and "code-reader" in one.place for one in found), found

    # Killed over a page, the booth comes back and wipes what is left of both.
    resident.call()
    resident.scan()
    site.cut_off("kiosk")
    resident.home()
    receipt = site.wiped(before + 3)
    assert receipt.clean, receipt
    assert receipt.ending is Ending.INTERRUPTED
    assert site.found() == []
    assert site.receipts_missing == 0
