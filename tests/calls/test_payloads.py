"""What RTP payloads of VP8 and H.264 carry."""

from __future__ import annotations

import pytest
from aiortc.codecs.vpx import VpxPayloadDescriptor
from hypothesis import given
from hypothesis import strategies as st

from kiosk.calls.payloads import parse_h264, parse_vp8, parser_for

KEY, DELTA = b"\x10\x02\x00frame", b"\x11\x02\x00frame"


@pytest.mark.parametrize(
    "descriptor",
    [
        {},
        {"picture_id": 17},
        {"picture_id": 4711, "tl0picidx": 3},
        {"picture_id": 4711, "tl0picidx": 3, "tid": (1, 0), "keyidx": 5},
        {"keyidx": 5},
    ],
)
@pytest.mark.parametrize("data", [KEY, DELTA])
def test_vp8_payloads_with_any_descriptor(descriptor: dict[str, object], data: bytes) -> None:
    header = bytes(VpxPayloadDescriptor(partition_start=1, partition_id=0, **descriptor))  # type: ignore[arg-type]
    piece = parse_vp8(header + data)
    assert piece.data == data
    assert piece.opens_key_frame == (data is KEY)


def test_a_short_vp8_picture_id_is_one_byte() -> None:
    assert parse_vp8(b"\x90\x80\x11" + KEY).data == KEY


def test_a_later_packet_of_a_key_frame_does_not_open_it() -> None:
    header = bytes(VpxPayloadDescriptor(partition_start=0, partition_id=0))
    assert not parse_vp8(header + KEY).opens_key_frame


def test_an_h264_key_frame_opens_with_its_parameters() -> None:
    assert parse_h264(b"\x67\x42\x00\x1f").opens_key_frame
    assert not parse_h264(b"\x41\x9a\x00").opens_key_frame
    both = b"\x78\x00\x04\x67\x42\x00\x1f\x00\x02\x68\xce"
    assert parse_h264(both).opens_key_frame


def test_an_empty_payload_is_padding() -> None:
    assert parse_vp8(b"").data == b""
    assert parse_h264(b"").data == b""


@given(st.binary(max_size=60))
def test_anything_else_is_a_value_error_or_a_piece(payload: bytes) -> None:
    for parse in (parse_vp8, parse_h264):
        try:
            piece = parse(payload)
        except ValueError:
            continue
        assert isinstance(piece.data, bytes)


def test_the_parser_of_a_codec() -> None:
    assert parser_for("vp8") is parse_vp8
    assert parser_for("H264") is parse_h264
    with pytest.raises(ValueError, match="no video codec"):
        parser_for("AV1")
