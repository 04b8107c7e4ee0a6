"""Which part of a picture fills an item of another shape."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.video.geometry import Layout, Size, crop_to_fill, fit_inside

sizes = st.builds(Size, st.integers(2, 4_000), st.integers(2, 4_000))


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (Size(1920, 1080), Layout(0, 0, Size(1280, 720), Size(1920, 1080))),
        (Size(1920, 810), Layout(0, 90, Size(1280, 540), Size(1920, 810))),
        (Size(1080, 1440), Layout(370, 0, Size(540, 720), Size(1080, 1440))),
    ],
)
def test_crop_cuts_the_same_on_both_sides(item: Size, expected: Layout) -> None:
    assert crop_to_fill(Size(1280, 720), item) == expected


def test_fit_shows_the_whole_picture() -> None:
    layout = fit_inside(Size(1280, 720), Size(1080, 1440))
    assert layout == Layout(0, 0, Size(1280, 720), Size(1080, 608))


@given(source=sizes, item=sizes)
def test_the_part_lies_inside_the_source_on_even_pixels(source: Size, item: Size) -> None:
    for layout in (crop_to_fill(source, item), fit_inside(source, item)):
        assert layout.left % 2 == layout.top % 2 == 0
        assert layout.part.width % 2 == layout.part.height % 2 == 0
        assert not layout.part.empty
        assert layout.left + layout.part.width <= source.width
        assert layout.top + layout.part.height <= source.height


@given(source=sizes, item=sizes)
def test_crop_fills_the_item_and_fit_stays_inside(source: Size, item: Size) -> None:
    assert crop_to_fill(source, item).shown == item
    shown = fit_inside(source, item).shown
    assert 1 <= shown.width <= item.width
    assert 1 <= shown.height <= item.height


@pytest.mark.parametrize("place", [crop_to_fill, fit_inside])
def test_nothing_can_be_shown_in_an_empty_item(place: Callable[[Size, Size], Layout]) -> None:
    with pytest.raises(ValueError, match="cannot show"):
        place(Size(1280, 720), Size(0, 720))
