"""The agent's documents in a visit, with what became of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.documents.view import ReceivedDocument
from kiosk.link.papers import Cleaned, Fate, FateState, Removal


@dataclass(eq=False, slots=True)
class Received:
    """One document that was checked and may be looked at, or one that was refused."""

    document: str
    name: str
    pdf: bytes = b""
    pages: int = 0
    removed: tuple[Removal, ...] = ()
    """What was taken out of it before it was put here."""
    refused: bool = False
    """By the checks, or by the resident: there are no bytes of it any more."""
    printed: bool = False
    """It came out, or nobody can say that it did not."""
    taken_away: bool = False
    job: str = ""
    """Of its print job, until that ends."""
    fate: Fate | None = None

    @property
    def declined(self) -> bool:
        """Whether it was the resident who refused it: it has no place on the screen any more."""
        return self.fate is not None and self.fate.state is FateState.DECLINED

    @property
    def view(self) -> ReceivedDocument:
        """For the screen."""
        return ReceivedDocument(
            self.document,
            self.name,
            pages=self.pages,
            percent=0 if self.refused else 100,
            refused=self.refused,
            printed=self.printed,
            taken_away=self.taken_away,
            job=self.job,
        )


class Shelf:
    """All of them, in the order of their arrival."""

    def __init__(self, tell: Callable[[Fate | Cleaned], None]) -> None:
        """`tell` the agent what was taken out of a document, and what became of it."""
        self._tell = tell
        self._documents: dict[str, Received] = {}

    @property
    def documents(self) -> tuple[Received, ...]:
        """Those refused too."""
        return tuple(self._documents.values())

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(len(document.pdf) for document in self._documents.values())

    @property
    def shown(self) -> tuple[str, ...]:
        """Names of those that the resident has looked at, and not refused."""
        return tuple(one.name for one in self.documents if one.fate and not one.refused)

    def put(self, document: Received) -> None:
        """Keep one more."""
        self._documents[document.document] = document
        self._tell_removed(document)

    def find(self, document: str) -> Received | None:
        """One that may be looked at."""
        found = self._documents.get(document)
        return None if found is None or found.refused else found

    def remove(self, document: str) -> None:
        """Erase one altogether: the agent has taken it back."""
        self._documents.pop(document, None)

    def became(self, document: Received, fate: Fate) -> None:
        """Remember what became of a document, and tell the agent if that is news."""
        if fate != document.fate:
            document.fate = fate
            self._tell(fate)

    def refuse(self, document: Received) -> None:
        """The resident does not want it: its bytes go at once."""
        document.pdf, document.refused = b"", True
        self.became(document, Fate(id=document.document, state=FateState.DECLINED))

    def tell_all(self) -> None:
        """Tell somebody who may have missed it what became of each."""
        for document in self._documents.values():
            fate = document.fate
            if fate is None and not document.refused:
                fate = Fate(id=document.document, state=FateState.ARRIVED)
            if fate is not None:
                self._tell(fate.model_copy(update={"name": document.name}))
            self._tell_removed(document)

    def clear(self) -> None:
        """Erase all of them."""
        self._documents.clear()

    def _tell_removed(self, document: Received) -> None:
        if document.removed:
            self._tell(Cleaned(id=document.document, removed=document.removed))
