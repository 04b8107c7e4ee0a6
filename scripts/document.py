"""Writes the reference pages that are drawn from the code: settings, and what the log tells.

    python scripts/document.py          writes docs/settings.md and docs/log-events.md

A test compares them with the code, so that neither goes stale.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from desk.settings import DeskSettings
from kiosk.link.broker_settings import BrokerSettings
from kiosk.settings import KioskSettings
from kiosk.settings.problems import Schema

ROOT = Path(__file__).parents[1]
LEVELS = ("debug", "info", "warning", "error", "exception", "critical")

FILES: dict[str, type[BaseModel]] = {
    "kiosk.toml": KioskSettings,
    "desk.toml": DeskSettings,
    "broker.toml": BrokerSettings,
}

SETTINGS_HEAD = """# Settings

Drawn from the code by `make docs`; do not edit.

Each part reads one file, `/etc/visio-guichet/<file>` where that exists, else the one in `config/`
of the source tree; `--config FILE` names another. A wrong or unknown key is named with its file and
line, and the part does not start. The environment overrides a key of a section:
`VISIO_GUICHET_<SECTION>__<KEY>`, with values that are not text written as in TOML. Relative paths
start at the folder of the file.
"""

EVENTS_HEAD = """# What the log tells

Drawn from the code by `make docs`; do not edit.

One JSON object on a line of standard error (`[log] format = "json"`), with `timestamp`, `level`,
`logger` and `event`, and the keys named here. No other key passes, and what other libraries say is
scrubbed of addresses, session descriptions and long numbers (`kiosk/log.py`).
"""


def settings_page() -> str:
    """Return docs/settings.md."""
    parts = [SETTINGS_HEAD]
    for name, kind in FILES.items():
        parts.append(f"## {name}\n")
        schema = Schema(kind)
        for section, field in kind.model_fields.items():
            parts.append("\n".join(_section(section, field, schema)) + "\n")
    return "\n".join(parts)


def _section(name: str, field: FieldInfo, schema: Schema) -> Iterator[str]:
    yield f"### [{name}]\n"
    inner = field.annotation
    if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
        yield _flat(field.description or "")
        return
    yield _flat(inner.__doc__ or "") + "\n"
    yield "| key | what belongs there | default | |"
    yield "| --- | --- | --- | --- |"
    for key, value in inner.model_fields.items():
        expected = schema.expected((name, key)).replace("|", "\\|")
        yield f"| `{key}` | {expected} | {_default(value)} | {_flat(value.description or '')} |"


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is PydanticUndefined:
        return "must be given"
    if value is None or value == ():
        return "none"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _flat(text: str) -> str:
    return " ".join(text.split())


def events_page() -> str:
    """Return docs/log-events.md."""
    parts = [EVENTS_HEAD, "| event | level | keys | from |", "| --- | --- | --- | --- |"]
    found = {event for part in ("kiosk", "devices", "ui", "desk") for event in _events(ROOT / part)}
    parts += [
        f"| {event} | {level} | {keys} | {module} |" for event, level, keys, module in sorted(found)
    ]
    return "\n".join(parts) + "\n"


def _events(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    for path in folder.rglob("*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and _is_log(node.func):
                level = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                named = [word.arg for word in node.keywords if word.arg not in (None, "exc_info")]
                keys = ", ".join(f"`{name}`" for name in named)
                for event in _literals(node.args[0]) if node.args else ():
                    yield event, level, keys, f"`{module}`"


def _is_log(function: ast.expr) -> bool:
    if not (isinstance(function, ast.Attribute) and function.attr in LEVELS):
        return False
    owner = function.value
    name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
    return name.strip("_") in ("log", "logger")


def _literals(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.IfExp(body=first, orelse=second):
            yield from _literals(first)
            yield from _literals(second)
        case _:
            return


if __name__ == "__main__":
    (ROOT / "docs" / "settings.md").write_text(settings_page(), encoding="utf-8")
    (ROOT / "docs" / "log-events.md").write_text(events_page(), encoding="utf-8")
