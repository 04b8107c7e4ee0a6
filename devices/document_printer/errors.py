"""What may come of a question to a printer other than an answer."""

from __future__ import annotations


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
