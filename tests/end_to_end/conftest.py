"""What the end-to-end tests share: media files, a browser, one demonstration for each module."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.end_to_end.agent import Agent
from tests.end_to_end.browser import chromium
from tests.end_to_end.demo import Demo
from tests.end_to_end.desktop import AccessibleSession
from tests.end_to_end.media import write_picture, write_speech
from tests.end_to_end.reader import HOME_SIGN, Reader
from tests.end_to_end.witness import Witness


@pytest.fixture(scope="module", autouse=True)
def unmeasured() -> Iterator[None]:
    """Whole demonstrations at their own speed: what counts coverage slows them down.

    The 90 % of each package are reached without these tests.
    """
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
        yield


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The files before the agent's camera and microphone."""
    folder = tmp_path_factory.mktemp("media")
    return write_picture(folder / "agent.mjpeg"), write_speech(folder / "agent.wav")


@pytest.fixture(scope="module")
def browser(media: tuple[Path, Path]) -> Iterator[Browser]:
    """The agents' Chromium."""
    with chromium(*media) as running:
        yield running


@pytest.fixture(scope="module")
def session() -> Iterator[AccessibleSession]:
    """The D-Bus session in which booth and screen reader meet."""
    with AccessibleSession() as running:
        yield running


@pytest.fixture(scope="module")
def demo(session: AccessibleSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demonstration that is up, on a screen of its own."""
    with Demo(tmp_path_factory.mktemp("demo"), session.environment) as running:
        yield running


@pytest.fixture(scope="module")
def reader(session: AccessibleSession, demo: Demo) -> Iterator[Reader]:
    """A screen reader on the demonstration's booth, which shows Home."""
    with Reader(session.environment) as running:
        running.wait_for(HOME_SIGN, within_s=30)
        yield running


@pytest.fixture
def booth(reader: Reader) -> Iterator[Reader]:
    """The booth at Home, and brought back there afterwards."""
    reader.wait_for(HOME_SIGN)
    yield reader
    reader.bring_home()


@pytest.fixture
def agent(browser: Browser, demo: Demo) -> Iterator[Agent]:
    """An agent of the CAF who is available."""
    account = demo.agents("caf")[0]
    sitting = Agent(browser, demo.desk_url)
    sitting.sign_in(account["user"], account["password"])
    sitting.be_available()
    yield sitting
    sitting.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to a failure what every part had said by then."""
    report = yield
    # By its teardown what would tell has gone.
    if report.failed and report.when != "teardown" and isinstance(item, pytest.Function):
        for witness in item.funcargs.values():
            if isinstance(witness, Witness):
                report.sections += [(what, said) for what, said in witness.testify().items()]
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the tests measured: no test asserts how fast this machine is."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {name} = {value}")
