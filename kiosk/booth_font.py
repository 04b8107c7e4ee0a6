"""The booth's own font as files, for what is drawn outside the interface."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

_FONT_PACKAGE: Final = "fontpkg_atkinson_hyperlegible"


class FontMissing(RuntimeError):
    """The font's package is not there: the installation is incomplete."""


def booth_font(style: Literal["Regular", "Bold"]) -> Path:
    """Return the TTF file of Atkinson Hyperlegible in one style.

    Raises:
        FontMissing: the installation is incomplete.
    """
    spec = find_spec(_FONT_PACKAGE)
    if spec is None or spec.origin is None:
        raise FontMissing(_FONT_PACKAGE)
    return Path(spec.origin).parent / "files" / f"AtkinsonHyperlegible-{style}.ttf"
