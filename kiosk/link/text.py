"""What goes over a call's data channel `text`: real-time text (EN 301 549, 6.2), both ways.

Each side owns its lines, numbered from 1. With every key the whole line as it now reads is sent
again under a higher revision: what is lost with a connection is made good by the next frame or by
the next `have`, and a line that was ended can still be corrected. The line that is being typed is
not `ended`; at most one is, the last. The booth keeps both sides' lines as long as the call: an
agent's page that was reloaded, and so has lost its own, is `told` them again.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

LABEL: Final = "text"
"""Of the data channel."""
MOST_LINES: Final = 500
"""Of each side in one call: an hour of quick typing."""
MOST_CHARACTERS: Final = 1000
MOST_REVISIONS: Final = 10_000
"""Of one line: every character typed and erased several times."""
MOST_BYTES: Final = 8 * 1024
"""1,000 characters of four bytes, escaped, and what stands round them."""


class Frame(BaseModel):
    """Base of both messages: immutable and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Have(Frame):
    """First on each new channel: the revision held of each of the other side's lines, in order.

    The other side sends again what is newer. Its own numbering goes on after the last: a page that
    was reloaded learns so how many lines it has sent before.
    """

    type: Literal["have"] = "have"
    revisions: Annotated[
        tuple[Annotated[int, Field(ge=0, le=MOST_REVISIONS)], ...], Field(max_length=MOST_LINES)
    ] = ()
    remembered: int = Field(default=MOST_LINES, ge=0, le=MOST_LINES)
    """How many of its own lines, the first ones, whoever says this still has."""


class Reading(Frame):
    """One line as it reads now; an empty one that is ended was taken back."""

    n: int = Field(ge=1, le=MOST_LINES)
    revision: int = Field(ge=1, le=MOST_REVISIONS)
    text: Annotated[str, StringConstraints(max_length=MOST_CHARACTERS)]
    ended: bool


class Line(Reading):
    """Of whoever says it."""

    type: Literal["line"] = "line"


class Told(Reading):
    """Booth: of the page that it is said to, which has forgotten it."""

    type: Literal["told"] = "told"


AnyFrame = Annotated[Have | Line, Field(discriminator="type")]
"""What a booth takes."""
FRAME: TypeAdapter[AnyFrame] = TypeAdapter(AnyFrame)
