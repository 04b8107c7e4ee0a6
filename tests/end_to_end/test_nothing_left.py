"""Marks are planted all along a visit and searched for afterwards: nothing of them may be left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.visit.wipe import Ending
from tests.end_to_end.desktop import AccessibleSession
from tests.end_to_end.marks_site import MarkedSite, marked_site

#: A visit takes twenty seconds, and six times that on a machine that does much else.
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def site(
    session: AccessibleSession, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MarkedSite]:
    """A demonstration whose booth wipes what it should."""
    with marked_site(tmp_path_factory.mktemp("marked"), session) as running:
        yield running


def test_nothing_is_left_of_a_whole_visit(site: MarkedSite) -> None:
    resident = site.resident
    resident.call()
    resident.write()
    resident.read()
    resident.print()
    assert "seen" in {finding.mark for finding in site.found()}
    resident.hang_up()
    resident.opine()
    resident.back_home()
    receipt = site.wiped(1)
    assert receipt.clean, receipt
    assert receipt.ending is Ending.LEFT
    assert site.found() == []


def test_nothing_is_left_when_the_booth_is_killed_over_a_page(site: MarkedSite) -> None:
    resident, before = site.resident, site.wipes
    resident.call()
    resident.scan()
    site.cut_off("kiosk")
    resident.home()
    receipt = site.wiped(before + 1)
    assert receipt.clean, receipt
    assert receipt.ending is Ending.INTERRUPTED
    assert site.found() == []


def test_a_wipe_that_is_switched_off_is_found_out(tmp_path: Path) -> None:
    with (
        AccessibleSession() as session,
        marked_site(tmp_path, session, leaks=("files", "page_memory")) as site,
    ):
        resident = site.resident
        resident.call()
        resident.write()
        resident.read()
        resident.scan()
        resident.hang_up()
        resident.back_home()
        site.wiped(1)
        found = site.found()
    assert any(one.mark == "given" and one.place.endswith("document.pdf") for one in found), found
    assert any(one.mark == "scanned" and "memfd" in one.place for one in found), found
