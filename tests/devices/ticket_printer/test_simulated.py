"""The simulated ticket printer: everything that the dock can do to it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator

import pytest
import zxingcpp
from PIL import Image

from devices.status import DeviceError, DeviceState
from devices.supervisor import Backoff
from devices.ticket_printer.interface import Paper, Printed, Slip
from devices.ticket_printer.simulated import SimulatedTicketPrinter
from tests.devices.helpers import Statuses

FAST = Backoff(first_s=0.01, cap_s=0.05, poll_s=0.005)
SLIP = Slip("Votre ticket", ("Un résumé",), qr="VG1.AAAA", code="K7")


class Docked:
    def __init__(self) -> None:
        self.printer = SimulatedTicketPrinter(backoff=FAST)
        self.statuses = Statuses()
        self.printer.on_status(self.statuses)

    def do(self, action: str, argument: str = "") -> None:
        self.printer.actions[action].run(argument)


@pytest.fixture
async def docked() -> AsyncIterator[Docked]:
    docked = Docked()
    await docked.printer.start()
    await docked.statuses.ever(DeviceState.ONLINE)
    docked.do("slow", "0.02")
    yield docked
    await docked.printer.stop()


async def test_the_last_slip_can_be_looked_at_until_it_is_taken(docked: Docked) -> None:
    assert await docked.printer.print(SLIP) is Printed.PRINTED
    assert docked.printer.last_slip is not None
    slip = Image.open(io.BytesIO(docked.printer.last_slip)).convert("L")
    assert [code.text for code in zxingcpp.read_barcodes(slip)] == ["VG1.AAAA"]
    docked.do("take")
    assert docked.printer.last_slip is None


@pytest.mark.parametrize(
    ("harm", "reason", "remedy"),
    [
        ("empty", "media-empty", "refill"),
        ("open", "cover-open", "close"),
        ("jam", "media-jam", "close"),
    ],
)
async def test_harm_and_remedy(docked: Docked, harm: str, reason: str, remedy: str) -> None:
    docked.do(harm)
    assert docked.printer.status.reasons == (reason,)
    assert docked.printer.status.state.faulty
    with pytest.raises(DeviceError):
        await docked.printer.print(SLIP)
    docked.do(remedy)
    assert docked.printer.status.state is DeviceState.ONLINE
    assert await docked.printer.print(SLIP) is Printed.PRINTED


async def test_low_still_prints_and_mute_is_unknown(docked: Docked) -> None:
    docked.do("low")
    assert docked.printer.paper is Paper.LOW
    assert await docked.printer.print(SLIP) is Printed.PRINTED
    docked.do("mute")
    assert docked.printer.paper is Paper.UNKNOWN
    assert docked.printer.status.state is DeviceState.UNKNOWN
    assert await docked.printer.print(SLIP) is Printed.UNCONFIRMED
    docked.do("answer")
    assert docked.printer.paper is Paper.LOW


@pytest.mark.parametrize("harm", ["empty", "unplug", "open"])
async def test_in_mid_slip(docked: Docked, harm: str) -> None:
    docked.do("slow", "20")
    printing = asyncio.ensure_future(docked.printer.print(SLIP))
    asyncio.get_running_loop().call_later(0.05, docked.do, harm)
    with pytest.raises(DeviceError):
        await printing
    assert docked.printer.last_slip is None


async def test_unplugged_and_plugged_in_again(docked: Docked) -> None:
    docked.do("unplug")
    await docked.statuses.ever(DeviceState.NO_DEVICE)
    assert docked.printer.paper is Paper.UNKNOWN
    assert await docked.printer.found() == ()
    with pytest.raises(DeviceError):
        await docked.printer.print(SLIP)
    docked.do("plug")
    await docked.statuses.next(DeviceState.ONLINE)
    assert await docked.printer.print(SLIP) is Printed.PRINTED
    assert docked.printer.status.simulated
