"""Which printer is meant: a serial port, a USB printer of the kernel's usblp driver, an address."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

from devices.node import fingerprint
from devices.status import DeviceError, DeviceState

AUTO = "auto"
NETWORK_PORT = 9100
"""The raw printing port that all network printers of this kind have."""
_SYS = Path("/sys/class/usbmisc")
_DEV = Path("/dev/usb")
_USB = re.compile(r"usb:(?P<vendor>[0-9a-f]{4}):(?P<product>[0-9a-f]{4})", re.IGNORECASE)
_TCP = re.compile(r"tcp://(?P<host>[^:/\s]+|\[[0-9a-f:]+\])(:(?P<port>\d{1,5}))?/?", re.IGNORECASE)
_MAX_ID_BYTES = 4096
"""An IEEE 1284 device ID is a few hundred characters."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a printer is to be looked for."""

    source: str
    """`auto`, a path below /dev, `usb:vvvv:pppp` or `tcp://host[:port]`."""
    dev: Path = _DEV
    sys: Path = _SYS

    def address(self) -> tuple[str, int] | None:
        """Host and port, where it is on the network.

        Raises:
            DeviceError: the source means nothing.
        """
        if not self.source.lower().startswith("tcp:"):
            return None
        match = _TCP.fullmatch(self.source)
        port = int(match["port"] or NETWORK_PORT) if match else 0
        if match is None or not 0 < port < 65536:
            raise _nonsense(self.source)
        return match["host"].strip("[]"), port

    def nodes(self) -> tuple[str, ...]:
        """The device nodes that are meant and there; none for the network.

        `auto` takes USB printers that say they speak ESC/POS. It opens no serial port to find
        out: another device may be behind it, which bytes meant for a printer could upset.
        """
        if self.source.startswith("/"):
            return (self.source,) if Path(self.source).exists() else ()
        printers = sorted(self.dev.glob("lp[0-9]*"), key=lambda node: (len(node.name), node.name))
        if self.source == AUTO:
            return tuple(str(node) for node in printers if self._speaks_escpos(node))
        match = _USB.fullmatch(self.source)
        if match is None:
            return ()
        wanted = (match["vendor"].lower(), match["product"].lower())
        return tuple(str(node) for node in printers if self._identity(node) == wanted)

    def node(self) -> str:
        """The first of `nodes`.

        Raises:
            DeviceError: there is none, or the source means nothing.
        """
        known = self.source == AUTO or self.source.startswith("/") or _USB.fullmatch(self.source)
        if not known:
            raise _nonsense(self.source)
        nodes = self.nodes()
        if not nodes:
            raise DeviceError(
                DeviceState.NO_DEVICE, "no printer found", hint="check its cable and power"
            )
        return nodes[0]

    def plugged(self) -> Hashable:
        """A fingerprint of what is plugged in, for the supervisor."""
        return tuple((node, fingerprint(node)) for node in self.nodes())

    def present(self) -> bool | None:
        """Whether the system sees it; of the network, it can't tell."""
        if self.source.lower().startswith("tcp:"):
            return None
        return bool(self.nodes())

    def _speaks_escpos(self, node: Path) -> bool:
        try:
            with (self.sys / node.name / "device" / "ieee1284_id").open("rb") as file:
                return b"ESC/POS" in file.read(_MAX_ID_BYTES).upper()
        except OSError:
            return False

    def _identity(self, node: Path) -> tuple[str, str] | None:
        # The class device points to the USB interface; its parent is the device itself.
        device = (self.sys / node.name / "device").resolve().parent
        try:
            return (
                (device / "idVendor").read_text().strip().lower(),
                (device / "idProduct").read_text().strip().lower(),
            )
        except (OSError, UnicodeDecodeError):
            return None


def _nonsense(source: str) -> DeviceError:
    return DeviceError(
        DeviceState.USER_ERROR,
        f"no ticket printer can be at {source}",
        hint="see kiosk.toml",
        permanent=True,
    )
