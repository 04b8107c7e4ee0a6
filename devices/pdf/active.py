"""What in a PDF could do something besides being read: where it stands, and how it is taken out.

The booth itself only ever draws pages, and nothing of a document runs there; but a document that is
taken away is opened by somebody's telephone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pikepdf

from devices.pdf.confined import Refuse
from devices.pdf.facts import Refusal, Removal

_MOST_OBJECTS = 200_000
"""A manual of a thousand pages has fewer; a call has 30 pages."""
_DEEPEST = 100
_ACTIONS = {
    "/JavaScript": Removal.SCRIPT,
    "/Launch": Removal.ACTION,
    "/GoToR": Removal.ACTION,
    "/GoToE": Removal.ATTACHMENT,
    "/SubmitForm": Removal.SENDING,
    "/ImportData": Removal.SENDING,
    "/Rendition": Removal.MEDIA,
    "/Movie": Removal.MEDIA,
    "/RichMediaExecute": Removal.MEDIA,
}
"""ISO 32000-1, 12.6.4, and its supplement for rich media. A link that is touched (`/URI`) is well:
whoever touches it sees where it leads."""
_QUIET_ACTIONS = frozenset("/GoTo /Named /SetOCGState /Trans /Hide /ResetForm".split())
"""What may happen by itself, when a document is opened or a page turned."""
_ANNOTATIONS = {
    "/FileAttachment": Removal.ATTACHMENT,
    "/RichMedia": Removal.MEDIA,
    "/Movie": Removal.MEDIA,
    "/Sound": Removal.MEDIA,
    "/Screen": Removal.MEDIA,
    "/3D": Removal.MEDIA,
}
"""12.5.6."""
_DRAWN = frozenset("/Type /Subtype /Rect /F /P /AP /AS /OC".split())
"""Of an annotation, as far as it is looked at (12.5.2)."""
_FILES = frozenset("/F /UF /DOS /Mac /Unix".split())
"""Keys of an embedded file (7.11.3)."""
_ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")
"""Of a stream whose bytes are in another file (7.3.8.2)."""

Found = set[Removal]
Rule = Callable[[pikepdf.Dictionary, bool], Found]


def parts(document: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Dictionary, bool]]:
    """Every dictionary of a document, and whether it is a stream's; may be changed meanwhile.

    Raises:
        Refuse: there are more, or deeper ones, than in any honest document.
    """
    for number, thing in enumerate(document.objects):
        if number > _MOST_OBJECTS:
            raise Refuse(Refusal.TOO_HUNGRY)
        yield from _within(thing)
    yield from _within(document.trailer)


def take_out(part: pikepdf.Dictionary, of_stream: bool) -> Found:
    """Make a dictionary harmless; returns what it was."""
    return set().union(*(rule(part, of_stream) for rule in _RULES))


def name_in(part: pikepdf.Dictionary, key: str) -> str:
    """The name under a key; empty where there is none, or something else."""
    value = part.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _within(thing: object, depth: int = 0) -> Iterator[tuple[pikepdf.Dictionary, bool]]:
    """Down to what is an object of its own."""
    if depth > _DEEPEST:
        raise Refuse(Refusal.BROKEN)
    of_stream = isinstance(thing, pikepdf.Stream)
    if isinstance(thing, pikepdf.Stream):
        thing = thing.stream_dict
    if isinstance(thing, pikepdf.Dictionary):
        yield thing, of_stream
        inner: list[object] = list(thing.values())
    elif isinstance(thing, pikepdf.Array):
        inner = list(thing)
    else:
        return
    for one in inner:
        if isinstance(one, pikepdf.Object) and not one.is_indirect:
            yield from _within(one, depth + 1)


def _starts(action: object) -> Removal | None:
    """What an action that happens by itself is, if it is more than turning to a page."""
    if not isinstance(action, pikepdf.Dictionary) or "/S" not in action:
        return None
    name = name_in(action, "/S")
    return None if name in _QUIET_ACTIONS else _ACTIONS.get(name, Removal.ACTION)


def _by_itself(part: pikepdf.Dictionary, _: bool) -> Found:
    found: Found = set()
    if started := _starts(part.get("/OpenAction")):
        found.add(started)
        del part["/OpenAction"]
    triggers = part.get("/AA")
    if isinstance(triggers, pikepdf.Dictionary):
        kinds = {kind for action in triggers.values() if (kind := _starts(action))}
        if kinds:
            found |= kinds
            del part["/AA"]
    return found


def _actions(part: pikepdf.Dictionary, _: bool) -> Found:
    kind = _ACTIONS.get(name_in(part, "/S"))
    if kind is None:
        return set()
    for key in list(part.keys()):
        del part[key]
    return {kind}


def _scripts(part: pikepdf.Dictionary, _: bool) -> Found:
    found = _without(part, "/JS", (pikepdf.String, pikepdf.Stream), Removal.SCRIPT)
    return found | _without(part, "/JavaScript", (pikepdf.Dictionary,), Removal.SCRIPT)


def _attachments(part: pikepdf.Dictionary, _: bool) -> Found:
    found = _without(part, "/EmbeddedFiles", (pikepdf.Dictionary,), Removal.ATTACHMENT)
    found |= _without(part, "/Collection", (pikepdf.Dictionary,), Removal.ATTACHMENT)
    files = part.get("/EF")
    if isinstance(files, pikepdf.Dictionary) and not _FILES.isdisjoint(files.keys()):
        del part["/EF"]
        found.add(Removal.ATTACHMENT)
    if name_in(part, "/Type") == "/EmbeddedFile":
        # Nothing leads to its bytes any more, so they are not in what is saved.
        del part["/Type"]
        found.add(Removal.ATTACHMENT)
    return found


def _annotations(part: pikepdf.Dictionary, _: bool) -> Found:
    kind = _ANNOTATIONS.get(name_in(part, "/Subtype"))
    if kind is None:
        return set()
    for key in list(part.keys()):
        if key not in _DRAWN:
            del part[key]
    if "/AP" in part:
        part["/Subtype"] = pikepdf.Name.Stamp
    else:
        del part["/Subtype"]
    return {kind}


def _xfa(part: pikepdf.Dictionary, _: bool) -> Found:
    return _without(part, "/XFA", (pikepdf.Array, pikepdf.Stream), Removal.XFA)


def _elsewhere(part: pikepdf.Dictionary, of_stream: bool) -> Found:
    if not of_stream or "/F" not in part:
        return set()
    for key in _ELSEWHERE:
        if key in part:
            del part[key]
    return {Removal.ACTION}


def _without(
    part: pikepdf.Dictionary, key: str, kinds: tuple[type, ...], removal: Removal
) -> Found:
    if not isinstance(part.get(key), kinds):
        return set()
    del part[key]
    return {removal}


# What starts by itself comes first: its actions are named before they are emptied.
_RULES: tuple[Rule, ...] = (
    _by_itself,
    _actions,
    _scripts,
    _attachments,
    _annotations,
    _xfa,
    _elsewhere,
)
