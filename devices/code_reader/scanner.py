"""The serial scanner's child process: reads lines from a port that may hang."""

from __future__ import annotations

import select
import sys
from contextlib import closing

import serial

from devices.code_reader.lines import PAUSE_S, Lines
from devices.code_reader.wire import BEAT, BEAT_S, seen_message
from devices.parent import Parent, serve
from devices.serial_port import open_port
from devices.status import DeviceError, DeviceState

_CHUNK_BYTES = 4096


def run(parent: Parent) -> None:
    """Hand over lines until the booth closes the link; raises `DeviceError` when the port goes."""
    path, baud = str(parent.settings["path"]), int(parent.settings["baud"])
    with closing(open_port(path, baud)) as port:
        parent.tell_online(f"{path} at {baud} baud", {"symbologies": "unknown", "baud": baud})
        lines = Lines()
        poll = select.poll()
        poll.register(parent.link, select.POLLIN)
        poll.register(port.fileno(), select.POLLIN)
        while not parent.gone():
            ready = dict(poll.poll((PAUSE_S if lines.begun else BEAT_S) * 1000))
            texts = lines.feed(_read(port)) if port.fileno() in ready else lines.pause()
            for text in texts:
                parent.tell(seen_message([(text, "unknown")]))
            parent.tell(BEAT)


def _read(port: serial.Serial) -> bytes:
    try:
        data = bytes(port.read(min(_CHUNK_BYTES, max(1, port.in_waiting))))
    except OSError as error:  # serial.SerialException is one.
        raise _gone() from error
    if not data:
        raise _gone()
    return data


def _gone() -> DeviceError:
    return DeviceError(DeviceState.OFFLINE, "the line is cut", hint="check the scanner's cable")


if __name__ == "__main__":
    sys.exit(serve(run))
