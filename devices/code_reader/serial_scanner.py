"""A scanner on a serial line, behind a child process."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from devices.child import Child
from devices.child_driver import ChildDriver
from devices.code_reader.base import SievedReader
from devices.code_reader.wire import codes_of
from devices.hotplug import HotPlug
from devices.node import fingerprint
from devices.status import Capabilities
from devices.supervisor import Backoff

STALL_S = 5.0
"""A beat comes every second."""


class SerialScanner(SievedReader):
    """Tells of each line that the scanner sends."""

    def __init__(
        self,
        path: str,
        *,
        baud: int,
        hotplug: HotPlug | None = None,
        backoff: Backoff | None = None,
    ) -> None:
        """`path`: better `/dev/serial/by-id/…`, which survives a replug."""
        self._scanner = _Driver(path, baud, self._read)
        super().__init__(self._scanner, hotplug=hotplug, backoff=backoff)

    @property
    def capabilities(self) -> Capabilities:
        """A serial scanner does not say what kind of code it read."""
        return self._scanner.capabilities

    async def found(self) -> tuple[str, ...]:
        """Its path, while something is there."""
        return (self._scanner.path,) if self._scanner.present() else ()


class _Driver(ChildDriver):
    """The child process as the supervisor sees it."""

    def __init__(self, path: str, baud: int, told: Callable[[str, str], None]) -> None:
        super().__init__("sign of life", STALL_S, "replug the scanner")
        self.path = path
        self._baud = baud
        self._told = told

    def spawn(self) -> Child:
        """Start a child for the port."""
        settings = {"path": self.path, "baud": self._baud}
        return Child.spawn("devices.code_reader.scanner", settings, self.on_messages)

    def forget(self) -> None:
        """Nothing is kept."""

    def plugged(self) -> Hashable:
        """Whether something is there, and which."""
        return fingerprint(self.path)

    def present(self) -> bool:
        """Whether the node is there."""
        return self.plugged() is not None

    def on_data(self, messages: list[bytes]) -> None:
        """Take codes and signs of life."""
        for message in messages:
            self.alive()
            for text, symbology in codes_of(message):
                self._told(text, symbology)
