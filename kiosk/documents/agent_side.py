"""What is said between the booth and the agent's page about papers, the bytes apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pydantic import BaseModel

from kiosk.link.papers import AnyFrame, Can, Notes, Propose, Scanning

ScanState = Literal["asked", "open", "closed", "declined"]


class AgentSide:
    """Remembers what was said, so that a page that comes back hears it again."""

    def __init__(self, say: Callable[[BaseModel], None], on_change: Callable[[], None]) -> None:
        """`say` something to the agent's page; lost when it is not there."""
        self._say = say
        self._on_change = on_change
        self._can = Can(scan=False, print=False, take_away=False)
        self._scanning = Scanning(state="closed")
        self._proposed = False
        self.notes = Notes()
        """The papers that the agent misses, and what comes next."""

    @property
    def proposed(self) -> bool:
        """Whether the agent waits for an answer about a paper."""
        return self._proposed

    def tell_again(self) -> None:
        """The agent's page is there anew."""
        self._say(self._can)
        self._say(self._scanning)
        if self.notes != Notes():
            self._say(self.notes)

    def tell_can(self, can: Can) -> None:
        """Say what the booth can do, where it is news."""
        if can != self._can:
            self._can = can
            self._say(can)

    def tell_scanning(self, state: ScanState, taken: int) -> None:
        """Say how far the resident is; a proposal that has no answer yet is told after it."""
        if self._proposed and state == "closed":
            state = "asked"
        self._scanning = Scanning(state=state, taken=taken)
        self._say(self._scanning)
        self._on_change()

    def answered(self) -> None:
        """The proposal has its answer, or nobody waits for one any more."""
        self._proposed = False

    def hear(self, frame: AnyFrame, taken: int) -> bool:
        """Take what the agent says; False for what is another's affair."""
        match frame:
            case Propose(open=True):
                self._proposed = True
                self.tell_scanning("asked", taken)
            case Propose():
                self._proposed = False
                self._on_change()
            case Notes():
                self.notes = frame
                self._on_change()
            case _:
                return False
        return True

    def clear(self) -> None:
        """Forget all of it."""
        self._proposed, self.notes = False, Notes()
