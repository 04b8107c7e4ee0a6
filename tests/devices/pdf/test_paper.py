"""What is handed to the printer: A4, pictures, all pages, as often as asked."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

from devices.pdf import PdfRefused, Refusal, paper
from devices.pdf.paper import printable
from devices.pdf.reader import check, render
from tests.devices.pdf import documents


async def test_pages_are_bound_in_order_and_repeated_whole() -> None:
    paper = await printable(documents.letter(2), times=2)
    facts = await check(paper.pdf)
    assert (paper.pages, facts.pages) == (4, 4)
    assert all(size == pytest.approx((210, 297), abs=0.1) for size in facts.sizes_mm)


async def test_text_stays_where_it_was_and_legible() -> None:
    letter = documents.letter()
    before = await render(letter, 0, 600)
    after = await render((await printable(letter)).pdf, 0, 600)
    assert (after.width, after.height) == (before.width, before.height)
    # A printer's dots are drawn differently from a screen's: the same ink in the same places.
    small = [
        Image.frombytes("RGB", (page.width, page.height), page.data).convert("L").resize((60, 85))
        for page in (before, after)
    ]
    darkest = ImageChops.difference(*small).getextrema()[1]
    assert darkest < 40, "of 255 levels"


async def test_a_small_page_keeps_its_size_in_the_middle() -> None:
    stamp = documents.page_of(b"0 0 298 420 re f", (298, 420))
    page = await render((await printable(stamp)).pdf, 0, 210)
    row = page.data[page.width * 3 * (page.height // 2) :][: page.width * 3 : 3]
    dark = [x for x, level in enumerate(row) if level < 128]
    assert (dark[0], dark[-1]) == pytest.approx((52, 157), abs=2)


async def test_colour_is_kept_and_grey_costs_less() -> None:
    red = await printable(documents.letter(colour=255))
    black = await printable(documents.letter())
    assert b"DeviceRGB" in red.pdf
    assert b"DeviceRGB" not in black.pdf
    assert len(black.pdf) < len(red.pdf) < 4_000_000


async def test_more_than_a_printer_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "_MOST_BYTES", 2_000_000)
    with pytest.raises(PdfRefused) as refusal:
        await printable(documents.letter(), times=3)
    assert refusal.value.reason is Refusal.TOO_LARGE
