"""The technician's visit, from the door back to Home, in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from devices.card_reader.interface import Card, CardEvent, CardKind
from kiosk.diagnostics.access.door import Answer, Door
from kiosk.diagnostics.access.lock import FIRST_LOCK_S, TRIES, Lock
from kiosk.diagnostics.access.mode import RELEASE_S
from kiosk.diagnostics.activity import END_S
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.ports import Changed, NotNow
from kiosk.diagnostics.rooms import UNEXPECTED
from kiosk.diagnostics.technician import DOOR_S, Contents, Technician
from kiosk.diagnostics.view import (
    DeviceRow,
    GuidedView,
    ReportView,
    Room,
    StepView,
    TechnicianView,
)
from tests.visit import virtual_time

PIN = "739104"
HASH = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$Vl2fFUfNEyHVnPTqkLvZkHrFKSFmrJVRxHKyKzFW2ZA"
LEAVE_AFTER_S = 600


class Part:
    """A part of the booth that gives way, or does not."""

    def __init__(self, key: str, name: str, answer: Callable[[], Awaitable[str]]) -> None:
        self.key = key
        self.name = name
        self.timeout_s = 2.0
        self.answer = answer
        self.released = 0

    async def acknowledge(self) -> str:
        return await self.answer()

    async def release(self) -> None:
        self.released += 1


async def _yes() -> str:
    return "prêt"


async def _never() -> str:
    return await asyncio.Future()


async def _not_now() -> str:
    raise NotNow("Un document s’imprime encore.")


async def _broken() -> str:
    raise ZeroDivisionError


class Visitors:
    """The reception's side."""

    def __init__(self) -> None:
        self.busy = False
        self.inside = False

    def enter_technician(self) -> bool:
        self.inside = not self.busy
        return self.inside

    def leave_technician(self) -> None:
        self.inside = False


class Rooms:
    """All contents in one: devices, guided test, lists, report, crash."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.view: GuidedView | None = None
        self.views = (StepView("dns", "Noms", Outcome.PENDING),)
        self.text = "Arrêt brutal hier."
        self.hang = False

    def contents(self) -> Contents:
        return Contents(self, self, self, self, self, self)  # type: ignore[arg-type]

    def on_change(self, listener: Changed) -> None:
        pass

    def rows(self) -> tuple[DeviceRow, ...]:
        return ()

    def retry(self, kind: str) -> None:
        self.said.append(f"retry {kind}")

    async def begin(self, kind: str) -> None:
        if kind == "screen":
            raise NotNow("Cet appareil n’a pas d’essai.")
        if kind == "crash":
            raise ZeroDivisionError
        self.view = GuidedView(kind, kind, 1, 2, "Regardez.")

    def confirm(self) -> None:
        self.said.append("confirm")

    def fails(self) -> None:
        self.said.append("fails")

    def again(self) -> None:
        self.said.append("again")

    def surface_done(self, good: bool) -> None:
        self.said.append(f"surface {good}")

    async def abort(self) -> None:
        self.view = None

    async def run(self, on_change: Changed) -> None:
        self.said.append("run")
        try:
            await asyncio.sleep(30)
            self.said.append("ran")
        except asyncio.CancelledError:
            self.said.append("aborted")
            if self.hang:
                await asyncio.Future()
            raise

    async def make(self) -> ReportView:
        await asyncio.sleep(1)
        return ReportView(ready=True, verdict="Prêt pour le public")

    async def print(self) -> str:
        return "Rapport envoyé à l’imprimante"

    def seen(self) -> None:
        self.text = ""


class Booth:
    """A technician before a booth; the machine's clock is the loop's."""

    def __init__(self, folder: Path, *parts: Part) -> None:
        self.folder = folder
        self.parts = parts
        self.visitors = Visitors()
        self.rooms = Rooms()
        self.start()

    def start(self, pin_hash: str = HASH) -> None:
        """Start the booth's program, again perhaps."""
        clock = asyncio.get_running_loop().time
        lock = Lock(self.folder, lambda: clock() + 1, "boot")
        self.door = Door(pin_hash, lock, lambda: self.visitors.busy)
        self.technician = Technician(
            self.door,
            self.parts,
            self.visitors,
            self.rooms.contents(),
            leave_after_s=LEAVE_AFTER_S,
            on_change=lambda: None,
        )

    @property
    def view(self) -> TechnicianView:
        view = self.technician.view
        assert view is not None
        return view

    @property
    def room(self) -> Room | None:
        view = self.technician.view
        return view.room if view else None

    def card(self, kind: CardKind, *, present: bool = True) -> None:
        self.technician.card(CardEvent(present, Card(kind, "00", "reader")))

    async def enter(self) -> None:
        """With a card, as far as the overview."""
        self.card(CardKind.TECHNICIAN)
        await asyncio.sleep(0.1)
        assert self.room is Room.OVERVIEW


@pytest.fixture(autouse=True)
def quick_argon2(monkeypatch: pytest.MonkeyPatch) -> None:
    """argon2 itself is tested with the hash; a thread's work passes no virtual time."""

    async def at_once(function: Callable[..., object], *arguments: object) -> object:
        return function(*arguments)

    monkeypatch.setattr(asyncio, "to_thread", at_once)
    monkeypatch.setattr("kiosk.diagnostics.access.pin.right", lambda pin, _: pin == PIN)


def story(tell: Callable[[Booth], Awaitable[None]], folder: Path, *parts: Part) -> Booth:
    """Run `tell` with a booth in virtual time."""

    async def run() -> Booth:
        booth = Booth(folder, *parts)
        await tell(booth)
        await booth.technician.leave()
        assert booth.technician.view is None
        assert not booth.visitors.inside
        return booth

    return virtual_time.run(run())


def test_the_right_pin_opens(tmp_path: Path) -> None:
    async def tell(booth: Booth) -> None:
        await booth.technician.knock()
        assert booth.room is Room.DOOR
        assert booth.visitors.inside
        await booth.technician.enter_pin("000000")
        assert booth.view.door.tries_left == TRIES - 1
        await booth.technician.enter_pin(PIN)
        await asyncio.sleep(0.1)
        assert booth.room is Room.OVERVIEW
        assert booth.view.door.tries_left == TRIES
        assert booth.view.crashed
        await booth.technician.seen()
        assert not booth.view.crashed

    story(tell, tmp_path, Part("link", "Liaison", _yes))


def test_the_log_counts_every_wrong_pin(tmp_path: Path) -> None:
    async def tell(booth: Booth) -> None:
        await booth.technician.knock()
        for number in range(TRIES):
            await booth.technician.enter_pin(f"{number:06}")

    with capture_logs() as logged:
        story(tell, tmp_path)
    counts = [one["count"] for one in logged if "wrong PIN" in one["event"]]
    assert counts == list(range(1, TRIES + 1))


def test_five_wrong_pins_lock_also_after_a_restart(tmp_path: Path) -> None:
    async def tell(booth: Booth) -> None:
        await booth.technician.knock()
        for number in range(TRIES):
            await booth.technician.enter_pin(f"{number:06}")
        assert booth.view.door.locked_for_s == FIRST_LOCK_S
        await booth.technician.enter_pin(PIN)
        assert booth.room is Room.DOOR
        await booth.technician.leave()
        booth.start()
        await asyncio.sleep(60)
        await booth.technician.knock()
        assert booth.view.door.locked_for_s == FIRST_LOCK_S - 60
        await booth.technician.enter_pin(PIN)
        assert booth.room is Room.DOOR
        await asyncio.sleep(FIRST_LOCK_S)
        assert booth.room is None
        await booth.technician.knock()
        await booth.technician.enter_pin(PIN)
        assert booth.room is Room.OPENING

    story(tell, tmp_path)


def test_a_card_opens_while_the_pin_is_locked(tmp_path: Path) -> None:
    async def tell(booth: Booth) -> None:
        await booth.technician.knock()
        for _ in range(TRIES):
            await booth.technician.enter_pin("1")
        await booth.enter()
        assert booth.view.door.locked_for_s == 0

    story(tell, tmp_path)


def test_other_cards_and_departures_do_not_open(tmp_path: Path) -> None:
    async def tell(booth: Booth) -> None:
        booth.card(CardKind.RESIDENT)
        booth.card(CardKind.MEDIATOR)
        booth.card(CardKind.TECHNICIAN, present=False)
        await asyncio.sleep(1)
        assert booth.room is None

    story(tell, tmp_path)


def test_nobody_enters_during_a_visit(tmp_path: Path) -> None:
    async def tell(booth: Booth) -> None:
        booth.visitors.busy = True
        await booth.technician.knock()
        booth.card(CardKind.TECHNICIAN)
        assert booth.room is None
        assert await booth.door.try_pin(PIN) is Answer.REFUSED
        booth.visitors.busy = False
        assert await booth.door.try_pin(PIN) is Answer.OPEN

    story(tell, tmp_path)


def test_without_a_hash_only_cards_open(tmp_path: Path) -> None:
    async def tell(booth: Booth) -> None:
        booth.start(pin_hash="")
        await booth.technician.knock()
        assert not booth.view.door.has_pin
        await booth.technician.enter_pin("")
        await booth.technician.enter_pin(PIN)
        assert booth.room is Room.DOOR
        await booth.enter()

    story(tell, tmp_path)


@pytest.mark.expects_log("a part does not acknowledge|a part failed to acknowledge")
def test_parts_that_do_not_give_way_are_named(tmp_path: Path) -> None:
    parts = (
        Part("link", "Liaison", _yes),
        Part("call", "Appel", _never),
        Part("printer", "Imprimante", _not_now),
        Part("camera", "Caméra", _broken),
    )

    async def tell(booth: Booth) -> None:
        booth.card(CardKind.TECHNICIAN)
        await asyncio.sleep(1)
        assert booth.room is Room.OPENING
        await booth.technician.go(Room.OVERVIEW)
        assert booth.room is Room.OPENING  # The call may still answer.
        await asyncio.sleep(1.1)
        told = {view.key: (view.outcome, view.detail) for view in booth.view.opening}
        assert told["link"] == (Outcome.SUCCESS, "prêt")
        assert told["call"] == (Outcome.FAILED, "Pas de réponse en 2 s.")
        assert told["printer"] == (Outcome.FAILED, "Un document s’imprime encore.")
        assert told["camera"][0] is Outcome.FAILED
        assert booth.room is Room.OPENING
        for part in parts:
            part.answer = _yes
        await booth.technician.again()
        await asyncio.sleep(0.1)
        assert booth.room is Room.OVERVIEW

    story(tell, tmp_path, *parts)
    assert [part.released for part in parts] == [1, 1, 1, 1]


@pytest.mark.expects_log("a part does not acknowledge")
def test_a_technician_who_has_read_what_fails_may_go_on(tmp_path: Path) -> None:
    async def tell(booth: Booth) -> None:
        booth.card(CardKind.TECHNICIAN)
        await asyncio.sleep(3)
        assert booth.room is Room.OPENING
        await booth.technician.go(Room.OVERVIEW)
        assert booth.room is Room.OVERVIEW

    story(tell, tmp_path, Part("call", "Appel", _never))


def test_it_leaves_by_itself_after_ten_minutes_without_a_touch(tmp_path: Path) -> None:
    part = Part("link", "Liaison", _yes)

    async def tell(booth: Booth) -> None:
        await booth.enter()
        await asyncio.sleep(LEAVE_AFTER_S - 10)
        assert booth.view.leaves_in_s <= 10
        await booth.technician.retry("camera")
        assert booth.view.leaves_in_s == LEAVE_AFTER_S
        await booth.technician.go(Room.NETWORK)
        await asyncio.sleep(LEAVE_AFTER_S + 2)
        assert booth.room is None
        assert not booth.visitors.inside
        assert booth.rooms.said == ["retry camera", "run", "ran"]

    story(tell, tmp_path, part)
    assert part.released == 1


def test_the_door_does_not_stay_open_for_a_resident(tmp_path: Path) -> None:
    async def tell(booth: Booth) -> None:
        await booth.technician.knock()
        await asyncio.sleep(DOOR_S + 2)
        assert booth.room is None

    story(tell, tmp_path)


def test_leaving_aborts_what_runs(tmp_path: Path) -> None:
    async def tell(booth: Booth) -> None:
        await booth.enter()
        await booth.technician.go(Room.REHEARSAL)
        await asyncio.sleep(1)
        assert booth.view.steps_running
        assert booth.view.steps == booth.rooms.views
        await asyncio.gather(booth.technician.leave(), booth.technician.leave())
        assert booth.rooms.said == ["run", "aborted"]

    story(tell, tmp_path)


@pytest.mark.expects_log("a test does not end|a part does not come back")
def test_what_hangs_does_not_keep_the_technician_in(tmp_path: Path) -> None:
    part = Part("link", "Liaison", _yes)
    part.release = _never  # type: ignore[method-assign, assignment]

    async def tell(booth: Booth) -> None:
        await booth.enter()
        booth.rooms.hang = True
        await booth.technician.go(Room.NETWORK)
        await asyncio.sleep(0)
        before = asyncio.get_running_loop().time()
        await booth.technician.leave()
        assert asyncio.get_running_loop().time() - before <= 2 * END_S + RELEASE_S

    story(tell, tmp_path, part)


@pytest.mark.parametrize("hang", [False, True])
@pytest.mark.expects_log("a test does not end")
def test_nothing_begins_once_somebody_leaves(tmp_path: Path, hang: bool) -> None:
    async def tell(booth: Booth) -> None:
        await booth.enter()
        booth.rooms.hang = hang
        await booth.technician.go(Room.NETWORK)
        await asyncio.sleep(0)
        touches = (booth.technician.go(Room.REHEARSAL), booth.technician.test("camera"))
        await asyncio.gather(*touches, booth.technician.leave())
        await asyncio.sleep(20)
        assert booth.rooms.said == ["run", "aborted"]
        assert booth.rooms.view is None

    story(tell, tmp_path)


def test_the_last_touch_counts(tmp_path: Path) -> None:
    async def tell(booth: Booth) -> None:
        await booth.enter()
        await booth.technician.go(Room.NETWORK)
        await asyncio.sleep(0)
        await asyncio.gather(booth.technician.go(Room.REHEARSAL), booth.technician.test("camera"))
        assert booth.room is Room.TEST
        assert booth.rooms.said == ["run", "aborted"]

    story(tell, tmp_path)


def test_a_guided_test(tmp_path: Path) -> None:
    async def tell(booth: Booth) -> None:
        technician, rooms = booth.technician, booth.rooms
        await technician.confirm()
        await technician.test("camera")
        assert booth.room is None
        await booth.enter()
        await technician.test("camera")
        await asyncio.sleep(0)
        assert booth.room is Room.TEST
        assert booth.view.guided == rooms.view
        await technician.fails()
        await technician.again()
        await technician.surface_done(good=True)
        await technician.confirm()
        assert rooms.said == ["fails", "again", "surface True", "confirm"]
        rooms.view = GuidedView("camera", "Caméra", 2, 2, "Fini.", finished=True)
        await technician.again()
        await asyncio.sleep(0)
        assert rooms.view == GuidedView("camera", "camera", 1, 2, "Regardez.")
        rooms.view = GuidedView("camera", "Caméra", 2, 2, "Fini.", finished=True)
        await technician.confirm()
        assert booth.room is Room.OVERVIEW
        assert rooms.view is None

    story(tell, tmp_path)


@pytest.mark.expects_log("a test failed")
def test_a_test_that_cannot_begin_says_so(tmp_path: Path) -> None:
    async def tell(booth: Booth) -> None:
        await booth.enter()
        await booth.technician.test("screen")
        await asyncio.sleep(0.1)
        assert (booth.room, booth.view.notice) == (Room.OVERVIEW, "Cet appareil n’a pas d’essai.")
        await booth.technician.test("crash")
        await asyncio.sleep(0.1)
        assert booth.view.notice == UNEXPECTED

    story(tell, tmp_path)


def test_the_report_is_made_and_printed(tmp_path: Path) -> None:
    async def tell(booth: Booth) -> None:
        await booth.enter()
        await booth.technician.go(Room.REPORT)
        await booth.technician.print_report()
        assert booth.view.report is None
        await asyncio.sleep(1.1)
        assert booth.view.report is not None
        await booth.technician.print_report()
        await asyncio.sleep(0)
        assert booth.view.notice == "Rapport envoyé à l’imprimante"
        await booth.technician.go(Room.DOOR)
        assert booth.room is Room.REPORT

    story(tell, tmp_path)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pin=st.text(max_size=300))
def test_no_text_opens_the_door_or_breaks_it(tmp_path: Path, pin: str) -> None:
    async def tell(booth: Booth) -> None:
        await booth.technician.knock()
        await booth.technician.enter_pin(pin)
        assert booth.room is Room.DOOR

    if pin != PIN:
        story(tell, tmp_path)
