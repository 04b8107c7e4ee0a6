"""The booth's own fonts, from their packages: nothing depends on what the system has."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

TEXT_FAMILY = "Atkinson Hyperlegible"
SIGN_FAMILY = "Phosphor"

#: Package, folder of its fonts, pattern. Only the files are used: no package is imported, as
#: qtawesome would bring Qt Widgets with it.
SOURCES = (
    ("fontpkg_atkinson_hyperlegible", "files", "AtkinsonHyperlegible-*.ttf"),
    ("qtawesome", "fonts", "phosphor-*.ttf"),
)


class FontMissing(RuntimeError):
    """A font of the booth is not there: the installation is incomplete."""


def font_files() -> list[Path]:
    """Return the files of both families.

    Raises:
        FontMissing: a package or its files are not installed.
    """
    found: list[Path] = []
    for package, folder, pattern in SOURCES:
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise FontMissing(f"package {package} is not installed")
        files = sorted((Path(spec.origin).parent / folder).glob(pattern))
        if not files:
            raise FontMissing(f"package {package} has no {folder}/{pattern}")
        found += files
    return found


def load_fonts() -> None:
    """Give both families to Qt, and make the text family the application's.

    Raises:
        FontMissing: a font is not installed or Qt cannot read it.
    """
    for file in font_files():
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise FontMissing(f"{file.name} cannot be read")
    QGuiApplication.setFont(QFont(TEXT_FAMILY))
