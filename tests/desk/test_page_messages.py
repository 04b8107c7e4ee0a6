"""Whatever a page sends is a message or is refused; nothing else comes of it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.page_messages import (
    ClaimTicket,
    PageSignal,
    Pong,
    SetPresence,
    decode_page_message,
)
from kiosk.link.messages import MAX_MESSAGE_BYTES, MalformedMessage

TICKET = "0" * 32

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)

#: Shapes near to right ones: the type is known, the rest is anything.
NEARLY = st.fixed_dictionaries(
    {"type": st.sampled_from(["presence", "claim", "signal", "pong", "ping", "offer", ""])},
    optional={
        "ticket": st.just(TICKET) | JSON_VALUES,
        "state": st.sampled_from(["available", "away", "busy"]) | JSON_VALUES,
        "n": JSON_VALUES,
        "body": st.fixed_dictionaries(
            {"type": st.sampled_from(["ready", "answer", "candidate", "bye", "offer"])},
            optional={"attempt": JSON_VALUES, "sdp": JSON_VALUES, "reason": JSON_VALUES},
        )
        | JSON_VALUES,
        "extra": JSON_VALUES,
    },
)


@given(st.text() | JSON_VALUES.map(json.dumps) | NEARLY.map(json.dumps))
def test_anything_is_a_message_or_refused(text: str) -> None:
    message, refusal = None, ""
    try:
        message = decode_page_message(text)
    except MalformedMessage as error:
        refusal = str(error)
    if message is None:
        # The reason goes into the log: it must carry nothing of what was sent.
        assert 0 < len(refusal) < 80
    else:
        assert isinstance(message, SetPresence | ClaimTicket | PageSignal | Pong)
        assert decode_page_message(message.model_dump_json()) == message


@pytest.mark.parametrize(
    "message",
    [
        {"type": "presence", "state": "available"},
        {"type": "claim", "ticket": TICKET},
        {"type": "signal", "ticket": TICKET, "body": {"type": "ready", "page": "0123abcd"}},
        {"type": "signal", "ticket": TICKET, "body": {"type": "bye", "reason": "agent"}},
        {"type": "pong", "n": 3, "v": 1},
    ],
)
def test_what_a_page_says_is_understood(message: dict[str, object]) -> None:
    assert decode_page_message(json.dumps(message)).type == message["type"]


@pytest.mark.parametrize(
    "message",
    [
        {"type": "presence", "state": "busy"},
        {"type": "claim", "ticket": "../../etc"},
        {"type": "claim", "ticket": TICKET, "agency": "cpam"},
        {"type": "signal", "ticket": TICKET, "body": {"type": "offer", "attempt": 1, "sdp": ""}},
        {"type": "signal", "ticket": TICKET, "body": {"type": "booth_media"}},
        {"type": "pong", "n": -1},
        {"type": "pong", "n": 1, "v": 2},
    ],
)
def test_what_no_page_says_is_refused(message: dict[str, object]) -> None:
    with pytest.raises(MalformedMessage):
        decode_page_message(json.dumps(message))


def test_a_message_too_long_is_refused_unread() -> None:
    with pytest.raises(MalformedMessage, match="at most"):
        decode_page_message("[" * (MAX_MESSAGE_BYTES + 1))
