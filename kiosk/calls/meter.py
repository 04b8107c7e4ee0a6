"""Reads a peer's counters once a second and makes the figures of a call's status of them."""

from __future__ import annotations

from kiosk.calls.peer import Peer
from kiosk.calls.quality import judge
from kiosk.calls.status import CallStatus

WINDOW_S = 1.0
SETTLING_S = 4.0
"""After a connection came up: its frame rate says nothing of the line yet."""


class Meter:
    """Keeps the last second's figures of the peer in use."""

    def __init__(self) -> None:
        self._peer: Peer | None = None
        self._since = 0.0
        self._at = 0.0
        self._pictures = self._shared = 0
        self._bytes = 0
        self._figures = CallStatus()

    def read(self, peer: Peer | None, now: float) -> CallStatus:
        """Return the figures (the rest of the status is as if all were well)."""
        if peer is None:
            return CallStatus()
        if peer is not self._peer:
            self._peer, self._since = peer, now
            self._begin(peer, now)
            self._figures = CallStatus(attempt=peer.attempt)
        elif now - self._at >= WINDOW_S:
            self._figures = self._measured(peer, now)
            self._begin(peer, now)
        return self._figures

    def _begin(self, peer: Peer, now: float) -> None:
        self._at, self._pictures, self._bytes = now, peer.pictures, peer.bytes_received
        self._shared = peer.shared_pictures

    def _measured(self, peer: Peer, now: float) -> CallStatus:
        elapsed = now - self._at
        rate = (peer.pictures - self._pictures) / elapsed
        settled = now - self._since > SETTLING_S
        return CallStatus(
            attempt=peer.attempt,
            quality=judge(
                loss=peer.loss_from_agent,
                round_trip_s=peer.round_trip_s,
                frames_per_second=rate if settled and rate > 0 else None,
            ),
            remote_video=rate > 0,
            shared_video=peer.shared_pictures > self._shared,
            frames_per_second=round(rate, 1),
            received_kbps=round((peer.bytes_received - self._bytes) * 8 / elapsed / 1000),
            sent_kbps=round(peer.rate.sending_bps(now) / 1000),
            loss=round(peer.loss_from_agent, 3),
            round_trip_s=None if peer.round_trip_s is None else round(peer.round_trip_s, 3),
            path=peer.path,
        )
