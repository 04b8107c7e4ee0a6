"""The child process that looks for what a PDF could do besides being read, through all its objects.

`python -m devices.pdf.sifter SETTINGS` reads the document on its standard input and writes one line
of JSON. The booth itself only ever draws pages, and nothing of a document runs there; but a
document that is taken away is opened by somebody's telephone.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator

import pikepdf

from devices.pdf.confined import Refuse, give_up_everything, say
from devices.pdf.facts import Refusal

_MOST_OBJECTS = 200_000
"""A manual of a thousand pages has fewer; a call has 30 pages."""
_DEEPEST = 100
_HOSTILE_ACTIONS = frozenset(
    "/JavaScript /Launch /SubmitForm /ImportData /GoToE /Rendition /Movie /RichMediaExecute".split()
)
"""ISO 32000-1, 12.6.4, and its supplement for rich media. A link that is touched (`/URI`) is well:
whoever touches it sees where it leads."""
_QUIET_ACTIONS = frozenset("/GoTo /Named /SetOCGState /Trans /Hide /ResetForm".split())
"""What may happen by itself, when a document is opened or a page turned."""
_HOSTILE_KINDS = frozenset("/FileAttachment /RichMedia /Movie /Sound /Screen /3D".split())
"""Annotations (ISO 32000-1, 12.5.6)."""
_FILES = frozenset("/F /UF /DOS /Mac /Unix".split())
"""Keys of an embedded file (7.11.3)."""


def _within(thing: object, depth: int = 0) -> Iterator[pikepdf.Dictionary]:
    """Every dictionary of an object, down to what is an object of its own."""
    if depth > _DEEPEST:
        raise Refuse(Refusal.BROKEN)
    if isinstance(thing, pikepdf.Stream):
        thing = thing.stream_dict
    if isinstance(thing, pikepdf.Dictionary):
        yield thing
        parts: list[object] = list(thing.values())
    elif isinstance(thing, pikepdf.Array):
        parts = list(thing)
    else:
        return
    for part in parts:
        if isinstance(part, pikepdf.Object) and not part.is_indirect:
            yield from _within(part, depth + 1)


def _name(found: pikepdf.Dictionary, key: str) -> str:
    value = found.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _acts_by_itself(found: pikepdf.Dictionary) -> bool:
    actions: list[object] = [found.get("/OpenAction")]
    triggers = found.get("/AA")
    if isinstance(triggers, pikepdf.Dictionary):
        actions += triggers.values()
    return any(
        isinstance(action, pikepdf.Dictionary)
        and "/S" in action
        and _name(action, "/S") not in _QUIET_ACTIONS
        for action in actions
    )


def _hostile(found: pikepdf.Dictionary) -> bool:
    files, scripts = found.get("/EF"), found.get("/JS")
    return (
        _name(found, "/S") in _HOSTILE_ACTIONS
        or _name(found, "/Subtype") in _HOSTILE_KINDS
        or _name(found, "/Type") == "/EmbeddedFile"
        or isinstance(scripts, (pikepdf.String, pikepdf.Stream))
        or isinstance(found.get("/JavaScript"), pikepdf.Dictionary)
        or isinstance(found.get("/EmbeddedFiles"), pikepdf.Dictionary)
        or isinstance(found.get("/XFA"), (pikepdf.Array, pikepdf.Stream))
        or (isinstance(files, pikepdf.Dictionary) and not _FILES.isdisjoint(files.keys()))
        or _acts_by_itself(found)
    )


def _find_randomness() -> None:
    """Let qpdf open the system's random numbers, which it wants for any encrypted document."""
    with pikepdf.new() as document:
        document.save(io.BytesIO(), encryption=pikepdf.Encryption(owner="o", user=""))


def _sift(document: pikepdf.Pdf) -> None:
    for number, thing in enumerate(document.objects):
        if number > _MOST_OBJECTS:
            raise Refuse(Refusal.TOO_HUNGRY)
        if any(map(_hostile, _within(thing))):
            raise Refuse(Refusal.HOSTILE)
    if any(map(_hostile, _within(document.trailer))):
        raise Refuse(Refusal.HOSTILE)


def main() -> None:
    """Do what the settings in the first argument say, then end without ceremony."""
    _find_randomness()
    give_up_everything(json.loads(sys.argv[1]))
    try:
        with pikepdf.open(sys.stdin.buffer, suppress_warnings=True) as document:
            _sift(document)
        say({"harmless": True})
    except Refuse as refused:
        say({"refused": refused.reason.value})
    except MemoryError:
        say({"refused": Refusal.TOO_HUNGRY.value})
    except pikepdf.PasswordError:
        say({"refused": Refusal.ENCRYPTED.value})
    except (pikepdf.PdfError, ValueError, TypeError, ArithmeticError, RuntimeError, OSError):
        say({"refused": Refusal.BROKEN.value})
    os._exit(0)


if __name__ == "__main__":
    main()
