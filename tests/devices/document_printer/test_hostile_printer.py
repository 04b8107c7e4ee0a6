"""A printer that answers HTTP with whatever would do harm."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from pyipp.enums import IppOperation, IppTag
from pyipp.serializer import construct_attribute

from devices.document_printer import client
from devices.document_printer.errors import IppLost, IppRefused
from devices.document_printer.interface import JobState
from devices.document_printer.queue import Queue, default_queue, named_queue
from devices.status import DeviceError, DeviceState
from tests.devices.document_printer.booth import Booth
from tests.devices.pdf import documents

IPP = b"Content-Type: application/ipp\r\n"


def _message(tag: IppTag, attributes: tuple[bytes, ...], status: int) -> bytes:
    head = struct.pack(">HH", 0x0101, status) + b"NNNN" + bytes((tag,))
    return head + b"".join(attributes) + b"\3"


class Impostor:
    """Sends the same reply to every request, with the request's own number in it."""

    def __init__(self) -> None:
        self.body = b""
        self.bodies: dict[int, bytes] = {}
        self.head = b"HTTP/1.1 200 OK\r\n" + IPP
        self.endless = False
        self.silent = False
        self._server: asyncio.Server | None = None
        self._busy: set[asyncio.Task[None]] = set()

    async def open(self) -> str:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1")
        return f"ipp://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/ipp/print"

    async def close(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._busy:
            task.cancel()
        await asyncio.gather(*self._busy, return_exceptions=True)

    def tells(self, *attributes: bytes, status: int = 0) -> None:
        self.body = _message(IppTag.PRINTER, attributes, status)

    def tells_of_job(self, operation: IppOperation, *attributes: bytes, status: int = 0) -> None:
        self.bodies[operation] = _message(IppTag.JOB, attributes, status)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            request = await reader.readexactly(8)
            if self.silent:
                await reader.read()
            answer = self.bodies.get(int.from_bytes(request[2:4]), self.body)
            body = answer.replace(b"NNNN", request[4:8])
            length = b"" if self.endless else b"Content-Length: %d\r\n" % len(body)
            writer.write(self.head + length + b"Connection: close\r\n\r\n" + body)
            while self.endless:
                writer.write(b"\x44" * 65_536)
                await writer.drain()
            await writer.drain()
        writer.close()


@pytest_asyncio.fixture
async def impostor() -> AsyncIterator[Impostor]:
    impostor = Impostor()
    yield impostor
    await impostor.close()


@pytest_asyncio.fixture
async def queue(impostor: Impostor) -> AsyncIterator[Queue]:
    queue = named_queue(await impostor.open())
    yield queue
    await queue.close()


STATE = construct_attribute("printer-state", 3, IppTag.ENUM)
FORMAT = construct_attribute("document-format-supported", "application/pdf", IppTag.MIME_TYPE)


async def test_the_impostor_can_be_polite(impostor: Impostor, queue: Queue) -> None:
    impostor.tells(STATE, FORMAT)
    assert (await queue.printer()).formats == ("application/pdf",)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", b"<p>", id="a web page"),
        pytest.param(b"HTTP/1.1 500 No\r\n" + IPP, b"", id="an error"),
        pytest.param(b"HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\n", b"", id="a password"),
        pytest.param(
            b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\n", b"", id="elsewhere"
        ),
        pytest.param(b"HTTP/1.1 200 OK\r\n" + IPP, b"\1\1\0\0NNNN", id="cut off"),
        pytest.param(b"HTTP/1.1 200 OK\r\n" + IPP, b"", id="nothing"),
        pytest.param(b"HTTP/1.1 200 OK\r\n" + IPP, b"\1\1\0\0NNNN\3", id="no state"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n", b"", id="long header"),
        pytest.param(b"\x15\x03\x01" * 100, b"", id="not HTTP"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n" + IPP, b"\x1f\x8b\x08", id="gzip"
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + IPP,
            b"ffffffffffffffff\r\n",
            id="a chunk as large as the world",
        ),
    ],
)
async def test_what_is_no_answer_counts_as_no_contact(
    impostor: Impostor, queue: Queue, head: bytes, body: bytes
) -> None:
    impostor.head, impostor.body = head, body
    with pytest.raises(IppLost):
        await queue.printer()


async def test_an_endless_answer_is_cut_and_takes_no_memory(
    impostor: Impostor, queue: Queue
) -> None:
    impostor.endless = True
    tracemalloc.start()
    with pytest.raises(IppLost, match="too long"):
        await queue.printer()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


async def test_one_that_says_nothing_is_given_up(
    impostor: Impostor, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "ANSWER_S", 0.2)
    impostor.silent = True
    with pytest.raises(IppLost):
        await queue.printer()


async def test_a_refusal_has_a_name(impostor: Impostor, queue: Queue) -> None:
    impostor.tells(status=0x0506)
    with pytest.raises(IppRefused, match="not-accepting-jobs"):
        await queue.printer()
    impostor.tells(status=0x7ABC)
    with pytest.raises(IppRefused, match="0x7abc"):
        await queue.printer()


async def test_a_job_that_was_taken_without_a_number_is_unknown(impostor: Impostor) -> None:
    impostor.tells(STATE, FORMAT)
    booth = Booth(await impostor.open())
    await booth.printer.start()
    await booth.statuses.ever(DeviceState.ONLINE)
    done = await booth.print(documents.letter())
    assert done.state == "unknown"
    await booth.printer.stop()


NUMBER = construct_attribute("job-id", 1, IppTag.INTEGER)
COMPLETED = construct_attribute("job-state", 9, IppTag.ENUM)


def reasons(*keywords: str) -> bytes:
    return construct_attribute("job-state-reasons", list(keywords), IppTag.KEYWORD)


@pytest.mark.parametrize(
    ("job", "status", "end"),
    [
        pytest.param([NUMBER, COMPLETED], 0, JobState.COMPLETED, id="without a name"),
        pytest.param(
            [NUMBER, COMPLETED, reasons("job-completed-with-errors")],
            0,
            JobState.ABORTED,
            id="spoilt",
        ),
        pytest.param(
            [NUMBER, COMPLETED, construct_attribute("job-name", "other", IppTag.NAME)],
            0,
            JobState.UNKNOWN,
            id="another's",
        ),
        pytest.param([], 0x0406, JobState.UNKNOWN, id="forgotten"),
        pytest.param([NUMBER], 0, JobState.UNKNOWN, id="without a state"),
    ],
)
async def test_an_end_is_only_what_was_said(
    impostor: Impostor, job: list[bytes], status: int, end: JobState
) -> None:
    impostor.tells(STATE, FORMAT)
    impostor.tells_of_job(IppOperation.PRINT_JOB, NUMBER)
    impostor.tells_of_job(IppOperation.GET_JOB_ATTRIBUTES, *job, status=status)
    booth = Booth(await impostor.open())
    await booth.printer.start()
    await booth.statuses.ever(DeviceState.ONLINE)
    assert (await booth.print(documents.letter())).state is end
    await booth.printer.stop()


async def test_one_that_makes_no_copies_gets_the_pages_twice(impostor: Impostor) -> None:
    impostor.tells(STATE, FORMAT)
    impostor.tells_of_job(IppOperation.PRINT_JOB, NUMBER)
    impostor.tells_of_job(IppOperation.GET_JOB_ATTRIBUTES, NUMBER, COMPLETED)
    booth = Booth(await impostor.open())
    await booth.printer.start()
    await booth.statuses.ever(DeviceState.ONLINE)
    assert (await booth.print(documents.letter(), copies=2)).pages == 2
    await booth.printer.stop()


async def test_a_queue_that_does_not_reach_its_printer_is_offline(impostor: Impostor) -> None:
    away = construct_attribute("printer-state-reasons", "offline-report", IppTag.KEYWORD)
    impostor.tells(STATE, FORMAT, away)
    booth = Booth(await impostor.open())
    await booth.printer.start()
    assert (await booth.statuses.ever(DeviceState.OFFLINE)).reasons == ("offline",)
    assert any(status.state is DeviceState.ONLINE for status in booth.statuses.seen)
    impostor.tells(STATE, FORMAT)
    await booth.statuses.next(DeviceState.ONLINE)
    await booth.printer.stop()


async def test_a_refused_job_is_an_error_with_a_name(impostor: Impostor) -> None:
    impostor.tells(STATE, FORMAT)
    impostor.tells_of_job(IppOperation.PRINT_JOB, status=0x0506)
    booth = Booth(await impostor.open())
    await booth.printer.start()
    await booth.statuses.ever(DeviceState.ONLINE)
    with pytest.raises(DeviceError, match="not-accepting-jobs") as refusal:
        await booth.print(documents.letter())
    assert refusal.value.state is DeviceState.DEVICE_BUSY
    await booth.printer.stop()


async def test_a_printer_that_takes_no_pdf_is_of_no_use(impostor: Impostor) -> None:
    impostor.tells(STATE)
    booth = Booth(await impostor.open())
    await booth.printer.start()
    fault = await booth.statuses.ever(DeviceState.HARDWARE_ERROR)
    assert "driverless" in fault.recovery_hint
    with pytest.raises(DeviceError):
        await booth.print(documents.letter())
    # Another one is put in its place: no cable of the booth tells of that.
    impostor.tells(STATE, FORMAT)
    await booth.statuses.next(DeviceState.ONLINE)
    await booth.printer.stop()


@pytest.mark.parametrize(
    "uri",
    ["", "printer", "http://printer/", "ipp://", "ipp://me:secret@printer/", "ipp://" + "x" * 300],
)
def test_what_is_no_address_is_refused(uri: str) -> None:
    with pytest.raises(ValueError, match="address"):
        named_queue(uri)


async def test_a_dead_cups_has_no_default_queue(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / "socket"))
        assert await default_queue(tmp_path / "socket") is None
