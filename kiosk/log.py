"""One log for all parts: structured, and closed to whatever could be personal data.

Keys are on an allow-list, text from outside is scrubbed and cut, an exception is told by its type
and place but not by its message, which may quote what a resident wrote. Other libraries' loggers
(aiortc, nats, uvicorn) pass through the same door.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

#: The keys that an event may carry: things of the product, never of a person.
ALLOWED_KEYS = frozenset(
    """
    address_family agency agencies attempt bitrate_kbps booth bucket bytes camera cause codec
    command component connected count delay_ms delay_s device dropped duration_s elapsed_s error
    event exception exit_code file fps frames from_state height kind kiosk level line logger loss
    malformed message_kind microphone missing mode module name_count part path pid port quality
    queue_length rate reason recovery_hint restarts revision role rtt_ms screen section signal
    simulated size source speaker state status stream subject thread ticket timeout_s timestamp
    to_state transition uptime_s user_count version visit waiting width
    """.split()
)

WITHHELD = "[withheld]"

#: Longest text kept, characters: an event is a line, not a document.
MAX_TEXT = 300

_SCRUBBED = re.compile(
    r"""
    (?P<mail>[\w.+-]+@[\w-]+(\.[\w-]+)+)
    | (?P<sdp>\b(candidate:|[acmosvtbipure]=)\S.*)          # RFC 8866 lines, RFC 8839 candidates
    | (?P<ipv6>(?<![\w:])(?=[\da-f]*(:[\da-f]+)*::|([\da-f]{1,4}:){3})[\da-f:]{2,}([.\d]+)?(%\w+)?)
    | (?P<ipv4>\b(?!127\.)\d{1,3}(\.\d{1,3}){3}\b)
    | (?P<digits>\b\d(?:[ .-]?\d){8,}\b)                   # telephone, social security, card
    """,
    re.VERBOSE | re.IGNORECASE,
)

_NOISY = {
    "aioice": logging.WARNING,
    "aiortc": logging.WARNING,
    "httpx": logging.WARNING,
    "uvicorn.access": logging.CRITICAL,
    "uvicorn.error": logging.WARNING,
}


def configure(
    form: Literal["json", "console"], *, stream: TextIO | None = None, level: int = logging.INFO
) -> None:
    """Send every logger of the process, ours and others', through the same closed door.

    `stream` is standard error where none is given. May be called again; the last call counts.
    """
    target = sys.stderr if stream is None else stream
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=target.isatty(), pad_event_to=40)
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*_shared(form), closed],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, least in _NOISY.items():
        logging.getLogger(name).setLevel(least)
    structlog_to_stdlib([*_shared(form), closed])
    logging.captureWarnings(capture=True)


def closed_door() -> logging.Formatter:
    """Return what makes JSON of a record and lets nothing else pass, for a handler beside ours."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_shared("json"), closed],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def structlog_to_stdlib(
    processors: Iterable[Processor],
    last: Processor = structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
) -> None:
    """Make structlog's loggers write to the standard library's, through `processors` and `last`."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *processors, last],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def closed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Processor: withhold keys that are not on the list, scrub text, reduce exceptions."""
    error = event.pop("exc_info", None)
    kept = {key: _value(key, value) for key, value in event.items()}
    if error:
        kept["exception"] = _exception(error)
    return kept


def scrub(text: str) -> str:
    """Return `text` on one line without addresses, SDP and long numbers, and not too long.

    Loopback addresses stay: they are the machine itself.
    """
    clean = " ".join(_SCRUBBED.sub(WITHHELD, line) for line in text.splitlines())
    flat = " ".join(clean.split())
    return flat if len(flat) <= MAX_TEXT else f"{flat[:MAX_TEXT]}…"


def _shared(form: str) -> list[Processor]:
    clock = "%H:%M:%S" if form == "console" else "iso"
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt=clock, utc=form == "json"),
    ]


def _value(key: str, value: object) -> object:
    if key.startswith("_"):
        return value
    if key not in ALLOWED_KEYS:
        return WITHHELD
    match value:
        case bool() | int() | float() | None:
            return value
        case list() | tuple() | set() | frozenset():
            return [_value(key, item) for item in value]
        case BaseException():
            return _name(value)
        case _:
            return scrub(str(value))


def _exception(error: object) -> str:
    """Return the chain of types and places of an exception; messages may quote anything."""
    if isinstance(error, tuple):
        error = error[1]
    if error is True:
        error = sys.exc_info()[1]
    told: list[str] = []
    while isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)[-6:]
        places = " < ".join(
            f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames)
        )
        told.append(f"{_name(error)} at {places}" if places else _name(error))
        error = error.__cause__ or error.__context__
    return "; from ".join(told)


def _name(error: BaseException) -> str:
    """Return the type, with the message where the system or the broker wrote it."""
    kind = type(error)
    if isinstance(error, OSError) or kind.__module__.startswith("nats."):
        return f"{kind.__name__}: {scrub(str(error))}"
    return kind.__name__


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return the logger of a module, to be called with a fixed event and allowed keys."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return logger
