"""One storm: a resident who visits, a hand that strikes, and the mending afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bench.looking import BRICK, TAKES_TOUCHES_S, NotOnScreen, colour_box, main_action
from bench.screen import Box
from bench.screen import Screen as Seen
from bench.storm_booth import LEAVES_AFTER_S, StormBooth
from bench.storm_judge import STUCK_S, Damage, Holdings, left_over
from bench.weather import Kill, Weather, mending
from devices.status import DeviceKind, DeviceState
from kiosk.visit.snapshot import Screen

TILE = (0x1B, 0x4A, 0x8A)
"""The CAF's in config/agencies.toml."""
LOOK_S = 0.5
TOUCH_AGAIN_S = 5.0
"""What a touch has brought is read in the black box: one too soon would fall on the next screen."""
CALL_S = (4.0, 15.0)
ASLEEP_S = (1.0, 3.0)
"""How long the agent lets somebody wait."""
MEND_S = 45.0
"""A device that failed often waits for 30 s, and longer by its jitter, before it is tried again."""
CHECK_IN_S = 30.0
"""The check-in that nobody goes on with is given up by then: `AFTER_S` and `PROMPT_S` there."""
SETTLE_S = 40.0
"""Qt's pool lets idle threads go after 30 s."""
TOWARDS_A_CALL = (
    Screen.CONSENT,
    Screen.REHEARSING,
    Screen.WAITING,
    Screen.CONNECTING,
    Screen.IN_CALL,
)
WAITS, ENTERS = 1 / 3, 1 / 10
"""Shares of the visits that wait for the agent, or that a technician comes after."""
SEEN_AT_REST = (
    DeviceKind.HANDSET,
    DeviceKind.DOCUMENT_PRINTER,
    DeviceKind.TICKET_PRINTER,
    DeviceKind.CARD_READER,
)
"""Watched all day, so that each change is told of at once."""


class Storm:
    """One storm over one booth."""

    def __init__(
        self, booth: StormBooth, seed: int, per_second: float, *, entries: bool = True
    ) -> None:
        """`entries`: whether technicians come in."""
        self._booth = booth
        self._weather = Weather(seed)
        self._per_second = per_second
        self._enters = ENTERS if entries else 0.0
        self.damage = Damage()
        self._seen = b""
        self._changed_at = 0.0
        self._touch_due: tuple[Screen, float] | None = None
        """The screen that is to be left by a touch, and when the next one may fall on it."""

    async def rage(self, minutes: float) -> None:
        """Strike and visit for so long, mend everything, and look at what is left."""
        await self._visit(calm_s=2.0)
        before = await self._booth.holdings()
        async with self._struck():
            until = time.monotonic() + 60 * minutes
            while time.monotonic() < until and not self.damage.faults:
                await self._visit(self._weather.lasts_s(*CALL_S), waits=self._weather.chance(WAITS))
                if self._weather.chance(self._enters):
                    await self._enter()
        await self._mend()
        await self._visit(calm_s=2.0, well=True)
        await self._tell_apart()
        self.damage.judge(self._booth.endings(), before, await self._settled(before))

    @asynccontextmanager
    async def _struck(self) -> AsyncIterator[None]:
        striking = asyncio.create_task(self._strike())
        try:
            yield
        finally:
            striking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await striking

    async def _strike(self) -> None:
        devices = await self._booth.devices()
        while True:
            event = self._weather.strike(devices)
            if isinstance(event, Kill):
                self.damage.kills += self._booth.kill_child(event.number)
            else:
                done = await self._booth.strike(event.device, event.action, event.argument)
                self.damage.blows += 1
                self.damage.refused += not done
            await asyncio.sleep(1 / self._per_second)

    async def _visit(self, calm_s: float, *, waits: bool = False, well: bool = False) -> None:
        """Touch the tile, agree, talk for `calm_s`, hang up, and wait for Home.

        `waits`: the agent does not answer at once; `well`: every device has to work in the call.
        """
        self._touch_due = None
        # Between two visits, and while all is mended, nobody looks.
        self._changed_at = time.monotonic()
        await self._pass("Home", self._touched)
        await self._pass("what is to be agreed to", self._agreed)
        if waits:
            with self._booth.robot_asleep():
                await self._pass("the queue", self._queueing)
                await asyncio.sleep(self._weather.lasts_s(*ASLEEP_S))
        await self._pass("a call", lambda: self._booth.shown() is Screen.IN_CALL)
        await self._talk(calm_s)
        if well:
            await self._judge_statuses()
        await self._pass("hanging up", self._hung_up)
        await self._pass("the way Home", lambda: self._booth.shown() is Screen.HOME)
        self.damage.visits += 1

    async def _nobody_checks_in(self) -> None:
        """Wait for Home where the storm has shown it a card or a code, and checks in with them."""
        limit = time.monotonic() + CHECK_IN_S
        while self._booth.shown() is Screen.CHECKING_IN:
            if time.monotonic() > limit:
                self.damage.faults.append("the check-in is never given up")
                return
            await asyncio.sleep(LOOK_S)
        self._changed_at = time.monotonic()

    async def _talk(self, seconds: float) -> None:
        """Watch the agent's picture, which must not stand still."""
        begun = moved_at = time.monotonic()
        before = self._booth.picture()
        while (now := time.monotonic()) < begun + seconds:
            await asyncio.sleep(LOOK_S)
            if (seen := self._booth.picture()) != before:
                before, moved_at = seen, now
            self.damage.note("the agent's picture", now - moved_at)
            self._look("a call")
            if (shown := self._booth.shown()) is not Screen.IN_CALL:
                self.damage.faults.append(f"the call turned into {shown.value}")
                return

    async def _enter(self) -> None:
        """A technician holds their card to the reader, and goes away without a word."""
        came, left = self._booth.technicians()

        def inside() -> bool:
            return self._booth.technicians()[0] > came

        begun = time.monotonic()
        while not inside() and time.monotonic() < begun + STUCK_S:
            # The storm may have pulled the reader, or lays another card on it meanwhile.
            for action, argument in (("plug", ""), ("slow", "0"), ("present", "technician")):
                await self._booth.strike(DeviceKind.CARD_READER, action, argument)
            await asyncio.sleep(LOOK_S)
        if inside():
            self.damage.technicians += 1
            await asyncio.sleep(LEAVES_AFTER_S)
            await self._pass(
                "the technician's leaving", lambda: self._booth.technicians()[1] > left
            )

    async def _pass(self, what: str, reached: Callable[[], bool]) -> None:
        """Wait for one step of a visit; each has to come before a screen counts as stuck."""
        begun = time.monotonic()
        while not reached():
            if self._booth.shown() is Screen.CHECKING_IN:
                # The storm was faster than the touch.
                await self._nobody_checks_in()
                begun = time.monotonic()
            self.damage.note(what, time.monotonic() - begun)
            self._look(what)
            if time.monotonic() > begun + 3 * STUCK_S:
                self.damage.faults.append(f"{what} never came")
                return
            await asyncio.sleep(LOOK_S)

    def _look(self, what: str) -> None:
        """See whether anything at all has changed: every screen but Home shows that it lives.

        One that stands still from one step of a visit into the next is seen here alone.
        """
        now = time.monotonic()
        if (seen := self._booth.glance()) != self._seen:
            self._seen, self._changed_at = seen, now
        self.damage.note(f"the whole screen, at last in {what}", now - self._changed_at)

    def _touched(self) -> bool:
        self._left(Screen.HOME, lambda seen: colour_box(seen.look(), TILE))
        return self._booth.shown() in TOWARDS_A_CALL

    def _agreed(self) -> bool:
        return self._left(Screen.CONSENT, main_action)

    def _queueing(self) -> bool:
        return self._booth.shown() not in (Screen.CONSENT, Screen.REHEARSING)

    def _hung_up(self) -> bool:
        return self._left(Screen.IN_CALL, lambda seen: colour_box(seen.look(), BRICK))

    def _left(self, screen: Screen, found: Callable[[Seen], Box]) -> bool:
        """Whether `screen` was left; while it is not, what is `found` there is touched."""
        if self._booth.shown() is not screen:
            return True
        now = time.monotonic()
        if self._touch_due is None or self._touch_due[0] is not screen:
            self._touch_due = screen, now + TAKES_TOUCHES_S
        elif now >= self._touch_due[1]:
            with contextlib.suppress(NotOnScreen):
                self._booth.screen.touch(*found(self._booth.screen).centre)
                self._touch_due = screen, now + TOUCH_AGAIN_S
        return False

    async def _mend(self) -> None:
        """Plug, thaw, refill; and wait until every device that is open has noticed."""
        for blow in mending(await self._booth.devices()):
            await self._booth.strike(blow.device, blow.action, blow.argument)
        begun = time.monotonic()
        while not (report := await self._booth.readiness()).ready:
            if time.monotonic() > begun + MEND_S:
                names = (f"{reason.device} {reason.code}" for reason in report.reasons)
                self.damage.faults.append(f"not ready when mended: {', '.join(names)}")
                break
            await asyncio.sleep(LOOK_S)
        self.damage.mended_s = time.monotonic() - begun

    async def _judge_statuses(self) -> None:
        """In a calm call all that a call and a booth at rest open has to be online."""
        limit = time.monotonic() + MEND_S
        while odd := await self._not_online():
            if time.monotonic() > limit:
                self.damage.faults.append(f"not online in a calm call: {', '.join(odd)}")
                return
            await asyncio.sleep(LOOK_S)

    async def _not_online(self) -> list[str]:
        # Nothing in a call opens the document camera.
        return [
            f"{device.kind} {device.state}"
            for device in await self._booth.devices()
            if device.state is not DeviceState.ONLINE
            and device.kind is not DeviceKind.DOCUMENT_CAMERA
        ]

    async def _tell_apart(self) -> None:
        """A status that is always good is no status: what is pulled out now is told as gone."""
        for kind in SEEN_AT_REST:
            for action, faulty in (("unplug", True), ("plug", False)):
                await self._booth.strike(kind, action, "")
                await self._told(kind, faulty)

    async def _told(self, kind: DeviceKind, faulty: bool) -> None:
        limit = time.monotonic() + STUCK_S
        while faulty is not any(
            device.state.faulty for device in await self._booth.devices() if device.kind is kind
        ):
            if time.monotonic() > limit:
                self.damage.faults.append(f"{kind} is not told as {'gone' if faulty else 'back'}")
                return
            await asyncio.sleep(LOOK_S)

    async def _settled(self, before: Holdings) -> Holdings:
        """Return what the booth holds, once that is no more than before or will not be less."""
        limit = time.monotonic() + SETTLE_S
        after = await self._booth.holdings()
        while any(left_over(before, after)) and time.monotonic() < limit:
            await asyncio.sleep(LOOK_S)
            after = await self._booth.holdings()
        return after
