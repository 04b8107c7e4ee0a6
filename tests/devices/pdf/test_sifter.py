"""What a document could do besides being read is found wherever it hides; honest ones pass."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from devices.pdf import PdfRefused, Refusal
from devices.pdf.facts import Limits
from devices.pdf.reader import check, sift
from tests.devices.pdf import documents

Change = Callable[[pikepdf.Pdf], None]
PACKED: dict[str, object] = {
    "object_stream_mode": pikepdf.ObjectStreamMode.generate,
    "compress_streams": True,
}


def _script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def _opening(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = _script()


def _turning(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].AA = pikepdf.Dictionary(
        O=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org/"))
    )


def _touching(pdf: pikepdf.Pdf) -> None:
    button = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 9, 9],
        A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe")),
    )
    pdf.pages[0].Annots = pikepdf.Array([button])


def _next(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.GoTo, D=[pdf.pages[0].obj, pikepdf.Name.Fit], Next=pikepdf.Array([_script()])
    )


def _cargo(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["cargo.exe"] = b"MZ" * 1000


def _xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))


def _form(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Somewhere = pikepdf.Array(
        [pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F=pikepdf.String("https://example.org/"))]
    )


def _film(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots = pikepdf.Array(
        [pdf.make_indirect(pikepdf.Dictionary(Subtype=pikepdf.Name.RichMedia))]
    )


@pytest.mark.parametrize(
    "change", [_opening, _turning, _touching, _next, _cargo, _xfa, _form, _film]
)
async def test_hostile_also_in_object_streams(change: Change) -> None:
    with pikepdf.open(io.BytesIO(documents.letter())) as pdf:
        change(pdf)
        made = documents.saved(pdf, **PACKED)
    with pytest.raises(PdfRefused) as refused:
        await sift(made)
    assert refused.value.reason is Refusal.HOSTILE


async def test_a_name_in_disguise_is_the_same_name() -> None:
    plain = documents.with_actions()
    disguised = plain.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/Launch", b"/L#61unch")
    with pytest.raises(PdfRefused, match="hostile"):
        await sift(disguised)


def honest_links() -> bytes:
    """A link, an outline, a page to begin with: as typesetters write them."""
    with pikepdf.open(io.BytesIO(documents.letter(2))) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.GoTo, D=[pdf.pages[1].obj, pikepdf.Name.Fit]
        )
        pdf.pages[0].Annots = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Subtype=pikepdf.Name.Link,
                    Rect=[0, 0, 9, 9],
                    A=pikepdf.Dictionary(
                        S=pikepdf.Name.URI, URI=pikepdf.String("https://service-public.fr")
                    ),
                )
            ]
        )
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Annexe", 1))
        return documents.saved(pdf, **PACKED)


@pytest.mark.parametrize(
    "pdf",
    [
        pytest.param(documents.letter(2), id="fpdf2"),
        pytest.param(honest_links(), id="links"),
        pytest.param(documents.encrypted(""), id="restricted"),
        *(
            pytest.param(path.read_bytes(), id=path.name)
            # Those of CUPS: forms made by a word processor, and pages by a typesetter.
            for path in sorted(Path("/usr/share/cups/data").glob("[df]*.pdf"))
        ),
    ],
)
async def test_honest(pdf: bytes) -> None:
    await sift(pdf)
    assert (await check(pdf)).pages >= 1


@pytest.mark.parametrize(
    ("pdf", "reason"),
    [
        (b"", Refusal.NOT_A_PDF),
        (b"%PDF-1.7 nothing", Refusal.BROKEN),
        (documents.encrypted("secret"), Refusal.ENCRYPTED),
        (b"%PDF-" + bytes(101), Refusal.TOO_LARGE),
    ],
)
async def test_what_cannot_be_sifted_is_refused(pdf: bytes, reason: Refusal) -> None:
    limits = Limits(size_bytes=100) if reason is Refusal.TOO_LARGE else None
    with pytest.raises(PdfRefused) as refused:
        await sift(pdf, limits)
    assert refused.value.reason is reason


async def test_a_nest_without_end_is_broken() -> None:
    with pikepdf.open(io.BytesIO(documents.letter())) as pdf:
        nest: pikepdf.Object = pikepdf.Array([])
        for _ in range(300):
            nest = pikepdf.Array([nest])
        pdf.Root.Nest = nest
        made = documents.saved(pdf)
    with pytest.raises(PdfRefused, match="broken"):
        await sift(made)
