"""The end of a UID's way: inside the child it becomes a digest, and only that is told."""

from __future__ import annotations

from devices.card_reader.identity import digest, fixed
from devices.card_reader.wire import BEAT, MAX_READERS, Told, clean, readers_packed
from devices.parent import ONLINE, Parent


class Teller:
    """Tells the booth of readers and cards."""

    def __init__(self, parent: Parent, key: bytes) -> None:
        """`key` is the site's."""
        self._parent = parent
        self._key = key

    @property
    def link(self) -> int:
        """The descriptor that becomes readable when the booth leaves."""
        return self._parent.link.fileno()

    def gone(self) -> bool:
        """Whether the booth has left: then it is time to end."""
        return self._parent.gone()

    def online(self, detail: str) -> None:
        """The readers work."""
        self._parent.tell(ONLINE + detail.encode())

    def beat(self) -> None:
        """The loop turns."""
        self._parent.tell(BEAT)

    def readers(self, names: tuple[str, ...]) -> None:
        """These readers are there now."""
        self._parent.tell(readers_packed(tuple(clean(name) for name in names[:MAX_READERS])))

    def card_in(self, reader: str, uid: bytes | None, *, already_in: bool = False) -> None:
        """A card came; None for one without a number of its own."""
        hashed = digest(self._key, uid) if uid is not None and fixed(uid) else ""
        self._parent.tell(Told(clean(reader), True, hashed, already_in).packed())

    def card_out(self, reader: str) -> None:
        """The reader's card is gone."""
        self._parent.tell(Told(clean(reader), present=False).packed())
