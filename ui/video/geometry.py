"""Which part of a picture is shown, and how large, when it must fill an item of another shape."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int

    @property
    def empty(self) -> bool:
        """Whether there is no pixel in it."""
        return self.width <= 0 or self.height <= 0


@dataclass(frozen=True, slots=True)
class Layout:
    """A part of the source (left, top, `part`) and the size at which it is shown."""

    left: int
    top: int
    part: Size
    shown: Size


def crop_to_fill(source: Size, item: Size) -> Layout:
    """Return the largest centred part of `source` with the item's shape, shown at its full size.

    Offsets and sizes of the part are even, as chroma has half the resolution of luma.

    Raises:
        ValueError: the source is smaller than 2×2 or the item is empty.
    """
    _check(source, item)
    if source.width * item.height > item.width * source.height:
        part = Size(_even(source.height * item.width / item.height, source.width), source.height)
    else:
        part = Size(source.width, _even(source.width * item.height / item.width, source.height))
    part = Size(part.width & ~1, part.height & ~1)
    left = ((source.width - part.width) // 2) & ~1
    top = ((source.height - part.height) // 2) & ~1
    return Layout(left, top, part, item)


def fit_inside(source: Size, item: Size) -> Layout:
    """Return the whole of `source`, shown as large as the item's shape allows.

    Raises:
        ValueError: the source is smaller than 2×2 or the item is empty.
    """
    _check(source, item)
    whole = Size(source.width & ~1, source.height & ~1)
    scale = min(item.width / source.width, item.height / source.height)
    shown = Size(max(1, round(source.width * scale)), max(1, round(source.height * scale)))
    return Layout(0, 0, whole, shown)


def _check(source: Size, item: Size) -> None:
    if source.width < 2 or source.height < 2 or item.empty:
        raise ValueError(f"cannot show {source} in {item}")


def _even(value: float, limit: int) -> int:
    return min(limit, max(2, 2 * round(value / 2)))
