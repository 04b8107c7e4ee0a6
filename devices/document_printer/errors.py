"""What may come of a question to a printer other than an answer."""

from __future__ import annotations

SERVER_ERROR_BUSY = 0x0507
"""RFC 8011, B.1.5.8."""


class IppLost(Exception):
    """No contact, or none that makes sense; `sent` tells whether the request may have arrived."""

    def __init__(self, why: str, *, sent: bool) -> None:
        """`why`: for the technician."""
        super().__init__(why)
        self.sent = sent


class IppRefused(Exception):
    """The printer understood, and said no."""

    def __init__(self, status: int, name: str) -> None:
        """`status` and its `name`: RFC 8011, appendix B."""
        super().__init__(name)
        self.status = status

    @property
    def busy(self) -> bool:
        """Whether another time may be better: it takes one job at a time, and has one."""
        return self.status == SERVER_ERROR_BUSY
