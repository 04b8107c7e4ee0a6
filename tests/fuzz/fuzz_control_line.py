"""A line of the control socket, both ways."""

from __future__ import annotations

import contextlib

from kiosk.control.messages import (
    DockRequest,
    MalformedLine,
    StatusesRequest,
    decode_reply,
    decode_request,
    encode,
)

SEEDS = (
    encode(StatusesRequest()),
    encode(DockRequest(device="camera", action="unplug")),
    b'{"v":1,"type":"refused","reason":"busy","text":""}',
)


def target(data: bytes) -> None:
    """What is understood is said again in the same words."""
    with contextlib.suppress(MalformedLine):
        request = decode_request(data)
        assert decode_request(encode(request)) == request
    with contextlib.suppress(MalformedLine):
        reply = decode_reply(data)
        assert decode_reply(encode(reply)) == reply
