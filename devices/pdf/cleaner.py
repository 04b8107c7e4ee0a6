"""The child process that takes out of a PDF what it could do besides being read.

`python -m devices.pdf.cleaner SETTINGS` reads the document on its standard input and writes one
line of JSON: what was taken out, and the length of the document that follows; nothing follows when
nothing was taken out, for then the document stays as it is, signatures and all.
"""

from __future__ import annotations

import io
import json
import sys

import pikepdf

from devices.pdf.active import parts, take_out
from devices.pdf.confined import Refuse, say
from devices.pdf.facts import Refusal, Removal
from devices.pdf.opened import run

_LOST = ("Pages tree includes", "not found in file")
"""Of qpdf's warnings, those after which something is missing; it tells of it in no other way."""
_HEAD = b"%PDF-"
_TAIL_BYTES = 2048
"""Within which a document that was not cut off has its end (ISO 32000-1, annex H, note 18)."""


def _is_only_xfa(document: pikepdf.Pdf) -> bool:
    """Whether its pages only say that another program is needed (XFA 3.3, dynamic forms)."""
    if bool(document.Root.get("/NeedsRendering", False)):
        return True
    form = document.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary) or "/XFA" not in form:
        return False
    fields = form.get("/Fields")
    return not isinstance(fields, pikepdf.Array) or len(fields) == 0


def _is_incomplete(document: pikepdf.Pdf, raw: bytes, warnings: list[str]) -> bool:
    """Whether a document that had to be mended lacks its end, a page, or what is on one."""
    return (
        b"startxref" not in raw.rstrip()[-_TAIL_BYTES:]
        or any(sign in warning for sign in _LOST for warning in warnings)
        or any("/Contents" not in page.obj for page in document.pages)
    )


def _is_signed(part: pikepdf.Dictionary) -> bool:
    """Whether it is a field that was signed (12.8)."""
    value = part.get("/V")
    return isinstance(value, pikepdf.Dictionary) and "/ByteRange" in value


def _unsign(document: pikepdf.Pdf, fields: list[pikepdf.Dictionary]) -> None:
    """Take out signatures, which are not of this document any more; what they look like stays."""
    for field in fields:
        del field["/V"]
    if "/Perms" in document.Root:
        del document.Root["/Perms"]
    form = document.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/SigFlags" in form:
        del form["/SigFlags"]


def _take_all_out(document: pikepdf.Pdf, raw: bytes) -> set[Removal]:
    """What is not in the document any more; empty where it may stay as it is."""
    found: set[Removal] = set()
    signed: list[pikepdf.Dictionary] = []
    for part, of_stream in parts(document):
        found |= take_out(part, of_stream)
        if _is_signed(part):
            signed.append(part)
    mended = document.get_warnings()
    if mended and _is_incomplete(document, raw, mended):
        raise Refuse(Refusal.BROKEN)
    # What is signed every reader mends in the same way, and the signature stays good. What begins
    # as a file of another kind is never left as it is.
    if (mended and not signed) or not raw.startswith(_HEAD):
        found.add(Removal.DAMAGE)
    if found and signed:
        _unsign(document, signed)
        found.add(Removal.SIGNATURE)
    if found and document.is_encrypted:
        found.add(Removal.LOCK)
    return found


def _clean(document: pikepdf.Pdf) -> None:
    if _is_only_xfa(document):
        raise Refuse(Refusal.DYNAMIC_FORM)
    sys.stdin.buffer.seek(0)
    removed = _take_all_out(document, sys.stdin.buffer.read())
    if not removed:
        say({"removed": [], "bytes": 0})
        return
    memory = io.BytesIO()
    document.save(memory, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    say({"removed": sorted(removed), "bytes": len(memory.getvalue())})
    sys.stdout.buffer.write(memory.getvalue())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    run(_clean, json.loads(sys.argv[1]))
