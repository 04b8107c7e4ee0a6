"""The agencies of `config/agencies.toml`, typed and checked before anything starts."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator
from pydantic import model_validator as check_model

from kiosk.directory.contrast import WHITE, contrast
from kiosk.directory.hours import MAX_EXPRESSION_CHARS, Timetable
from kiosk.link.messages import Slug
from kiosk.settings import load

#: WCAG 2.2, 1.4.6 (AAA) for text; ours is read at arm's length by people of every age.
MIN_CONTRAST = 7.0

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class AgencyEntry(BaseModel):
    """One `[[agencies]]` table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug
    name: Annotated[Words, Field(max_length=24)]
    """As residents say it; also the accessible name of its tile."""
    full_name: Words
    monogram: Annotated[str, StringConstraints(pattern=r"^\S{1,3}$")]
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
    hours: Annotated[str, StringConstraints(max_length=MAX_EXPRESSION_CHARS)]
    """OpenStreetMap `opening_hours`, for instance `Mo-Fr 09:00-17:00; PH off`."""

    @field_validator("colour")
    @classmethod
    def _white_text_is_readable(cls, colour: str) -> str:
        ratio = contrast(WHITE, colour)
        if ratio < MIN_CONTRAST:
            raise ValueError(f"white text on {colour} has {ratio:.1f}:1, needs {MIN_CONTRAST:g}:1")
        return colour

    @field_validator("hours")
    @classmethod
    def _hours_can_be_read(cls, hours: str) -> str:
        Timetable(hours, ZoneInfo("UTC"))
        return hours


class AgenciesFile(BaseModel):
    """The whole of `agencies.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    time_zone: str = "Europe/Paris"
    """IANA name of the zone in which every `hours` is meant."""
    agencies: tuple[AgencyEntry, ...] = Field(min_length=1, max_length=24)

    @field_validator("time_zone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"no time zone is called {name!r}") from None
        return name

    @check_model(mode="after")
    def _each_id_and_name_once(self) -> Self:
        for what in ("id", "name"):
            values = [getattr(agency, what) for agency in self.agencies]
            twice = {value for value in values if values.count(value) > 1}
            if twice:
                raise ValueError(f"two agencies have the {what} {min(twice)!r}")
        return self


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency that the booth offers."""

    id: str
    name: str
    full_name: str
    monogram: str
    colour: str
    timetable: Timetable


def load_agencies(path: Path) -> tuple[Agency, ...]:
    """Return the agencies of the file at `path`, in its order: that of the tiles.

    Raises:
        kiosk.settings.SettingsError: naming file, line and what is wrong.
    """
    file = load(AgenciesFile, path)
    zone = ZoneInfo(file.time_zone)
    return tuple(
        Agency(
            id=entry.id,
            name=entry.name,
            full_name=entry.full_name,
            monogram=entry.monogram,
            colour=entry.colour.lower(),
            timetable=Timetable(entry.hours, zone),
        )
        for entry in file.agencies
    )
