"""The card readers' child process: UIDs end here, only digests leave it."""

from __future__ import annotations

import resource
import sys

from devices.card_reader.identity import KEY_BYTES
from devices.card_reader.protocols import parser
from devices.card_reader.teller import Teller
from devices.card_reader.wire import KEY
from devices.parent import Parent, serve
from devices.status import DeviceError, DeviceState


def run(parent: Parent) -> None:
    """Watch what the settings name until the booth leaves; raises `DeviceError`."""
    message = parent.link.recv(len(KEY) + KEY_BYTES)
    if message[:1] != KEY or len(message) != len(KEY) + KEY_BYTES:
        raise DeviceError(DeviceState.USER_ERROR, "no site key", permanent=True)
    teller = Teller(parent, message[1:])
    settings = parent.settings
    if settings["kind"] == "serial":
        from devices.card_reader.serial_port import SerialWatch  # noqa: PLC0415

        SerialWatch(teller, settings["path"], settings["baud"], parser(settings["protocol"])).run()
    elif settings["kind"] == "list":
        from devices.card_reader.pcsc import establish, list_readers  # noqa: PLC0415

        teller.readers(tuple(list_readers(establish())))
    else:
        from devices.card_reader.pcsc import PcscWatch  # noqa: PLC0415

        PcscWatch(teller, settings["name"]).run()


if __name__ == "__main__":
    # Neither the key nor a UID may end in a core file.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(serve(run))
