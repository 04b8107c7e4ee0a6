"""The agencies' file: what it must hold, and how a mistake in it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.directory.agencies import MIN_CONTRAST, load_agencies
from kiosk.directory.contrast import WHITE, contrast
from kiosk.settings import SettingsError

CONFIG = Path(__file__).parents[2] / "config" / "agencies.toml"

GOOD = """\
[[agencies]]
id = "caf"
name = "CAF"
full_name = "Allocations familiales"
monogram = "CAF"
colour = "#1b4a8a"
hours = "Mo-Fr 09:00-17:00; PH off"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "agencies.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_demonstration_offers_seven_agencies() -> None:
    agencies = load_agencies(CONFIG)
    assert [agency.id for agency in agencies] == [
        "caf",
        "cpam",
        "france-travail",
        "impots",
        "mairie",
        "departement",
        "essai",
    ]
    assert agencies[-1].name == "Service d'essai"


def test_white_is_readable_on_every_colour_and_no_two_are_the_same() -> None:
    colours = [agency.colour for agency in load_agencies(CONFIG)]
    assert min(contrast(WHITE, colour) for colour in colours) >= MIN_CONTRAST
    assert len(set(colours)) == len(colours)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#ffffff", "#000000", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#17252d", "#fbf8f3", 14.8),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.05)
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize(
    ("was", "becomes", "says", "line"),
    [
        ("Mo-Fr 09:00-17:00; PH off", "Mo-Fr 9h-17h", "from character 7 on: '9h-17h'", 7),
        ("#1b4a8a", "#5b9bd5", "white text on #5b9bd5 has 3.0:1, needs 7:1", 6),
        ("#1b4a8a", "blue", "colour", 6),
        ('"caf"', '"Caf.1"', "id", 2),
        ("monogram", "monogramme", "monogram", 5),
    ],
)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, was: str, becomes: str, says: str, line: int
) -> None:
    path = written(tmp_path, GOOD.replace(was, becomes))
    with pytest.raises(SettingsError) as caught:
        load_agencies(path)
    assert says in str(caught.value)
    assert f"{path}:{line}" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD + GOOD, "two agencies have the id 'caf'"),
        (GOOD + GOOD.replace('id = "caf"', 'id = "other"'), "two agencies have the name 'CAF'"),
        (f'time_zone = "Europe/Pari"\n{GOOD}', "no time zone is called 'Europe/Pari'"),
        (f'time_zone = "../../etc"\n{GOOD}', "no time zone is called"),
        ("agencies = []", "agencies"),
        ('time_zone = "Europe/Paris"', "agencies"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(tmp_path: Path, text: str, says: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load_agencies(path)
    assert says in str(caught.value)
    assert str(path) in str(caught.value)
