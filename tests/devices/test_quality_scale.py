"""The table in docs/devices.md says what the code has: each cell is held against it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from devices.status import DeviceKind

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "devices.md"
COLUMNS = ("discovered", "hot-plugged", "supervised", "simulated", "diagnosed", "real parts")
PACKAGES = {kind: kind.value for kind in DeviceKind} | {
    DeviceKind.MICROPHONE: "sound",
    DeviceKind.LOUDSPEAKER: "sound",
}
NOT_DRIVERS = {"interface", "simulated"}
SUPERVISED = "SupervisedDevice"


def table() -> dict[str, dict[str, str]]:
    """The page's first table: device → column → cell."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    head, _, *body = rows
    assert tuple(head[1:]) == COLUMNS
    return {row[0].strip("`"): dict(zip(head[1:], row[1:], strict=True)) for row in body}


@dataclass(frozen=True)
class Class:
    """What the source says of one class."""

    module: Path
    name: str
    bases: tuple[str, ...]
    members: frozenset[str]
    """Methods, properties, fields, and attributes that are set on `self`."""
    finds: bool
    """Whether `found` is written here and can give something."""


@cache
def classes() -> tuple[Class, ...]:
    """Every class of the hardware layer; nothing is imported, for OpenCV is among it."""
    modules = sorted((ROOT / "devices").rglob("*.py"))
    return tuple(found for module in modules for found in _classes_in(module))


def _classes_in(module: Path) -> Iterator[Class]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            bases = tuple(ast.unparse(base).split("[")[0] for base in node.bases)
            yield Class(module, node.name, bases, _members(node), _finds(node))


def _members(node: ast.ClassDef) -> frozenset[str]:
    methods = {
        item.name for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    fields = {
        item.target.id
        for item in node.body
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)
    }
    on_self = {
        item.attr
        for item in ast.walk(node)
        if isinstance(item, ast.Attribute) and isinstance(item.ctx, ast.Store)
    }
    return frozenset(methods | fields | on_self)


def _finds(node: ast.ClassDef) -> bool:
    for item in node.body:
        if isinstance(item, ast.AsyncFunctionDef) and item.name == "found":
            last = item.body[-1]
            return not (isinstance(last, ast.Return) and ast.unparse(last) == "return ()")
    return False


def ancestors(one: Class) -> Iterator[Class]:
    """The class and those of ours that it is made from."""
    yield one
    for kin in classes():
        private = kin.name.startswith("_") and kin.module != one.module
        if kin.name in one.bases and not private:
            yield from ancestors(kin)


def is_supervised(one: Class) -> bool:
    return any(SUPERVISED in {kin.name, *kin.bases} for kin in ancestors(one))


def of_package(kind: DeviceKind, *, drivers: bool) -> list[Class]:
    """The classes of a kind's package: of its drivers, or of its simulated devices."""
    folder = ROOT / "devices" / PACKAGES[kind]
    return [
        one
        for one in classes()
        if one.module.parent == folder
        and (one.module.stem not in NOT_DRIVERS if drivers else one.module.stem == "simulated")
    ]


def takes_hotplug(kind: DeviceKind) -> bool:
    """Whether the package's `open_…` passes on who tells of cables."""
    package = PACKAGES[kind]
    source = ast.parse((ROOT / "devices" / package / "__init__.py").read_text(encoding="utf-8"))
    return any(
        isinstance(node, ast.FunctionDef)
        and node.name == f"open_{package}"
        and "hotplug" in {arg.arg for arg in node.args.kwonlyargs}
        for node in source.body
    )


def has_guided_test(kind: DeviceKind) -> bool:
    """Whether a test of this kind is among those that the technician may choose."""
    choice = ROOT / "kiosk" / "diagnostics" / "guided" / "choice.py"
    return any(
        isinstance(node, ast.Dict)
        and any(ast.unparse(key) == f"DeviceKind.{kind.name}" for key in node.keys if key)
        for node in ast.walk(ast.parse(choice.read_text(encoding="utf-8")))
    )


def measured(kind: DeviceKind) -> dict[str, bool]:
    """What the code says of a kind."""
    drivers = of_package(kind, drivers=True)
    docked = [
        one
        for one in of_package(kind, drivers=False)
        if any("actions" in kin.members for kin in ancestors(one))
    ]
    sharing = sum(package == PACKAGES[kind] for package in PACKAGES.values())
    return {
        "discovered": any(one.finds for one in drivers),
        "hot-plugged": takes_hotplug(kind)
        and any("plugged" in kin.members for one in drivers for kin in ancestors(one)),
        "supervised": any(is_supervised(one) for one in drivers),
        "simulated": len(docked) >= sharing,
        "diagnosed": has_guided_test(kind),
    }


def test_every_kind_has_its_row() -> None:
    assert list(table()) == [kind.value for kind in DeviceKind]


@pytest.mark.parametrize("kind", DeviceKind)
def test_each_cell_says_what_the_code_has(kind: DeviceKind) -> None:
    said = {column: table()[kind.value][column] for column in COLUMNS[:-1]}
    assert said == {column: "yes" if has else "no" for column, has in measured(kind).items()}


@pytest.mark.parametrize("kind", DeviceKind)
def test_each_kind_names_tests_on_real_parts(kind: DeviceKind) -> None:
    links = re.findall(r"\[(\w+)\]\(\.\./(tests/[\w/]+\.py)\)", table()[kind.value]["real parts"])
    assert links, "no test on real parts is named"
    for name, path in links:
        assert Path(path).stem == name
        assert re.search(
            r"^(async )?def test_", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE
        )


@pytest.mark.parametrize("kind", DeviceKind)
def test_each_kind_has_a_section_that_says_something(kind: DeviceKind) -> None:
    titles = {DeviceKind.MICROPHONE: "Microphone and loudspeaker"}
    titles[DeviceKind.LOUDSPEAKER] = titles[DeviceKind.MICROPHONE]
    title = titles.get(kind, kind.value.replace("_", " ").capitalize())
    text = PAGE.read_text(encoding="utf-8")
    section = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert section, f"no section '{title}'"
    assert section.group(1).strip(), f"section '{title}' is empty"
