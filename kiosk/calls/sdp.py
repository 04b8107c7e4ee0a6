"""Session descriptions and candidates: what we add to ours, what we accept of the agent's page's.

Whatever comes is hostile: sizes and counts are bounded and everything is parsed and checked before
a connection sees it.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

from aiortc import RTCIceCandidate
from aiortc.sdp import SessionDescription, candidate_from_sdp

MOST_LINES = 600
"""Chromium's answer to audio and video has about 120 lines."""
MOST_CANDIDATES = 40
"""Of one attempt: a machine with five interfaces behind three relays has fewer."""
_CANDIDATE_LINE = re.compile(r"^a=(candidate:|end-of-candidates)")
_RTPMAP = re.compile(r"^a=rtpmap:(\d{1,3}) ([A-Za-z0-9]+)/")
_MDNS_NAME = re.compile(r"^[0-9a-f-]{36}\.local$")


class DescriptionError(ValueError):
    """A description or candidate that is malformed, too large, or no answer to our offer."""


class OtherTransportError(DescriptionError):
    """A sound candidate of no use to us: browsers offer TCP ones, aioice speaks UDP alone."""


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """An answer that a connection can take."""

    sdp: str
    """Without its candidates."""
    candidates: tuple[RTCIceCandidate, ...]


def finish_offer(sdp: str, *, start_kbps: int, max_kbps: int) -> str:
    """Return our offer with what aiortc does not write.

    Chromium reads its first bit rate from `x-google-start-bitrate` (otherwise 300 kb/s), and makes
    Opus as RFC 7587 section 6.1 describes.
    """
    lines = []
    for line in sdp.splitlines():
        lines.append(line)
        found = _RTPMAP.match(line)
        if found is None:
            continue
        payload, name = found.groups()
        if name.upper() == "VP8":
            lines.append(f"a=fmtp:{payload} {_google_rates(start_kbps, max_kbps)}")
        elif name.lower() == "opus":
            lines.append(
                f"a=fmtp:{payload} minptime=10;useinbandfec=1;usedtx=0;"
                "stereo=0;maxaveragebitrate=32000"
            )
    rates = _google_rates(start_kbps, max_kbps)
    lines = [
        f"{line};{rates}" if line.startswith("a=fmtp:") and "profile-level-id" in line else line
        for line in lines
    ]
    return "\r\n".join(lines) + "\r\n"


def read_answer(sdp: str, mids: list[str]) -> CheckedAnswer:
    """Check an answer to an offer whose media sections are `mids`, in order.

    Raises:
        DescriptionError: anything is not as it must be.
    """
    lines = sdp.splitlines()
    if len(lines) > MOST_LINES:
        raise DescriptionError(f"{len(lines)} lines")
    kept = [line for line in lines if not _CANDIDATE_LINE.match(line)]
    if sum(line.startswith("m=") for line in kept) != len(mids):
        raise DescriptionError("media sections do not match the offer")
    text = "\r\n".join(kept) + "\r\n"
    _check(_parsed(text), mids)
    candidates: list[RTCIceCandidate] = []
    for line in (line for line in lines if line.startswith("a=candidate:")):
        if len(candidates) >= MOST_CANDIDATES:
            break
        try:
            candidates.append(read_candidate(line[2:], mids[0], 0))
        except DescriptionError:
            continue
    return CheckedAnswer(text, tuple(candidates))


def read_candidate(line: str, mid: str | None, index: int | None) -> RTCIceCandidate:
    """Return the candidate of an RFC 8839 `candidate:` line.

    Raises:
        OtherTransportError: not over UDP.
        DescriptionError: malformed, or of an address that is neither IP nor mDNS.
    """
    try:
        candidate = candidate_from_sdp(line.removeprefix("candidate:"))
        host = candidate.ip
        if not _MDNS_NAME.match(host):
            ipaddress.ip_address(host)
    except (ValueError, IndexError, AssertionError):
        raise DescriptionError("malformed candidate") from None
    if candidate.protocol.lower() != "udp" or candidate.component != 1:
        raise OtherTransportError("candidate is not UDP")
    if not 0 < candidate.port < 65_536 or not 0 <= candidate.priority < 1 << 32:
        raise DescriptionError("candidate is out of range")
    candidate.sdpMid, candidate.sdpMLineIndex = mid, index
    return candidate


def _parsed(text: str) -> SessionDescription:
    try:
        return SessionDescription.parse(text)
    except Exception as error:  # noqa: BLE001
        # aiortc's parser raises whatever its string handling meets: ValueError, KeyError,
        # IndexError, AttributeError, AssertionError were all seen under fuzzing.
        raise DescriptionError(f"cannot be parsed ({type(error).__name__})") from None


def _check(description: SessionDescription, mids: list[str]) -> None:
    if [media.rtp.muxId for media in description.media] != mids:
        raise DescriptionError("media sections do not match the offer")
    bundle = next((group for group in description.group if group.semantic == "BUNDLE"), None)
    if bundle is None or [str(item) for item in bundle.items] != mids:
        raise DescriptionError("media is not bundled")
    for media in description.media:
        data = media.kind == "application" and media.sctp_port is not None
        if not data and (
            media.kind not in ("audio", "video") or not media.rtcp_mux or not media.rtp.codecs
        ):
            raise DescriptionError("media section is not as offered")
        if media.ice is None or not media.ice.usernameFragment or not media.ice.password:
            raise DescriptionError("no ICE credentials")
        if media.dtls is None or media.dtls.role not in ("client", "server"):
            raise DescriptionError("no DTLS role")
        if not any(print_.algorithm.lower() == "sha-256" for print_ in media.dtls.fingerprints):
            raise DescriptionError("no SHA-256 fingerprint")


def _google_rates(start_kbps: int, max_kbps: int) -> str:
    return f"x-google-start-bitrate={start_kbps};x-google-max-bitrate={max_kbps}"
