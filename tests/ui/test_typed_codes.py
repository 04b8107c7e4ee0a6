"""A scanner's fast line is a code; what a person types is theirs, and goes where it went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtQuick import QQuickWindow
from pytestqt.qtbot import QtBot

from devices.code_reader.interface import MAX_CODE_CHARACTERS
from ui.typed_codes import FORGOTTEN_MS, LEAST_CHARACTERS, TypedCodes

CODE = "RDV1.4f2a9c.1795449600.kQ"


@dataclass
class Keyboard:
    """Types into the filter at a given pace, and keeps what it let through."""

    codes: TypedCodes
    heeds: list[bool]
    window: QQuickWindow
    read: list[str] = field(default_factory=list)
    through: list[str] = field(default_factory=list)
    now_ms: int = 1000

    def key(self, key: int, text: str, pause_ms: int) -> None:
        self.now_ms += pause_ms
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(self.now_ms)
            if not self.codes.eventFilter(self.window, event) and kind == QEvent.Type.KeyPress:
                self.through.append(text or "enter")

    def line(self, text: str, pause_ms: int, first_pause_ms: int = 500) -> None:
        for index, character in enumerate(text):
            pause = pause_ms if index else first_pause_ms
            self.key(ord(character.upper()) % 0x110000, character, pause)
        self.key(Qt.Key.Key_Return, "", pause_ms)


def keyboard(forgotten_ms: int = FORGOTTEN_MS) -> Keyboard:
    window = QQuickWindow()
    heeds = [True]
    codes = TypedCodes(window, lambda: heeds[0], forgotten_ms=forgotten_ms)
    made = Keyboard(codes, heeds, window)
    codes.read.connect(made.read.append)
    return made


@pytest.fixture
def typed(qapp: QGuiApplication) -> Iterator[Keyboard]:
    made = keyboard()
    yield made
    made.window.deleteLater()


def test_a_scanners_line_is_read_and_its_enter_presses_nothing(typed: Keyboard) -> None:
    typed.line(CODE, pause_ms=4)
    assert typed.read == [CODE]
    assert typed.through == [CODE[0]]
    typed.line(CODE, pause_ms=50)
    assert typed.read == [CODE, CODE]


def test_a_persons_keys_go_their_way(typed: Keyboard) -> None:
    typed.line("1234", pause_ms=120)
    assert (typed.read, typed.through) == ([], [*"1234", "enter"])


def test_a_pause_begins_anew(typed: Keyboard) -> None:
    typed.line("AB" + CODE, pause_ms=4)
    typed.key(ord("X"), "X", 400)
    typed.line(CODE, pause_ms=4, first_pause_ms=400)
    assert typed.read == ["AB" + CODE, CODE]


def test_two_hands_at_once_are_no_scanner(typed: Keyboard) -> None:
    typed.line("A" * (LEAST_CHARACTERS - 1), pause_ms=10)
    assert typed.read == []
    assert typed.through[-1] == "enter"


def test_a_key_held_down_is_no_scanner(typed: Keyboard) -> None:
    for index in range(40):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", index > 0
        )
        event.setTimestamp(5000 + 30 * index)
        assert not typed.codes.eventFilter(typed.window, event)
    typed.now_ms = 5000 + 30 * 40
    typed.key(Qt.Key.Key_Return, "", 30)
    assert typed.read == []


def test_shift_keys_between_keep_the_line(typed: Keyboard) -> None:
    for character in "RDV1":
        typed.key(Qt.Key.Key_Shift, "", 3)
        typed.key(ord(character), character, 3)
    typed.key(Qt.Key.Key_Return, "", 3)
    assert typed.read == ["RDV1"]


def test_nothing_where_no_code_is_expected(typed: Keyboard) -> None:
    typed.heeds[0] = False
    typed.line(CODE, pause_ms=4)
    assert typed.read == []
    assert "".join(typed.through) == CODE + "enter"


def test_a_huge_line_is_dropped_and_the_next_one_read(typed: Keyboard) -> None:
    typed.line("A" * (MAX_CODE_CHARACTERS + 1), pause_ms=1)
    assert typed.read == []
    assert typed.codes.held == 0
    typed.line("B" * MAX_CODE_CHARACTERS, pause_ms=1)
    assert typed.read == ["B" * MAX_CODE_CHARACTERS]


def test_a_line_without_an_end_is_not_kept(qapp: QGuiApplication, qtbot: QtBot) -> None:
    typed = keyboard(forgotten_ms=20)
    for character in CODE:
        typed.key(ord(character.upper()), character, 3)
    assert typed.codes.held == len(CODE)
    qtbot.waitUntil(lambda: typed.codes.held == 0)
    typed.key(Qt.Key.Key_Return, "", 3)
    assert typed.read == []
    typed.window.deleteLater()


@given(
    keys=st.lists(
        st.tuples(st.integers(0, 0x1FFFFFF), st.text(max_size=3), st.integers(0, 120)),
        max_size=60,
    )
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_is_bounded(
    qapp: QGuiApplication, keys: list[tuple[int, str, int]]
) -> None:
    typed = keyboard()
    for key, text, pause in keys:
        typed.key(key, text, pause)
        assert typed.codes.held <= MAX_CODE_CHARACTERS
    assert all(len(code) <= MAX_CODE_CHARACTERS for code in typed.read)
    assert all(code.isprintable() for code in typed.read)
    typed.window.deleteLater()
