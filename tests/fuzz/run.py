"""Runs fuzz targets, each in a child process, and tells which input broke which.

    python -m tests.fuzz.run [NAME …] [--seconds N]

NAME is of `tests/fuzz/fuzz_<name>.py`; all of them without one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent

#: Importing with instrumentation takes seconds; a child that takes longer hangs.
SPARE_S = 60


@dataclass(frozen=True)
class Broken:
    """How a target failed."""

    name: str
    data: bytes | None
    """What broke it; None where it broke before or beside any input."""
    told: str
    """The end of what the child printed."""

    def __str__(self) -> str:
        shown = "no input" if self.data is None else f"{len(self.data)} bytes: {self.data!r}"
        return f"{self.name} broke on {shown}\n{self.told}"


def targets() -> dict[str, Path]:
    """Return the files of all targets, by name."""
    files = sorted(HERE.glob("fuzz_*.py"))
    return {path.stem.removeprefix("fuzz_"): path for path in files}


def fuzz(path: Path, seconds: int, engine: str | None = None) -> Broken | None:
    """Fuzz one target; return how it broke, or None where it held."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        words = [sys.executable, "-m", "tests.fuzz.child", str(path)]
        words += ["--seconds", str(seconds), "--folder", folder]
        if engine is not None:
            words += ["--engine", engine]
        try:
            done = subprocess.run(
                words,
                check=False,
                capture_output=True,
                timeout=seconds + SPARE_S,
                cwd=HERE.parents[1],
            )
        except subprocess.TimeoutExpired as error:
            return Broken(path.stem, None, f"did not end within {error.timeout:g} s")
        if done.returncode == 0:
            return None
        found = [one for one in Path(folder).iterdir() if one.is_file()]
        data = found[0].read_bytes() if found else None
        told = (done.stdout + done.stderr).decode(errors="replace")[-3_000:]
        return Broken(path.stem, data, told)


def main() -> int:
    """Fuzz what the command line names; 1 where something broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.run", description=__doc__)
    parser.add_argument("name", nargs="*", choices=[*targets(), []])
    parser.add_argument("--seconds", type=int, default=60, help="each (default: %(default)s)")
    asked = parser.parse_args()
    broken = 0
    for name in asked.name or targets():
        print(f"{name}: {asked.seconds} s", flush=True)
        result = fuzz(targets()[name], asked.seconds)
        if result is not None:
            broken = 1
            print(result)
    return broken


if __name__ == "__main__":
    raise SystemExit(main())
