"""A driver whose device lives in a child process: what camera and sound have in common."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod

from devices.child import Child
from devices.parent import CAPABILITIES, FAULT, ONLINE, capabilities_of, fault_of
from devices.status import Capabilities, DeviceError, DeviceState


class ChildDriver(ABC):
    """Opens by starting a child, watches that it still gives signs of life, closes by ending it."""

    def __init__(self, what: str, stall_s: float, hint: str) -> None:
        """`what` must come at least every `stall_s`; `hint` is the first thing to try if not."""
        self._what = what
        self._stall_s = stall_s
        self._hint = hint
        self.child: Child | None = None
        self.capabilities: Capabilities = {}
        self._online: asyncio.Future[str] | None = None
        self._fault: DeviceError | None = None
        self._alive_at = 0.0

    @abstractmethod
    def spawn(self) -> Child:
        """Start the child; its messages go to `on_messages`."""

    @abstractmethod
    def on_data(self, messages: list[bytes]) -> None:
        """Take the messages that are not about the device's status; call `alive` for good ones."""

    @abstractmethod
    def forget(self) -> None:
        """Let go of what `spawn` prepared, after the child's end."""

    def present(self) -> bool | None:
        """Nobody but the device itself knows; a driver that has another witness says so."""
        return None

    def alive(self) -> None:
        """The device has given what it is there for."""
        self._alive_at = asyncio.get_running_loop().time()

    async def open(self) -> str:
        """Start the child; returns once it says that the device works."""
        self._fault = None
        online: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._online = online
        try:
            self.child = self.spawn()
        except OSError as error:
            raise DeviceError(
                DeviceState.HARDWARE_ERROR,
                f"no process for it: {error.strerror}",
                hint="restart the booth",
            ) from error
        await asyncio.wait((online, self.child.ended), return_when=asyncio.FIRST_COMPLETED)
        if not online.done():
            raise self._why_ended(self.child)
        self.alive()
        return online.result()

    async def watch(self) -> None:
        """Wait for the child's end, or for a device that stands still."""
        loop = asyncio.get_running_loop()
        child = self.child
        while child is not None and not child.ended.done():
            left = self._alive_at + self._stall_s - loop.time()
            if left <= 0:
                raise DeviceError(
                    DeviceState.HARDWARE_ERROR,
                    f"no {self._what} for {self._stall_s:g} s",
                    hint=self._hint,
                )
            await asyncio.wait((child.ended,), timeout=left)
        if child is not None:
            raise self._why_ended(child)

    async def close(self) -> None:
        """End the child; when this returns it is gone."""
        child, self.child = self.child, None
        if child is not None:
            await child.close()
        self.forget()

    def on_messages(self, burst: list[bytes]) -> None:
        """Sort a burst of messages."""
        data = []
        for message in burst:
            kind = message[:1]
            if kind == ONLINE:
                if self._online is not None and not self._online.done():
                    self._online.set_result(message[1:].decode(errors="replace"))
            elif kind == CAPABILITIES:
                self.capabilities = capabilities_of(message)
            elif kind == FAULT:
                self._fault = fault_of(message)
            else:
                data.append(message)
        if data:
            self.on_data(data)

    def _why_ended(self, child: Child) -> DeviceError:
        return self._fault or DeviceError(
            DeviceState.HARDWARE_ERROR, f"its process ended: {child.last_words}", hint=self._hint
        )
