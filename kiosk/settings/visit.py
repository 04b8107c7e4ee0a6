"""What the booth's operator decides about papers, appointments and what is counted."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from kiosk.settings.model import Section


class DocumentsSettings(Section):
    """Papers in a visit."""

    desk_address: Annotated[str, StringConstraints(pattern=r"^(https?://[^/\s]+)?$")] = ""
    """Where residents' telephones reach the desk, such as `https://desk.example.fr`: what stands in
    the code of a download, and one of the gateway's `[web] origins`. Empty: nothing is offered to
    be taken away by telephone."""
    take_away_s: int = Field(default=600, ge=60, le=3_600)
    """How long a download waits."""
    still_s: float = Field(default=0.8, ge=0.2, le=10)
    """How long a good page lies still before it is taken by itself."""


class AppointmentsSettings(Section):
    """Appointments at this booth."""

    keep_booth: bool = True
    """Whether the booth keeps itself free for an appointment that is about to begin."""
    keep_minutes: int = Field(default=10, ge=1, le=60)
    """How long before, and how long whoever is there is given to finish."""


class StatisticsSettings(Section):
    """What is counted; never a person (docs/statistics.md)."""

    enabled: bool = True
    survey: bool = True
    survey_s: int = Field(default=15, ge=5, le=120)
    """How long the survey stays without a touch."""
