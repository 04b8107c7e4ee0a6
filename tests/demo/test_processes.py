"""Children are started in order, kept running, and never outlive the demonstration."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psutil
import pytest

from kiosk.demo import supervisor as rules
from kiosk.demo.process import Guard, Process, children
from kiosk.demo.supervisor import Part, PartFailed, Supervisor

READY = "from kiosk.watchdog import notify; notify('STATUS=well\\nREADY=1');"
FOREVER = "import threading; threading.Event().wait()"


def part(name: str, program: str) -> Part:
    return Part(name, (sys.executable, "-c", program), dict(os.environ))


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.02)


def gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


class Said:
    """What the supervisor was told and told."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []
        self.ready = 0

    def __call__(self, who: str, line: str) -> None:
        self.lines.append((who, line))

    def of(self, who: str) -> list[str]:
        return [line for name, line in self.lines if name == who]

    def came_up(self) -> None:
        self.ready += 1


@pytest.fixture
async def guard() -> AsyncIterator[Guard]:
    guard = await Guard.start()
    yield guard
    await guard.close()


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture
async def supervisor(guard: Guard, said: Said) -> AsyncIterator[Supervisor]:
    supervisor = Supervisor(guard, said, said.came_up)
    yield supervisor
    await supervisor.stop()


async def test_a_part_is_ready_when_it_says_so(supervisor: Supervisor, said: Said) -> None:
    supervisor.begin(part("desk", f"print('hello'); {READY} {FOREVER}"))
    await supervisor.ready("desk")
    pid = supervisor.pid("desk")
    assert pid is not None
    assert supervisor.status("desk") == "well"
    await until(lambda: "hello" in said.of("desk"))
    await supervisor.stop()
    assert gone(pid)
    assert supervisor.pid("desk") is None


async def test_a_part_that_dies_is_named_and_started_again(
    supervisor: Supervisor, said: Said
) -> None:
    supervisor.begin(part("robot", f"{READY} {FOREVER}"))
    await supervisor.ready("robot")
    first = supervisor.pid("robot")
    assert first is not None
    os.kill(first, signal.SIGKILL)
    await until(lambda: said.ready == 2)
    assert supervisor.pid("robot") not in (None, first)
    assert said.of("demo") == ["the robot ended (signal SIGKILL); starting it again in 0.2 s"]


async def test_a_part_with_wrong_settings_is_not_tried_again(
    supervisor: Supervisor, said: Said
) -> None:
    supervisor.begin(part("desk", "import sys; sys.exit(2)"))
    with pytest.raises(PartFailed, match="the desk does not start"):
        await supervisor.ready("desk")
    assert said.of("demo") == ["the desk ended (exit code 2) and is not started again"]


async def test_a_part_that_never_lives_is_given_up(supervisor: Supervisor, said: Said) -> None:
    supervisor.begin(part("desk", "import sys; sys.exit(1)"))
    with pytest.raises(PartFailed):
        await supervisor.ready("desk")
    assert len(said.of("demo")) == rules.START_TRIES + 1


async def test_a_part_that_is_never_ready_is_named(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "READY_WITHIN_S", 0.1)
    supervisor.begin(part("kiosk", FOREVER))
    with pytest.raises(PartFailed, match="the kiosk was not ready within"):
        await supervisor.ready("kiosk")


async def test_one_that_will_not_end_is_killed_with_its_children(
    supervisor: Supervisor, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "STOP_WITHIN_S", 0.2)
    stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    child = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {FOREVER!r}]);"
    supervisor.begin(part("kiosk", stubborn + child + READY + FOREVER))
    await supervisor.ready("kiosk")
    pid = supervisor.pid("kiosk")
    assert pid is not None
    (grandchild,) = children(pid)
    await supervisor.stop()
    await until(lambda: gone(pid) and gone(grandchild))


async def test_an_overlong_line_is_not_the_end(guard: Guard) -> None:
    lines: list[str] = []
    program = "print('x' * 200_000); print('after')"
    process = await Process.start(
        [sys.executable, "-c", program], dict(os.environ), guard, lines.append
    )
    assert await process.wait() == 0
    assert lines[-1] == "after"
    assert "(a line too long to show)" in lines


def test_nobody_has_no_children() -> None:
    with subprocess.Popen(["true"]) as done:
        pass
    assert children(done.pid) == ()


async def test_the_guard_ends_what_a_killed_demonstration_leaves(tmp_path: Path) -> None:
    record = tmp_path / "pid"
    program = f"""
import asyncio, os, pathlib
from kiosk.demo.process import Guard, Process

async def main():
    guard = await Guard.start()
    child = await Process.start(["sleep", "600"], dict(os.environ), guard, print)
    pathlib.Path({str(record)!r} + ".part").write_text(str(child.pid))
    os.rename({str(record)!r} + ".part", {str(record)!r})
    await asyncio.Event().wait()

asyncio.run(main())
"""
    demo = await asyncio.create_subprocess_exec(sys.executable, "-c", program)
    await until(record.exists)
    child = int(record.read_text())
    assert not gone(child)
    demo.kill()
    await demo.wait()
    await until(lambda: gone(child))
