"""One neighbourhood for all tests of the printer, a new printer for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.devices.document_printer.eve import EvePrinter, neighbourhood


@pytest.fixture(scope="session")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with neighbourhood(tmp_path_factory.mktemp("bus")) as environment:
        yield environment


@pytest.fixture
def eve(tmp_path: Path, bus: dict[str, str]) -> Iterator[EvePrinter]:
    printer = EvePrinter(tmp_path, bus)
    try:
        printer.switch_on()
        yield printer
    finally:
        printer.close()
