"""What every settings model is made of: a closed, immutable section, and resolved paths."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationInfo


class Section(BaseModel):
    """Base of every settings model: immutable, closed to unknown keys, defaults checked too."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, use_attribute_docstrings=True
    )


def _text(value: object) -> object:
    # A default is a Path already, which strict validation of JSON would refuse.
    return str(value) if isinstance(value, Path) else value


def _resolved(path: Path, info: ValidationInfo) -> Path:
    folder = (info.context or {}).get("folder", Path())
    return Path(folder, path.expanduser())


ConfigPath = Annotated[Path, BeforeValidator(_text), AfterValidator(_resolved)]
"""A path with `~` expanded; a relative one starts at the folder of the file that names it."""
