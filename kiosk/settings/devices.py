"""The settings of the booth's devices beside camera and sound, one section each.

Every `source` may be `auto` (what is found is used; a booth without one is complete), `none` (not
meant to be there), `simulated`, or the stable name of a device that is then meant to be there.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kiosk.settings.model import ConfigPath, Section

Source = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class HandsetSettings(Section):
    """The hook: a serial control line, a key of the keyboard, and where private sound goes."""

    source: Source = "auto"
    """`key`, or `/dev/serial/by-id/…`."""
    line: Literal["CTS", "DSR"] = "CTS"
    lifted_when: bool = False
    """Level of the line while the handset is lifted: a hook switch opens, and the line drops."""
    microphone: Source = "auto"
    loudspeaker: Source = "auto"
    """Sound devices by name; `auto` looks for one that calls itself handset or headset."""


class DocumentCameraSettings(Section):
    """The camera over the desk."""

    source: Source = "auto"
    """`/dev/v4l/by-id/…`, or a picture or video file; `auto` is a second camera."""


class DocumentPrinterSettings(Section):
    """The A4 printer."""

    source: Source = "auto"
    """`ipp://…`, `ipps://…`; `auto` is the default queue of this machine's CUPS."""


class TicketPrinterSettings(Section):
    """The thermal printer."""

    source: Source = "auto"
    """`/dev/serial/by-id/…`, `usb:04b8:0202` (vendor, product), or `tcp://host:9100`."""
    baud: int = Field(default=38_400, ge=1200, le=921_600)
    width_dots: int = Field(default=512, ge=256, le=1024)
    """Printable width at 180 or 203 dpi: 512 or 576 for 80 mm paper, 384 for 58 mm."""
    profile: Source = "default"
    """A printer profile's name, as python-escpos lists them."""


class CardReaderSettings(Section):
    """Card readers and the site's list of staff cards."""

    source: Source = "auto"
    """`pcsc` (every PC/SC reader), `pcsc:` and a part of a name, or `/dev/serial/by-id/…`."""
    protocol: Literal["line", "framed"] = "line"
    """Of a serial reader: text lines, or STX, length, data, checksum, ETX."""
    baud: int = Field(default=9600, ge=1200, le=921_600)
    cards_file: ConfigPath | None = None
    """Digests of the technicians' and mediators' cards."""
    site_key_file: ConfigPath | None = None
    """The key that UIDs are hashed with; made in the state folder where none is named."""


class CodeReaderSettings(Section):
    """The reader of QR codes."""

    source: Source = "camera"
    """`camera`, `keyboard` (a scanner that types), or `/dev/serial/by-id/…`."""
    baud: int = Field(default=9600, ge=1200, le=921_600)


class TechnicianSettings(Section):
    """Who may open the technician's screens."""

    pin_hash: str = Field(default="", max_length=200)
    """argon2 of the PIN, as `visio-guichet pin` prints it; empty: by card alone."""
    leave_after_s: int = Field(default=600, ge=30, le=3600)
    """Without a touch, back to Home."""


class DiagnosticsSettings(Section):
    """What is kept for the technician."""

    visits_kept: int = Field(default=200, ge=1, le=10_000)
    rehearsal_agency: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")] = (
        "essai"
    )
    throughput_url: str = Field(default="", max_length=200, pattern=r"^(https?://\S+)?$")
    """Where the network's throughput is measured; empty: the operator's desk is not asked."""
    before_queue_s: float = Field(default=3.0, ge=0, le=10)
    """Longest short rehearsal before a place in a queue is taken; 0 for none."""
