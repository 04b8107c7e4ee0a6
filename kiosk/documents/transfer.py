"""The lane of a visit's papers: both directions of the protocol in `kiosk.link.papers`."""

from __future__ import annotations

import time
from collections.abc import Callable

from pydantic import BaseModel

from kiosk.calls.lane import Pipe
from kiosk.documents.chunks import unpack
from kiosk.documents.incoming import Incoming, Receiver
from kiosk.documents.outgoing import Outgoing, Sender
from kiosk.link.papers import (
    LABEL,
    AnyFrame,
    Done,
    Hello,
    MalformedFrame,
    Offer,
    Reason,
    Refused,
    Want,
    Withdrawn,
    decode_frame,
)
from kiosk.log import get_logger

log = get_logger(__name__)

_MOST_FAULTS_TOLD = 5
"""Of a channel: a far end that talks nonsense should not fill the log with it."""


class Transfer:
    """Implements `Lane`; either end of it, with what is sent and what is received."""

    label = LABEL
    lossy = False

    def __init__(
        self,
        *,
        refusal: Callable[[Offer], Reason | None],
        on_sent: Callable[[Outgoing], None],
        on_received: Callable[[Incoming], None],
        on_whole: Callable[[Incoming], None],
        on_frame: Callable[[AnyFrame], None],
        on_greeted: Callable[[Hello], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Call `on_frame` with what is not about the bytes, and whatever was `withdrawn`.

        `on_greeted`: the other side is there, on a new channel. The rest is told at `Sender` and
        `Receiver`.
        """
        self._pipe: Pipe | None = None
        self._faults = 0
        self._on_frame = on_frame
        self._on_greeted = on_greeted
        self.sender = Sender(self._send, on_sent, backlog=self._backlog, clock=clock)
        self.receiver = Receiver(
            self._send, refusal=refusal, on_change=on_received, on_whole=on_whole
        )

    @property
    def is_open(self) -> bool:
        """Whether a channel is there."""
        return self._pipe is not None

    def open(self, pipe: Pipe) -> None:
        """Use this channel from now on; the other side is told what is here."""
        self._pipe, self._faults = pipe, 0
        self.sender.opened()
        self.receiver.opened()
        self.say(Hello(held=self.receiver.held, giving=self.sender.giving))

    def closed(self, pipe: Pipe) -> None:
        """Nothing can be sent until another is open."""
        if self._pipe is pipe:
            self._pipe = None

    def take(self, data: str | bytes) -> None:
        """Take what came."""
        if isinstance(data, str):
            try:
                self._follow(decode_frame(data))
            except MalformedFrame as error:
                self._dropped(str(error))
        elif (chunk := unpack(data)) is not None:
            self.receiver.chunk(chunk)
        else:
            self._dropped("no chunk")

    def say(self, frame: BaseModel) -> None:
        """Send a frame that is not about the bytes; lost while no channel is open."""
        self._send(frame.model_dump_json())

    def clear(self) -> None:
        """Forget all documents, ours and theirs, and the channel."""
        self._pipe = None
        self.sender.clear()
        self.receiver.clear()

    def _follow(self, frame: AnyFrame) -> None:
        match frame:
            case Hello(held=held):
                self.sender.greeted(held)
                self._on_greeted(frame)
            case Offer():
                self.receiver.offer(frame)
            case Want(id=document, offset=offset):
                self.sender.wanted(document, offset)
            case Done(id=document):
                self.sender.done(document)
            case Refused(id=document, reason=reason):
                self.sender.refused(document, reason)
            case Withdrawn(id=document):
                self.receiver.withdrawn(document)
                self._on_frame(frame)
            case _:
                self._on_frame(frame)

    def _dropped(self, reason: str) -> None:
        self._faults += 1
        if self._faults <= _MOST_FAULTS_TOLD:
            log.warning("papers message dropped", reason=reason)

    def _backlog(self) -> int:
        return 0 if self._pipe is None else self._pipe.buffered

    def _send(self, data: str | bytes) -> None:
        if self._pipe is not None:
            self._pipe.send(data)
