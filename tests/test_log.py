"""No personal data passes the log, whoever writes it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.log import MAX_TEXT, WITHHELD, configure, get_logger, scrub

SDP = "\r\n".join(
    ["v=0", "o=- 1 1 IN IP4 82.64.1.2", "a=fingerprint:sha-256 AA:BB", "a=candidate:1 10.2.3.4 9"]
)


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    target = io.StringIO()
    configure("json", stream=target)
    yield target
    root.handlers[:] = before
    root.setLevel(level)
    logging.captureWarnings(capture=False)


def _lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_is_json_with_level_name_and_time(stream: io.StringIO) -> None:
    get_logger("kiosk.visit").info("ticket made", agency="caf", attempt=2)
    (line,) = _lines(stream)
    assert line["event"] == "ticket made"
    assert (line["agency"], line["attempt"], line["level"]) == ("caf", 2, "info")
    assert line["logger"] == "kiosk.visit"
    assert str(line["timestamp"]).endswith("Z")


def test_a_key_that_is_not_allowed_is_withheld(stream: io.StringIO) -> None:
    get_logger("x").info("claimed", agent_name="Jeanne Martin", uid="04A2245B", state="in_call")
    (line,) = _lines(stream)
    assert line["agent_name"] == line["uid"] == WITHHELD
    assert line["state"] == "in_call"


def test_what_other_libraries_say_is_scrubbed(stream: io.StringIO) -> None:
    logging.getLogger("nats").warning("peer 82.64.1.2 said %s", SDP)
    logging.getLogger("other").error("jeanne@example.org called 06 12 34 56 78 from 2a01:e0a::1")
    text = stream.getvalue()
    for secret in ("82.64.1.2", "10.2.3.4", "AA:BB", "jeanne", "56 78", "2a01"):
        assert secret not in text
    assert len(_lines(stream)) == 2


def test_an_exception_is_told_without_its_message(stream: io.StringIO) -> None:
    try:
        raise ValueError("Jeanne Martin")
    except ValueError as error:
        cause = error
    try:
        raise RuntimeError("née Dupont") from cause
    except RuntimeError:
        get_logger("x").exception("call failed", error=cause)
    try:
        raise KeyError("Durand")
    except KeyError:
        logging.getLogger("asyncio").exception("Task exception")
    text = stream.getvalue()
    assert not any(name in text for name in ("Jeanne", "Dupont", "Durand"))
    told = str(_lines(stream)[0]["exception"])
    assert told.startswith("RuntimeError at test_log.py:")
    assert "; from ValueError at test_log.py:" in told
    assert _lines(stream)[0]["error"] == "ValueError"
    assert "KeyError" in str(_lines(stream)[1]["exception"])


def test_lists_and_objects_are_scrubbed_too(stream: io.StringIO) -> None:
    get_logger("x").info("parts", part=["10.1.2.3", 4, object])
    parts = _lines(stream)[0]["part"]
    assert isinstance(parts, list)
    assert parts[:2] == [WITHHELD, 4]


def test_the_console_form_is_one_readable_line() -> None:
    root = logging.getLogger()
    before = root.handlers[:]
    target = io.StringIO()
    configure("console", stream=target)
    get_logger("x").info("desk ready", port=8480)
    root.handlers[:] = before
    assert "desk ready" in target.getvalue()
    assert "port=8480" in target.getvalue()
    assert target.getvalue().count("\n") == 1


def test_loopback_and_ordinary_words_stay() -> None:
    for text in (
        "listening on 127.0.0.1:4222",
        "10:42:17 started",
        "kiosk.link.store",
        "12 frames",
    ):
        assert scrub(text) == text


@given(st.text())
def test_scrubbed_text_is_one_short_line(text: str) -> None:
    clean = scrub(text)
    assert len(clean.splitlines()) <= 1
    assert len(clean) <= MAX_TEXT + 1


@given(st.ip_addresses().filter(lambda address: not address.is_loopback), st.text(max_size=20))
def test_no_address_passes(address: object, before: str) -> None:
    assert str(address) not in scrub(f"{before} {address} end") or str(address) == "::"
