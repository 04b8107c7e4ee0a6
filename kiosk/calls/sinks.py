"""Where the pictures of a visit go; any thread may call a sink."""

from __future__ import annotations

from dataclasses import dataclass

from devices.picture import Picture, PictureSink


def no_picture(_picture: Picture) -> None:
    """Stand for a screen that is not there."""


@dataclass(frozen=True, slots=True)
class Sinks:
    """One sink for each kind of picture."""

    agent: PictureSink = no_picture
    own: PictureSink = no_picture
    paper: PictureSink = no_picture
    """The document camera's preview, the page just taken, or a page of the agent's document."""
    shared: PictureSink = no_picture
    """The window that the agent shares."""
