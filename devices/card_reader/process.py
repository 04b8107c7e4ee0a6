"""Real card readers: watched by a child process, in which the cards' UIDs stay."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Mapping

from devices.card_reader import wire
from devices.card_reader.identity import KEY_BYTES
from devices.card_reader.interface import Card, CardEvent, CardKind
from devices.card_reader.presence import Presence
from devices.card_reader.source import Source
from devices.child import Child
from devices.child_driver import ChildDriver
from devices.device import SupervisedDevice
from devices.hotplug import HotPlug, Polling
from devices.status import Capabilities, DeviceKind
from devices.supervisor import Backoff

STALL_S = 5.0
"""Five of the child's beats: then the service or a driver holds it up."""
OPEN_TIMEOUT_S = 8.0
"""Child 0.2 s, readers of a service that is starting 3 s."""
LIST_S = 3.0
"""A service that can't name its readers within this time hangs."""
LOOK_S = 1.0
"""How often to look for the return of pcscd, which udev says nothing of."""
_MODULE = "devices.card_reader.watcher"


class ProcessCardReader(SupervisedDevice):
    """The readers of one source."""

    kind = DeviceKind.CARD_READER

    def __init__(
        self,
        source: Source,
        *,
        key: bytes,
        cards: Mapping[str, CardKind],
        hotplug: HotPlug | None = None,
        backoff: Backoff | None = None,
    ) -> None:
        """`key`: the site's, `KEY_BYTES` long; `cards`: the kinds of its cards, by digest."""
        if len(key) != KEY_BYTES:
            raise ValueError(f"a site key has {KEY_BYTES} bytes")
        self._source = source
        self._presence = Presence(lambda digest: cards.get(digest, CardKind.RESIDENT))
        self._driver = _Driver(source, key, self._presence)
        if source.settings["kind"] == "pcsc":
            hotplug = Polling(LOOK_S)
        super().__init__(
            self._driver, open_timeout_s=OPEN_TIMEOUT_S, backoff=backoff, hotplug=hotplug
        )

    @property
    def capabilities(self) -> Capabilities:
        """How many readers there are, and how they are spoken to."""
        if not self._driver.readers:
            return {}
        settings = self._source.settings
        protocol = settings.get("protocol", "PC/SC")
        return {"protocol": protocol, "readers": len(self._driver.readers)}

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards that are in now."""
        return self._presence.cards

    @property
    def child_pid(self) -> int | None:
        """The process that holds the readers, while there is one."""
        return self._driver.child.pid if self._driver.child else None

    def on_card(self, listener: Callable[[CardEvent], None]) -> None:
        """Call `listener` on the loop as cards come and go; also for one in at the start."""
        self._presence.on_card(listener)

    async def start(self) -> None:
        """Begin to watch."""
        await self._begin()

    async def found(self) -> tuple[str, ...]:
        """The readers' names."""
        if self._driver.readers:
            return self._driver.readers
        settings = self._source.settings
        if settings["kind"] == "serial":
            return (str(settings["path"]),) if self._source.present() else ()
        wanted = str(settings["name"]).casefold()
        return tuple(name for name in await _listed() if wanted in name.casefold())


class _Driver(ChildDriver):
    def __init__(self, source: Source, key: bytes, presence: Presence) -> None:
        super().__init__("sign of life", STALL_S, "restart pcscd, or replug the reader")
        self.readers: tuple[str, ...] = ()
        self._source = source
        self._key = key
        self._presence = presence

    def plugged(self) -> Hashable:
        return self._source.plugged()

    def present(self) -> bool | None:
        return self._source.present()

    async def open(self) -> str:
        self._source.check()
        return await super().open()

    def spawn(self) -> Child:
        child = Child.spawn(_MODULE, self._source.settings, self.on_messages)
        child.send(wire.KEY + self._key)
        return child

    def forget(self) -> None:
        self.readers = ()
        self._presence.clear()

    def on_data(self, messages: list[bytes]) -> None:
        for message in messages:
            self.alive()
            if message[:1] == wire.READERS:
                self.readers = wire.readers(message)
            elif message[:1] == wire.CARD and (told := wire.told(message)) is not None:
                if told.present:
                    self._presence.come(told.reader, told.digest, already_in=told.already_in)
                else:
                    self._presence.go(told.reader)


async def _listed() -> tuple[str, ...]:
    """The names of all PC/SC readers, asked for by a child that lives no longer than that."""
    names: tuple[str, ...] = ()

    def take(messages: list[bytes]) -> None:
        nonlocal names
        for message in messages:
            if message[:1] == wire.READERS:
                names = wire.readers(message)

    child = Child.spawn(_MODULE, {"kind": "list"}, take)
    child.send(wire.KEY + bytes(KEY_BYTES))
    try:
        await asyncio.wait((child.ended,), timeout=LIST_S)
    finally:
        await child.close()
    return names
