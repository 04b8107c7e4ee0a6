"""The wipe: every store is asked, what fails is told, and the receipt can be checked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from devices.document_printer.connection import Pace
from kiosk.visit.receipts import KEY_FILE, LAST_FILE, Receipts
from kiosk.visit.stores import DownloadsStore, Forgotten, PartStore
from kiosk.visit.wipe import Answer, Ending, Receipt, Store, StoreName
from kiosk.visit.wiper import OPEN_FILE, STORE_S, InterfaceStores, Wiper
from kiosk.wiping import TemporaryFiles
from tests.visit.virtual_time import run

SHOWN = {"pictures": (1, 0), "clipboard": (0, 0), "keyboard": (0, 0), "fields": (2, 0)}


class Site:
    """A wiper whose interface answers, or not, as the test says."""

    def __init__(
        self, folder: Path, stores: Sequence[Store] = (), *, interface: bool = True
    ) -> None:
        self.folder = folder
        self.kept: list[Receipt] = []
        self.receipts = Receipts(folder)
        self.interface = InterfaceStores(self._asked if interface else lambda: None)
        self.wiper = Wiper(folder, self.receipts, lambda: stores, self.interface, self.kept.append)

    def _asked(self) -> None:
        loop, number = asyncio.get_running_loop(), self.interface.wanted
        loop.call_soon(self.interface.wiped, number - 1, {"fields": (9, 9)})
        loop.call_soon(self.interface.wiped, number, SHOWN)

    @property
    def answers(self) -> dict[StoreName, Answer]:
        return {answer.store: answer for answer in self.kept[-1].answers}


def full(things: int, *, forgets: bool = True) -> PartStore:
    held = [things]

    async def erase() -> int:
        erased = held[0]
        if forgets:
            held[0] = 0
        return erased

    return PartStore(StoreName.DOCUMENTS, erase, lambda: held[0])


def test_every_store_answers_and_the_receipt_is_the_booths_own(tmp_path: Path) -> None:
    async def story() -> None:
        site = Site(tmp_path, [Forgotten(StoreName.TICKETS, 1, 0)])
        await site.wiper.wipe(Ending.LEFT, [full(3)])
        assert site.answers[StoreName.DOCUMENTS] == Answer(StoreName.DOCUMENTS, 3, 0)
        assert site.answers[StoreName.TICKETS].erased == 1
        assert site.answers[StoreName.FIELDS] == Answer(StoreName.FIELDS, 2, 0)
        receipt = site.kept[0]
        assert receipt.clean
        assert site.receipts.genuine(receipt)
        assert not site.receipts.genuine(replace(receipt, number=receipt.number + 1))
        assert not site.receipts.genuine(replace(receipt, signature="00" * 64))
        assert not site.receipts.genuine(replace(receipt, signature="no"))

    run(story())


@pytest.mark.expects_log("visit not wiped")
def test_a_store_that_does_not_forget_shows(tmp_path: Path) -> None:
    async def story() -> None:
        site = Site(tmp_path)
        await site.wiper.begin()
        await site.wiper.wipe(Ending.LEFT, [full(3, forgets=False)])
        assert not site.kept[0].clean
        assert site.answers[StoreName.DOCUMENTS].left == 3
        assert (tmp_path / OPEN_FILE).exists()

    run(story())


def broken() -> Callable[[], int]:
    def count() -> int:
        raise RuntimeError("broken")

    return count


@pytest.mark.expects_log("store not wiped|visit not wiped")
def test_stores_that_break_or_hang_keep_no_other_full(tmp_path: Path) -> None:
    async def hang() -> int:
        await asyncio.Event().wait()
        return 0

    async def quick() -> int:
        return 1

    async def story() -> None:
        stores = [
            PartStore(StoreName.TEXT, hang, int),
            PartStore(StoreName.VISIT, quick, broken()),
            full(1),
        ]
        site = Site(tmp_path, stores, interface=False)
        await site.wiper.wipe(Ending.FAULT, ())
        assert not site.answers[StoreName.TEXT].answered
        assert not site.answers[StoreName.VISIT].answered
        assert not site.answers[StoreName.FIELDS].answered
        assert site.answers[StoreName.DOCUMENTS] == Answer(StoreName.DOCUMENTS, 1, 0)

    run(story())


def test_a_silent_printer_is_given_up_before_the_store_that_waits_for_it() -> None:
    assert Pace().cancel_s <= STORE_S - 1


def test_a_visit_that_was_cut_off_is_wiped_at_the_next_start(tmp_path: Path) -> None:
    async def story() -> None:
        before = Site(tmp_path)
        await before.wiper.recover()
        assert before.kept == []
        await before.wiper.begin()
        after = Site(tmp_path)
        await after.wiper.recover()
        assert [receipt.ending for receipt in after.kept] == [Ending.INTERRUPTED]
        assert not (tmp_path / OPEN_FILE).exists()

    run(story())


def test_a_visit_of_this_run_is_not_taken_for_one_that_was_cut_off(tmp_path: Path) -> None:
    async def story() -> None:
        site = Site(tmp_path)
        await site.wiper.begin()
        await site.wiper.recover()
        assert site.kept == []
        cut_off = Site(tmp_path)
        await cut_off.wiper.begin()
        await cut_off.wiper.recover()
        assert [receipt.ending for receipt in cut_off.kept] == [Ending.INTERRUPTED]
        assert (tmp_path / OPEN_FILE).exists()

    run(story())


def test_the_next_visit_stays_marked_while_the_last_is_wiped(tmp_path: Path) -> None:
    async def story() -> None:
        site = Site(tmp_path)
        await site.wiper.begin()
        await site.wiper.begin()
        await site.wiper.wipe(Ending.LEFT, ())
        assert (tmp_path / OPEN_FILE).exists()
        await site.wiper.wipe(Ending.LEFT, ())
        assert not (tmp_path / OPEN_FILE).exists()
        assert [receipt.number for receipt in site.kept] == [1, 2]

    run(story())


def test_key_and_number_are_the_booths_alone_and_outlive_rubbish(tmp_path: Path) -> None:
    first = Receipts(tmp_path).make(Ending.LEFT, ())
    for name in (KEY_FILE, LAST_FILE):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    assert Receipts(tmp_path).genuine(first)
    assert Receipts(tmp_path).last() == (first,)
    for rubbish in ("rubbish", "7", '[{"day": 1}]', '[["day"]]', "{}"):
        (tmp_path / LAST_FILE).write_text(rubbish)
        assert Receipts(tmp_path).make(Ending.LEFT, ()).number == 1


@pytest.mark.expects_log("receipt key replaced")
def test_a_spoilt_key_is_replaced_and_old_receipts_are_no_longer_genuine(tmp_path: Path) -> None:
    first = Receipts(tmp_path).make(Ending.LEFT, ())
    (tmp_path / KEY_FILE).write_bytes(b"short")
    assert not Receipts(tmp_path).genuine(first)


@pytest.mark.expects_log("no wipe receipt")
def test_without_a_disk_the_wipe_is_done_all_the_same(tmp_path: Path) -> None:
    async def story() -> None:
        store = full(2)
        site = Site(tmp_path / "file")
        (tmp_path / "file").write_text("not a folder")
        assert await site.wiper.wipe(Ending.LEFT, [store]) is None
        assert await store.left() == 0

    run(story())


def test_the_booths_own_temporary_files_go_and_no_others(tmp_path: Path) -> None:
    async def story() -> None:
        (tmp_path / "visio-guichet-visit-a").mkdir()
        (tmp_path / "visio-guichet-visit-a" / "page.jpg").write_bytes(b"x")
        (tmp_path / "visio-guichet-visit-b").write_bytes(b"x")
        (tmp_path / "visio-guichet-doctor").write_bytes(b"x")
        files = TemporaryFiles(tmp_path)
        assert await files.wipe() == 2
        assert await files.left() == 0
        assert (tmp_path / "visio-guichet-doctor").exists()

    run(story())


@pytest.mark.parametrize("given_up", [True, False])
def test_downloads_are_erased_once_the_agency_knows_that_the_place_is_gone(given_up: bool) -> None:
    async def story() -> None:
        told: list[bool] = []

        async def release() -> None:
            told.append(given_up)

        store = DownloadsStore(2, release, lambda: bool(told) and told[-1])
        assert await store.wipe() == (2 if given_up else 0)
        assert await store.left() == (0 if given_up else 2)

    run(story())
