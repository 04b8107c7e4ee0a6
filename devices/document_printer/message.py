"""IPP messages (RFC 8010): requests written with pyipp, answers read by a bounded decoder of ours.

pyipp's own decoder takes lengths for signed numbers: eighteen bytes from a printer make it run for
ever (decision 0014).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyipp.enums import IppOperation, IppTag
from pyipp.serializer import construct_attribute

IPP_1_1 = b"\x01\x01"
"""Every IPP printer speaks it; some older ones refuse 2.0."""
MAX_ANSWER_BYTES = 256 * 1024
"""A printer that tells all it knows, its table of media included, needs 10 to 100 kB."""
MAX_VALUES = 10_000
"""The same, counted: what a loop can go through without being felt."""
MAX_TEXT = 255
"""Characters; the longest keyword that RFC 8011 allows (5.1.4)."""

Value = int | bool | str | tuple[int, int]
"""Numbers, flags, any kind of text, and ranges; other kinds of values are passed over."""
Written = tuple[str, IppTag, str | int | bool | list[str]]
"""An attribute of a request: name, tag, value or values."""

_HEADER = struct.Struct(">2sHI")
_LENGTH = struct.Struct(">H")
_RANGE = struct.Struct(">ii")
_FIRST_VALUE_TAG = 0x10
"""Below it are delimiters, which begin a group (RFC 8010, 3.5.1)."""
_TEXTS = range(0x41, 0x60)
_WITH_LANGUAGE = (IppTag.TEXT_LANG, IppTag.NAME_LANG)


class MalformedAnswer(Exception):
    """What came back is no IPP message, or no sensible one."""


@dataclass(frozen=True, slots=True)
class Group:
    """The attributes of the printer or of one job, as it claims."""

    tag: int
    attributes: Mapping[str, Sequence[Value]] = field(default_factory=dict)

    def number(self, name: str, least: int, most: int) -> int | None:
        """The one whole number of that name, if it lies between."""
        for value in self.attributes.get(name, ()):
            if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
                return value
        return None

    def flag(self, name: str) -> bool | None:
        """The one flag of that name."""
        for value in self.attributes.get(name, ()):
            if isinstance(value, bool):
                return value
        return None

    def span(self, name: str) -> tuple[int, int] | None:
        """The one range of that name; a single number is a range of one."""
        for value in self.attributes.get(name, ()):
            if isinstance(value, tuple):
                return value
            if isinstance(value, int) and not isinstance(value, bool):
                return (value, value)
        return None

    def numbers(self, name: str) -> frozenset[int]:
        """All whole numbers of that name."""
        values = self.attributes.get(name, ())
        return frozenset(v for v in values if isinstance(v, int) and not isinstance(v, bool))

    def texts(self, name: str, most: int = 64) -> tuple[str, ...]:
        """Texts of that name, printable ones, at most so many."""
        values = self.attributes.get(name, ())
        return tuple(v for v in values if isinstance(v, str) and v.isprintable())[:most]

    def text(self, name: str) -> str:
        """The first text of that name, or nothing."""
        return next(iter(self.texts(name, 1)), "")


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    status: int
    groups: tuple[Group, ...]

    def all(self, tag: IppTag) -> tuple[Group, ...]:
        """Its groups of one kind."""
        return tuple(group for group in self.groups if group.tag == tag)

    def first(self, tag: IppTag) -> Group:
        """Its first group of one kind, empty when there is none."""
        return next(iter(self.all(tag)), Group(tag))


def request(
    operation: IppOperation,
    number: int,
    attributes: Iterable[Written],
    job: Iterable[Written] = (),
) -> bytes:
    """A request, up to where the document follows; `attributes` begin with the target."""
    told = [
        ("attributes-charset", IppTag.CHARSET, "utf-8"),
        ("attributes-natural-language", IppTag.LANGUAGE, "en"),
        *attributes,
    ]
    parts = [_HEADER.pack(IPP_1_1, operation, number), bytes((IppTag.OPERATION,))]
    parts += [construct_attribute(name, value, tag) for name, tag, value in told]
    template = [construct_attribute(name, value, tag) for name, tag, value in job]
    if template:
        parts += [bytes((IppTag.JOB,)), *template]
    return b"".join([*parts, bytes((IppTag.END,))])


def answer(data: bytes, number: int) -> Answer:
    """Read the answer to request `number`.

    Raises:
        MalformedAnswer: it is too long, cut off, or not the answer to that request.
    """
    if len(data) > MAX_ANSWER_BYTES:
        raise MalformedAnswer("too long")
    try:
        version, status, answered = _HEADER.unpack_from(data)
        if version[0] not in {1, 2} or answered != number:
            raise MalformedAnswer("not the answer to the request")
        return Answer(status, _groups(data, _HEADER.size))
    except (struct.error, IndexError) as error:
        raise MalformedAnswer("cut off") from error


def _groups(data: bytes, at: int) -> tuple[Group, ...]:
    groups: list[Group] = []
    attributes: dict[str, list[Value]] = {}
    name, inside, count = "", 0, 0
    while (tag := data[at]) != IppTag.END:
        at += 1
        if tag < _FIRST_VALUE_TAG:
            attributes, name, inside = {}, "", 0
            groups.append(Group(tag, attributes))
            continue
        count += 1
        if count > MAX_VALUES:
            raise MalformedAnswer("too many values")
        new_name, at = _counted(data, at)
        value, at = _counted(data, at)
        if new_name and not inside:
            name = new_name.decode("ascii", "replace")[:MAX_TEXT]
        # A collection's members are values in a row until its end tag (RFC 8010, 3.1.6): none of
        # ours is one, so whatever is inside is passed over, however deep.
        if tag == IppTag.END_COLLECTION:
            inside = max(0, inside - 1)
        elif tag == IppTag.BEGIN_COLLECTION:
            inside += 1
        elif not inside and name and (read := _value(tag, value)) is not None:
            attributes.setdefault(name, []).append(read)
    return tuple(groups)


def _counted(data: bytes, at: int) -> tuple[bytes, int]:
    """A field behind its length of two bytes (RFC 8010, 3.1.4)."""
    (length,) = _LENGTH.unpack_from(data, at)
    end = at + _LENGTH.size + length
    if end > len(data):
        raise MalformedAnswer("cut off")
    return data[at + _LENGTH.size : end], end


def _value(tag: int, data: bytes) -> Value | None:
    """A value as its tag says (RFC 8010, 3.9), None for one of a kind or length not wanted."""
    match tag, len(data):
        case ((IppTag.INTEGER | IppTag.ENUM), 4):
            return int.from_bytes(data, signed=True)
        case IppTag.BOOLEAN, 1:
            return data != b"\x00"
        case IppTag.RANGE, 8:
            low, high = _RANGE.unpack(data)
            return (low, high)
        case _:
            return _text(tag, data)


def _text(tag: int, data: bytes) -> str | None:
    if tag in _WITH_LANGUAGE:
        try:
            _, at = _counted(data, 0)
            data, _ = _counted(data, at)
        except (struct.error, MalformedAnswer):
            return None
    elif tag not in _TEXTS:
        return None
    return data[: MAX_TEXT * 4].decode("utf-8", "replace")[:MAX_TEXT]
