"""What is wrong with a settings file, in words that a technician can act on."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from kiosk.settings.lines import KeyPath

_TYPE_WORDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "an integer",
    "null": "nothing",
    "number": "a number",
    "object": "a table",
    "string": "a string",
}


class SettingsError(Exception):
    """Settings that cannot be used: `problems` has one line for each thing to mend."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Hold one or more problems, each a sentence that names its place."""
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class Schema:
    """The shape that a settings model asks for, to be looked up by key path."""

    def __init__(self, kind: type[BaseModel]) -> None:
        """Derive the shape from the model's JSON schema."""
        self._root = kind.model_json_schema(schema_generator=_QuietSchema)

    def keys(self, path: KeyPath) -> tuple[str, ...]:
        """Return the right keys of the table at `path`; none where there is no such table."""
        return tuple((self._at(path) or {}).get("properties", ()))

    def expected(self, path: KeyPath) -> str:
        """Return in words what belongs at `path`, such as « an integer from 10 to 60 »."""
        node = self._at(path)
        return "something else" if node is None else self._words(node)

    def _at(self, path: KeyPath) -> dict[str, Any] | None:
        node: dict[str, Any] | None = self._root
        for part in path:
            if node is None:
                return None
            node = self._inside(self._followed(node), part)
        return None if node is None else self._followed(node)

    def _inside(self, node: dict[str, Any], part: str | int) -> dict[str, Any] | None:
        for option in node.get("anyOf", (node,)):
            followed = self._followed(option)
            found = followed.get("items") if isinstance(part, int) else None
            found = found or followed.get("properties", {}).get(part)
            if found is None and isinstance(followed.get("additionalProperties"), dict):
                found = followed["additionalProperties"]
            if found is None:
                # A table whose keys have a form of their own, such as agents by identifier.
                found = next(iter(followed.get("patternProperties", {}).values()), None)
            if found is not None:
                return dict(found)
        return None

    def _followed(self, node: dict[str, Any]) -> dict[str, Any]:
        reference = node.get("$ref")
        if reference is None:
            return node
        return dict(self._root["$defs"][reference.rsplit("/", 1)[-1]])

    def _words(self, node: dict[str, Any]) -> str:
        node = self._followed(node)
        if "anyOf" in node:
            return " or ".join(self._words(option) for option in node["anyOf"])
        choices = node.get("enum", [node["const"]] if "const" in node else ())
        if choices:
            return " or ".join(f'"{choice}"' for choice in choices)
        words = _TYPE_WORDS.get(node.get("type", ""), "a value")
        return words + _limits(node)


class _QuietSchema(GenerateJsonSchema):
    """A schema without warnings on defaults (a path, a secret) that JSON cannot hold."""

    ignored_warning_kinds = {"skipped-choice", "non-serializable-default"}  # noqa: RUF012 - pydantic's own type


def _limits(node: dict[str, Any]) -> str:
    low, high = node.get("minimum"), node.get("maximum")
    words = ""
    if low is not None and high is not None:
        words += f" from {low:g} to {high:g}"
    elif low is not None:
        words += f" of at least {low:g}"
    elif high is not None:
        words += f" of at most {high:g}"
    if "multipleOf" in node:
        words += f", a multiple of {node['multipleOf']}"
    if "pattern" in node:
        words += f" of the form {node['pattern']}"
    return words


def nearest(name: str, choices: Sequence[str]) -> str | None:
    """Return the choice that `name` was most likely meant to be, or None."""
    found = difflib.get_close_matches(name.lower(), choices, n=1, cutoff=0.6)
    return found[0] if found else None


def sentence(error: ErrorDetails, schema: Schema, place: Callable[[KeyPath], str]) -> str:
    """Return one problem of a validation as `place: [section] key: what to do`.

    The value itself is never shown: it may be a password.
    """
    path: KeyPath = error["loc"]
    start = f"{place(path)}: {_dotted(path)}"
    match error["type"]:
        case "extra_forbidden":
            return f"{start}: unknown key{_suggestion(path, schema)}"
        case "missing":
            return f"{start}: missing; expected {schema.expected(path)}"
        case "value_error" | "assertion_error":
            return f"{start}: {error['msg'].partition(', ')[2]}"
        case _:
            return f"{start}: expected {schema.expected(path)}, found {_found(error['input'])}"


def _suggestion(path: KeyPath, schema: Schema) -> str:
    keys = schema.keys(path[:-1])
    meant = nearest(str(path[-1]), keys)
    if meant is None:
        return f"; the keys here are: {', '.join(keys)}" if keys else ""
    return f'; did you mean "{meant}" ({schema.expected((*path[:-1], meant))})?'


def _dotted(path: KeyPath) -> str:
    if len(path) < 2:
        return f"[{path[0]}]" if path else "file"
    inner = ".".join(str(part) for part in path[1:])
    return f"[{path[0]}] {inner}"


def _found(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"{value}"
        case str():
            return "a string" if value else "an empty string"
        case list() | tuple():
            return "a list"
        case dict():
            return "a table"
        case _:
            return type(value).__name__
