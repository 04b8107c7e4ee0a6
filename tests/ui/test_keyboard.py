"""The keyboard on the screen is the window's own, and stands while the words are sent."""

from __future__ import annotations

from ui.keyboard import choose_keyboard


def test_the_keyboard_never_makes_a_window_of_its_own() -> None:
    environment: dict[str, str] = {}
    choose_keyboard(environment)
    assert environment == {
        "QT_IM_MODULE": "qtvirtualkeyboard",
        "QT_VIRTUALKEYBOARD_DESKTOP_DISABLE": "1",
    }


def test_what_the_operator_has_set_stands() -> None:
    environment = {"QT_IM_MODULE": "ibus"}
    choose_keyboard(environment)
    assert environment["QT_IM_MODULE"] == "ibus"
