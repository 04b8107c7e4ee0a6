"""What the broker keeps: buckets, the stream that signals pass through, and what is counted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kiosk.link.bookings import bucket_name
from kiosk.link.events import STREAM
from kiosk.link.line import Line
from kiosk.link.messages import MAX_MESSAGE_BYTES

#: JetStream's code for a stream that is not there.
_NOT_FOUND = 404
#: Nanoseconds that a signal stays on the broker: it is repeated at once, and nobody reads it.
_SIGNAL_AGE_NS = 1_000_000_000
#: Bytes of memory for them: a thousand offers on their way at once.
_MAX_SIGNAL_BYTES = 64 * 1024 * 1024


_DAY_NS = 86_400 * 1_000_000_000
#: How long events are kept: a year, and a month to compare it with the one before.
_EVENT_AGE_NS = 400 * _DAY_NS
#: How long the broker itself knows an event again: longer than a weekend without the line.
_DUPLICATE_WINDOW_NS = 4 * _DAY_NS
#: Bytes of one event with its headers; half of that is used.
_MAX_EVENT_BYTES = 1_024
#: Events of one booth or desk: 1,200 a day. One that sends more than it can have meant is refused
#: them, and no other.
MAX_EVENTS = 500_000


class StreamRefused(Exception):
    """The broker would not make a stream; the text says why."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """One bucket: what its stream may hold."""

    name: str
    max_bytes: int
    """Of one entry, with its headers."""
    in_memory: bool
    """Whether it may be lost with the broker's process; its writers write it again within 2 s."""


#: Entries of one bucket: beyond it, new ones are refused rather than others' dropped.
MAX_ENTRIES = 20_000

#: Bytes of headers that come with the largest message.
_HEADER_BYTES = 1_024

BUCKETS = (
    # On disk, so that revisions (the order of queues) keep growing across restarts.
    Bucket("tickets", 4_096, in_memory=False),
    Bucket("claims", 4_096, in_memory=False),
    Bucket("presence", 2_048, in_memory=True),
    Bucket("boards", 32_768, in_memory=True),
    # An errand is asked again until it is answered, and the desk does it once: both may be lost.
    Bucket("errands", 4_096, in_memory=True),
    Bucket("answers", 4_096, in_memory=True),
    Bucket("agendas", MAX_MESSAGE_BYTES + _HEADER_BYTES, in_memory=True),
    Bucket("expected", 2_048, in_memory=True),
)


def bookings(agency: str) -> Bucket:
    """Return the bucket of an agency's appointments, which the broker alone keeps."""
    return Bucket(bucket_name(agency), MAX_MESSAGE_BYTES + _HEADER_BYTES, in_memory=False)


async def make_streams(line: Line, agencies: Iterable[str] = ()) -> None:
    """Make the streams over an administrator's line, or bring those that are there up to date.

    `agencies` get a bucket of appointments each.

    Raises:
        StreamRefused: the broker would not.
        LineDown: the broker did not answer.
    """
    for config in _streams(agencies):
        name = config["name"]
        there = await _ask(line, f"$JS.API.STREAM.INFO.{name}", None)
        verb = "CREATE" if there.get("error", {}).get("code") == _NOT_FOUND else "UPDATE"
        answer = await _ask(line, f"$JS.API.STREAM.{verb}.{name}", config)
        if "error" in answer:
            raise StreamRefused(f"{name}: {answer['error'].get('description')}")


async def _ask(line: Line, subject: str, question: dict[str, Any] | None) -> dict[str, Any]:
    payload = b"" if question is None else json.dumps(question).encode()
    answer: dict[str, Any] = json.loads((await line.request(subject, payload)).data)
    return answer


def _streams(agencies: Iterable[str]) -> list[dict[str, Any]]:
    """Return the JetStream configuration of all streams: buckets, signals and events."""
    buckets = [*BUCKETS, *(bookings(agency) for agency in agencies)]
    return [*(_bucket_stream(bucket) for bucket in buckets), _signal_stream(), _event_stream()]


def _signal_stream() -> dict[str, Any]:
    """Return the stream that signals pass through (ADR-28); nobody reads what it keeps.

    A stream, because the broker does not hand what one account sent to the house on to a third,
    but does hand on what a stream repeats.
    """
    return {
        "name": "SIGNALS",
        "subjects": ["signal.>"],
        "max_msgs_per_subject": 1,
        "max_age": _SIGNAL_AGE_NS,
        "max_bytes": _MAX_SIGNAL_BYTES,
        "max_consumers": -1,
        "discard": "old",
        "storage": "memory",
        "deny_delete": True,
        "republish": {"src": "signal.>", "dest": "live.signal.>"},
    }


def _event_stream() -> dict[str, Any]:
    """Return the stream of what is counted; its ids are known for the length of its window.

    One that has all it may have is refused: it waits in its sender's outbox, and what is counted
    already stays. No roll-up headers, as for buckets.
    """
    return {
        "name": STREAM,
        "subjects": ["events.>"],
        "max_msgs_per_subject": MAX_EVENTS,
        "discard": "new",
        "discard_new_per_subject": True,
        "max_age": _EVENT_AGE_NS,
        "duplicate_window": _DUPLICATE_WINDOW_NS,
        "max_msg_size": _MAX_EVENT_BYTES,
        "max_consumers": -1,
        "storage": "file",
        "allow_direct": True,
        "allow_rollup_hdrs": False,
        "deny_delete": True,
    }


def _bucket_stream(bucket: Bucket) -> dict[str, Any]:
    """Return the stream of a bucket (ADR-8, ADR-28, ADR-43).

    No limit markers: they need roll-up headers, with which any writer may erase a whole bucket.
    """
    return {
        "name": f"KV_{bucket.name}",
        "subjects": [f"$KV.{bucket.name}.>"],
        "max_msgs_per_subject": 1,
        "max_msgs": MAX_ENTRIES,
        "max_msg_size": bucket.max_bytes,
        "max_consumers": -1,
        "discard": "new",
        "storage": "memory" if bucket.in_memory else "file",
        "allow_direct": True,
        "allow_msg_ttl": True,
        "allow_rollup_hdrs": False,
        "deny_delete": True,
        "republish": {"src": f"$KV.{bucket.name}.>", "dest": f"live.{bucket.name}.>"},
    }
