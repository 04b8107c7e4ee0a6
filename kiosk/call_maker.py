"""Makes calls: each with the booth's devices and a signalling channel of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kiosk.calls.lane import Lane
from kiosk.calls.sinks import Sinks
from kiosk.calls.status import CallStatus
from kiosk.link.line import Line
from kiosk.link.messages import EndReason
from kiosk.link.signals import SignalChannel
from kiosk.outfit import Outfit
from kiosk.settings import KioskSettings

if TYPE_CHECKING:
    from kiosk.calls.call import Call


class SignalledCall:
    """A call with the signalling channel that belongs to it, opened and closed together."""

    def __init__(self, channel: SignalChannel, call: Call) -> None:
        """Neither has begun."""
        self._channel = channel
        self._call = call

    async def run(self) -> EndReason:
        """Talk until it ends; camera, sound and channel are released when this returns."""
        async with self._channel:
            return await self._call.run()

    async def hang_up(self) -> None:
        """End the call: `run` returns `EndReason.RESIDENT`."""
        await self._call.hang_up()

    def set_muted(self, muted: bool) -> None:
        """Close or open the microphone."""
        self._call.set_muted(muted)


class CallMaker:
    """The `CallMaker` of a visit; lives on the loop."""

    def __init__(
        self,
        settings: KioskSettings,
        line: Line,
        outfit: Outfit,
        on_measured: Callable[[CallStatus], None],
    ) -> None:
        """`on_measured` gets what every call measures of itself."""
        self._settings = settings
        self._line = line
        self._outfit = outfit
        self._on_measured = on_measured

    def __call__(
        self,
        agency: str,
        ticket: str,
        *,
        sinks: Sinks,
        lanes: Sequence[Lane],
        on_change: Callable[[CallStatus], None],
    ) -> SignalledCall:
        """Return a call that has not begun."""
        # A call that comes before what it needs was loaded loads it now.
        from kiosk.calls.call import Call  # noqa: PLC0415

        def measured(status: CallStatus) -> None:
            self._on_measured(status)
            on_change(status)

        devices = self._outfit.get().devices
        channel = SignalChannel(self._line, agency, self._settings.booth.id, ticket, "booth")
        call = Call(
            channel,
            devices.camera,
            devices.sound,
            self._settings.call,
            sinks,
            measured,
            lanes=lanes,
            lost=lambda: self._outfit.lost_names,
        )
        return SignalledCall(channel, call)
