"""The list of sound devices, from a child process that may say anything, or hang."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.parent import CAPABILITIES, capabilities_of
from devices.sound.listing import list_devices, parse
from devices.sound.selection import Direction


async def test_a_sound_system_that_hangs_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.sound.listing.LIST_WITHIN_S", 0.01)
    devices = await list_devices()
    assert not devices.names(Direction.LOUDSPEAKER, "auto")


def test_the_last_line_counts() -> None:
    row = {"name": "USB (hw:1,0)", "max_input_channels": 1, "max_output_channels": 0}
    line = json.dumps({"all": [row], "defaults": [0, -1]}).encode()
    devices = parse(b"ALSA lib says something\n" + line + b"\n")
    assert devices.names(Direction.MICROPHONE, "auto") == ("USB",)
    assert devices.names(Direction.LOUDSPEAKER, "auto") == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_answer_breaks_the_list(output: bytes) -> None:
    assert parse(output).names(Direction.MICROPHONE, "auto") == ()


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_message_breaks_the_capabilities(data: bytes) -> None:
    told = capabilities_of(CAPABILITIES + data)
    assert all(isinstance(value, str | int | bool) for value in told.values())
