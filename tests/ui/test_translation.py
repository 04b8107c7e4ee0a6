"""Every word of the interface is there in French, and Qt finds it."""

from __future__ import annotations

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from tests.ui.conftest import Booth
from ui import translation
from ui.scenes import scenes
from ui.translation import SOURCES, TranslationError, compile_language, install, qt_tool
from ui.window import QML

FRENCH = SOURCES / "fr.ts"


def messages(file: Path) -> dict[tuple[str, str], ET.Element]:
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message
        for context in ET.parse(file).getroot().iter("context")  # noqa: S314 (our own file)
        for message in context.iter("message")
    }


def test_nothing_is_missing_unfinished_or_left_over(tmp_path: Path) -> None:
    fresh = tmp_path / "fr.ts"
    shutil.copy(FRENCH, fresh)
    subprocess.run(
        [
            *(qt_tool("lupdate"), "-silent", "-extensions", "qml", "-locations", "none"),
            *(QML, "-ts", fresh),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    found = messages(fresh)
    assert found.keys() == messages(FRENCH).keys()
    for place, message in found.items():
        words = message.find("translation")
        assert words is not None
        assert words.get("type") is None, place
        forms = [form.text for form in words.iter("numerusform")] or [words.text]
        assert all(forms), place
        assert message.get("numerus") is None or len(forms) == 2, place


def test_placeholders_are_kept() -> None:
    for (_, source), message in messages(FRENCH).items():
        words = message.find("translation")
        assert words is not None
        for mark in ("%1", "%2", "%n"):
            for form in [form.text or "" for form in words.iter("numerusform")] or [
                words.text or ""
            ]:
                assert (mark in form) == (mark in source), source


@pytest.mark.parametrize(
    ("waiting", "words"), [(1, "1 personne attend"), (2, "2 personnes attendent")]
)
def test_plural(booth: Booth, waiting: int, words: str) -> None:
    home = scenes()["home"]
    cpam = home.tiles[1]
    busy = type(cpam)(cpam.agency, cpam.name, "", "AM", "#0a5a5e", cpam.state, waiting=waiting)
    booth.show(type(home)(screen=home.screen, tiles=(busy,), line_up=True))
    assert words in {item.property("text") for item in booth.items()}


def test_compiled_once_and_again_when_the_words_change(tmp_path: Path) -> None:
    source = tmp_path / "fr.ts"
    shutil.copy(FRENCH, source)
    cache = tmp_path / "cache"
    first = compile_language(source, cache)
    made = first.stat().st_mtime_ns
    assert compile_language(source, cache) == first
    assert first.stat().st_mtime_ns == made
    source.write_text(source.read_text().replace("Annuler", "Partir"))
    assert compile_language(source, cache) != first


def test_unknown_language(qapp: QGuiApplication, tmp_path: Path) -> None:
    with pytest.raises(TranslationError, match=r"tlh\.ts"):
        install(qapp, "tlh", tmp_path)


def test_words_that_are_no_words(tmp_path: Path) -> None:
    broken = tmp_path / "fr.ts"
    broken.write_text("<TS><context>")
    with pytest.raises(TranslationError, match=r"fr\.ts"):
        compile_language(broken, tmp_path / "cache")


def test_missing_tool() -> None:
    with pytest.raises(TranslationError, match="no-such-tool"):
        translation.qt_tool("no-such-tool")


def test_the_french_is_set_as_french_is() -> None:
    for place, message in messages(FRENCH).items():
        words = message.find("translation")
        assert words is not None
        for form in [form.text or "" for form in words.iter("numerusform")] or [words.text or ""]:
            assert "'" not in form, f"{place}: an apostrophe is curled (’)"
            assert "..." not in form, f"{place}: an ellipsis is one sign (…)"
            assert not re.search("« | »|[^\N{NO-BREAK SPACE} ][?!;»]", form), (
                f"{place}: a no-break space stands inside « », and before « ? », « ! » and « ; »"
            )
