"""The network test: names, clock, broker, certificates, relays, and the path that a call takes."""

from kiosk.diagnostics.network.listing import NetworkTest

__all__ = ["NetworkTest"]
