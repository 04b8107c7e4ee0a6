"""Layout, commands, status bytes and places of ticket printers, without a printer."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from devices.status import DeviceError, DeviceState
from devices.ticket_printer import open_ticket_printer
from devices.ticket_printer.commands import PIECE_BYTES, Commands, disarm
from devices.ticket_printer.escpos import EscposPrinter
from devices.ticket_printer.finding import Place
from devices.ticket_printer.interface import Paper, Slip
from devices.ticket_printer.layout import QR_MIN_MODULE_DOTS, Typefaces, draw, wrap
from devices.ticket_printer.realtime import understand
from devices.ticket_printer.simulated import SimulatedTicketPrinter
from devices.ticket_printer.wire import MAX_TEXT, slip_message, slip_of
from tests.devices.ticket_printer import paper as bench

FACES = Typefaces.load()
FRENCH = "éèêëàâçôùûüîïœŒÉÈÀÇ«»’–€"


@pytest.mark.parametrize("width", [384, 512, 576])
def test_the_code_is_read_from_the_slip(width: int) -> None:
    text = "VG1." + "ABCDEFGHIJ234567" * 11
    slip = draw(Slip("Rendez-vous", ("Le mardi",), qr=text, code="K7"), width, FACES)
    assert slip.size[0] == width
    (code,) = zxingcpp.read_barcodes(slip.convert("L"))
    assert code.text == text
    side = code.position.top_right.x - code.position.top_left.x
    assert side / 49 >= QR_MIN_MODULE_DOTS


def test_every_french_letter_is_drawn_and_none_is_a_box() -> None:
    box = FACES.body.getmask("\ue000").getbbox(), bytes(FACES.body.getmask("\ue000"))
    for letter in FRENCH:
        mask = FACES.body.getmask(letter)
        assert mask.getbbox(), letter
        assert (mask.getbbox(), bytes(mask)) != box, letter


def test_letters_of_one_kind_differ() -> None:
    drawn = {bytes(draw(Slip(letter), 384, FACES).tobytes()) for letter in FRENCH}
    assert len(drawn) == len(FRENCH)


def test_decomposed_accents_and_odd_spaces_are_put_right() -> None:
    right = draw(Slip("é 14\u00a0h - n°"), 384, FACES)
    assert draw(Slip("e\u0301\u2003\x0714\u202fh\t\u2011 №\x1b"), 384, FACES) == right


@given(st.text(max_size=300), st.sampled_from([384, 512]))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrap(text, width, FACES.body)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(FACES.body.getlength(line) <= width for line in lines if len(line) > 1)


@given(st.binary(max_size=600), st.integers(1, 40))
def test_any_picture_comes_out_as_it_is(data: bytes, row_bytes: int) -> None:
    rows = len(data) // row_bytes
    if rows == 0:
        return
    picture = Image.frombytes("1", (8 * row_bytes, rows), data[: rows * row_bytes])
    pieces = Commands("default").pieces(picture)
    assert max(map(len, pieces)) <= PIECE_BYTES
    printer = bench.Paper(8 * row_bytes)
    for piece in pieces:
        assert printer.feed(piece) == []
    burnt = printer.slips[0].crop((0, 0, 8 * row_bytes, rows)).tobytes()
    # Dots may be added, to keep real-time commands out; none is lost.
    assert all(
        out & ~meant & 0xFF == 0 for out, meant in zip(burnt, picture.tobytes(), strict=True)
    )


def test_no_picture_holds_a_real_time_command() -> None:
    raster = b"\x1dv0\x00\x03\x00\x02\x00" + b"\x10\x04\x10\x14\x10\x05"
    assert disarm(raster) == b"\x1dv0\x00\x03\x00\x02\x00" + b"\x30\x04\x30\x14\x30\x05"


def test_a_profile_with_narrower_paper_is_refused() -> None:
    with pytest.raises(DeviceError, match="profile's paper"):
        Commands("TM-P80").pieces(draw(Slip("x"), 1024, FACES))


@pytest.mark.parametrize(
    ("answers", "state", "paper", "reasons"),
    [
        ((0x12, 0x12, 0x12, 0x12), DeviceState.ONLINE, Paper.PRESENT, ()),
        ((0x12, 0x12, 0x12, 0x1E), DeviceState.ONLINE, Paper.LOW, ("media-low",)),
        ((0x1A, 0x32, 0x12, 0x7E), DeviceState.USER_ERROR, Paper.EMPTY, ("media-empty",)),
        ((0x1A, 0x16, 0x12, 0x12), DeviceState.USER_ERROR, Paper.PRESENT, ("cover-open",)),
        ((0x1A, 0x52, 0x32, 0x12), DeviceState.HARDWARE_ERROR, Paper.PRESENT, ("other",)),
        ((0x1A, 0x12, 0x52, 0x12), DeviceState.DEVICE_BUSY, Paper.PRESENT, ("other",)),
        ((0x1A, 0x12, 0x12, 0x12), DeviceState.DEVICE_BUSY, Paper.PRESENT, ()),
        ((None, None, None, None), DeviceState.UNKNOWN, Paper.UNKNOWN, ()),
        ((0x12, 0x12, 0x12, None), DeviceState.UNKNOWN, Paper.UNKNOWN, ()),
        ((0x12, 0xFF, 0x12, 0x12), DeviceState.UNKNOWN, Paper.UNKNOWN, ()),
    ],
)
def test_what_status_bytes_mean(
    answers: tuple[int | None, ...], state: DeviceState, paper: Paper, reasons: tuple[str, ...]
) -> None:
    condition = understand(answers)
    assert (condition.state, condition.paper, condition.reasons) == (state, paper, reasons)


def _usb(folder: Path, name: str, identity: bytes, vendor: str, product: str) -> None:
    device = folder / "devices" / name
    (device / "interface").mkdir(parents=True)
    (device / "idVendor").write_text(f"{vendor}\n")
    (device / "idProduct").write_text(f"{product}\n")
    (device / "interface" / "ieee1284_id").write_bytes(identity)
    (folder / "sys" / name).mkdir(parents=True)
    (folder / "sys" / name / "device").symlink_to(device / "interface")
    (folder / "dev").mkdir(exist_ok=True)
    (folder / "dev" / name).touch()


def test_auto_takes_only_what_says_it_speaks_escpos(tmp_path: Path) -> None:
    _usb(tmp_path, "lp0", b"MFG:HP;CMD:PCL,PS;CLS:PRINTER;", "03f0", "1234")
    _usb(tmp_path, "lp1", b"MFG:EPSON;CMD:ESC/POS;CLS:PRINTER;", "04b8", "0202")

    def place(source: str) -> Place:
        return Place(source, tmp_path / "dev", tmp_path / "sys")

    assert place("auto").nodes() == (str(tmp_path / "dev" / "lp1"),)
    assert place("usb:04B8:0202").node() == str(tmp_path / "dev" / "lp1")
    assert place("usb:04b8:0203").present() is False
    before = place("auto").plugged()
    (tmp_path / "dev" / "lp1").unlink()
    assert place("auto").plugged() != before


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("tcp://imprimante", ("imprimante", 9100)),
        ("tcp://10.0.0.9:9101/", ("10.0.0.9", 9101)),
        ("tcp://[fe80::1]:9100", ("fe80::1", 9100)),
    ],
)
def test_addresses(source: str, address: tuple[str, int]) -> None:
    assert Place(source).address() == address
    assert Place(source).present() is None


@pytest.mark.parametrize("source", ["tcp://", "tcp://a:0", "tcp://a:99999", "tcp:a"])
def test_nonsense_addresses(source: str) -> None:
    with pytest.raises(DeviceError, match="no ticket printer can be at"):
        Place(source).address()


def test_slips_cross_to_the_child_and_long_ones_do_not() -> None:
    slip = Slip("Œuvre", ("a", "b"), qr="q", code="c")
    assert slip_of(slip_message(slip)) == slip
    slip_message(Slip("𝕏" * MAX_TEXT, qr="𝕏" * 1024))
    for wrong in (
        Slip("\x01" * MAX_TEXT),
        Slip("x" * (MAX_TEXT + 1)),
        Slip("", code="x" * 41),
        Slip("", qr="x" * 1025),
    ):
        with pytest.raises(ValueError, match="too long"):
            slip_message(wrong)


def test_the_factory_knows_what_is_meant() -> None:
    for source, kind in (
        ("none", type(None)),
        ("simulated", SimulatedTicketPrinter),
        ("auto", EscposPrinter),
        ("tcp://imprimante", EscposPrinter),
    ):
        made = open_ticket_printer(source, baud=38_400, width_dots=512, profile="default")
        assert isinstance(made, kind)
