"""One call with an agent, from the claim to the end, across all its connections."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, assert_never

import structlog

from devices.camera.interface import Camera
from devices.sound.interface import Sound
from devices.status import DeviceState, DeviceStatus
from kiosk.calls.attempts import Attempts
from kiosk.calls.ice import IceLadder
from kiosk.calls.lane import Lane
from kiosk.calls.media import CallMedia
from kiosk.calls.meter import Meter
from kiosk.calls.sinks import Sinks
from kiosk.calls.status import CallStatus, Quality
from kiosk.link.messages import (
    Answer,
    BoothMedia,
    Bye,
    Candidate,
    EndReason,
    LostDevices,
    Offer,
    Ready,
    SignalBody,
)
from kiosk.settings.booth import CallSettings

log = structlog.get_logger(__name__)

STATUS_S = 0.5
"""Shortest time between two statuses."""
MEASURE_S = 1.0
LAST_WORDS_S = 0.3
"""From the agent's farewell to the end: what the lanes were told just before goes another way, and
may come after it."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long a call waits for media, in seconds."""

    connect_s: float = 25.0
    """From the agent's answer to the first media: longer is a fault that the resident is told."""
    recover_s: float = 120.0
    """Without media once there was some: a router that starts again takes two minutes."""


class Signals(Protocol):
    """The signalling of one ticket, as `kiosk.link.signals` gives it."""

    async def send(self, body: SignalBody) -> object:
        """Send to the desk; a line that is down is not an error."""

    def __aiter__(self) -> AsyncIterator[SignalBody]:
        """Iterate over what the desk sends."""


class Call:
    """Runs once. All methods belong to the asyncio loop; the sinks are called on other threads."""

    def __init__(
        self,
        signals: Signals,
        camera: Camera,
        sound: Sound,
        settings: CallSettings,
        sinks: Sinks,
        on_change: Callable[[CallStatus], None],
        *,
        lanes: Sequence[Lane] = (),
        lost: Callable[[], LostDevices] = tuple,
        deadlines: Deadlines | None = None,
    ) -> None:
        """Make a call that has not begun.

        Every connection carries `lanes` as data channels; `lost` tells at any time which devices
        the agent should know to be missing.
        """
        self._signals = signals
        self._media = CallMedia.of(camera, sound, settings, sinks, lanes)
        self._attempts = Attempts(self._media, IceLadder(settings.ice_servers), self._send)
        self._on_change = on_change
        self._lost = lost
        self._deadlines = deadlines or Deadlines()
        self._meter = Meter()
        self._status = CallStatus()
        self._told_at = float("-inf")
        self._told_media: BoothMedia | None = None
        self._ended: asyncio.Future[EndReason] = asyncio.get_running_loop().create_future()

    @property
    def status(self) -> CallStatus:
        """The call as it is now."""
        return self._status

    @property
    def path(self) -> str:
        """The candidate pair in use, without addresses, such as `host ↔ relay`; empty before."""
        return "" if self._attempts.current is None else self._attempts.current.path

    async def run(self) -> EndReason:
        """Talk until it ends; camera and sound are released when this returns or is cancelled."""
        tasks = [
            asyncio.create_task(self._media.start()),
            asyncio.create_task(self._listen()),
            asyncio.create_task(self._watch()),
        ]
        try:
            return await self._first_end(tasks)
        finally:
            release = asyncio.ensure_future(self._release(tasks))
            try:
                await asyncio.shield(release)
            except asyncio.CancelledError:
                await release
                raise

    async def hang_up(self) -> None:
        """End the call: `run` returns `EndReason.RESIDENT`."""
        self._end(EndReason.RESIDENT)

    def set_muted(self, muted: bool) -> None:
        """Close or open the microphone: closed, silence is sent."""
        self._media.audio.muted = muted

    async def _first_end(self, tasks: list[asyncio.Task[None]]) -> EndReason:
        self._attempts.begin()
        watched: set[asyncio.Future[EndReason] | asyncio.Task[None]] = {self._ended, *tasks}
        while not self._ended.done():
            done, _ = await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
            for task in done - {self._ended}:
                watched.discard(task)
                if (error := task.exception()) is not None:
                    log.error("call failed", error=type(error).__name__, exc_info=error)
                    self._end(EndReason.FAULT)
        reason = self._ended.result()
        if reason is not EndReason.AGENT:
            await self._send(Bye(reason=reason))
        dropped = self._media.dropped + self._attempts.dropped
        log.info("call ended", reason=reason.value, attempt=self._status.attempt, dropped=dropped)
        return reason

    async def _release(self, tasks: list[asyncio.Task[None]]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        try:
            await self._media.stop()
        finally:
            await self._attempts.close()

    def _end(self, reason: EndReason) -> None:
        if not self._ended.done():
            self._ended.set_result(reason)

    async def _send(self, body: SignalBody) -> None:
        await self._signals.send(body)

    async def _listen(self) -> None:
        async for body in self._signals:
            match body:
                case Ready():
                    await self._attempts.page_ready(body.page)
                    self._told_media = None
                case Answer():
                    await self._attempts.answer(body)
                case Candidate():
                    self._attempts.candidate(body)
                case Bye():
                    await asyncio.sleep(LAST_WORDS_S)
                    self._end(EndReason.AGENT)
                case Offer() | BoothMedia():
                    log.warning("signal dropped", reason=f"a desk sends no {body.type}")
                case _:
                    assert_never(body)

    async def _watch(self) -> None:
        """The call's heartbeat: attempts, deadlines, figures."""
        begun_at = measured_at = time.monotonic()
        while True:
            await asyncio.sleep(self._attempts.tick_s)
            now = time.monotonic()
            await self._attempts.tick(now)
            last = self._attempts.last_media_at
            if last is None and now - begun_at > self._deadlines.connect_s:
                self._end(EndReason.TIMEOUT)
            if last is not None and now - last > self._deadlines.recover_s:
                self._end(EndReason.TIMEOUT)
            if now - measured_at >= MEASURE_S and self._attempts.current is not None:
                measured_at = now
                await self._attempts.current.measure()
            await self._tell(now)

    async def _tell(self, now: float) -> None:
        camera, sound = self._media.camera, self._media.sound
        figures = self._meter.read(self._attempts.current, now)
        slowed = self._attempts.slowed(now)
        fresh = replace(
            figures,
            connected_at=self._status.connected_at or self._attempts.last_media_at,
            slowed=slowed,
            quality=Quality.POOR if slowed else figures.quality,
            camera_working=_working(camera.status),
            microphone_working=_working(sound.microphone_status),
            loudspeaker_working=_working(sound.loudspeaker_status),
        )
        urgent = fresh.slowed != self._status.slowed or (
            self._status.connected_at is None and fresh.connected_at is not None
        )
        if fresh != self._status and (urgent or now - self._told_at >= STATUS_S):
            self._status, self._told_at = fresh, now
            self._on_change(fresh)
        media = BoothMedia(
            muted=self._media.audio.muted,
            camera=fresh.camera_working,
            microphone=fresh.microphone_working,
            simulated=camera.status.simulated or sound.microphone_status.simulated,
            lost=self._lost(),
        )
        if media != self._told_media and self._status.connected_at is not None:
            self._told_media = media
            await self._send(media)


def _working(status: DeviceStatus) -> bool:
    """Whether to say nothing of a device: a fault is not told before there is evidence of one."""
    return status.state in (DeviceState.ONLINE, DeviceState.STARTING, DeviceState.UNKNOWN)
