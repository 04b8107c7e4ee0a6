"""What the booth's papers make of an agent's page that sends whatever it likes."""

from __future__ import annotations

import logging

from kiosk.documents.chunks import pack
from kiosk.documents.transfer import Transfer
from kiosk.link.papers import MOST_DOCUMENTS, Done, Hello, Offer, Reason, Want
from kiosk.link.papers import Kind as DocumentKind
from kiosk.link.papers import Media as DocumentMedia

_NAME, _OTHER = "0" * 32, "1" * 32


def _offer(name: str, size: int) -> Offer:
    return Offer(
        id=name,
        kind=DocumentKind.DOCUMENT,
        media=DocumentMedia.PDF,
        size=size,
        sha256="0" * 64,
    )


def _messages(*messages: str | bytes) -> bytes:
    """Several messages in one input: what kind, how long, and the message."""
    packed = b""
    for message in messages:
        data = message.encode() if isinstance(message, str) else message
        packed += bytes([isinstance(message, bytes)]) + len(data).to_bytes(2, "big") + data
    return packed


SEEDS = (
    _messages(
        Hello().model_dump_json(),
        _offer(_NAME, 3).model_dump_json(),
        pack(_NAME, 0, memoryview(b"ab")),
        pack(_NAME, 1, memoryview(b"bc")),
    ),
    _messages(
        Hello(held=(_OTHER,)).model_dump_json(),
        Want(id=_OTHER, offset=0).model_dump_json(),
        Want(id=_OTHER, offset=9_000).model_dump_json(),
        Done(id=_OTHER).model_dump_json(),
    ),
)


class _Pipe:
    """Counts what would be sent."""

    def __init__(self) -> None:
        self.buffered = 0

    def send(self, data: str | bytes) -> None:
        self.buffered += len(data)


def target(data: bytes) -> None:
    """Take `data` as messages, with a page of ours to be asked for."""
    logging.disable(logging.CRITICAL)
    whole: list[bytes] = []
    booth = Transfer(
        refusal=lambda offer: Reason.TOO_LARGE if offer.size > 50_000 else None,
        on_sent=lambda _: None,
        on_received=lambda _: None,
        on_whole=lambda document: whole.append(bytes(document.data)),
        on_frame=lambda _: None,
        on_greeted=lambda _: None,
    )
    pipe = _Pipe()
    booth.sender.add(_offer(_OTHER, 20_000), bytes(20_000))
    booth.open(pipe)
    taken = 0
    while len(data) - taken > 3:
        binary, size = data[taken] & 1, int.from_bytes(data[taken + 1 : taken + 3], "big")
        message = data[taken + 3 : taken + 3 + size]
        booth.take(message if binary else message.decode(errors="replace"))
        taken += 3 + size
    held = sum(len(document.data) for document in booth.receiver.coming)
    assert held <= booth.receiver.expected_bytes <= 50_000 * MOST_DOCUMENTS
    assert all(len(content) <= 50_000 for content in whole)
    assert pipe.buffered < 2_000_000
