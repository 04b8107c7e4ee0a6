"""Reading one settings file, with what the environment overrides, into its typed model."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from kiosk.settings.lines import KeyPath, key_lines
from kiosk.settings.problems import Schema, SettingsError, nearest, sentence

ENVIRONMENT_PREFIX = "VISIO_GUICHET_"
"""`VISIO_GUICHET_<SECTION>__<KEY>` overrides `[section] key`."""

SYSTEM_FOLDER = Path("/etc/visio-guichet")
"""Where an operator keeps the settings of an installed booth, desk or broker."""

Settings = TypeVar("Settings", bound=BaseModel)


def load(
    kind: type[Settings], path: Path, environment: Mapping[str, str] | None = None
) -> Settings:
    """Return the settings that the file at `path` and the environment give.

    Values are checked strictly: `"720"` is not a number. In the environment a value that is not
    text is written as in TOML (`true`, `720`, `["a", "b"]`). A variable of a section that `kind`
    does not know is left to the part of the product that does.

    Raises:
        SettingsError: the file is missing, is not TOML, or says anything that `kind` does not
            know or allow; every problem is named with its file and line.
    """
    text = _read(path)
    content = _parsed(path, text)
    variables = os.environ if environment is None else environment
    overrides, problems = _overrides(kind, variables)
    for section in _sections(kind):
        content.setdefault(section, {})
    for (section, key), (_, value) in overrides.items():
        if isinstance(content[section], dict):
            content[section][key] = value
    context = {"folder": path.absolute().parent}
    try:
        settings = kind.model_validate_json(
            json.dumps(content, default=str), strict=True, context=context
        )
    except ValidationError as error:
        lines = key_lines(text)

        def place(key: KeyPath) -> str:
            variable = overrides.get((str(key[0]), str(key[1]))) if len(key) > 1 else None
            return f"environment: {variable[0]}" if variable else f"{path}:{_line(lines, key)}"

        schema = Schema(kind)
        details = error.errors(include_url=False)
        raise SettingsError(
            [*problems, *(sentence(detail, schema, place) for detail in details)]
        ) from None
    if problems:
        raise SettingsError(problems)
    return settings


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise SettingsError([f"{path}: not UTF-8 text"]) from None
    except OSError as error:
        raise SettingsError([f"{path}: {error.strerror}"]) from None


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"^(.*) \(at line (\d+), column \d+\)$", str(error), re.DOTALL)
        words, line = (found[1], found[2]) if found else (str(error), str(text.count("\n") + 1))
        raise SettingsError([f"{path}:{line}: not TOML: {words}"]) from None


def _line(lines: Mapping[KeyPath, int], path: KeyPath) -> int:
    """Return the line of the key, or of the nearest table around it that the file has."""
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return 1


def _sections(kind: type[BaseModel]) -> dict[str, type[BaseModel]]:
    return {
        name: field.annotation
        for name, field in kind.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
    }


def _overrides(
    kind: type[BaseModel], variables: Mapping[str, str]
) -> tuple[dict[tuple[str, str], tuple[str, object]], list[str]]:
    """Return (section, key) -> (variable, value), and what is wrong with the variables' names."""
    sections = _sections(kind)
    found: dict[tuple[str, str], tuple[str, object]] = {}
    problems: list[str] = []
    for variable, text in sorted(variables.items()):
        section, separator, key = variable.removeprefix(ENVIRONMENT_PREFIX).lower().partition("__")
        if not separator or not variable.startswith(ENVIRONMENT_PREFIX):
            continue
        if section in sections:
            field = sections[section].model_fields.get(key)
            found[section, key] = (variable, text if field is None else _typed(field, text))
        elif meant := nearest(section, tuple(sections)):
            right = f"{ENVIRONMENT_PREFIX}{meant}__{key}".upper()
            problems.append(f"environment: {variable}: unknown section; did you mean {right}?")
    return found, problems


def _typed(field: FieldInfo, text: str) -> object:
    """Return the text itself where text is right, else what it says as a TOML value."""
    adapter: TypeAdapter[object] = TypeAdapter(field.rebuild_annotation())
    try:
        adapter.validate_json(json.dumps(text), strict=True)
    except ValidationError:
        try:
            return tomllib.loads(f"value = {text}")["value"]
        except tomllib.TOMLDecodeError:
            return text
    return text


def config_file(name: str) -> Path:
    """Return where the settings file `name` stands when nobody names another place.

    That is `/etc/visio-guichet` on a booth where an operator has put the file there, else the
    `config` folder of the source tree.
    """
    installed = SYSTEM_FOLDER / name
    return installed if installed.exists() else Path(__file__).parents[2] / "config" / name
