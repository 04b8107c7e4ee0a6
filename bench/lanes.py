"""What a call's data channels carry over a shaped line: `python -m bench.lanes --from booth`.

The booth's own lanes over aiortc at one end, the agent page's own modules in Chromium at the other,
a line of a given rate, delay and loss between them; no sound or picture. A document goes one way,
keys are typed both ways beside it. Rates in kb/s, times in ms, both clocks are this machine's.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Page, Route, async_playwright

from bench.chromium import sandbox
from kiosk.calls.again import Repeats
from kiosk.calls.aiortc_connection import new_connection
from kiosk.calls.channels import Channels
from kiosk.calls.text import RealTimeText
from tests.calls.line import BadLine, own_address, stand_in
from tests.documents.ends import End

ADDRESS = "https://lanes.test/"
HERE = Path(__file__).parent
STATIC = HERE.parent / "desk/static"
HTML = "<!doctype html><script type=module src=/bench/lanes.js></script>"
LOSS_PATTERN = 10_007
"""Packets until the same are lost again: a prime, so that it falls in with nothing."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one run."""

    document_kbps: float
    whole: bool
    to_page_ms: tuple[float, float, float]
    """From a key at the booth until the page has it: median, 95th percentile, worst."""
    to_booth_ms: tuple[float, float, float]
    processor_s: float
    """Of this process, line included."""


class BoothEnd:
    """The booth's text and papers, with the times at which keys are typed and read."""

    def __init__(self) -> None:
        self.typed_at: list[float] = []
        self.read_at: list[float] = []
        self.connected = asyncio.Event()
        self.text = RealTimeText(self._read)
        self.papers = End()

    def type(self) -> None:
        """Type one more key."""
        self.typed_at.append(time.time())
        self.text.type("x" * len(self.typed_at))

    @property
    def taken(self) -> int:
        """Bytes of the page's document that are here."""
        whole = sum(len(content) for content in self.papers.got.values())
        coming = self.papers.transfer.receiver.coming
        return whole + sum(len(document.data) for document in coming)

    def _read(self) -> None:
        self.connected.set()
        theirs = [line for line in self.text.lines if not line.own]
        while theirs and len(self.read_at) < len(theirs[-1].text):
            self.read_at.append(time.time())


@asynccontextmanager
async def agents_page() -> AsyncIterator[Page]:
    """Open a page in Chromium that has the modules of the agent's page, and nothing of its own."""

    async def serve(route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS)
        if not path:
            await route.fulfill(content_type="text/html", body=HTML)
            return
        folder, _, name = path.partition("/")
        file = (HERE / "page" if folder == "bench" else STATIC) / Path(name).name
        await route.fulfill(content_type="text/javascript", body=file.read_text())

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=[*sandbox(), "--disable-features=WebRtcHideLocalIpsWithMdns"],
        )
        try:
            page = await browser.new_page(ignore_https_errors=True)
            await page.route("**/*", serve)
            await page.goto(ADDRESS)
            await page.wait_for_function("window.lanes !== undefined")
            yield page
        finally:
            await browser.close()


@asynccontextmanager
async def connected(line: BadLine, booth: BoothEnd, page: Page) -> AsyncIterator[None]:
    """Join both ends over `line`."""
    connection = new_connection([])
    again = Repeats(booth.text)
    channels = Channels(connection, [again.original, again, booth.papers.transfer])
    try:
        booth_end, page_end = await line.pair(1)
        await connection.setLocalDescription(await connection.createOffer())
        offer = stand_in(connection.localDescription.sdp, booth_end, line.address)
        answer = await page.evaluate("sdp => lanes.answer(sdp)", offer)
        description = type(connection.localDescription)
        through = stand_in(answer, page_end, line.address)
        await connection.setRemoteDescription(description(through, "answer"))
        yield
    finally:
        channels.close()
        await connection.close()
        line.close()


def shaped(arguments: argparse.Namespace) -> BadLine:
    """Return the line that was asked for."""
    line, chance = BadLine(own_address()), random.Random(arguments.seed)
    for conditions in (line.to_booth, line.to_agent):
        conditions.rate_bps = arguments.rate * 1000
        conditions.delay_s = arguments.delay / 1000
        if arguments.loss:
            conditions.lose(chance.random() < arguments.loss / 100 for _ in range(LOSS_PATTERN))
    return line


async def measure(arguments: argparse.Namespace) -> Figures:
    """Run once."""
    booth, size = BoothEnd(), round(arguments.size * 2**20)
    async with agents_page() as page, connected(shaped(arguments), booth, page):
        await booth.connected.wait()
        begun, processor = time.time(), time.process_time()
        if arguments.source == "booth":
            booth.papers.give(random.Random(1).randbytes(size))
        elif arguments.source == "page":
            begun = await page.evaluate("size => lanes.give(size)", size)
        carried = 0
        while (time.time() - begun) < arguments.seconds and (carried < size or not size):
            booth.type()
            await page.evaluate("lanes.type()")
            await asyncio.sleep(arguments.key / 1000)
            told = await page.evaluate("lanes.figures()")
            carried = told["taken"] if arguments.source == "booth" else booth.taken
        took, used = time.time() - begun, time.process_time() - processor
        await asyncio.sleep(2)
        told = await page.evaluate("lanes.figures()")
    return Figures(
        document_kbps=round(carried * 8 / took / 1000),
        whole=bool(size) and carried >= size,
        to_page_ms=spread(booth.typed_at, told["readAt"]),
        to_booth_ms=spread(told["typedAt"], booth.read_at),
        processor_s=round(used, 2),
    )


def spread(typed: list[float], read: list[Any]) -> tuple[float, float, float]:
    """Return median, 95th percentile and worst of the times between, in ms.

    Raises:
        ValueError: a key was never read.
    """
    if len(read) < len(typed):
        raise ValueError(f"{len(typed)} keys typed, {len(read)} read")
    late = sorted((there - here) * 1000 for here, there in zip(typed, read, strict=True))
    return tuple(round(late[min(len(late) - 1, int(len(late) * at))]) for at in (0.5, 0.95, 1))


def main() -> None:
    """Measure once, and print the figures."""
    parser = argparse.ArgumentParser(prog="bench.lanes", description=__doc__)
    parser.add_argument("--from", dest="source", choices=("booth", "page", "nobody"), required=True)
    parser.add_argument("--rate", type=float, default=500, help="kb/s; 0: no bound")
    parser.add_argument("--delay", type=float, default=80, help="ms, one way")
    parser.add_argument("--loss", type=float, default=0, help="per cent of the packets")
    parser.add_argument("--size", type=float, default=20, help="MiB")
    parser.add_argument("--key", type=float, default=120, help="ms between two keys")
    parser.add_argument("--seconds", type=float, default=60, help="at most")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    print(json.dumps(asdict(asyncio.run(measure(arguments)))))


if __name__ == "__main__":
    main()
