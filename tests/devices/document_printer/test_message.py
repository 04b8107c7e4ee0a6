"""IPP answers from a printer that nobody vouches for."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyipp.enums import IppOperation, IppTag
from pyipp.serializer import construct_attribute

from devices.document_printer.facts import IppJobState
from devices.document_printer.message import (
    MAX_ANSWER_BYTES,
    MAX_TEXT,
    MAX_VALUES,
    Group,
    MalformedAnswer,
    answer,
    request,
)
from devices.document_printer.queue import job_facts, printer_facts
from devices.document_printer.reasons import KNOWN, MAX_REASONS, Severity, condition, parse
from devices.status import DeviceState

HEAD = b"\x01\x01\x00\x00\x00\x00\x00\x07"
NEGATIVE_LENGTH = HEAD + b"\x01\x44\x00\x01a\xff\xfa"
"""What makes pyipp 0.17 read backwards, for ever."""


def told(*attributes: bytes, tag: int = IppTag.PRINTER) -> bytes:
    return HEAD + bytes((tag,)) + b"".join(attributes) + bytes((IppTag.END,))


def first(*attributes: bytes) -> Group:
    return answer(told(*attributes), 7).first(IppTag.PRINTER)


def raw(tag: int, name: bytes, value: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(value)) + value


def test_numbers_flags_ranges_and_texts_are_read() -> None:
    group = first(
        construct_attribute("printer-state", 3, IppTag.ENUM),
        construct_attribute("printer-state-reasons", ["media-low", "none"], IppTag.KEYWORD),
        construct_attribute("color-supported", True, IppTag.BOOLEAN),
        raw(IppTag.RANGE, b"copies-supported", struct.pack(">ii", 1, 999)),
        raw(IppTag.TEXT_LANG, b"printer-info", b"\x00\x02fr\x00\x03\xc3\xa9t"),
    )
    assert group.number("printer-state", 3, 5) == 3
    assert group.number("printer-state", 4, 5) is None
    assert group.texts("printer-state-reasons") == ("media-low", "none")
    assert group.flag("color-supported") is True
    assert group.span("copies-supported") == (1, 999)
    assert group.text("printer-info") == "ét"


def test_collections_are_passed_over_however_deep() -> None:
    deep = b"".join(
        raw(IppTag.BEGIN_COLLECTION, b"media-col" if not level else b"", b"")
        + raw(IppTag.MEMBER_NAME, b"", b"inner")
        for level in range(2000)
    )
    shut = raw(IppTag.END_COLLECTION, b"", b"") * 2000
    group = first(deep, raw(IppTag.INTEGER, b"", b"\0\0\0\1"), shut, raw(0x44, b"a", b"b"))
    assert group.attributes == {"a": ["b"]}


def test_unknown_groups_tags_and_charsets_do_no_harm() -> None:
    data = (
        HEAD
        + b"\x01\x0b\x0c\x04"
        + raw(0x7F, b"odd", b"\xff")
        + raw(IppTag.INTEGER, b"short", b"\1")
        + raw(IppTag.TEXT, b"latin", b"caf\xe9")
        + raw(IppTag.KEYWORD, b"long", b"x" * 30_000)
        + raw(IppTag.TEXT_LANG, b"cut", b"\x00\x09fr")
        + b"\x03"
    )
    group = answer(data, 7).first(IppTag.PRINTER)
    assert group.text("latin") == "caf�"
    assert len(group.text("long")) == MAX_TEXT
    assert set(group.attributes) == {"latin", "long"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        HEAD[:6],
        HEAD,
        HEAD.replace(b"\x07", b"\x08") + b"\x03",
        b"\x09" + HEAD[1:] + b"\x03",
        NEGATIVE_LENGTH,
        HEAD + b"\x04\x44\x00\x09a",
        told(raw(IppTag.INTEGER, b"n", b"\0\0\0\1") * (MAX_VALUES + 1)),
        bytes(MAX_ANSWER_BYTES + 1),
        b"<html>Not found</html>",
    ],
)
def test_what_is_no_answer_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(MalformedAnswer):
        answer(data, 7)


@given(st.binary(max_size=400))
def test_any_bytes_end_in_an_answer_or_a_refusal(data: bytes) -> None:
    try:
        groups = answer(HEAD + data, 7).groups
    except MalformedAnswer:
        return
    for group in groups:
        printer_facts(group)
        job_facts(group)


def test_a_request_is_what_the_rfc_asks_for() -> None:
    written = request(
        IppOperation.GET_PRINTER_ATTRIBUTES,
        7,
        (("printer-uri", IppTag.URI, "ipp://a/b"),),
        (("print-color-mode", IppTag.KEYWORD, "auto"),),
    )
    assert written[:8] == b"\x01\x01\x00\x0b\x00\x00\x00\x07"
    assert written.index(b"attributes-charset") < written.index(b"attributes-natural-language")
    assert written.index(b"attributes-natural-language") < written.index(b"printer-uri")
    assert written.endswith(b"\x02" + raw(0x44, b"print-color-mode", b"auto") + b"\x03")


def test_a_printer_that_tells_no_state_tells_nothing() -> None:
    assert printer_facts(Group(IppTag.PRINTER)) is None
    assert job_facts(Group(IppTag.JOB, {"job-id": [0], "job-state": [9]})) is None
    assert job_facts(Group(IppTag.JOB, {"job-id": [1], "job-state": [10]})) is None


def test_absurd_figures_are_not_believed() -> None:
    job = job_facts(
        Group(
            IppTag.JOB,
            {"job-id": [1], "job-state": [5], "job-impressions-completed": [-4, 2**31 - 1]},
        )
    )
    assert job is not None
    assert (job.state, job.impressions) == (IppJobState.PROCESSING, 0)
    printer = printer_facts(
        Group(IppTag.PRINTER, {"printer-state": [3], "copies-supported": [(1, 2**31 - 1)]})
    )
    assert printer is not None
    assert printer.copies == 1000


@pytest.mark.parametrize(
    ("state", "keywords", "expected"),
    [
        (3, ["none"], DeviceState.ONLINE),
        (4, ["toner-low-warning", "media-low-report"], DeviceState.ONLINE),
        (3, ["toner-low"], DeviceState.ONLINE),
        (3, ["media-empty"], DeviceState.USER_ERROR),
        (5, ["media-jam-error"], DeviceState.USER_ERROR),
        (4, ["cover-open-warning"], DeviceState.USER_ERROR),
        (4, ["toner-empty-warning"], DeviceState.ONLINE),
        (5, ["toner-empty-error"], DeviceState.USER_ERROR),
        (5, ["paused"], DeviceState.USER_ERROR),
        (5, ["fuser-over-temp-error"], DeviceState.HARDWARE_ERROR),
        (5, [], DeviceState.HARDWARE_ERROR),
        (5, ["com.example-odd"], DeviceState.HARDWARE_ERROR),
        (3, ["com.example-odd-error"], DeviceState.ONLINE),
        (4, ["connecting-to-device"], DeviceState.ONLINE),
        (4, ["offline-report"], DeviceState.OFFLINE),
        (3, ["media-empty-report"], DeviceState.ONLINE),
    ],
)
def test_states_and_reasons_become_the_vocabulary(
    state: int, keywords: list[str], expected: DeviceState
) -> None:
    assert condition(state, parse(keywords), accepting=True) is expected


def test_one_that_accepts_no_jobs_needs_a_hand() -> None:
    assert condition(3, (), accepting=False) is DeviceState.USER_ERROR


def test_an_empty_tray_is_only_a_warning_while_another_has_a4() -> None:
    (warned,) = parse(["media-empty-warning"], a4_ready=True)
    (graver,) = parse(["media-empty-warning", "media-empty-error"], a4_ready=True)
    assert (warned.hinders, graver.hinders) == (False, True)


@given(st.lists(st.one_of(st.text(max_size=80), st.sampled_from(sorted(KNOWN))), max_size=60))
def test_reasons_are_few_and_clean(keywords: list[str]) -> None:
    reasons = parse(keywords)
    assert len(reasons) <= MAX_REASONS
    assert len({reason.name for reason in reasons}) == len(reasons)
    for reason in reasons:
        assert reason.name.isascii()
        assert 0 < len(reason.name) <= 63
        assert reason.severity in Severity
