"""The camera reader's child process: finds QR codes in pictures in shared memory."""

from __future__ import annotations

import mmap
import os
import select
import sys

import zxingcpp

from devices.child import MAX_MESSAGE_BYTES
from devices.code_reader.interface import MAX_CODE_CHARACTERS
from devices.code_reader.wire import BEAT, BEAT_S, LOOK, seen_message
from devices.parent import Parent, serve

_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
MOST_CODES = 4
"""Of one picture: a booth's camera sees one code at a time, two by chance."""


def find(memory: memoryview, width: int, height: int) -> list[tuple[str, str]]:
    """Texts and symbologies of the QR codes in a grey picture, one byte a pixel, rows packed.

    QR alone: ours are, and every further format costs time and gives misreadings.
    """
    picture = memory[: width * height].cast("B", (height, width))
    codes = zxingcpp.read_barcodes(picture, formats=_FORMATS)
    return [
        (code.text, "QRCode")
        for code in codes[:MOST_CODES]
        if code.content_type is zxingcpp.ContentType.Text and len(code.text) <= MAX_CODE_CHARACTERS
    ]


def run(parent: Parent) -> None:
    """Look at what the booth shows, until it closes the link."""
    fd = int(parent.settings["memory_fd"])
    size = int(parent.settings["memory_bytes"])
    with mmap.mmap(fd, size) as shared, memoryview(shared) as memory:
        os.close(fd)
        parent.tell_online("QR codes by camera", {"symbologies": "QRCode"})
        poll = select.poll()
        poll.register(parent.link, select.POLLIN)
        while not parent.gone():
            if not poll.poll(BEAT_S * 1000):
                parent.tell(BEAT)
                continue
            message = parent.link.recv(MAX_MESSAGE_BYTES)
            if len(message) == LOOK.size:
                width, height = LOOK.unpack(message)
                fits = 0 < width * height <= size
                parent.tell(seen_message(find(memory, width, height) if fits else []))


if __name__ == "__main__":
    sys.exit(serve(run))
