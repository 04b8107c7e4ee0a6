"""The booth's screen: what the interface tells of it, as a device like the others."""

from devices.screen.reported import ReportedScreen

__all__ = ["ReportedScreen"]
