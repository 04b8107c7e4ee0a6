"""What can be done to simulated devices, by a person at the dock, a test or another process."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from devices.status import DeviceError, DeviceKind, DeviceState


class WrongArgument(ValueError):
    """An action does not take that argument; the message says what it takes."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do to a simulated device."""

    run: Callable[[str], None]
    """Called on the loop with the argument, empty where none is given; may raise
    `WrongArgument`."""
    takes: str = ""
    """What the argument means, in a few words; empty where there is none."""


def plain(run: Callable[[], None]) -> Action:
    """An action without an argument."""

    def ignore(argument: str) -> None:
        if argument:
            raise WrongArgument("takes no argument")
        run()

    return Action(ignore)


def number(run: Callable[[float], None], takes: str, least: float, most: float) -> Action:
    """An action with a number from `least` to `most`."""

    def parse(argument: str) -> None:
        try:
            value = float(argument)
        except ValueError:
            raise WrongArgument(f"takes {takes}, a number") from None
        if not least <= value <= most:
            raise WrongArgument(f"takes {takes}, from {least:g} to {most:g}")
        run(value)

    return Action(parse, takes)


@runtime_checkable
class Dockable(Protocol):
    """A simulated device."""

    @property
    def kind(self) -> DeviceKind:
        """Its class."""

    @property
    def actions(self) -> Mapping[str, Action]:
        """What can be done to it, by names such as `plug`, `freeze`, `jam`, `present`, `lift`."""


class Cable:
    """The cable of a simulated device: plugged in, or not."""

    def __init__(self) -> None:
        self._in = asyncio.Event()
        self._in.set()
        self._out = asyncio.Event()

    @property
    def plugged(self) -> bool:
        """Whether it is plugged in."""
        return self._in.is_set()

    def plug(self) -> None:
        """Plug it in."""
        self._in.set()
        self._out.clear()

    def unplug(self) -> None:
        """Pull it out."""
        self._in.clear()
        self._out.set()

    async def pulled(self) -> None:
        """Wait until it is out."""
        await self._out.wait()

    def actions(self) -> dict[str, Action]:
        """`plug` and `unplug`."""
        return {"plug": plain(self.plug), "unplug": plain(self.unplug)}


class CabledDriver(ABC):
    """A `Driver` at the end of a `Cable`: what simulated devices have in common."""

    def __init__(self) -> None:
        self.cable = Cable()

    @abstractmethod
    async def prepare(self) -> str:
        """Open the device, whose cable is in; as `Driver.open`."""

    @abstractmethod
    async def work(self) -> None:
        """Do what the device does, for ever or until a `DeviceError`; cancelled at a pull."""

    async def open(self) -> str:
        """Open it, when its cable is in."""
        if not self.cable.plugged:
            raise DeviceError(DeviceState.NO_DEVICE, "unplugged", hint="plug it in")
        return await self.prepare()

    async def watch(self) -> None:
        """Work until the cable is pulled."""
        working = asyncio.ensure_future(self.work())
        pulled = asyncio.ensure_future(self.cable.pulled())
        try:
            await asyncio.wait((working, pulled), return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                working.result()
        finally:
            working.cancel()
            pulled.cancel()
            await asyncio.wait((working, pulled))
        raise DeviceError(DeviceState.OFFLINE, "went away", hint="check the cable")

    def plugged(self) -> Hashable:
        """Whether the cable is in."""
        return self.cable.plugged

    def present(self) -> bool:
        """Whether the cable is in."""
        return self.cable.plugged
