"""What holds for every test: headless, its own home, a quiet log, no process left behind."""

from __future__ import annotations

import logging
import os
import re
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import structlog
from structlog.typing import EventDict, WrappedLogger

from kiosk.log import ALLOWED_KEYS, closed, structlog_to_stdlib

#: Set by structlog itself or by the test's own processor chain.
_OWN_KEYS = frozenset({"event", "exc_info", "stack_info"})

#: Seconds for a test of whole demonstrations, of which the longest takes 50 on two quiet cores.
LONG_TEST_S = 300

_home = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Give the whole session an environment that neither depends on this machine nor marks it."""
    home = Path(tempfile.mkdtemp(prefix="visio-guichet-tests-"))
    config.stash[_home] = home
    # A session begun in the background ignores Ctrl-C, and so would every program it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in [name for name in os.environ if name.startswith(("VISIO_GUICHET_", "XDG_"))]:
        del os.environ[name]
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    os.environ |= {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "Europe/Paris",
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "NO_AT_BRIDGE": "1",
    }


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the session's home away again."""
    shutil.rmtree(config.stash[_home], ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread the files that run whole demonstrations over the session, so that seldom two meet.

    All begin in its first three quarters: what is left for the end is short, and keeps all workers
    busy. Each of their tests may take as long as a slow machine needs.
    """
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    long = [path for path in files if path.parent.name == "end_to_end"]
    short = [path for path in files if path.parent.name != "end_to_end"]
    for item in (item for path in long for item in files[path]):
        if item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(LONG_TEST_S))
    every = max(1, len(short) * 3 // 4 // max(1, len(long)))
    order: list[Path] = []
    for path in long:
        order += [path, *short[:every]]
        del short[:every]
    items[:] = [item for path in (*order, *short) for item in files[path]]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a session that leaves a process behind."""
    left = [child for child in psutil.Process().children(recursive=True) if _outlives(child)]
    for child in left:
        child.kill()
    if left:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print(f"\nleft behind by the tests: {[' '.join(_command(child)) for child in left]}")


def _outlives(child: psutil.Process) -> bool:
    try:
        child.wait(timeout=3)
    except psutil.TimeoutExpired:
        return "resource_tracker" not in " ".join(_command(child))
    return False


def _command(child: psutil.Process) -> list[str]:
    try:
        return child.cmdline()
    except psutil.NoSuchProcess:
        return []


class _Listener(logging.Handler):
    """Keeps what was logged from WARNING up."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which an unexpected warning, or a key that is not allowed, is logged."""
    strangers: set[str] = set()

    def watch_keys(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        strangers.update(event.keys() - ALLOWED_KEYS - _OWN_KEYS)
        return event

    structlog_to_stdlib([structlog.contextvars.merge_contextvars, watch_keys, closed], _as_line)
    listener = _Listener()
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    root.addHandler(listener)
    yield
    # A command that a test runs in this process sets the log up as its own.
    root.setLevel(level)
    root.handlers[:] = handlers
    logging.captureWarnings(capture=False)
    expected = [mark.args[0] for mark in request.node.iter_markers("expects_log")]
    unexpected = [
        line for line in listener.lines if not any(re.search(pattern, line) for pattern in expected)
    ]
    if unexpected:
        pytest.fail("unexpected in the log:\n" + "\n".join(unexpected), pytrace=False)
    if strangers:
        pytest.fail(
            f"logged keys not in kiosk.log.ALLOWED_KEYS: {sorted(strangers)}", pytrace=False
        )


def _as_line(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    return " ".join([str(event.pop("event")), *(f"{key}={value}" for key, value in event.items())])
