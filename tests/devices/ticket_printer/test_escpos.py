"""A ticket printer on a pty and on TCP, in all the conditions that it can be in."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import ImageChops

from devices.status import DeviceError, DeviceState
from devices.supervisor import Backoff
from devices.ticket_printer.escpos import STALL_S, EscposPrinter
from devices.ticket_printer.finding import Place
from devices.ticket_printer.interface import Paper, Printed, Slip
from devices.ticket_printer.layout import Typefaces, draw
from tests.devices.helpers import PATIENCE_S, Statuses
from tests.devices.ticket_printer.bench_printer import BenchPrinter, Pty

FAST = Backoff(first_s=0.05, cap_s=0.2, poll_s=0.02)
QR = "VG1." + "ABCDEFGHIJ234567" * 11
SLIP = Slip(
    "Votre rendez-vous",
    (
        "À l’agence de Saint-Étienne : « Œuvres sociales » – 12,50 €.",
        "é è ê ë à â ç ô ù û ü î ï œ Œ É È À Ç « » ’ – €",
    ),
    qr=QR,
    code="K7 42",
)


def _printer(source: str, **other: object) -> EscposPrinter:
    settings = {"baud": 115_200, "width_dots": 512, "profile": "default"} | other
    return EscposPrinter(Place(source), **settings, backoff=FAST)  # type: ignore[arg-type]


class Booth:
    """A bench printer on a pty, and the booth's driver on it."""

    def __init__(self, folder: Path) -> None:
        self.bench = BenchPrinter()
        self.port = Pty(folder, self.bench)
        self.printer = _printer(str(self.port.path))
        self.statuses = Statuses()
        self.printer.on_status(self.statuses)

    async def until(self, condition: Callable[[], bool]) -> None:
        await self.statuses.until(condition)


@pytest.fixture
async def booth(tmp_path: Path) -> AsyncIterator[Booth]:
    booth = Booth(tmp_path)
    await booth.printer.start()
    await booth.until(lambda: booth.printer.status.detail.endswith(": ready"))
    yield booth
    await booth.printer.stop()
    if booth.port.path.is_symlink():
        booth.port.unplug()


async def test_the_slip_is_on_the_paper_dot_by_dot(booth: Booth) -> None:
    assert await booth.printer.print(SLIP) is Printed.PRINTED
    (slip,) = booth.bench.paper.slips
    drawn = draw(SLIP, 512, Typefaces.load())
    burnt = slip.crop((0, 0, 512, drawn.height))
    differing = ImageChops.logical_xor(drawn, burnt).histogram()[255]
    # Only where a byte pair in the picture would have been taken for a real-time command.
    assert differing < 10
    assert [code.text for code in zxingcpp.read_barcodes(burnt.convert("L"))] == [QR]
    assert slip.height >= drawn.height + 144
    assert booth.printer.paper is Paper.PRESENT
    assert booth.printer.capabilities == {"width_dots": 512, "qr": True, "cutter": True}
    assert await booth.printer.found() == (str(booth.port.path),)


async def test_an_empty_printer_is_never_told_to_be_ready(tmp_path: Path) -> None:
    """An open line is no evidence of what stands at its other end."""
    bench = BenchPrinter()
    bench.run_out()
    cable = Pty(tmp_path, bench)
    printer, statuses = _printer(str(cable.path)), Statuses()
    printer.on_status(statuses)
    await printer.start()
    empty = await statuses.ever(DeviceState.USER_ERROR)
    assert [status.state for status in statuses.seen] == ["starting", "userError"]
    assert empty.reasons == ("media-empty",)
    assert empty.recovery_hint == "put in a new roll"
    await printer.stop()
    cable.unplug()


@pytest.mark.parametrize("source", ["tcp://bad host", "tcp://host:99999", "nonsense"])
async def test_nothing_is_found_where_the_source_means_nothing(source: str) -> None:
    assert await _printer(source).found() == ()


async def test_paper_low_is_told_and_prints(booth: Booth) -> None:
    booth.bench.answers[4] |= 0x0C
    await booth.until(lambda: booth.printer.status.reasons == ("media-low",))
    assert booth.printer.status.state is DeviceState.ONLINE
    assert booth.printer.paper is Paper.LOW
    assert await booth.printer.print(SLIP) is Printed.PRINTED


async def test_no_paper_before_the_slip(booth: Booth) -> None:
    booth.bench.run_out()
    with pytest.raises(DeviceError, match="no paper"):
        await booth.printer.print(SLIP)
    assert booth.printer.status.reasons == ("media-empty",)
    assert booth.printer.status.state is DeviceState.USER_ERROR
    assert booth.printer.paper is Paper.EMPTY
    assert booth.bench.paper.rows == 0


@pytest.mark.parametrize("in_order", [True, False])
async def test_paper_that_ends_in_mid_slip_and_a_reprint(booth: Booth, *, in_order: bool) -> None:
    booth.bench.in_order = in_order
    booth.bench.runs_out_at_row = 300
    with pytest.raises(DeviceError, match="no paper"):
        await booth.printer.print(SLIP)
    await booth.bench.until(lambda: booth.bench.paper.cleared == 1)
    assert not booth.bench.paper.slips
    await booth.until(lambda: booth.printer.paper is Paper.EMPTY)
    booth.bench.refill()
    await booth.until(lambda: booth.printer.paper is Paper.PRESENT)
    assert await booth.printer.print(SLIP) is Printed.PRINTED
    assert len(booth.bench.paper.slips) == 1


async def test_paper_that_ends_while_the_slip_is_worked_off(booth: Booth) -> None:
    booth.bench.in_order = False
    printing = asyncio.ensure_future(booth.printer.print(SLIP))
    await booth.bench.until(lambda: bool(booth.bench.paper.slips))
    booth.bench.run_out()
    with pytest.raises(DeviceError, match="no paper"):
        await printing


@pytest.mark.parametrize(
    ("query", "bits", "reason", "state"),
    [
        (2, 0x04, "cover-open", DeviceState.USER_ERROR),
        (3, 0x08, "media-jam", DeviceState.HARDWARE_ERROR),
        (3, 0x20, "other", DeviceState.HARDWARE_ERROR),
    ],
)
async def test_what_is_in_the_way_is_told(
    booth: Booth, query: int, bits: int, reason: str, state: DeviceState
) -> None:
    booth.bench.answers |= {1: 0x1A, query: 0x12 | bits}
    await booth.until(lambda: booth.printer.status.reasons == (reason,))
    assert booth.printer.status.state is state
    with pytest.raises(DeviceError):
        await booth.printer.print(SLIP)
    booth.bench.answers |= {1: 0x12, query: 0x12}
    await booth.until(lambda: booth.printer.status.state is DeviceState.ONLINE)


async def test_a_silent_printer_is_unknown_not_empty(booth: Booth) -> None:
    booth.bench.answering = False
    await booth.until(lambda: booth.printer.status.state is DeviceState.UNKNOWN)
    assert booth.printer.paper is Paper.UNKNOWN
    assert booth.printer.status.reasons == ()
    assert await booth.printer.print(SLIP) is Printed.UNCONFIRMED
    await booth.bench.until(lambda: len(booth.bench.paper.slips) == 1)


async def test_slow_answers_are_waited_for(booth: Booth) -> None:
    booth.bench.delay_s = 0.7
    await booth.until(lambda: booth.printer.status.state is DeviceState.UNKNOWN)
    await booth.until(lambda: booth.printer.status.state is DeviceState.ONLINE)


async def test_garbage_is_no_answer(booth: Booth) -> None:
    booth.bench.answers = dict.fromkeys(range(5), 0xFF)
    await booth.until(lambda: booth.printer.status.state is DeviceState.UNKNOWN)
    booth.bench.answers = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12, 0: 0}
    booth.bench.garbage = b"\xff\x00\x80"
    await booth.until(lambda: booth.printer.status.state is DeviceState.ONLINE)


async def test_rubbish_on_the_line_changes_nothing_often(booth: Booth) -> None:
    """A far end at another rate, or gone mad: no fault is made of it, and no flood of news."""
    noise = random.Random(4)
    before = len(booth.statuses.seen)
    began = time.monotonic()
    while (lasted_s := time.monotonic() - began) < 4:
        booth.port.send(noise.randbytes(64))
        await asyncio.sleep(0.02)  # The rate of the noise.
    states = [status.state for status in booth.statuses.seen[before:]]
    assert set(states) <= {DeviceState.UNKNOWN, DeviceState.ONLINE}
    assert len(states) <= lasted_s
    await booth.until(lambda: booth.printer.status.state is DeviceState.ONLINE)


async def test_rubbish_that_looks_like_answers_is_no_fault(booth: Booth) -> None:
    before = len(booth.statuses.seen)
    began = time.monotonic()
    while time.monotonic() - began < 2.5:
        booth.port.send(b"\x72\x36\x7e")
        await asyncio.sleep(0.02)  # The rate of the noise.
    states = {status.state for status in booth.statuses.seen[before:]}
    assert states <= {DeviceState.UNKNOWN}


async def test_a_printer_that_stands_still_is_no_hung_process(booth: Booth) -> None:
    booth.bench.answering = False
    booth.port.stop_reading()
    began = time.monotonic()
    with pytest.raises(DeviceError, match="took no data"):
        await booth.printer.print(SLIP)
    assert time.monotonic() - began > STALL_S


async def test_a_hung_process_is_noticed_in_time(booth: Booth) -> None:
    pid = booth.printer.child_pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    began = time.monotonic()
    await booth.statuses.next(DeviceState.HARDWARE_ERROR)
    assert time.monotonic() - began < 2 * STALL_S
    await booth.until(lambda: booth.printer.status.state is DeviceState.ONLINE)


async def test_pulled_in_mid_slip_and_plugged_in_again(booth: Booth) -> None:
    booth.bench.in_order = False
    printing = asyncio.ensure_future(booth.printer.print(SLIP))
    await booth.bench.until(lambda: booth.bench.paper.rows > 100)
    booth.port.unplug()
    with pytest.raises(DeviceError):
        await printing
    await booth.statuses.ever(DeviceState.OFFLINE)
    assert booth.printer.paper is Paper.UNKNOWN
    with pytest.raises(DeviceError):
        await booth.printer.print(SLIP)
    assert await booth.printer.found() == ()
    booth.bench.paper = type(booth.bench.paper)(512)
    booth.bench.in_order = True
    booth.port.plug()
    await booth.until(lambda: booth.printer.status.state is DeviceState.ONLINE)
    assert await booth.printer.print(SLIP) is Printed.PRINTED


async def test_who_stops_waiting_does_not_mix_up_the_next_slip(booth: Booth) -> None:
    printing = asyncio.ensure_future(booth.printer.print(SLIP))
    await booth.bench.until(lambda: booth.bench.paper.rows > 0)
    printing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await printing
    assert await booth.printer.print(Slip("Encore")) is Printed.PRINTED
    assert len(booth.bench.paper.slips) == 2


async def test_a_slip_that_can_not_be_is_refused_and_harms_nothing(booth: Booth) -> None:
    with pytest.raises(ValueError, match="too long"):
        await booth.printer.print(Slip("x" * 5000))
    with pytest.raises(DeviceError, match="too wide"):
        await booth.printer.print(Slip("Code", qr="é" * 1000))
    assert await booth.printer.print(Slip("Bien")) is Printed.PRINTED


async def test_over_the_network_and_its_cable() -> None:
    bench = BenchPrinter()
    writers: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        while data := await reader.read(65536):
            bench.take(data, writer.write)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    printer, statuses = _printer(f"tcp://127.0.0.1:{port}"), Statuses()
    printer.on_status(statuses)
    await printer.start()
    await statuses.until(lambda: printer.paper is Paper.PRESENT)
    assert await printer.print(SLIP) is Printed.PRINTED
    assert await printer.found() == (f"tcp://127.0.0.1:{port}",)
    writers[0].close()
    await statuses.next(DeviceState.STARTING)
    await statuses.until(lambda: printer.status.state is DeviceState.ONLINE)
    server.close()
    writers[-1].close()
    await statuses.next(DeviceState.OFFLINE)
    await printer.stop()
    async with asyncio.timeout(PATIENCE_S):
        await server.wait_closed()


@pytest.mark.parametrize(
    ("source", "other", "state"),
    [
        ("/dev/serial/by-id/usb-none", {}, DeviceState.NO_DEVICE),
        ("usb:04b8:ffff", {}, DeviceState.NO_DEVICE),
        ("carrier pigeon", {}, DeviceState.USER_ERROR),
        ("tcp://", {}, DeviceState.USER_ERROR),
    ],
)
async def test_what_is_not_there_is_a_status(
    source: str, other: dict[str, object], state: DeviceState
) -> None:
    printer, statuses = _printer(source, **other), Statuses()
    printer.on_status(statuses)
    await printer.start()
    await statuses.ever(state)
    with pytest.raises(DeviceError):
        await printer.print(SLIP)
    await printer.stop()


async def test_an_unknown_profile_is_a_permanent_fault(tmp_path: Path) -> None:
    port = Pty(tmp_path, BenchPrinter())
    printer, statuses = _printer(str(port.path), profile="no-such"), Statuses()
    printer.on_status(statuses)
    await printer.start()
    fault = await statuses.ever(DeviceState.USER_ERROR)
    assert "no-such" in fault.detail
    await printer.stop()
    port.unplug()
