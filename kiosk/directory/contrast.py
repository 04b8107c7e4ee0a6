"""Contrast of two colours, as the Web Content Accessibility Guidelines measure it."""

from __future__ import annotations

import math

WHITE = "#ffffff"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio, 1 to 21, of two `#rrggbb` colours (WCAG 2.2, definition)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of a `#rrggbb` colour in sRGB, 0 to 1."""
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    if channel <= 0.04045:
        return channel / 12.92
    return math.pow((channel + 0.055) / 1.055, 2.4)
