"""The interface's words, through Qt's own translation system.

Source strings are English, in QML's `qsTr`. `translations/<language>.ts` is what translators edit;
Qt reads its compiled form, made here with the `lrelease` that PySide6 ships, when it is not yet
there for exactly that text.
"""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

SOURCES = Path(__file__).parent / "translations"

#: `lrelease` takes 30 ms; a machine that swaps gets a hundred times that.
COMPILE_TIMEOUT_S = 10


class TranslationError(RuntimeError):
    """The words of a language cannot be had."""


def install(application: QCoreApplication, language: str, cache: Path) -> QTranslator:
    """Give the application the words of `language`, compiled into `cache` if need be.

    Raises:
        TranslationError: there is no such language, or it cannot be compiled or read.
    """
    translator = QTranslator(application)
    compiled = compile_language(SOURCES / f"{language}.ts", cache)
    if not translator.load(str(compiled)) or not application.installTranslator(translator):
        raise TranslationError(f"{compiled.name} cannot be read")
    QLocale.setDefault(QLocale(language))
    return translator


def compile_language(source: Path, cache: Path) -> Path:
    """Return the compiled form of `source`, made in `cache` unless it is already there.

    The file's name holds a digest of the source: an old form is never taken for a new one.

    Raises:
        TranslationError: `source` is missing or `lrelease` refuses it.
    """
    try:
        digest = hashlib.sha256(source.read_bytes()).hexdigest()[:16]
    except OSError as error:
        raise TranslationError(f"{source.name}: {error.strerror}") from error
    target = cache / f"{source.stem}-{digest}.qm"
    if target.exists():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        fresh = Path(folder) / target.name
        _lrelease(source, fresh)
        fresh.replace(target)
    return target


def qt_tool(name: str) -> Path:
    """Return the path of a tool that PySide6 ships.

    Raises:
        TranslationError: it is not there.
    """
    spec = find_spec("PySide6")
    if spec is None or spec.origin is None:
        raise TranslationError("PySide6 is not installed")
    tool = Path(spec.origin).parent / name
    if not tool.exists():
        raise TranslationError(f"PySide6 has no {name}")
    return tool


def _lrelease(source: Path, target: Path) -> None:
    done = subprocess.run(
        [qt_tool("lrelease"), "-silent", source, "-qm", target],
        capture_output=True,
        text=True,
        timeout=COMPILE_TIMEOUT_S,
        check=False,
    )
    if done.returncode != 0 or not target.exists():
        raise TranslationError(f"{source.name}: {done.stderr.strip()[-200:]}")
