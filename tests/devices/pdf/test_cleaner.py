"""What residents need of real documents is kept, drawn and told; what could act is not in them."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pikepdf import String

from devices.pdf import PdfRefused, Refusal
from devices.pdf.facts import Cleaned, Removal
from devices.pdf.reader import check, clean, render, sheets, sift
from tests.devices.pdf import corpus, documents
from tests.devices.pdf.corpus import annotation, blank, changed, form, opening
from tests.devices.pdf.test_reader import ink

PACKED = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
LOCK = pikepdf.Encryption(user="", owner="owner")
SCRIPT = opening("JavaScript", JS=String("app.alert(1)"))


async def harmless(pdf: bytes) -> Cleaned:
    """Clean a document as the booth does, and see that it stays so."""
    cleaned = await clean(pdf)
    await sift(cleaned.pdf)
    return cleaned


async def is_drawn(pdf: bytes) -> None:
    """The blue field is on the screen, and on the paper."""
    assert ink(await render(pdf, 0, 600)) > 0.005
    assert [ink(sheet) > 0.005 async for sheet in sheets(pdf, dpi=72)] == [True]


@pytest.mark.parametrize(
    "pdf",
    [
        pytest.param(documents.letter(2), id="a letter"),
        pytest.param(changed(form(), base=blank()), id="a form filled in"),
        pytest.param(changed(corpus.signature), id="signed"),
        pytest.param(documents.encrypted(""), id="locked without a password"),
        pytest.param(changed(annotation("Highlight")), id="with remarks"),
        pytest.param(corpus.layer(shown=True), id="with layers"),
        pytest.param(changed(linearize=True), id="linearized"),
        pytest.param(changed(force_version="2.0", **PACKED), id="PDF 2.0"),
    ],
)
async def test_what_only_can_be_read_stays_as_it_is_to_the_byte(pdf: bytes) -> None:
    assert await clean(pdf) == Cleaned(pdf)


@pytest.mark.parametrize(
    ("pdf", "removed"),
    [
        pytest.param(changed(form(scripts=True)), {Removal.SCRIPT}, id="CERFA"),
        pytest.param(changed(form(), corpus.xfa), {Removal.XFA}, id="form told twice"),
        pytest.param(changed(corpus.invoice, **PACKED), {Removal.ATTACHMENT}, id="Factur-X"),
        pytest.param(changed(corpus.portfolio), {Removal.ATTACHMENT}, id="portfolio"),
        pytest.param(changed(annotation("RichMedia")), {Removal.MEDIA}, id="film"),
        pytest.param(changed(annotation("Sound", drawn=False)), {Removal.MEDIA}, id="sound"),
        pytest.param(changed(annotation("FileAttachment")), {Removal.ATTACHMENT}, id="pinned file"),
        pytest.param(
            changed(opening("Launch", F=String("cmd.exe"))), {Removal.ACTION}, id="program"
        ),
        pytest.param(
            changed(opening("URI", URI=String("https://example.org"))),
            {Removal.ACTION},
            id="opens an address",
        ),
        pytest.param(
            changed(annotation("Link", A=pikepdf.Dictionary(S=pikepdf.Name.GoToR))),
            {Removal.ACTION},
            id="link to another file",
        ),
        pytest.param(
            changed(annotation("Link", A=pikepdf.Dictionary(S=pikepdf.Name.SubmitForm))),
            {Removal.SENDING},
            id="button that sends",
        ),
        pytest.param(
            changed(corpus.signature, SCRIPT), {Removal.SCRIPT, Removal.SIGNATURE}, id="signed"
        ),
        pytest.param(changed(SCRIPT, encryption=LOCK), {Removal.SCRIPT, Removal.LOCK}, id="locked"),
        pytest.param(documents.with_actions(), {*"script action attachment".split()}, id="all"),
        pytest.param(corpus.with_wrong_offsets(), {Removal.DAMAGE}, id="wrong offsets"),
        pytest.param(b"GIF89a\n" + documents.letter(), {Removal.DAMAGE}, id="polyglot"),
    ],
)
async def test_what_could_act_is_taken_out_and_told(pdf: bytes, removed: set[str]) -> None:
    cleaned = await clean(pdf)
    assert cleaned.removed == removed
    assert await clean(cleaned.pdf) == Cleaned(cleaned.pdf)
    assert cleaned.pdf.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("pdf", "reason"),
    [
        pytest.param(changed(corpus.only_xfa), Refusal.DYNAMIC_FORM, id="XFA alone"),
        pytest.param(documents.encrypted("secret"), Refusal.ENCRYPTED, id="password"),
        pytest.param(corpus.cut_off(), Refusal.BROKEN, id="cut off"),
        pytest.param(corpus.without_a_page(), Refusal.BROKEN, id="a page is lost"),
        pytest.param(documents.letter() + b"PK" + bytes(5000), Refusal.BROKEN, id="archive behind"),
        pytest.param(b"PK\x03\x04" + bytes(2000), Refusal.NOT_A_PDF, id="archive"),
    ],
)
async def test_what_cannot_be_made_good_is_refused(pdf: bytes, reason: Refusal) -> None:
    with pytest.raises(PdfRefused) as refused:
        await clean(pdf)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    "pdf",
    [
        pytest.param(changed(form(scripts=True), base=blank()), id="field"),
        pytest.param(changed(corpus.signature, SCRIPT, base=blank()), id="signature"),
        pytest.param(changed(annotation("Screen"), base=blank()), id="picture of a film"),
        pytest.param(changed(annotation("FreeText"), base=blank()), id="remark"),
        pytest.param(corpus.layer(shown=True), id="layer"),
    ],
)
async def test_what_is_on_the_page_is_shown_and_printed(pdf: bytes) -> None:
    await is_drawn((await harmless(pdf)).pdf)


async def test_a_field_without_a_look_is_written_all_the_same() -> None:
    pdf = changed(form(drawn=False), base=blank())
    assert ink(await render(pdf, 0, 600)) > 0


async def test_a_hidden_layer_stays_hidden() -> None:
    assert ink(await render(corpus.layer(shown=False), 0, 600)) == 0


async def test_links_that_one_sees_are_kept() -> None:
    link = annotation("Link", A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=String("https://a.fr")))
    with pikepdf.open(io.BytesIO((await harmless(changed(link, SCRIPT))).pdf)) as pdf:
        assert str(pdf.pages[0].obj.Annots[0].A.URI) == "https://a.fr"


async def test_nothing_of_what_was_taken_out_is_left_in_the_bytes() -> None:
    marked = changed(corpus.invoice, form(scripts=True), opening("JavaScript", JS=String("Mark")))
    with pikepdf.open(io.BytesIO((await harmless(marked)).pdf)) as pdf:
        text = documents.saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable, qdf=True)
    assert b"DURAND" in text
    assert not [word for word in (b"Mark", b"CrossIndustry", b"AFNumber") if word in text]


@pytest.mark.parametrize(
    ("size", "paper"),
    [
        ((842, 1191), (595, 842)),
        ((1191, 842), (595, 842)),
        ((2384, 3370), (595, 842)),
        ((14_400, 14_400), (595, 595)),
        ((14_400, 3), (1, 842)),
        ((283, 283), (283, 283)),
    ],
    ids=["A3", "A3 across", "A0", "the largest", "a strip", "a small one"],
)
async def test_odd_sheets_are_shown_and_fit_the_paper(
    size: tuple[float, float], paper: tuple[int, int]
) -> None:
    pdf = blank(size)
    assert (await render(pdf, 0, 400)).width <= 401
    (sheet,) = [sheet async for sheet in sheets(pdf, dpi=72)]
    assert (sheet.width, sheet.height) == pytest.approx(paper, abs=2)


async def test_a_turned_and_cropped_page_is_as_readers_show_it() -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Rotate, pdf.pages[0].obj.CropBox = 90, [100, 100, 400, 300]

    ((width, height),) = (await check(changed(turn))).sizes_mm
    assert (width, height) == pytest.approx((70.6, 105.8), abs=0.1)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(at=st.integers(0, 3_000), what=st.binary(min_size=1, max_size=40))
@example(at=2_378, what=b"\0")
async def test_a_damaged_hostile_document_is_harmless_or_refused(at: int, what: bytes) -> None:
    whole = changed(corpus.invoice, form(scripts=True), SCRIPT)
    at %= len(whole)
    reason = None
    try:
        cleaned = await clean(whole[:at] + what + whole[at + len(what) :])
        await sift(cleaned.pdf)
    except PdfRefused as refused:
        reason = refused.reason
    # Some damage shows only in what was written anew; what it could do never does.
    assert reason is not Refusal.HOSTILE


@pytest.mark.parametrize(
    "path", sorted(Path("/usr/share/cups/data").glob("*.pdf")), ids=lambda path: path.name
)
async def test_documents_of_others(path: Path) -> None:
    cleaned = await harmless(path.read_bytes())
    assert (await check(cleaned.pdf)).pages >= 1
