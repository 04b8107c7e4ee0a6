"""The documents say what is so: pages drawn from the code, links, commands, targets, packages."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from kiosk.cli import GROUP

ROOT = Path(__file__).parents[1]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def test_pages_drawn_from_the_code_are_fresh(tmp_path: Path) -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import document
    finally:
        sys.path.remove(str(ROOT / "scripts"))
    for name, text in (
        ("settings.md", document.settings_page()),
        ("log-events.md", document.events_page()),
    ):
        page = ROOT / "docs" / name
        assert page.read_text(encoding="utf-8") == text, f"docs/{name} is stale: run `make docs`"


@pages
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("https://", "http://")):
            continue
        name, _, anchor = target.partition("#")
        place = (page.parent / name).resolve() if name else page
        assert place.exists(), target
        if anchor:
            heads = re.findall(r"^#+ (.*)$", place.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {
                re.sub(r"[^\w-]", "", head.lower().replace(" ", "-")) for head in heads
            }


@pages
def test_commands_and_targets_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    commands = {entry.name for entry in entry_points(group=GROUP)}
    for command in re.findall(r"(?:bin/|`)visio-guichet\s+([a-z-]+)", text):
        assert command in commands, command
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for target in re.findall(r"(?:`|^ +|&& )make ([a-z-]+)", text, re.MULTILINE):
        assert target in targets, target


def test_the_readme_names_every_command() -> None:
    told = re.findall(r"^\| (`.*?`) \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    named = re.findall(r"`([a-z-]+)`", " ".join(told))
    assert sorted(named) == sorted(entry.name for entry in entry_points(group=GROUP))


def test_make_explains_itself() -> None:
    done = subprocess.run(["make", "-C", ROOT, "help"], check=True, capture_output=True, text=True)
    for target in ("demo", "test", "fuzz", "lock", "screenshots", "bench"):
        assert f"make {target} " in done.stdout


def test_the_lock_is_hashed_and_names_no_index() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links", text)
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[\w.-]+==\S+", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement.split()[0]


def test_packages_are_listed_once_and_well() -> None:
    lines = (ROOT / "packages.txt").read_text(encoding="utf-8").splitlines()
    entries = [line.split() for line in lines if line and not line.startswith("#")]
    names = [name for entry in entries for name in entry[1:]]
    assert len(names) == len(set(names))
    assert all(len(entry) > 1 for entry in entries)
    kinds = {entry[0] for entry in entries}
    assert kinds == {"demo", "test", "test-debian", "test-ubuntu"}
