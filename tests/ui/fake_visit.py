"""A visit that only remembers what it was asked, and shows what the test tells it to."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import Future
from typing import Any

from devices.screen.interface import ScreenFacts
from kiosk.calls.sinks import Sinks
from kiosk.diagnostics.view import Room
from kiosk.visit.snapshot import VisitSnapshot
from tests.ui.fake_papers import FakePapers


class FakeControls:
    """Any of the controls of a part of a visit: remembers each call under the part's name."""

    def __init__(self, part: str, asked: list[tuple[object, ...]]) -> None:
        self._part = part
        self._asked = asked

    def __getattr__(self, name: str) -> Callable[..., Coroutine[Any, Any, None]]:
        async def remember(*arguments: object) -> None:
            self._asked.append((f"{self._part}.{name}", *arguments))

        return remember


class FakeTechnician:
    """`TechnicianControls` that only remembers what it was asked."""

    def __init__(self, asked: list[tuple[object, ...]]) -> None:
        self._asked = asked

    async def knock(self) -> None:
        self._asked.append(("knock",))

    async def enter_pin(self, pin: str) -> None:
        self._asked.append(("enter_pin", pin))

    async def go(self, room: Room) -> None:
        self._asked.append(("go", room))

    async def test(self, kind: str) -> None:
        self._asked.append(("test", kind))

    async def confirm(self) -> None:
        self._asked.append(("confirm",))

    async def fails(self) -> None:
        self._asked.append(("fails",))

    async def again(self) -> None:
        self._asked.append(("again",))

    async def surface_done(self, good: bool) -> None:
        self._asked.append(("surface_done", good))

    async def print_report(self) -> None:
        self._asked.append(("print_report",))

    async def seen(self) -> None:
        self._asked.append(("seen",))

    async def retry(self, kind: str) -> None:
        self._asked.append(("retry", kind))

    async def leave(self) -> None:
        self._asked.append(("leave",))


class FakeVisit:
    """`VisitControls` for the interface's tests: the interface is real, the visit is scripted."""

    def __init__(self, snapshot: VisitSnapshot | None = None) -> None:
        self.snapshot = snapshot or VisitSnapshot()
        self.asked: list[tuple[object, ...]] = []
        self.technician = FakeTechnician(self.asked)
        self.papers = FakePapers(self.asked)
        self.appointments = FakeControls("appointments", self.asked)
        self.farewell = FakeControls("farewell", self.asked)
        self._listeners: list[Callable[[VisitSnapshot], None]] = []

    def become(self, snapshot: VisitSnapshot) -> None:
        """Tell the listeners of a new snapshot."""
        self.snapshot = snapshot
        for listener in self._listeners:
            listener(snapshot)

    def subscribe(self, listener: Callable[[VisitSnapshot], None]) -> None:
        self._listeners.append(listener)

    def show_pictures(self, sinks: Sinks) -> None:
        self.asked.append(("show_pictures", sinks))

    async def touched(self) -> None:
        self.asked.append(("touched",))

    async def choose(self, agency: str) -> None:
        self.asked.append(("choose", agency))

    async def cancel(self) -> None:
        self.asked.append(("cancel",))

    async def hang_up(self) -> None:
        self.asked.append(("hang_up",))

    async def go_home(self) -> None:
        self.asked.append(("go_home",))

    async def set_muted(self, muted: bool) -> None:
        self.asked.append(("set_muted", muted))

    async def set_volume(self, volume: int) -> None:
        self.asked.append(("set_volume", volume))

    async def interface_failed(self, detail: str) -> None:
        self.asked.append(("interface_failed", detail))

    async def agree(self) -> None:
        self.asked.append(("agree",))

    async def show_writing(self, shown: bool) -> None:
        self.asked.append(("show_writing", shown))

    async def type_text(self, text: str) -> None:
        self.asked.append(("type_text", text))

    async def end_text(self) -> None:
        self.asked.append(("end_text",))

    async def correct_text(self, number: int, text: str) -> None:
        self.asked.append(("correct_text", number, text))

    async def interface_wiped(self, number: int, counts: Mapping[str, tuple[int, int]]) -> None:
        self.asked.append(("interface_wiped", number, counts))

    async def dock(self, device: str, action: str, argument: str) -> None:
        self.asked.append(("dock", device, action, argument))

    async def screen_told(self, facts: ScreenFacts | None) -> None:
        self.asked.append(("screen_told", facts))

    async def key_handset(self, lifted: bool) -> None:
        self.asked.append(("key_handset", lifted))

    async def typed_code(self, text: str) -> None:
        self.asked.append(("typed_code", text))


class InlineLoop:
    """Runs a request at once, on the caller's thread: what `FakeVisit` is asked never waits."""

    def run(self, work: Coroutine[Any, Any, None]) -> Future[None]:
        done: Future[None] = Future()
        try:
            work.send(None)
        except StopIteration:
            done.set_result(None)
        except Exception as error:  # noqa: BLE001 (as the real loop's future keeps any)
            done.set_exception(error)
        else:
            work.close()
            done.set_exception(RuntimeError("the request waits for something"))
        return done
