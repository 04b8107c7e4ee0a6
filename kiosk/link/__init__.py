"""The booth's line to the agencies: messages, broker client, tickets, boards, signals."""

import sys

# nats-py loads aiohttp where it is installed, for WebSockets that no line of ours uses: that is
# 0.1 s of a booth's start. The printer's driver loads it when it needs it.
_held_back = "aiohttp" not in sys.modules
if _held_back:
    sys.modules["aiohttp"] = None  # type: ignore[assignment]
try:
    import nats.aio.transport  # noqa: F401
finally:
    if _held_back:
        del sys.modules["aiohttp"]
