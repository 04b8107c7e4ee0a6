"""The stores that a visit has of its own, as the wipe asks them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, fields

from kiosk.visit.visit import Visit
from kiosk.visit.wipe import StoreName


@dataclass(frozen=True, slots=True)
class PartStore:
    """A part of the booth that can forget, under the name by which it answers."""

    name: StoreName
    erase: Callable[[], Awaitable[int]]
    count: Callable[[], int]

    async def wipe(self) -> int:
        """Erase what the visit left, and return how many things that were."""
        return await self.erase()

    async def left(self) -> int:
        """Return how many things are still there."""
        return self.count()


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What had to forget at once, before the next resident came: it tells how that went."""

    name: StoreName
    erased: int
    remaining: int

    async def wipe(self) -> int:
        """Return how many things were erased."""
        return self.erased

    async def left(self) -> int:
        """Return how many things were still there."""
        return self.remaining


class DownloadsStore:
    """What waits at the agency for a telephone: erased there once the visit's place is given up."""

    name = StoreName.DOWNLOADS

    def __init__(
        self, waiting: int, release: Callable[[], Awaitable[None]], given_up: Callable[[], bool]
    ) -> None:
        """`waiting` at the visit's end; `release` gives the place up, `given_up` tells if it is."""
        self._waiting = waiting
        self._release = release
        self._given_up = given_up

    async def wipe(self) -> int:
        """Return how many things were erased."""
        await self._release()
        return self._waiting if self._given_up() else 0

    async def left(self) -> int:
        """Return how many things still wait: the agency erases them 30 s after the last word."""
        return 0 if self._given_up() else self._waiting


class VisitStore:
    """The visit's own object: what is personal in it is put back to nothing."""

    name = StoreName.VISIT

    def __init__(self, visit: Visit, release: Callable[[], Awaitable[None]]) -> None:
        """`release` lets go of what still writes into the visit."""
        self._visit = visit
        self._release = release
        self._empty = Visit("", visit.number)

    async def wipe(self) -> int:
        """Erase what the visit left, and return how many things that were."""
        await self._release()
        erased = await self.left()
        for field in fields(Visit):
            setattr(self._visit, field.name, getattr(self._empty, field.name))
        return erased

    async def left(self) -> int:
        """Return how many things are still there."""
        return sum(
            getattr(self._visit, field.name) != getattr(self._empty, field.name)
            for field in fields(Visit)
        )
