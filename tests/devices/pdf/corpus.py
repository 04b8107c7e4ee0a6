"""What agencies send, made on the spot: forms, invoices, signed letters, scans, odd sheets."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.devices.pdf import documents

Change = Callable[[pikepdf.Pdf], None]
FIELD = [100, 700, 300, 730]


def changed(*changes: Change, base: bytes | None = None, **how: object) -> bytes:
    """A letter, or another document, after some changes."""
    with pikepdf.open(io.BytesIO(base or documents.letter())) as pdf:
        for change in changes:
            change(pdf)
        return documents.saved(pdf, **how)


def blank(size: tuple[float, float] = documents.A4) -> bytes:
    """One empty page."""
    return documents.page_of(b"", size)


def script(source: str = "app.alert(1)") -> Dictionary:
    """An action that runs a program."""
    return Dictionary(S=Name.JavaScript, JS=String(source))


def look(pdf: pikepdf.Pdf, width: float = 200, height: float = 30) -> pikepdf.Object:
    """What is drawn of a field or an annotation: a blue field."""
    drawn = pdf.make_stream(f"0 0 1 rg 0 0 {width} {height} re f".encode())
    drawn.Type, drawn.Subtype = Name.XObject, Name.Form
    drawn.BBox = [0, 0, width, height]
    return drawn


def form(*, drawn: bool = True, scripts: bool = False) -> Change:
    """Fields that somebody has filled in, as of a CERFA; `drawn`: with what they look like."""

    def change(pdf: pikepdf.Pdf) -> None:
        field = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("nom"),
            V=String("DURAND"),
            DA=String("/Helv 18 Tf 0 0 1 rg"),
            Rect=FIELD,
            F=4,
        )
        if drawn:
            field.AP = Dictionary(N=look(pdf))
        if scripts:
            field.AA = Dictionary(K=script("AFNumber_Keystroke(2)"), F=script())
            pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=[String("init"), script()]))
        held = pdf.make_indirect(field)
        pdf.pages[0].obj.Annots = Array([held])
        helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        pdf.Root.AcroForm = Dictionary(
            Fields=[held],
            DR=Dictionary(Font=Dictionary(Helv=helvetica)),
            DA=String("/Helv 0 Tf 0 g"),
            NeedAppearances=not drawn,
        )

    return change


def xfa(pdf: pikepdf.Pdf) -> None:
    """The form says a second time, in XML, what it is."""
    pdf.Root.AcroForm.XFA = Array([String("template"), pdf.make_stream(b"<template/>")])


def only_xfa(pdf: pikepdf.Pdf) -> None:
    """The form is made by an XFA program, and by nothing else."""
    pdf.Root.AcroForm = Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))
    pdf.Root.NeedsRendering = True


def invoice(pdf: pikepdf.Pdf) -> None:
    """Factur-X: the invoice as XML is within the invoice."""
    pdf.attachments["factur-x.xml"] = b"<rsm:CrossIndustryInvoice/>"
    pdf.Root.AF = Array([pdf.attachments["factur-x.xml"].obj])


def portfolio(pdf: pikepdf.Pdf) -> None:
    """A cover page, and the letters in it."""
    pdf.attachments["lettre.pdf"] = documents.letter()
    pdf.Root.Collection = Dictionary(View=Name.D)


def signature(pdf: pikepdf.Pdf) -> None:
    """A signed field with what it looks like."""
    value = Dictionary(
        Type=Name.Sig,
        Filter=Name("/Adobe.PPKLite"),
        SubFilter=Name("/adbe.pkcs7.detached"),
        ByteRange=[0, 1, 2, 3],
        Contents=String("0" * 64),
    )
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String("signature"),
            V=pdf.make_indirect(value),
            Rect=FIELD,
            F=4,
            AP=Dictionary(N=look(pdf)),
        )
    )
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=[field], SigFlags=3)
    pdf.Root.Perms = Dictionary(DocMDP=value)


def annotation(kind: str, *, drawn: bool = True, **more: object) -> Change:
    """A remark on the page, or what stands for a film, a sound or a file."""

    def change(pdf: pikepdf.Pdf) -> None:
        remark = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=FIELD, F=4, **more)
        if drawn:
            remark.AP = Dictionary(N=look(pdf))
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(remark)])

    return change


def opening(kind: str, **more: object) -> Change:
    """Something happens when the document is opened."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name("/" + kind), **more)

    return change


def layer(*, shown: bool) -> bytes:
    """A page whose ink is on a layer that is shown or hidden (optional content)."""

    def change(pdf: pikepdf.Pdf) -> None:
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Cachet")))
        hidden = Array([] if shown else [group])
        pdf.Root.OCProperties = Dictionary(
            OCGs=[group], D=Dictionary(Order=[group], OFF=hidden, BaseState=Name.ON)
        )
        pdf.pages[0].obj.Resources = Dictionary(Properties=Dictionary(L=group))

    return changed(change, base=documents.page_of(b"/OC /L BDC 0 0 300 300 re f EMC"))


def with_wrong_offsets() -> bytes:
    """A letter that an editor has lengthened without counting again: every reader mends it."""
    return documents.letter(2).replace(b"%PDF-1.3\n", b"%PDF-1.3\n% un mot de plus\n", 1)


def cut_off() -> bytes:
    """The first three quarters of a letter."""
    whole = documents.letter(3)
    return whole[: len(whole) * 3 // 4]


def without_a_page() -> bytes:
    """A letter with wrong offsets, one of whose pages nothing can find."""
    whole = changed(base=documents.letter(3), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    at = whole.index(b"/Type /Page ")
    begin = whole.rindex(b" 0 obj", 0, at)
    return whole[:begin] + b" 0 gone" + whole[begin + 6 :]
