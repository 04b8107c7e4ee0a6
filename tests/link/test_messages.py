"""Whatever arrives, `decode` and the keys say no in the same words, and never anything else."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.status import DeviceKind
from kiosk.link.keys import TicketKey, check_belongs, check_same
from kiosk.link.messages import (
    MAX_MESSAGE_BYTES,
    AgentState,
    Board,
    Bye,
    Candidate,
    Claim,
    DeviceName,
    EndReason,
    MalformedMessage,
    Message,
    Offer,
    Presence,
    Signal,
    Ticket,
    decode,
    encode,
    new_ticket_id,
)

KINDS: list[type[Message]] = [Ticket, Claim, Presence, Board, Signal]
TICKET = Ticket(ticket="a" * 32, agency="caf", kiosk="mairie-a", place_name="Ici", since=1.5)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


def refused(kind: type[Message], data: bytes) -> str:
    with pytest.raises(MalformedMessage) as caught:
        decode(kind, data)
    return str(caught.value)


@given(kind=st.sampled_from(KINDS), data=st.binary(max_size=400))
def test_rubbish_is_refused(kind: type[Message], data: bytes) -> None:
    assert len(refused(kind, data)) <= 200


@given(kind=st.sampled_from(KINDS), value=json_values)
def test_json_of_another_shape_is_refused(kind: type[Message], value: object) -> None:
    refused(kind, json.dumps(value).encode())


@given(
    # An empty list is a good `lost`, which has a test of its own.
    name=st.sampled_from(sorted(set(Ticket.model_fields) - {"lost"})),
    value=json_values.filter(lambda value: not isinstance(value, int | float | str | None)),
)
def test_a_field_of_another_type_is_refused(name: str, value: object) -> None:
    content: dict[str, Any] = json.loads(encode(TICKET))
    refused(Ticket, json.dumps(content | {name: value}).encode())


@pytest.mark.parametrize("kind", KINDS)
def test_the_huge_and_the_deep_are_refused(kind: type[Message]) -> None:
    refused(kind, b" " * (MAX_MESSAGE_BYTES + 1))
    refused(kind, b"[" * MAX_MESSAGE_BYTES)
    refused(kind, b'{"a":' * (MAX_MESSAGE_BYTES // 5))
    refused(kind, b'{"v":' + b"9" * 60_000 + b"}")


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_other_versions_are_refused(version: object) -> None:
    content = json.loads(encode(TICKET)) | {"v": version}
    refused(Ticket, json.dumps(content).encode())


@pytest.mark.parametrize("since", ["NaN", "Infinity", "-1", "1e300", '"x"'])
def test_moments_that_are_none_are_refused(since: str) -> None:
    refused(Ticket, encode(TICKET).replace(b"1.5", since.encode()))


@given(word=st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=12, max_size=20))
def test_a_refusal_does_not_quote(word: str) -> None:
    content = json.loads(encode(TICKET))
    for changed in ({word: 1}, {"place_name": [word]}, {"agency": f"{word}!"}, {"state": word}):
        assert word not in refused(Ticket, json.dumps(content | changed).encode())


@given(
    body=st.one_of(
        st.builds(Offer, attempt=st.integers(1, 100_000), sdp=st.text(max_size=500)),
        st.builds(
            Candidate,
            attempt=st.integers(1, 100_000),
            candidate=st.text(max_size=200),
            sdp_mid=st.none() | st.text(max_size=4),
            sdp_m_line_index=st.none() | st.integers(0, 16),
        ),
        st.builds(Bye, reason=st.sampled_from(EndReason)),
    )
)
def test_signals_come_out_as_they_went_in(body: Offer | Candidate | Bye) -> None:
    signal = Signal(ticket=new_ticket_id(), body=body)
    assert decode(Signal, encode(signal)) == signal


@given(text=st.text(max_size=120))
def test_a_key_is_taken_whole_or_not_at_all(text: str) -> None:
    try:
        key = TicketKey.parse(text)
    except MalformedMessage:
        return
    assert str(key) == text


@given(
    agency=st.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True),
    kiosk=st.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True),
)
def test_good_keys_are_taken(agency: str, kiosk: str) -> None:
    key = TicketKey(agency, kiosk, new_ticket_id())
    assert TicketKey.parse(str(key)) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "caf.mairie-a",
        f"caf.mairie-a.{'a' * 31}",
        f"caf.mairie-a.{'A' * 32}",
        f"caf.mairie-a.{'a' * 32}\n",
        f"caf.*.{'a' * 32}",
        f"caf.>.{'a' * 32}",
        f"caf..{'a' * 32}",
        f"{'c' * 41}.mairie-a.{'a' * 32}",
        f"caf.mairie-a.x.{'a' * 32}",
        f"caf.mairie-a.{'٣' * 32}",
    ],
)
def test_bad_keys_are_refused(text: str) -> None:
    with pytest.raises(MalformedMessage):
        TicketKey.parse(text)


def test_messages_belong_to_their_own_key_only() -> None:
    key = str(TicketKey.of(TICKET))
    claim = Claim(ticket=TICKET.ticket, agent="alice", agent_name="Alice", since=1.0)
    presence = Presence(agent="alice", state=AgentState.AWAY)
    board = Board(agency="caf", available=0, busy=0)
    for good, message in (
        (key, TICKET),
        (key, claim),
        ("caf.alice", presence),
        ("caf", board),
    ):
        check_belongs(good, message)
        with pytest.raises(MalformedMessage):
            check_belongs(f"x{good}y", message)
    with pytest.raises(MalformedMessage):
        check_belongs(key, Signal(ticket=TICKET.ticket, body=Bye(reason=EndReason.FAULT)))
    check_same(TICKET.ticket, TicketKey.of(TICKET))
    with pytest.raises(MalformedMessage):
        check_same("b" * 32, TicketKey.of(TICKET))


def test_lost_devices_are_named_as_devices_name_themselves() -> None:
    assert set(get_args(DeviceName)) == {kind.value for kind in DeviceKind}


@given(value=json_values.filter(lambda value: value != []))
def test_a_lost_device_of_another_name_is_refused(value: object) -> None:
    content: dict[str, Any] = json.loads(encode(TICKET))
    refused(Ticket, json.dumps(content | {"lost": value}).encode())
