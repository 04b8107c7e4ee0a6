"""What we offer, and what we accept of an answer; hostile descriptions are refused."""

from __future__ import annotations

import asyncio
from functools import cache

import pytest
from aiortc import RTCPeerConnection, RTCSessionDescription
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.calls.aiortc_connection import new_connection
from kiosk.calls.sdp import (
    MOST_CANDIDATES,
    MOST_LINES,
    DescriptionError,
    finish_offer,
    read_answer,
    read_candidate,
)

MIDS = ["0", "1"]
HOST = "candidate:1 1 udp 2130706431 192.0.2.7 50000 typ host"


async def _exchange() -> tuple[str, str]:
    booth, agent = new_connection([]), new_connection([])
    try:
        booth.addTransceiver("audio")
        booth.addTransceiver("video")
        await booth.setLocalDescription(await booth.createOffer())
        offer = finish_offer(booth.localDescription.sdp, start_kbps=1500, max_kbps=2500)
        await agent.setRemoteDescription(RTCSessionDescription(offer, "offer"))
        await agent.setLocalDescription(await agent.createAnswer())
        return offer, agent.localDescription.sdp
    finally:
        await booth.close()
        await agent.close()


@cache
def exchange() -> tuple[str, str]:
    """A real offer and a real answer to it."""
    return asyncio.run(_exchange())


@pytest.fixture(scope="module")
def answer() -> str:
    return exchange()[1]


def test_the_offer_says_what_chromium_is_to_start_with() -> None:
    offer = exchange()[0]
    vp8 = next(line for line in offer.splitlines() if "VP8/90000" in line)
    payload = vp8.split(":")[1].split()[0]
    assert f"a=fmtp:{payload} x-google-start-bitrate=1500;x-google-max-bitrate=2500" in offer
    h264 = [line for line in offer.splitlines() if "profile-level-id" in line]
    assert h264
    assert all("x-google-start-bitrate=1500" in line for line in h264)
    assert "useinbandfec=1;usedtx=0;stereo=0;maxaveragebitrate=32000" in offer


def test_a_real_answer_is_taken_without_its_candidates(answer: str) -> None:
    checked = read_answer(answer, MIDS)
    assert "a=candidate" not in checked.sdp
    assert "end-of-candidates" not in checked.sdp
    assert 0 < len(checked.candidates) <= answer.count("a=candidate:")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("a=mid:1", "a=mid:7", "sections"),
        ("m=video", "m=application", "sections|as offered|parsed"),
        ("a=group:BUNDLE 0 1", "a=group:BUNDLE 0", "bundled"),
        ("a=group:BUNDLE 0 1", "a=x", "bundled"),
        ("a=setup:active", "a=setup:actpass", "DTLS role"),
        ("a=fingerprint:sha-256", "a=fingerprint:md5", "fingerprint"),
        ("a=ice-pwd:", "a=x-pwd:", "ICE"),
        ("a=rtcp-mux", "a=x", "as offered"),
    ],
)
def test_an_answer_to_something_else_is_refused(answer: str, old: str, new: str, why: str) -> None:
    assert old in answer
    with pytest.raises(DescriptionError, match=why):
        read_answer(answer.replace(old, new), MIDS)


def test_too_many_lines_or_sections_are_refused(answer: str) -> None:
    with pytest.raises(DescriptionError, match="lines"):
        read_answer(answer + "a=x\r\n" * MOST_LINES, MIDS)
    with pytest.raises(DescriptionError, match="sections"):
        read_answer(answer + "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n" * 50, MIDS)


def test_only_so_many_candidates_are_taken(answer: str) -> None:
    many = "".join(f"a={HOST.replace('50000', str(port))}\r\n" for port in range(50_000, 50_100))
    assert len(read_answer(answer + many, MIDS).candidates) <= MOST_CANDIDATES


def test_a_candidate_keeps_what_it_says() -> None:
    candidate = read_candidate(HOST, "0", 0)
    assert (candidate.ip, candidate.port, candidate.type) == ("192.0.2.7", 50_000, "host")
    assert (candidate.sdpMid, candidate.sdpMLineIndex) == ("0", 0)


def test_an_mdns_candidate_is_taken() -> None:
    name = "0b1f9f7e-4c1c-4e3c-9d1c-5a1b2c3d4e5f.local"
    assert read_candidate(HOST.replace("192.0.2.7", name), "0", 0).ip == name


@pytest.mark.parametrize(
    "line",
    [
        "",
        "candidate:",
        "candidate:1 1 udp x 192.0.2.7 50000 typ host",
        HOST.replace("udp", "tcp"),
        HOST.replace("50000", "0"),
        HOST.replace("50000", "99999"),
        HOST.replace("192.0.2.7", "desk.example.org"),
        HOST.replace("192.0.2.7", "evil.local"),
        HOST.replace(":1 1 ", ":1 2 "),
    ],
)
def test_other_candidates_are_refused(line: str) -> None:
    with pytest.raises(DescriptionError):
        read_candidate(line, "0", 0)


@given(st.text(max_size=300))
def test_any_text_is_no_candidate(text: str) -> None:
    with pytest.raises(DescriptionError):
        read_candidate(text, "0", 0)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A real answer with lines dropped, doubled, swapped, cut and filled with rubbish."""
    lines = exchange()[1].splitlines()
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["drop", "double", "cut", "fill", "swap", "number"])):
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "cut":
                lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
            case "fill":
                lines[at] = lines[at].split(":")[0] + ":" + draw(st.text(max_size=30))
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case _:
                digits = str(draw(st.integers(-(2**70), 2**70)))
                lines[at] = " ".join(
                    digits if word.isdecimal() else word for word in lines[at].split(" ")
                )
        if not lines:
            break
    return "\r\n".join(lines)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(mutated(), st.text(max_size=400)))
def test_mutated_answers_are_taken_or_refused_but_never_raise_otherwise(text: str) -> None:
    try:
        checked = read_answer(text, MIDS)
    except DescriptionError:
        return
    assert len(checked.candidates) <= MOST_CANDIDATES


async def _apply(text: str) -> None:
    booth: RTCPeerConnection = new_connection([])
    try:
        booth.addTransceiver("audio")
        booth.addTransceiver("video")
        await booth.setLocalDescription(await booth.createOffer())
        await booth.setRemoteDescription(RTCSessionDescription(text, "answer"))
    finally:
        await booth.close()


def test_what_is_checked_can_be_applied(answer: str) -> None:
    asyncio.run(_apply(read_answer(answer, MIDS).sdp))
