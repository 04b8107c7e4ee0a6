"""The dock over several simulated devices: what is listed, what is done, what is refused."""

from __future__ import annotations

import pytest

from devices.dock import Action, WrongArgument, number, plain
from devices.status import DeviceKind, DeviceState, DeviceStatus
from kiosk.dock import Dock, NoSuchAction
from kiosk.hardware import Hardware


class Simulated:
    """A device that writes down what is done to it."""

    def __init__(self, kind: DeviceKind, *names: str, state: DeviceState) -> None:
        self.kind = kind
        self.status = DeviceStatus(state, simulated=True)
        self.done: list[str] = []
        self.actions: dict[str, Action] = {
            name: plain(lambda name=name: self.done.append(name))  # type: ignore[misc]
            for name in names
        }
        self.actions["slow"] = number(
            lambda factor: self.done.append(f"slow {factor:g}"), "how many times", 1, 100
        )


class Real:
    kind = DeviceKind.CARD_READER
    status = DeviceStatus(DeviceState.ONLINE)


class Shelf:
    """As much of `Hardware` as the dock looks at."""

    def __init__(self, *devices: object) -> None:
        self.devices = self
        self.all = devices


@pytest.fixture
def hook() -> Simulated:
    return Simulated(DeviceKind.HANDSET, "plug", "lift", state=DeviceState.ONLINE)


@pytest.fixture
def earpiece() -> Simulated:
    return Simulated(DeviceKind.HANDSET, "plug", "silence", state=DeviceState.NO_DEVICE)


@pytest.fixture
def changes() -> list[None]:
    return []


@pytest.fixture
def dock(hook: Simulated, earpiece: Simulated, changes: list[None]) -> Dock:
    shelf = Shelf(hook, earpiece, Real())
    hardware: Hardware = shelf  # type: ignore[assignment]
    return Dock(lambda: hardware, lambda: changes.append(None))


def test_a_kind_is_listed_once_with_all_that_can_be_done_and_its_worst_state(dock: Dock) -> None:
    (shown,) = dock.devices
    assert (shown.kind, shown.state) == ("handset", "noDevice")
    assert dict(shown.actions) == {
        "plug": "",
        "lift": "",
        "silence": "",
        "slow": "how many times",
    }


def test_an_action_is_done_to_each_device_that_knows_it(
    dock: Dock, hook: Simulated, earpiece: Simulated, changes: list[None]
) -> None:
    dock.do("handset", "plug")
    dock.do("handset", "lift")
    dock.do("handset", "slow", "2.5")
    assert hook.done == ["plug", "lift", "slow 2.5"]
    assert earpiece.done == ["plug", "slow 2.5"]
    assert len(changes) == 3


@pytest.mark.parametrize(
    ("device", "action", "words"),
    [
        ("handse", "lift", "did you mean 'handset'"),
        ("camera", "plug", "there are: handset"),
        ("card_reader", "plug", "no simulated device"),
        ("handset", "lft", "did you mean 'lift'"),
    ],
)
def test_what_is_not_there_is_refused_with_the_nearest_name(
    dock: Dock, device: str, action: str, words: str
) -> None:
    with pytest.raises(NoSuchAction, match=words):
        dock.do(device, action)


def test_a_wrong_argument_is_refused(dock: Dock) -> None:
    with pytest.raises(WrongArgument, match="from 1 to 100"):
        dock.do("handset", "slow", "1000")
    with pytest.raises(WrongArgument, match="takes no argument"):
        dock.do("handset", "lift", "high")


@pytest.mark.expects_log("dock refused")
async def test_a_touch_that_makes_no_sense_is_no_fault(dock: Dock, hook: Simulated) -> None:
    await dock.touch("handset", "slow", "fast")
    await dock.touch("handset", "lift", "")
    assert hook.done == ["lift"]


def test_before_the_devices_are_known_there_is_nothing() -> None:
    dock = Dock(lambda: None, lambda: None)
    assert dock.devices == ()
    with pytest.raises(NoSuchAction, match="there are: none"):
        dock.do("camera", "plug")
