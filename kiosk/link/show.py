"""What goes over a call's data channel `show`: the agent shares a window and points in it.

The shared picture itself comes as the second video of the call. The channel is unordered and does
not repeat what is lost: an old place of the pointer is of no use.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

LABEL: Final = "show"
"""Of the data channel."""
MOST_BYTES: Final = 200
POINT_EVERY_S: Final = 0.05
"""Shortest time between two places of the pointer: as often as a hand moves visibly."""
SHOWING_EVERY_S: Final = 1.0
"""`showing` is said again so often while it lasts; after three that did not come it is over."""


class Frame(BaseModel):
    """Base of both messages: immutable and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Showing(Frame):
    """Desk: the second video carries a shared picture, or no longer."""

    type: Literal["showing"] = "showing"
    on: bool


class Point(Frame):
    """Desk: where the agent points, 0 to 1 of the shared picture's width and height."""

    type: Literal["point"] = "point"
    x: float = Field(ge=0, le=1, allow_inf_nan=False)
    y: float = Field(ge=0, le=1, allow_inf_nan=False)
    on: bool = True
    """False: the pointer has left the picture."""


AnyFrame = Annotated[Showing | Point, Field(discriminator="type")]
FRAME: TypeAdapter[AnyFrame] = TypeAdapter(AnyFrame)
