"""Fuzzes one target in this process, with atheris where it is installed, else with hypothesis.

    python -m tests.fuzz.child TARGET.py --seconds 2 --folder FOLDER

A target is a module with `target(data: bytes) -> None`, which raises only where the product is
wrong. It may have `SEEDS: tuple[bytes, ...]`, examples of what is right. The input that broke it is
left in FOLDER; the exit code is then not 0.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

Target = Callable[[bytes], None]

#: Only our own code is made to tell its branches: others' would drown it, and takes long.
OURS = ["devices", "kiosk", "desk"]

#: Longest for one input, seconds: what takes longer could hold a booth up.
INPUT_S = 5

MAX_INPUT_BYTES = 4_096


def load(path: Path) -> ModuleType:
    """Return the module of a target's file."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(str(path))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def with_atheris(path: Path, seconds: int, folder: Path) -> None:
    """Fuzz by coverage; ends the process."""
    import atheris

    with atheris.instrument_imports(include=OURS):
        module = load(path)
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(getattr(module, "SEEDS", ())):
        (corpus / str(number)).write_bytes(seed)
    options = [
        f"-max_total_time={seconds}",
        f"-artifact_prefix={folder}/",
        f"-timeout={INPUT_S}",
        f"-max_len={MAX_INPUT_BYTES}",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], module.target)
    atheris.Fuzz()


def with_hypothesis(path: Path, seconds: int, folder: Path) -> None:
    """Fuzz without looking at coverage.

    Raises:
        Exception: whatever the target raised.
    """
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    module = load(path)
    target: Target = module.target

    @settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.binary(max_size=MAX_INPUT_BYTES) | st.sampled_from(getattr(module, "SEEDS", (b"",))))
    def attempt(data: bytes) -> None:
        try:
            target(data)
        except Exception:
            (folder / "crash").write_bytes(data)
            raise

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        attempt()


def main() -> None:
    """Fuzz what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--engine", choices=("atheris", "hypothesis"))
    asked = parser.parse_args()
    engine = asked.engine
    if engine is None:
        engine = "atheris" if importlib.util.find_spec("atheris") else "hypothesis"
    fuzz = with_atheris if engine == "atheris" else with_hypothesis
    fuzz(asked.target, asked.seconds, asked.folder)


if __name__ == "__main__":
    main()
