"""The watchdog is fed while all threads beat, over the socket that systemd would read."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.watchdog import Watchdog, notify


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def supervisor(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind("")
        listener.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", "@" + listener.getsockname()[1:].decode())
        yield listener


def test_without_a_supervisor_nothing_is_said() -> None:
    assert not notify("READY=1", {})


def test_a_word_reaches_a_socket_in_the_file_system(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        assert notify("READY=1", {"NOTIFY_SOCKET": str(tmp_path / "notify")})
        assert listener.recv(100) == b"READY=1"


@pytest.mark.expects_log("supervisor not reached")
def test_a_supervisor_that_is_gone_harms_nobody(tmp_path: Path) -> None:
    assert not notify("READY=1", {"NOTIFY_SOCKET": str(tmp_path / "nobody")})


def test_fed_only_while_all_beat(supervisor: socket.socket) -> None:
    clock = Clock()
    watchdog = Watchdog(["loop", "interface"], clock=clock, frozen_after_s=5)
    assert watchdog.feed() == ()
    assert supervisor.recv(100) == b"WATCHDOG=1"
    clock.now += 6
    watchdog.beat("loop")
    assert watchdog.feed() == ("interface",)
    watchdog.beat("interface")
    assert watchdog.feed() == ()
    assert supervisor.recv(100) == b"WATCHDOG=1"
    supervisor.setblocking(False)
    with pytest.raises(BlockingIOError):
        supervisor.recv(100)


def test_either_thread_alone_starves_it() -> None:
    for frozen, alive in (("loop", "interface"), ("interface", "loop")):
        clock = Clock()
        said: list[str] = []
        watchdog = Watchdog(
            ["loop", "interface"],
            tell=lambda word, said=said: not said.append(word),  # type: ignore[misc]
            clock=clock,
            frozen_after_s=5,
        )
        for _ in range(10):
            clock.now += 1
            watchdog.beat(alive)
            watchdog.feed()
        assert watchdog.frozen() == (frozen,)
        assert len(said) == 5


def test_a_stranger_is_not_counted() -> None:
    with pytest.raises(KeyError):
        Watchdog(["loop"]).beat("other")


@pytest.mark.expects_log("threads frozen")
async def test_the_loop_feeds_until_another_thread_freezes(
    supervisor: socket.socket, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    watchdog = Watchdog(["loop", "interface"], clock=clock, look_every_s=0.01)
    task = asyncio.create_task(watchdog.run("loop"))
    beating = threading.Thread(target=watchdog.beat, args=("interface",))
    beating.start()
    beating.join()
    assert await asyncio.to_thread(supervisor.recv, 100) == b"WATCHDOG=1"
    clock.now += 60
    async with asyncio.timeout(5):
        while not caplog.messages:
            await asyncio.sleep(0.01)
    assert watchdog.frozen() == ("interface",)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
