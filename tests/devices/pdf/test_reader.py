"""Hostile documents: what is refused and why, and that nothing is left of the attempt."""

from __future__ import annotations

import asyncio
import contextlib
import io
import time

import pikepdf
import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.pdf import PdfRefused, Pixels, Refusal
from devices.pdf.facts import Limits
from devices.pdf.reader import check, render, sheets
from tests.devices.pdf import documents

LETTER = documents.saved(pikepdf.open(io.BytesIO(documents.letter())), compress_streams=False)


async def refused(pdf: bytes, limits: Limits | None = None) -> Refusal:
    with pytest.raises(PdfRefused) as refusal:
        await drawn(pdf, limits)
    return refusal.value.reason


async def drawn(pdf: bytes, limits: Limits | None = None) -> list[Pixels]:
    return [sheet async for sheet in sheets(pdf, limits=limits, dpi=150)]


def ink(pixels: Pixels) -> float:
    """Part of the page that is not white."""
    dots = len(pixels.data) // 3
    return 1 - pixels.data[::3].count(255) / dots


async def test_pages_are_counted_and_measured() -> None:
    facts = await check(documents.letter(2))
    assert facts.pages == 2
    assert facts.sizes_mm[0] == pytest.approx((210, 297), abs=0.1)


async def test_a_page_is_drawn_on_white_in_the_width_asked_for() -> None:
    page = await render(documents.letter(), 0, 600)
    assert (page.width, page.height) == (600, pytest.approx(849, abs=1))
    assert len(page.data) == page.width * page.height * 3
    assert 0.05 < ink(page) < 0.5
    assert set(page.data[: 600 * 3 * 10]) == {255}


async def test_colours_are_red_green_blue() -> None:
    page = await render(documents.page_of(b"1 0 0 rg 0 0 595 842 re f"), 0, 10)
    assert page.data[:3] == b"\xff\x00\x00"


async def test_a_wide_page_is_turned_and_a_large_one_shrunk_to_a4() -> None:
    upright = (1241, 1754)
    wide = await drawn(documents.letter(orientation="landscape"))
    large = await drawn(documents.page_of(b"", (842, 1190)))
    small = await drawn(documents.page_of(b"", (298, 420)))
    assert (wide[0].width, wide[0].height) == pytest.approx(upright, abs=2)
    assert (large[0].width, large[0].height) == pytest.approx(upright, abs=2)
    assert (small[0].width, small[0].height) == pytest.approx((621, 875), abs=1)


async def test_what_was_typed_into_a_form_is_drawn() -> None:
    with pikepdf.open(io.BytesIO(documents.page_of(b""))) as pdf:
        look = pdf.make_stream(b"0 0 1 rg 0 0 200 50 re f")
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox = [0, 0, 200, 50]
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T=pikepdf.String("name"),
                V=pikepdf.String("x"),
                Rect=[100, 700, 300, 750],
                F=4,
                AP=pikepdf.Dictionary(N=look),
            )
        )
        pdf.pages[0].Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        form = documents.saved(pdf)
    assert ink((await drawn(form))[0]) > 0.01


async def test_a_document_with_scripts_and_programs_is_only_ever_pixels() -> None:
    assert ink((await drawn(documents.with_actions()))[0]) > 0.05


@pytest.mark.parametrize(
    ("pdf", "reason"),
    [
        pytest.param(b"", Refusal.NOT_A_PDF, id="nothing"),
        pytest.param(b"\x89PNG\r\n" * 1000, Refusal.NOT_A_PDF, id="another format"),
        pytest.param(b"%PDF-1.7\n", Refusal.BROKEN, id="only a header"),
        pytest.param(documents.letter()[:700], Refusal.BROKEN, id="truncated"),
        pytest.param(documents.without_pages(), Refusal.BROKEN, id="no pages"),
        pytest.param(documents.encrypted("secret"), Refusal.ENCRYPTED, id="encrypted"),
        pytest.param(documents.letter(4), Refusal.TOO_MANY_PAGES, id="four pages"),
        pytest.param(
            documents.page_of(b"", (14_400, 3)).replace(b"14400", b"14900"),
            Refusal.PAGE_TOO_LARGE,
            id="giant page",
        ),
    ],
)
async def test_refused_at_the_door(pdf: bytes, reason: Refusal) -> None:
    limits = Limits(pages=3)
    assert await refused(pdf, limits) == reason
    with pytest.raises(PdfRefused, match=reason.value):
        await check(pdf, limits)


async def test_a_file_beyond_20_mb_is_refused_before_anything_looks_at_it() -> None:
    assert await refused(b"%PDF-1.7" + bytes(20 * 1024 * 1024)) == Refusal.TOO_LARGE


async def test_restrictions_without_a_password_do_not_hinder() -> None:
    assert (await check(documents.encrypted(""))).pages == 1


async def test_a_decompression_bomb_is_too_hungry() -> None:
    assert await refused(documents.bomb()) == Refusal.TOO_HUNGRY


async def test_forms_that_draw_themselves_end() -> None:
    assert await refused(documents.endless_forms()) in {Refusal.TOO_HUNGRY, Refusal.TOO_SLOW}


async def test_endless_work_is_ended_by_the_processor_limit() -> None:
    began = time.monotonic()
    assert await refused(documents.endless_arithmetic(), Limits(cpu_s=1)) == Refusal.TOO_SLOW
    assert time.monotonic() - began < 15


async def test_endless_work_is_ended_by_the_clock() -> None:
    assert await refused(documents.endless_arithmetic(), Limits(page_s=1)) == Refusal.TOO_SLOW


@pytest.mark.parametrize(
    "pdf",
    [
        pytest.param(documents.page_of(b"q " * 500_000 + b"[" * 500_000), id="arrays"),
        pytest.param(documents.page_of(b"/a " + b"<</a " * 500_000 + b"BDC"), id="dictionaries"),
        pytest.param(documents.huge_image(60_000, real=False), id="an image that is not there"),
        pytest.param(documents.huge_image(12_000, real=True), id="432 MB of image"),
    ],
)
async def test_nesting_and_sizes_are_drawn_or_refused_but_never_stop_the_booth(pdf: bytes) -> None:
    try:
        outcome: Refusal | int = len(await drawn(pdf))
    except PdfRefused as refusal:
        outcome = refusal.reason
    assert outcome in {1, Refusal.TOO_HUNGRY, Refusal.BROKEN}


async def test_a_picture_as_long_as_a_roll_of_paper_is_shortened() -> None:
    page = await render(documents.page_of(b"", (3, 3000)), 0, 400)
    assert page.height <= 4 * 400 + 1


@pytest.mark.parametrize(("page", "width"), [(0, 0), (0, 100_000), (-1, 100), (1, 100), (99, 100)])
async def test_pages_and_sizes_that_make_no_sense_are_the_callers_error(
    page: int, width: int
) -> None:
    with pytest.raises(ValueError, match="no such page"):
        await render(documents.letter(), page, width)


async def test_nothing_is_left_behind_by_one_who_goes_in_the_middle() -> None:
    here = psutil.Process()
    before, others = here.num_fds(), set(here.children())
    task = asyncio.create_task(render(documents.endless_arithmetic(), 0, 100))
    pages = sheets(documents.letter(3))
    await anext(pages)
    assert set(here.children()) - others
    await pages.aclose()
    task.cancel()
    await asyncio.wait((task,))
    assert not set(here.children()) - others
    assert here.num_fds() == before


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damaged_documents_are_drawn_or_refused(data: st.DataObject) -> None:
    pdf = bytearray(LETTER)
    for _ in range(data.draw(st.integers(1, 30))):
        at = data.draw(st.integers(0, len(pdf) - 1))
        pdf[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))

    async def look() -> None:
        with contextlib.suppress(PdfRefused):
            page = await render(bytes(pdf), 0, 100, Limits(cpu_s=2))
            assert page.width <= 101

    asyncio.run(look())
