"""The ticket printer's child process: holds the line, asks how the printer is, prints slips."""

from __future__ import annotations

import contextlib
import select
import sys
import time
from typing import Any

from devices.child import MAX_MESSAGE_BYTES
from devices.parent import Parent, serve
from devices.status import DeviceError, DeviceState
from devices.ticket_printer.commands import Commands
from devices.ticket_printer.finding import Place
from devices.ticket_printer.interface import Printed, Slip
from devices.ticket_printer.layout import Typefaces, draw
from devices.ticket_printer.line import Line, open_network, open_serial, open_usb
from devices.ticket_printer.printing import Conversation
from devices.ticket_printer.wire import BEAT, condition_message, result_message, slip_of

BEAT_S = 1.0
"""How often the printer is asked: an empty roll is known before the next resident wants a slip."""
REST_S = 0.05
"""After bytes that nobody asked for: a printer gone mad must not take the processor."""


def open_line(settings: dict[str, Any]) -> tuple[Line, str]:
    """The line that the settings name, and what to call it; raises `DeviceError`."""
    place = Place(settings["source"])
    if (address := place.address()) is not None:
        return open_network(*address), f"tcp://{address[0]}:{address[1]}"
    node = place.node()
    if "/usb/lp" in node:
        return open_usb(node), node
    return open_serial(node, settings["baud"]), f"{node} at {settings['baud']} baud"


class Worker:
    """Serves the booth over one open line."""

    def __init__(self, parent: Parent, line: Line) -> None:
        """Loads fonts and the printer's profile; raises `DeviceError`."""
        settings = parent.settings
        self._parent = parent
        self._line = line
        self._width_dots = int(settings["width_dots"])
        self._commands = Commands(settings["profile"])
        self._faces = Typefaces.load()
        # Eight bits, start and stop; on other lines than serial ones it is far less.
        byte_s = 10 / int(settings["baud"])
        self._printer = Conversation(
            line, byte_s, lambda condition: parent.tell(condition_message(condition))
        )
        self._beat_at = 0.0
        line.on_wait(self._beat)

    def run(self, detail: str) -> None:
        """Until the booth closes the link; raises `DeviceError` when the line is cut."""
        # First: an open line says nothing of the printer at its other end.
        self._printer.ask()
        self._parent.tell_online(
            detail,
            {"width_dots": self._width_dots, "qr": True, "cutter": self._commands.cuts},
        )
        poll = select.poll()
        poll.register(self._parent.link, select.POLLIN)
        while not self._parent.gone():
            self._printer.ask()
            if self._wait(poll):
                message = self._parent.link.recv(MAX_MESSAGE_BYTES)
                if message:
                    self._parent.tell(result_message(self._print(slip_of(message))))

    def _wait(self, poll: select.poll) -> bool:
        """Whether the booth wants something within a beat; a cut line ends it at once."""
        until = time.monotonic() + BEAT_S
        while (left_s := until - time.monotonic()) > 0:
            poll.register(self._line.fileno(), select.POLLIN)
            ready = {fd for fd, _ in poll.poll(left_s * 1000)}
            poll.unregister(self._line.fileno())
            if self._parent.link.fileno() in ready:
                return True
            if self._line.fileno() in ready:
                self._printer.hear()
                if poll.poll(REST_S * 1000):
                    return True
        return False

    def _beat(self) -> None:
        if (now := time.monotonic()) - self._beat_at >= BEAT_S:
            self._beat_at = now
            self._parent.tell(BEAT)

    def _print(self, slip: Slip) -> Printed | DeviceError:
        try:
            picture = draw(slip, self._width_dots, self._faces)
            return self._printer.print(self._commands.pieces(picture), picture.height)
        except ValueError as error:
            return DeviceError(DeviceState.USER_ERROR, str(error))
        except DeviceError as error:
            if error.state is DeviceState.OFFLINE:
                raise
            return error


def run(parent: Parent) -> None:
    """Serve the booth until it leaves; raises `DeviceError`."""
    line, detail = open_line(parent.settings)
    with contextlib.closing(line):
        Worker(parent, line).run(detail)


if __name__ == "__main__":
    sys.exit(serve(run))
