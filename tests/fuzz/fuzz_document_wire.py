"""Fuzzes what the booth reads from the document camera's child: looks, pages, refusals."""

from __future__ import annotations

from devices.document_camera import wire
from devices.document_camera.interface import Advice, Look

SEEDS = (
    wire.pack_look(Look(Advice.GOOD, ((0, 0), (1, 0), (1, 1), (0, 1)), 0.5, 0.1, 2.0)),
    wire.pack_refused(Advice.GLARE),
    b"g" + bytes(range(15)),
)


def target(data: bytes) -> None:
    """One datagram."""
    look = wire.look_of(data)
    if look is not None and not 0 <= look.sharpness <= 1:
        raise AssertionError("a sharpness that can't be")
    note = wire.page_of(data)
    if note is not None and not 0 < note.size <= wire.MAX_JPEG_BYTES:
        raise AssertionError("a page larger than its memory")
    wire.refused_of(data)
