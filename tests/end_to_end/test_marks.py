"""The search itself: each form in which a mark can lie is found, and nothing where nothing is."""

from __future__ import annotations

import base64
import os
import zlib
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from tests.end_to_end.marks import Marks, document, write_desk
from tests.end_to_end.marks_forms import Seeker
from tests.end_to_end.marks_search import search

MARKS = Marks()
SEEKER = Seeker(MARKS.words)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("shift", range(3))
def test_text_is_found_in_every_alignment_of_base64(encoding: str, shift: int) -> None:
    text = b"xyz"[:shift] + MARKS.typed.encode(encoding) + b"more"
    assert SEEKER.in_bytes(b"rubbish" + text) == {"typed"}
    assert SEEKER.in_bytes(b"rubbish" + base64.b64encode(text)) == {"typed"}
    assert SEEKER.in_bytes(b"rubbish" + base64.urlsafe_b64encode(text)) == {"typed"}


def test_telephone_numbers_are_found_as_they_are_written() -> None:
    pairs = " ".join(f"0{MARKS.telephone}"[at : at + 2] for at in range(0, 10, 2))
    assert SEEKER.in_bytes(pairs.encode()) == {"telephone"}
    assert SEEKER.in_bytes(f"+33{MARKS.telephone}".encode()) == {"telephone"}


def test_a_document_is_found_whole_compressed_and_cut_off() -> None:
    pdf = document(MARKS.given)
    assert SEEKER.in_bytes(pdf) == {"given"}
    assert SEEKER.in_bytes(b"head" + zlib.compress(pdf)) == {"given"}
    # Only the picture of its code is left of it.
    start = pdf.index(b"\xff\xd8\xff")
    assert SEEKER.in_bytes(pdf[start : pdf.index(b"endstream", start)]) == {"given"}


def test_a_page_is_found_in_raw_pixels(tmp_path: Path) -> None:
    with Image.open(write_desk(tmp_path / "desk.jpg", MARKS.scanned)) as desk:
        preview = np.asarray(desk.convert("L").resize((640, 480)))
        screen = np.asarray(desk.convert("RGBA").resize((1_280, 800)))
    assert SEEKER.in_bytes(bytes(4_096) + preview.tobytes() * 2, planes=True) == {"scanned"}
    assert SEEKER.in_bytes(screen.tobytes(), planes=True) == {"scanned"}


def test_memory_without_a_name_is_searched_and_a_clean_folder_is_clean(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("nothing of interest")
    itself = psutil.Process()
    file = os.memfd_create("a-page")
    try:
        os.write(file, MARKS.scanned.encode())
        (found,) = search(SEEKER, [tmp_path], [itself])
    finally:
        os.close(file)
    assert (found.mark, "memfd:a-page" in found.place) == ("scanned", True)
    assert search(SEEKER, [tmp_path], [itself]) == []
