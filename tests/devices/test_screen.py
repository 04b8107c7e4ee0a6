"""The screen is what the interface says of it, and nothing before it has said anything."""

from __future__ import annotations

from dataclasses import replace

from devices.screen import open_screen
from devices.screen.interface import Screen, ScreenFacts
from devices.status import DeviceKind, DeviceState, DeviceStatus

FACTS = ScreenFacts(1080, 1920, touch=True, name="HDMI-1", millimetres=(299, 531))


def heard(screen: Screen) -> list[DeviceStatus]:
    seen: list[DeviceStatus] = []
    screen.on_status(seen.append)
    return seen


async def test_nothing_is_known_before_it_is_told() -> None:
    screen = open_screen()
    assert screen.kind is DeviceKind.SCREEN
    assert screen.status.state is DeviceState.UNKNOWN
    assert dict(screen.capabilities) == {}
    assert await screen.found() == ()


async def test_a_screen_is_told_with_its_facts() -> None:
    screen = open_screen()
    seen = heard(screen)
    screen.told(FACTS)
    assert screen.status == DeviceStatus(
        DeviceState.ONLINE, detail="HDMI-1 1080x1920, 299x531 mm, touch"
    )
    assert dict(screen.capabilities) == {
        "width": 1080, "height": 1920, "orientation": "portrait", "touch": True,
        "width_mm": 299, "height_mm": 531,
    }  # fmt: skip
    assert await screen.found() == ("HDMI-1",)
    screen.told(FACTS)
    assert len(seen) == 1


def test_a_screen_that_does_not_tell_its_size_in_millimetres() -> None:
    screen = open_screen()
    screen.told(ScreenFacts(1920, 1080, touch=False))
    assert screen.status.detail == "1920x1080, no touch screen"
    assert screen.capabilities["orientation"] == "landscape"
    assert "width_mm" not in screen.capabilities


async def test_a_screen_that_goes_and_comes_back() -> None:
    screen = open_screen()
    seen = heard(screen)
    screen.told(FACTS)
    screen.told(None)
    assert screen.status.state is DeviceState.NO_DEVICE
    assert screen.status.recovery_hint
    assert await screen.found() == ()
    screen.told(replace(FACTS, name="HDMI-2"))
    assert [status.state for status in seen] == [
        DeviceState.ONLINE, DeviceState.NO_DEVICE, DeviceState.ONLINE,
    ]  # fmt: skip


async def test_a_stopped_screen_is_unknown_again() -> None:
    screen = open_screen()
    screen.told(FACTS)
    screen.retry()
    await screen.stop()
    await screen.stop()
    assert screen.status == DeviceStatus()
