"""Photographs become pages; what is no photograph, or too large a one, does not."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from devices.pdf import PdfRefused, Refusal
from devices.pdf.reader import bind, check, render
from tests.devices.pdf import documents


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (60, 30), **how: object) -> bytes:
    memory = io.BytesIO()
    Image.new(mode, size, how.pop("colour", None)).save(memory, kind, **how)  # type: ignore[arg-type]
    return memory.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("size", [(60, 30), (30, 60), (1600, 1200)])
async def test_a_picture_fills_a4_and_keeps_its_shape(kind: str, size: tuple[int, int]) -> None:
    ((width, height),) = (await check(await bind(picture(kind, size=size)))).sizes_mm
    assert width / height == pytest.approx(size[0] / size[1], rel=0.01)
    assert min(width / 210, height / 297) <= 1.001 or min(width / 297, height / 210) <= 1.001
    assert sorted((width, height)) <= [210.1, 297.1]


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16"])
async def test_every_kind_of_png(mode: str) -> None:
    assert (await check(await bind(picture("PNG", mode)))).pages == 1


async def test_cmyk_is_no_surprise() -> None:
    assert (await check(await bind(picture("JPEG", "CMYK")))).pages == 1


async def test_sixteen_bits_are_as_bright_as_eight() -> None:
    """Scanners write them; all above the lowest 256 of 65,536 levels would be white."""
    levels = Image.frombytes("I;16", (2, 1), struct.pack("<2H", 0, 0x8000)).resize((60, 30), 0)
    memory = io.BytesIO()
    levels.save(memory, "PNG")
    page = await render(await bind(memory.getvalue()), 0, 60)
    assert page.data[6 * 3] < 20
    assert page.data[54 * 3] == pytest.approx(0x80, abs=4)


async def test_a_picture_with_another_behind_it_is_a_photograph() -> None:
    """As telephones make them: a smaller picture or a depth map follows the first (CIPA DC-007)."""
    memory = io.BytesIO()
    behind = Image.new("RGB", (8, 8), "blue")
    Image.new("RGB", (60, 30), "red").save(memory, "MPO", save_all=True, append_images=[behind])
    page = await render(await bind(memory.getvalue()), 0, 10)
    red, _, blue = page.data[:3]
    assert red > 200
    assert blue < 50


@pytest.mark.parametrize("how", [{"progressive": True}, {"quality": 30, "subsampling": 2}])
async def test_forty_eight_megapixels_are_one_page(how: dict[str, object]) -> None:
    assert (await check(await bind(picture("JPEG", size=(8_000, 6_000), **how)))).pages == 1


async def test_what_is_transparent_is_paper() -> None:
    page = await render(await bind(picture("PNG", "RGBA", colour=(0, 0, 0, 0))), 0, 20)
    assert min(page.data) > 250


async def test_a_photograph_stands_as_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # Orientation: the camera was turned by a quarter (Exif 2.3, 4.6.4).
    sideways = picture("JPEG", size=(60, 30), exif=exif)
    ((width, height),) = (await check(await bind(sideways))).sizes_mm
    assert width < height


def _claims(width: int, height: int) -> bytes:
    """A PNG that says it is so large, with one row in it."""

    def piece(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + piece(b"IHDR", head)
        + piece(b"IDAT", zlib.compress(bytes(width * 3 + 1)))
        + piece(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", Refusal.BROKEN, id="nothing"),
        pytest.param(b"\xff\xd8\xff\xe0 no more", Refusal.BROKEN, id="only a start"),
        pytest.param(picture("JPEG", size=(900, 900))[:-400], Refusal.BROKEN, id="truncated"),
        pytest.param(_claims(30_000, 30_000), Refusal.PAGE_TOO_LARGE, id="giant"),
        pytest.param(picture("GIF"), Refusal.BROKEN, id="another format"),
        pytest.param(documents.letter(), Refusal.BROKEN, id="a document"),
    ],
)
async def test_refused(data: bytes, reason: Refusal) -> None:
    with pytest.raises(PdfRefused) as refused:
        await bind(data)
    assert refused.value.reason is reason


async def test_nothing_of_the_photograph_but_its_dots_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    assert b"taken at home" not in await bind(picture("JPEG", exif=exif))
