"""What is printed for a visit: on whatever printers the booth has, and none is said at once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from devices.status import DeviceError, DeviceState
from devices.ticket_printer.interface import Printed, Slip
from kiosk.outfit import Outfit
from kiosk.paper import BoothSheets, BoothSlips
from tests.devices.pdf import documents
from tests.simulated_outfit import do, fitted, one, online, simulated_settings, until

SLIP = Slip("Votre rendez-vous", ("Lundi 23 novembre à 10:00",))


async def test_before_the_devices_are_known_nothing_is_printed(tmp_path: Path) -> None:
    outfit = Outfit(simulated_settings(tmp_path), lambda: None)
    slips, sheets = BoothSlips(outfit), BoothSheets(outfit)
    assert not slips.possible
    assert not sheets.possible
    with pytest.raises(DeviceError):
        await slips.print(SLIP)
    with pytest.raises(DeviceError):
        await sheets.print(documents.letter())


async def test_a_booth_without_printers_says_so(tmp_path: Path) -> None:
    none = {"source": "none"}
    settings = simulated_settings(tmp_path, ticket_printer=none, document_printer=none)
    async with fitted(settings) as outfit:
        assert outfit.get().devices.ticket_printer is None
        assert not BoothSlips(outfit).possible
        assert not BoothSheets(outfit).possible
        with pytest.raises(DeviceError) as refused:
            await BoothSlips(outfit).print(SLIP)
        assert refused.value.state is DeviceState.NO_DEVICE


async def test_a_slip_comes_out_while_there_is_paper(tmp_path: Path) -> None:
    async with fitted(simulated_settings(tmp_path), "ticket_printer") as outfit:
        slips, printer = BoothSlips(outfit), one(outfit, "ticket_printer")
        assert slips.possible
        assert await slips.print(SLIP) is Printed.PRINTED
        for harm, remedy in (("empty", "refill"), ("open", "close"), ("unplug", "plug")):
            do(outfit, "ticket_printer", harm)
            await until(printer, lambda: not slips.possible)
            with pytest.raises(DeviceError):
                await slips.print(SLIP)
            do(outfit, "ticket_printer", remedy)
            await online(printer)
            assert slips.possible


async def test_a_sheet_counts_once_the_printer_says_that_it_is_out(tmp_path: Path) -> None:
    async with fitted(simulated_settings(tmp_path), "document_printer") as outfit:
        sheets, printer = BoothSheets(outfit), one(outfit, "document_printer")
        assert sheets.possible
        assert await sheets.print(documents.letter()) is Printed.PRINTED
        do(outfit, "document_printer", "unplug")
        await until(printer, lambda: not sheets.possible)
        with pytest.raises(DeviceError):
            await sheets.print(documents.letter())


async def test_a_sheet_of_which_nobody_can_say_is_unconfirmed_and_a_cancelled_one_failed(
    tmp_path: Path,
) -> None:
    async with fitted(simulated_settings(tmp_path), "document_printer") as outfit:
        sheets, printer = BoothSheets(outfit), outfit.get().devices.document_printer
        assert printer is not None
        do(outfit, "document_printer", "pause")
        cancelled = asyncio.create_task(sheets.print(documents.letter()))
        while not printer.remaining:
            await asyncio.sleep(0)
        await printer.purge()
        with pytest.raises(DeviceError):
            await cancelled
        lost = asyncio.create_task(sheets.print(documents.letter()))
        while not printer.remaining:
            await asyncio.sleep(0)
        do(outfit, "document_printer", "unplug")
        assert await lost is Printed.UNCONFIRMED
