"""The last guided test of each device: when, and how it ended; no content."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from devices.status import DeviceKind
from kiosk.diagnostics.outcome import Outcome
from kiosk.files import write_private
from kiosk.log import get_logger

FILE_NAME = "tests.json"

#: Ten devices take under 1 kB; more than this was not written here.
MAX_BYTES = 16_384

_log = get_logger(__name__)


class TestResult(BaseModel):
    """One guided test."""

    #: Not a test of our own, whatever its name begins with.
    __test__ = False

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: Annotated[float, Field(ge=0, le=1e11, allow_inf_nan=False)]
    """Unix seconds of its end."""
    outcome: Literal[Outcome.SUCCESS, Outcome.FAILED, Outcome.SKIPPED]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    v: Literal[1] = 1
    tests: dict[DeviceKind, TestResult] = Field(default_factory=dict)


class TestResults:
    """The results, read once and written at each change."""

    __test__ = False

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        """`folder` is the booth's state folder; it may not exist yet."""
        self._path = folder / FILE_NAME
        self._clock = clock
        self._tests = _read(self._path)

    def last(self, kind: DeviceKind) -> TestResult | None:
        """Return the last test of a device that came to an end; None where there was none."""
        return self._tests.get(kind)

    def keep(self, kind: DeviceKind, outcome: Outcome) -> None:
        """Keep how a test ended just now. One that was aborted tells nothing: the last one stays.

        A file that can't be written is told in the log; the result then lasts until the restart.
        """
        if outcome not in (Outcome.SUCCESS, Outcome.FAILED, Outcome.SKIPPED):
            return
        self._tests[kind] = TestResult(at=self._clock(), outcome=outcome)
        try:
            write_private(self._path, _File(tests=self._tests).model_dump_json())
        except OSError as error:
            _log.error("test results not kept", error=error)


def _read(path: Path) -> dict[DeviceKind, TestResult]:
    try:
        with path.open("rb") as file:
            return _File.model_validate_json(file.read(MAX_BYTES)).tests
    except FileNotFoundError:
        return {}
    except OSError as error:
        _log.error("test results not read", error=error)
    except ValidationError:
        _log.error("test results not understood: every device counts as never tested")
    return {}
