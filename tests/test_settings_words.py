"""What belongs at a key, in words, for every shape that a settings model can have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

import pytest
from pydantic import Field, StringConstraints, model_validator

from kiosk.settings import Section, SettingsError, load

Name = Annotated[str, StringConstraints(pattern=r"^[a-z]+$")]


class Person(Section):
    age: int = Field(ge=0)
    shoe: float | None = Field(default=None, le=60)


class Shapes(Section):
    people: dict[Name, Person] = Field(default_factory=dict)
    labels: dict[str, str] = Field(default_factory=dict)
    friend: Person | None = None
    mode: Literal["fast", "slow"] = "fast"
    only: Literal["one"] = "one"
    low: int = 0
    high: int = 10

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise ValueError("low must not be above high")
        return self


class Kinds(Section):
    shapes: Shapes


def problem(tmp_path: Path, text: str) -> str:
    path = tmp_path / "k.toml"
    path.write_text(f"[shapes]\n{text}\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load(Kinds, path, {})
    (only,) = caught.value.problems
    return only.partition(f"{path}:")[2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "people.anna.age = -1",
            "2: [shapes] people.anna.age: expected an integer of at least 0, found -1",
        ),
        (
            "people.anna = { age = 3, shoe = 99 }",
            "2: [shapes] people.anna.shoe: expected a number of at most 60 or nothing, found 99",
        ),
        ("labels.x = 1", "2: [shapes] labels.x: expected a string, found 1"),
        ("labels.x = []", "2: [shapes] labels.x: expected a string, found a list"),
        ("friend = []", "2: [shapes] friend: expected a table or nothing, found a list"),
        ("low = {}", "2: [shapes] low: expected an integer, found a table"),
        ("low = ''", "2: [shapes] low: expected an integer, found an empty string"),
        ("mode = 'x'", '2: [shapes] mode: expected "fast" or "slow", found a string'),
        ("only = 'x'", '2: [shapes] only: expected "one", found a string'),
        ("low = 11", "1: [shapes]: low must not be above high"),
    ],
)
def test_the_words(tmp_path: Path, text: str, said: str) -> None:
    assert problem(tmp_path, text) == said


def test_an_unknown_key_of_an_inner_table_is_answered_with_the_nearest(tmp_path: Path) -> None:
    said = problem(tmp_path, "people.anna = { age = 3, sho = 1 }")
    assert 'did you mean "shoe" (a number of at most 60 or nothing)?' in said


def test_a_date_is_named_as_what_json_makes_of_it(tmp_path: Path) -> None:
    assert problem(tmp_path, "low = 2026-01-01").endswith("expected an integer, found a string")
