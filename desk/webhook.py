"""Tells an agency's own system of its appointments: signed, from an outbox, until it has them."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import sqlite3
import ssl
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Annotated, Final

import httpx
from pydantic import Field, StringConstraints

from kiosk.link.errands import Person
from kiosk.link.messages import MalformedMessage, Message, Slug, TicketId, decode
from kiosk.link.outbox import Letter, Outbox
from kiosk.log import get_logger

SIGNATURE: Final = "X-Visio-Guichet-Signature"

#: Seconds for a whole delivery: an agency's system that takes longer is asked again later.
_DELIVERY_S: Final = 15.0
#: Seconds to connect, and between two bytes.
_STEP_S: Final = 5.0
#: Seconds from a failure to the next attempt, at first and at most; doubled in between.
_RETRY_S: Final = (1.0, 3_600.0)
#: Seconds after which it is given up: a weekend, in which nobody mends the agency's system.
GIVE_UP_S: Final = 3 * 86_400.0
#: Notices looked at together.
_AT_ONCE: Final = 16
#: Bytes of an answer that are read: a status page's; more is not waited for.
_MOST_ANSWER_BYTES: Final = 65_536
#: Seconds between two looks at what time alone makes due, and at a disk that did not serve.
_LOOK_S: Final = 60.0

_log = get_logger(__name__)

Unseal = Callable[[str], Person | None]
"""Returns who a sealed text is about; None where it is not sealed to this agency."""


class Notice(Message):
    """One thing to tell, as it waits in the outbox; the person stays sealed until it is sent."""

    id: TicketId
    kind: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,20}$")]
    at: int = Field(ge=0)
    """Unix seconds from which it is to be told."""
    until: int = Field(ge=0)
    """Unix seconds from which it is of no use any more."""
    appointment: TicketId
    starts_at: int = Field(ge=0)
    agency: Slug
    booth: Slug
    subject: Slug | None = None
    replaced_by: TicketId | None = None
    sealed: str | None = None

    def letter(self, about: str = "") -> Letter:
        """Return it as it is put into an outbox."""
        return Letter(self.id, self.model_dump_json().encode(), about, due=self.at)

    def body(self, person: Person | None) -> bytes:
        """Return what is posted: JSON, as docs/webhook.md has it."""
        told = _Told(
            **self.model_dump(exclude={"v", "until", "sealed"}),
            first_name=person.first_name or None if person else None,
            telephone=person.telephone or None if person else None,
        )
        return told.model_dump_json(exclude_none=True).encode()


class _Told(Message):
    id: str
    kind: str
    at: int
    appointment: str
    starts_at: int
    agency: str
    booth: str
    subject: str | None = None
    replaced_by: str | None = None
    first_name: str | None = None
    telephone: str | None = None


def signature(secret: bytes, body: bytes, at: int) -> str:
    """Return the header that proves who sent `body`: HMAC-SHA256 (RFC 2104) over time and body."""
    digest = hmac.new(secret, f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


class WebhookSender:
    """Empties an outbox of notices to one address; `start` and `close` bound its life."""

    def __init__(
        self,
        outbox: Outbox,
        url: str,
        secret: bytes,
        unseal: Unseal,
        *,
        client: httpx.AsyncClient,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`client` is closed by its owner; `clock` gives Unix seconds."""
        self._outbox = outbox
        self._url = url
        self._secret = secret
        self._unseal = unseal
        self._client = client
        self._clock = clock
        self._wake = asyncio.Event()
        self._failing = False
        self._task: asyncio.Task[None] | None = None
        self._end_listening: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Begin to send what is due and what will be put."""
        loop = asyncio.get_running_loop()

        def wake() -> None:
            loop.call_soon_threadsafe(self._wake.set)

        self._end_listening = self._outbox.on_put(wake)
        self._task = asyncio.create_task(self._keep_sending(), name="webhook")

    async def close(self) -> None:
        """Stop; what has not arrived stays in the outbox."""
        self._end_listening()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _keep_sending(self) -> None:
        while True:
            self._wake.clear()
            wait_s = _LOOK_S
            try:
                for letter in await self._outbox.due(self._clock(), _AT_ONCE):
                    await self._deal_with(letter)
                due = await self._outbox.next_due()
                if due is not None:
                    wait_s = min(max(due - self._clock(), 0), _LOOK_S)
            except sqlite3.Error as error:
                _log.warning("webhook's outbox not read", reason=str(error))
            except Exception:  # noqa: BLE001
                # Whatever went wrong, what waits is looked at again.
                _log.exception("webhook failed")
            try:
                async with asyncio.timeout(wait_s):
                    await self._wake.wait()
            except TimeoutError:
                pass

    async def _deal_with(self, letter: Letter) -> None:
        now = self._clock()
        try:
            notice = decode(Notice, letter.payload)
        except MalformedMessage as error:
            _log.warning("webhook: notice dropped", reason=str(error))
            await self._outbox.done([letter.id])
            return
        if now >= notice.until:
            if letter.tries:
                _log.warning("webhook: given up", message_kind=notice.kind, attempt=letter.tries)
            await self._outbox.done([letter.id])
        elif await self._post(notice, int(now)):
            await self._outbox.done([letter.id])
        else:
            shortest, longest = _RETRY_S
            # Twelve doublings reach the longest wait; more would only make a large number.
            wait_s = min(shortest * 2 ** min(letter.tries, 12), longest)
            await self._outbox.postpone(letter, now + wait_s)

    async def _post(self, notice: Notice, now: int) -> bool:
        """Return whether the agency's system has taken it: any status from 200 to 299."""
        try:
            reason = await self._refused(notice, now)
        except (httpx.HTTPError, TimeoutError) as error:
            reason = type(error).__name__
        except Exception as error:  # noqa: BLE001
            # One notice that cannot be sent keeps no other back: it is tried again like any.
            _log.exception("webhook: delivery failed", message_kind=notice.kind)
            reason = type(error).__name__
        if bool(reason) != self._failing:
            self._failing = bool(reason)
            if reason:
                _log.warning("webhook: not delivered, will be tried again", reason=reason)
            else:
                _log.info("webhook: delivered again")
        return not reason

    async def _refused(self, notice: Notice, now: int) -> str:
        """Return why the agency's system has not taken it; empty where it has."""
        person = self._unseal(notice.sealed) if notice.sealed else None
        body = notice.body(person)
        headers = {
            "Content-Type": "application/json",
            SIGNATURE: signature(self._secret, body, now),
        }
        async with AsyncExitStack() as stack:
            async with asyncio.timeout(_DELIVERY_S):
                answer = await stack.enter_async_context(
                    self._client.stream("POST", self._url, content=body, headers=headers)
                )
            await _read_out(answer)
            return "" if answer.is_success else f"status {answer.status_code}"


async def _read_out(answer: httpx.Response) -> None:
    """Read what an answer says beside its status, so that the connection serves the next notice.

    One that says more, or takes longer, is cut off, and its connection with it: the status counts.
    """
    read = 0
    with suppress(httpx.HTTPError, httpx.StreamError, TimeoutError):
        async with asyncio.timeout(_STEP_S):
            async for piece in answer.aiter_raw():
                read += len(piece)
                if read > _MOST_ANSWER_BYTES:
                    break


def open_client(ca_file: Path | None = None) -> httpx.AsyncClient:
    """Return a client for an agency's system: no redirects, no proxy of the environment."""
    return httpx.AsyncClient(
        follow_redirects=False,
        trust_env=False,
        timeout=httpx.Timeout(_STEP_S),
        verify=ssl.create_default_context(cafile=ca_file),
    )
