"""A ticket printer for machines that have none; the last slip stays in memory, as a picture."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Mapping

from devices.device import SupervisedDevice
from devices.dock import Action, Cable, number, plain
from devices.status import Capabilities, DeviceError, DeviceKind, DeviceState
from devices.supervisor import Backoff
from devices.ticket_printer.interface import Paper, Printed, Slip
from devices.ticket_printer.realtime import Condition, understand
from devices.ticket_printer.wire import slip_message

PRINTING_S = 0.3
"""A slip of 10 cm at the speed of a good mechanism."""
_READY = 0x12


class SimulatedTicketPrinter(SupervisedDevice):
    """Prints into memory; its condition is told in the answers of a real printer."""

    kind = DeviceKind.TICKET_PRINTER

    def __init__(self, width_dots: int = 512, backoff: Backoff | None = None) -> None:
        """`width_dots` as for a real one."""
        self._mechanism = _Mechanism(self._told)
        self._width_dots = width_dots
        self._printing = asyncio.Lock()
        self.last_slip: bytes | None = None
        """PNG of what came out last, until somebody takes it."""
        super().__init__(self._mechanism, simulated=True, backoff=backoff)

    @property
    def paper(self) -> Paper:
        """The roll."""
        plugged = self._mechanism.cable.plugged
        return self._mechanism.condition().paper if plugged else Paper.UNKNOWN

    @property
    def capabilities(self) -> Capabilities:
        """Those of a good printer."""
        return {"width_dots": self._width_dots, "qr": True, "cutter": True}

    @property
    def actions(self) -> Mapping[str, Action]:
        """For the dock."""
        does = self._mechanism.does
        return {
            **self._mechanism.cable.actions(),
            "empty": plain(lambda: does(paper=Paper.EMPTY)),
            "low": plain(lambda: does(paper=Paper.LOW)),
            "refill": plain(lambda: does(paper=Paper.PRESENT)),
            "open": plain(lambda: does(cover_open=True)),
            "close": plain(lambda: does(cover_open=False, jammed=False)),
            "jam": plain(lambda: does(jammed=True)),
            "mute": plain(lambda: does(mute=True)),
            "answer": plain(lambda: does(mute=False)),
            "take": plain(self._take),
            "slow": number(self._mechanism.slow, "seconds for a slip", 0, 60),
        }

    async def found(self) -> tuple[str, ...]:
        """Its name, while it is plugged in."""
        return ("simulated",) if self._mechanism.cable.plugged else ()

    async def start(self) -> None:
        """Begin to watch it."""
        await self._begin()

    async def print(self, slip: Slip) -> Printed:
        """Print into `last_slip`; raises as the interface says."""
        slip_message(slip)
        async with self._printing:
            if self.status.state in (DeviceState.STARTING, DeviceState.NO_DEVICE):
                raise DeviceError(DeviceState.NO_DEVICE, "no printer", hint="plug it in")
            picture = await asyncio.to_thread(_picture, slip, self._width_dots)
            condition = await self._mechanism.work()
            self.last_slip = picture
            return Printed.PRINTED if condition.answered else Printed.UNCONFIRMED

    def forget(self) -> int:
        """Forget the slip that nobody has taken."""
        held = self.last_slip is not None
        self._take()
        return int(held)

    def _take(self) -> None:
        self.last_slip = None

    def _told(self, condition: Condition) -> None:
        self._supervisor.report(
            condition.state, f"simulated: {condition.detail}", condition.reasons, condition.hint
        )


class _Mechanism:
    """One simulated printer as the supervisor sees it."""

    def __init__(self, told: Callable[[Condition], None]) -> None:
        self.cable = Cable()
        self._on_condition = told
        self._open = False
        self._paper = Paper.PRESENT
        self._cover_open = self._jammed = self._mute = False
        self._printing_s = PRINTING_S
        self._changed = asyncio.Event()

    async def open(self) -> str:
        """Ready at once, where it is plugged in."""
        if not self.cable.plugged:
            raise DeviceError(DeviceState.NO_DEVICE, "unplugged", hint="plug it in")
        self._open = True
        self._tell()
        return "simulated"

    async def watch(self) -> None:
        """Until somebody pulls the cable."""
        await self.cable.pulled()
        raise DeviceError(DeviceState.OFFLINE, "unplugged", hint="plug it in")

    async def close(self) -> None:
        """A slip that is under way does not come out."""
        self._open = False
        self._wake()

    def plugged(self) -> bool:
        """Whether it is plugged in."""
        return self.cable.plugged

    def present(self) -> bool:
        """Whether it is plugged in."""
        return self.cable.plugged

    def does(
        self,
        *,
        paper: Paper | None = None,
        cover_open: bool | None = None,
        jammed: bool | None = None,
        mute: bool | None = None,
    ) -> None:
        """Change what is named."""
        self._paper = self._paper if paper is None else paper
        self._cover_open = self._cover_open if cover_open is None else cover_open
        self._jammed = self._jammed if jammed is None else jammed
        self._mute = self._mute if mute is None else mute
        self._tell()
        self._wake()

    def slow(self, seconds: float) -> None:
        """Take so long for a slip."""
        self._printing_s = seconds

    def condition(self) -> Condition:
        """How it is, by way of the bytes that a real printer would answer with."""
        if self._mute:
            return understand((None, None, None, None))
        empty = self._paper is Paper.EMPTY
        stopped = empty or self._cover_open or self._jammed
        return understand(
            (
                _READY | (0x08 if stopped else 0),
                _READY | (0x04 if self._cover_open else 0) | (0x20 if empty else 0),
                _READY | (0x08 if self._jammed else 0),
                _READY | (0x60 if empty else 0x0C if self._paper is Paper.LOW else 0),
            )
        )

    async def work(self) -> Condition:
        """Take the time of a slip; raises `DeviceError` once something is in the way."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self._printing_s
        while True:
            if not self._open or not self.cable.plugged:
                raise DeviceError(DeviceState.OFFLINE, "unplugged", hint="plug it in")
            condition = self.condition()
            if condition.state.faulty:
                raise condition.error()
            if (left := until - loop.time()) <= 0:
                return condition
            try:
                async with asyncio.timeout(left):
                    await self._changed.wait()
            except TimeoutError:
                continue

    def _tell(self) -> None:
        if self._open:
            self._on_condition(self.condition())

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


def _picture(slip: Slip, width_dots: int) -> bytes:
    from devices.ticket_printer.layout import Typefaces, draw  # noqa: PLC0415 - loads Pillow.

    output = io.BytesIO()
    draw(slip, width_dots, Typefaces.load()).save(output, "PNG")
    return output.getvalue()
