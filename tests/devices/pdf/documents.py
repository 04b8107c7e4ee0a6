"""Documents made on the spot: honest ones, and such as nobody should print."""

from __future__ import annotations

import io
import zlib

import pikepdf
from fpdf import FPDF

LINE = "Le vif renard brun saute par-dessus le chien paresseux, deux fois de suite."
A4 = (595, 842)
_MEGABYTE = 1 << 20


def letter(pages: int = 1, *, orientation: str = "portrait", colour: int = 0) -> bytes:
    """Full pages of text, as an agent would send; `colour` is the red of the ink."""
    pdf = FPDF(format="A4", orientation=orientation)  # type: ignore[arg-type]
    pdf.set_auto_page_break(False)
    for _ in range(pages):
        pdf.add_page()
        pdf.set_font("helvetica", size=11)
        pdf.set_text_color(colour, 0, 0)
        for _ in range(int(pdf.eph / 5)):
            pdf.cell(0, 5, LINE, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def saved(pdf: pikepdf.Pdf, **how: object) -> bytes:
    """The bytes of a document."""
    memory = io.BytesIO()
    pdf.save(memory, **how)  # type: ignore[arg-type]
    return memory.getvalue()


def page_of(contents: bytes, size: tuple[float, float] = A4) -> bytes:
    """One page with a content stream."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=size).Contents = pdf.make_stream(contents)
    return saved(pdf)


def encrypted(user: str) -> bytes:
    """A letter that opens with a password, or without when `user` is empty."""
    with pikepdf.open(io.BytesIO(letter())) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(user=user, owner="owner"))


def without_pages() -> bytes:
    """A document of nothing."""
    return saved(pikepdf.new())


def bomb(size: int = 700_000_000) -> bytes:
    """A content stream that is a thousand times as long as the file."""
    pdf = pikepdf.new()
    stream = pikepdf.Stream(pdf, b"")
    stream.write(_deflated(b"0 0 9 9 re f\n", size), filter=pikepdf.Name.FlateDecode)
    pdf.add_blank_page(page_size=A4).Contents = pdf.make_indirect(stream)
    return saved(pdf)


def huge_image(side: int, *, real: bool) -> bytes:
    """An image of `side`² pixels on one page; all there, or one byte of it."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=A4)
    image = pikepdf.Stream(pdf, b"")
    size = side * side if real else 1
    image.write(_deflated(b"\x80", size), filter=pikepdf.Name.FlateDecode)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width = image.Height = side
    image.BitsPerComponent, image.ColorSpace = 8, pikepdf.Name.DeviceRGB
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=pdf.make_indirect(image)))
    page.Contents = pdf.make_stream(b"500 0 0 500 50 50 cm /I Do")
    return saved(pdf)


def endless_forms() -> bytes:
    """A form that draws itself, twice."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=A4)
    form = pdf.make_indirect(pikepdf.Stream(pdf, b"/F Do /F Do"))
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = [0, 0, 500, 500]
    forms = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    form.Resources = page.Resources = forms
    page.Contents = pdf.make_stream(b"/F Do")
    return saved(pdf)


def endless_arithmetic() -> bytes:
    """A page-wide shading whose every dot costs thousands of multiplications."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=A4)
    function = pikepdf.Stream(pdf, b"{" + b"dup mul " * 20_000 + b"pop dup dup}")
    function.FunctionType, function.Domain = 4, [0, 1, 0, 1]
    function.Range = [0, 1, 0, 1, 0, 1]
    shading = pikepdf.Dictionary(
        ShadingType=1,
        ColorSpace=pikepdf.Name.DeviceRGB,
        Matrix=[595, 0, 0, 842, 0, 0],
        Function=pdf.make_indirect(function),
    )
    page.Resources = pikepdf.Dictionary(Shading=pikepdf.Dictionary(S=shading))
    page.Contents = pdf.make_stream(b"/S sh")
    return saved(pdf)


def with_actions() -> bytes:
    """A letter that would like to start a program, run a script and carry a file."""
    with pikepdf.open(io.BytesIO(letter())) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.Launch, F=pikepdf.String("/bin/true"), NewWindow=True
        )
        pdf.Root.Names = pikepdf.Dictionary(
            JavaScript=pikepdf.Dictionary(
                Names=[
                    pikepdf.String("hello"),
                    pikepdf.Dictionary(
                        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('hello')")
                    ),
                ]
            )
        )
        pdf.attachments["cargo.exe"] = b"MZ" * 1000
        return saved(pdf)


def _deflated(pattern: bytes, size: int) -> bytes:
    """At least `size` bytes of a repeated pattern, compressed in little memory."""
    packer, block = zlib.compressobj(9), pattern * (min(size, _MEGABYTE) // len(pattern) + 1)
    packed = [packer.compress(block) for _ in range(-(-size // len(block)))]
    return b"".join([*packed, packer.flush()])
