"""Where each key of a TOML file stands, so that a complaint can name its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

KeyPath = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[{1,2})")


def key_lines(text: str) -> dict[KeyPath, int]:
    """Return the line, from 1, of every table and key of a TOML document that parses.

    Keys inside a value (an inline table, a list) have the line at which that value starts.
    """
    lines: dict[KeyPath, int] = {}
    table: KeyPath = ()
    counts: dict[KeyPath, int] = {}
    for number, statement in _statements(text):
        header = _HEADER.match(statement)
        content = tomllib.loads(statement)
        if header is None:
            for path in _paths(content):
                lines.setdefault((*table, *path), number)
            continue
        table = _under_lists(_names(content), counts)
        if header[1] == "[[":
            index = counts.get(table, 0)
            counts[table] = index + 1
            lines.setdefault(table, number)
            table = (*table, index)
        lines.setdefault(table, number)
    return lines


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield each header or assignment, which may span lines, with its first line's number."""
    pending: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not pending and not line.split("#")[0].strip():
            continue
        pending.append(line)
        statement = "\n".join(pending)
        try:
            tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue
        yield number - len(pending) + 1, statement
        pending.clear()


def _names(content: object) -> KeyPath:
    """Return the dotted name of a header's table from its parsed form, `{"a": {"b": [{}]}}`."""
    names: list[str] = []
    while isinstance(content, dict) and content:
        name, content = next(iter(content.items()))
        names.append(name)
    return tuple(names)


def _under_lists(names: KeyPath, counts: dict[KeyPath, int]) -> KeyPath:
    """Put into a header's name the index of every list of tables that it goes through."""
    path: KeyPath = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path] - 1)
    return (*path, *names[-1:])


def _paths(value: object) -> Iterator[KeyPath]:
    items: Iterator[tuple[str | int, object]]
    if isinstance(value, dict):
        items = iter(value.items())
    elif isinstance(value, list):
        items = iter(enumerate(value))
    else:
        return
    for key, inner in items:
        yield (key,)
        for path in _paths(inner):
            yield (key, *path)
