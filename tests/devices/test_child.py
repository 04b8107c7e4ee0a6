"""Child processes: what is left when one can't be started."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Hashable
from pathlib import Path

import pytest

from devices.child import Child
from devices.child_driver import ChildDriver
from devices.status import DeviceState
from devices.supervisor import Backoff, Supervisor
from tests.devices.helpers import Statuses, Watched


def open_files() -> set[str]:
    return {link.name for link in Path("/proc/self/fd").iterdir()}


class Childless(ChildDriver):
    """A driver whose child the system has no room for."""

    def __init__(self) -> None:
        super().__init__("sign of life", 1.0, "wait")
        self.forgotten = 0
        self.tries = Watched()

    def spawn(self) -> Child:
        return Child.spawn("devices.none", {}, self.on_messages)

    def on_data(self, messages: list[bytes]) -> None:
        """There is nobody to send any."""

    def forget(self) -> None:
        self.forgotten += 1
        self.tries.happened()

    def plugged(self) -> Hashable:
        return None


@pytest.mark.parametrize("fails", ["fork", "pidfd"])
async def test_a_child_that_can_not_be_started_leaves_nothing_and_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    """A booth that runs short of processes for a night must not run short of descriptors too."""

    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError(11, os.strerror(11))

    if fails == "fork":
        monkeypatch.setattr(subprocess, "Popen", refuse)
    else:
        monkeypatch.setattr(os, "pidfd_open", refuse)
    driver, statuses = Childless(), Statuses()
    supervisor = Supervisor("fake", driver, backoff=Backoff(first_s=0.01, cap_s=0.01))
    supervisor.on_status(statuses)
    before = open_files()
    await supervisor.start()
    fault = await statuses.ever(DeviceState.HARDWARE_ERROR)
    await driver.tries.until(lambda: driver.forgotten >= 3)
    await supervisor.stop()
    assert open_files() == before
    assert "no process for it" in fault.detail
