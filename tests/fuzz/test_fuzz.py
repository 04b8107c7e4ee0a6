"""Every byte parser holds against a few seconds of fuzzing; `make fuzz` takes longer."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tests.fuzz.run import fuzz, targets

SECONDS = 1

ENGINES = [
    pytest.param(
        "atheris",
        marks=pytest.mark.skipif(
            importlib.util.find_spec("atheris") is None, reason="no wheel of it for this machine"
        ),
    ),
    "hypothesis",
]


@pytest.mark.parametrize("name", targets())
def test_target_holds(name: str) -> None:
    broken = fuzz(targets()[name], SECONDS)
    assert broken is None, str(broken)


_WRONG = """
SEEDS = (b"{}", b"{a")

def target(data: bytes) -> None:
    if data[:2] == b"{a":
        raise ValueError("found")
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_what_breaks_a_target_is_told(tmp_path: Path, engine: str) -> None:
    path = tmp_path / "fuzz_wrong.py"
    path.write_text(_WRONG)
    broken = fuzz(path, SECONDS, engine)
    assert broken is not None
    assert broken.data is not None
    assert broken.data.startswith(b"{a")
    assert "found" in broken.told


@pytest.mark.parametrize("engine", ENGINES)
def test_a_target_that_is_none_is_told(tmp_path: Path, engine: str) -> None:
    path = tmp_path / "fuzz_nothing.py"
    path.write_text("raise ImportError('not there')")
    broken = fuzz(path, SECONDS, engine)
    assert broken is not None
    assert broken.data is None
    assert "not there" in str(broken)
