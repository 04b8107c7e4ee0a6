"""The crashes that are kept in the state folder: few, small, and never trusted when read back."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.diagnostics.crash.record import CrashRecord
from kiosk.log import get_logger

FOLDER = "crash"
FILE_NAME = "crashes.json"

#: Older ones tell nothing that these do not.
KEPT = 10

#: Ten records at their largest; more was not written here.
MAX_BYTES = 2_000_000

_log = get_logger(__name__)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    crashes: list[CrashRecord] = Field(default_factory=list, max_length=KEPT)
    """The last first."""


def read_crashes(state_folder: Path) -> tuple[CrashRecord, ...]:
    """Return the crashes that are kept, the last first; none where the file can't be used."""
    path = state_folder / FOLDER / FILE_NAME
    try:
        with path.open("rb") as file:
            return tuple(_File.model_validate_json(file.read(MAX_BYTES)).crashes)
    except FileNotFoundError:
        return ()
    except OSError as error:
        _log.error("crashes not read", error=error)
    except ValidationError:
        _log.error("crashes not understood: none are shown")
    return ()


def write_crashes(state_folder: Path, crashes: tuple[CrashRecord, ...]) -> None:
    """Keep the newest of `crashes`, the last first.

    Raises:
        OSError: the disk is full, or the folder is not ours.
    """
    folder = state_folder / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / f"{FILE_NAME}.new"
    with fresh.open("w", encoding="utf-8") as file:
        fresh.chmod(0o600)
        file.write(_File(crashes=list(crashes[:KEPT])).model_dump_json())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / FILE_NAME)
