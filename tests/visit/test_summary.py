"""What is taken away: nothing is cut without saying so, and a telephone can read it."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.visit.ports import SummaryFacts
from kiosk.visit.summary import MAX_CODE_BYTES, TITLE, code_text, slip, summary_lines
from kiosk.visit.summary_pdf import summary_pdf

NOW = datetime(2026, 11, 22, 14, 5, tzinfo=ZoneInfo("Europe/Paris"))
SHORT = SummaryFacts(
    "Caisse d’allocations familiales de la Seine-Saint-Denis",
    handed_over=3,
    received=("Attestation de droits", "Œuvre « élève »"),
    missing=("Avis d’imposition 2026", "Relevé d’identité bancaire"),
    next="Mardi 24 novembre à 9 h, à la mairie de Saint-Denis",
)
LONG = SummaryFacts(
    "C" * 200,
    handed_over=30,
    received=tuple(f"Document numéro {number} {'é' * 90}" for number in range(50)),
    missing=tuple(f"Pièce manquante {number}" for number in range(40)),
    next="x" * 500,
)
#: Points in a millimetre, and the margin that stays white.
PT_PER_MM = 72 / 25.4
MARGIN_MM = 20


@settings(max_examples=60)
@given(
    st.builds(
        SummaryFacts,
        st.text(max_size=200),
        handed_over=st.integers(0, 30),
        received=st.lists(st.text(max_size=150), max_size=40).map(tuple),
        missing=st.lists(st.text(max_size=150), max_size=40).map(tuple),
        next=st.text(max_size=300),
    )
)
def test_a_code_is_never_larger_than_a_telephone_reads(facts: SummaryFacts) -> None:
    text = code_text(summary_lines(facts, NOW))
    assert len(text.encode(errors="surrogatepass")) <= MAX_CODE_BYTES
    assert text.startswith(TITLE)


def test_what_is_left_out_is_counted() -> None:
    lines = summary_lines(LONG, NOW)
    for text in (code_text(lines), "\n".join(slip(lines).lines)):
        for name, whole in (("Document", 50), ("Pièce", 40)):
            shown = text.count(f"– {name}")
            rest = text[text.rindex(f"– {name}") :]
            told = re.search(r"et (un autre|(\d+) autres)", rest)
            assert told is not None
            assert shown + int(told[2] or 1) == whole


def test_a_short_one_is_told_whole() -> None:
    text = code_text(summary_lines(SHORT, NOW))
    assert "dimanche 22 novembre 2026, 14 h 05" in text
    for said in (*SHORT.received, *SHORT.missing, SHORT.next, "3 pages"):
        assert said in text


def drawn(facts: SummaryFacts, folder: Path) -> tuple[str, np.ndarray, list[float]]:
    """Return a sheet's text, its picture at 72 dpi and the heights of its letters' boxes, in pt."""
    pdf = folder / "summary.pdf"
    pdf.write_bytes(summary_pdf(summary_lines(facts, NOW)))
    for program, *rest in (
        ("pdftoppm", "-r", "72", "-gray", "-singlefile", "-png", str(pdf), str(folder / "page")),
        ("pdftotext", "-layout", str(pdf), str(folder / "text")),
        ("pdftotext", "-bbox", str(pdf), str(folder / "boxes")),
    ):
        found = shutil.which(program)
        assert found is not None
        subprocess.run([found, *rest], check=True, timeout=30)
    boxes = re.findall(r'yMin="([\d.]+)".* yMax="([\d.]+)"', (folder / "boxes").read_text())
    picture = np.asarray(Image.open(folder / "page.png"))
    heights = [float(bottom) - float(top) for top, bottom in boxes]
    return (folder / "text").read_text(), picture, heights


def test_a_sheet_is_large_french_and_whole(tmp_path: Path) -> None:
    text, picture, heights = drawn(SHORT, tmp_path)
    for said in (TITLE, "Il manque encore", *SHORT.received, *SHORT.missing, "14 h 05"):
        assert said in text.replace("\N{NO-BREAK SPACE}", " ")
    # A line's box is at least as high as its letters' size.
    assert min(heights) >= 18
    assert picture.min() < 64


def test_a_long_one_stays_on_its_sheet_and_within_the_margins(tmp_path: Path) -> None:
    text, picture, heights = drawn(LONG, tmp_path)
    assert text.count("\f") == 1
    assert min(heights) >= 18
    margin = int(MARGIN_MM * PT_PER_MM) - 2
    for edge in (picture[:margin], picture[-margin:], picture[:, :margin], picture[:, -margin:]):
        assert edge.min() == 255
    shown = text.count("Document numéro")
    assert f"et {50 - shown} autres" in text


def test_letters_that_the_font_lacks_are_no_warning(tmp_path: Path) -> None:
    text, _, _ = drawn(SummaryFacts("CAF 漢字 \N{GRINNING FACE}"), tmp_path)
    assert "CAF ?? ?" in text
