"""What a bucket holds and what a watcher of it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kiosk.link.messages import Message

AnyMessage = TypeVar("AnyMessage", bound=Message)


@dataclass(frozen=True, slots=True)
class Entry(Generic[AnyMessage]):
    """What stands under a key on the broker."""

    message: AnyMessage | None
    """None for the mark of a deletion, and for rubbish."""
    revision: int
    """Grows with every write to the bucket."""
    ttl_s: float
    """How long it lives without being refreshed; `inf` where nothing was said."""
    deleted: bool = False
    """Whether this is the mark of a deletion."""


@dataclass(frozen=True, slots=True)
class Change(Generic[AnyMessage]):
    """An entry is new or different, or (`message` None) it is known to be gone."""

    key: str
    message: AnyMessage | None
    revision: int
    deleted: bool = field(default=False, compare=False)
    """Gone because somebody took it away, and not because nobody refreshed it."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Every entry that was there when the watch began has been told."""
