"""An unclean end of the booth, as it is kept for the technician: no content, no path."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Place = Annotated[str, StringConstraints(max_length=120)]


class Cause(StrEnum):
    """Why the booth ended, as far as what it left behind tells."""

    SEGMENTATION_FAULT = "segmentation_fault"
    ABORTED = "aborted"
    """It gave up by itself, or the supervisor ended a frozen one."""
    BUS_ERROR = "bus_error"
    ILLEGAL_INSTRUCTION = "illegal_instruction"
    ARITHMETIC = "arithmetic"
    EXCEPTION = "exception"
    """A fault in the booth's own code that nobody caught."""
    POWER = "power"
    """The machine itself was restarted under it."""
    KILLED = "killed"
    """Ended from outside, without a word: `kill -9`, or memory that ran out."""


class CrashRecord(BaseModel):
    """One unclean end."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    started: Annotated[float, Field(ge=0, le=1e11)]
    """Unix seconds; of the run that ended so."""
    ended: Annotated[float, Field(ge=0, le=1e11)]
    """Unix seconds of its last sign of life."""
    version: Annotated[str, StringConstraints(max_length=40)] = ""
    cause: Cause
    stack: Annotated[tuple[Place, ...], Field(max_length=60)] = ()
    """`file.py:line function`, innermost first; of the thread that failed, then of the others."""
    events: Annotated[
        tuple[Annotated[str, StringConstraints(max_length=600)], ...], Field(max_length=200)
    ] = ()
    """The last lines of the log, which is closed to content, oldest first."""
    seen: bool = False
    """A technician has read it."""
