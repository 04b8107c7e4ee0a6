"""From a key here to the same key drawn there, in a real call: `python -m bench.key_to_glass`.

The demonstration's booth in its real window and the agent's page in a real Chromium, with sound and
picture both ways. Nobody asks again and again whether something has come: a touch on the booth's
on-screen keyboard ends when the page has painted the frame with its letter; a key pressed in the
page ends when the pixels of the booth's screen change, which are looked at every 2 ms. One machine,
one clock; times in ms.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.screen import Box, Pixels, Screen
from tests.end_to_end.agent import Agent
from tests.end_to_end.browser import chromium
from tests.end_to_end.demo import Demo
from tests.end_to_end.desktop import AccessibleSession
from tests.end_to_end.eyes import display_of
from tests.end_to_end.media import write_picture, write_speech
from tests.end_to_end.reader import HOME_SIGN, Reader

WIDTH, HEIGHT = 1920, 1080
LETTER = (1532, 646)
"""« M » of the on-screen keyboard, French layout, on a screen of that size."""
HELD_S = 0.05
"""By a quick finger; the letter is typed when it lets go, and counted from then."""
KEY = Box(1490, 620, 20, 20)
"""A part of its face, beside the letter; dark, where the screen without a keyboard is light."""
DARK = 60
SETTLED_S = 2.0
"""The keyboard slides in: a touch before it stands finds another key, or none."""
LINES = Box(1152, 178, 720, 150)
"""Where the booth shows what was written."""
LOOK_EVERY_S = 0.002
STILL_S = 0.1
"""Nothing may move there before a key, or something else would be taken for it."""
WITHIN_S = 10.0
SLOW_MS = 200
"""Told one by one, with their place in the row."""
KEYS_A_LINE = 12
PAUSE_S = (0.05, 0.25)
"""Between two keys, on top of the wait for the one before."""
BULK_BYTES = 19 * 2**20
BULKS = 6
SMALL_CALL = {
    "VISIO_GUICHET_CALL__WIDTH": "320",
    "VISIO_GUICHET_CALL__HEIGHT": "180",
    "VISIO_GUICHET_CALL__RATE": "10",
}
"""The browser of the agent shares the two cores, and codes its own picture, too."""


@dataclass(frozen=True, slots=True)
class Call:
    """Both ends of a call, with the text open on each."""

    screen: Screen
    agent: Agent
    chance: random.Random

    def from_booth(self) -> float:
        """Touch a letter; return how long it took to the page's glass."""
        self.agent.page.evaluate("glass.arm()")
        let_go_s = self.screen.touch(*LETTER, HELD_S)
        begun_ms = _wall_ms(let_go_s)
        return float(self.agent.page.evaluate("glass.painted")) - begun_ms

    def from_page(self) -> float:
        """Press a letter in the page; return how long it took to the booth's glass."""
        before = self._still()
        watch = _Watch(lambda: self.screen.until_changed(LINES, before, WITHIN_S, LOOK_EVERY_S))
        self.agent.page.keyboard.press("m")
        drawn_s = watch.result()
        if drawn_s is None:
            raise TimeoutError("the booth never drew the key")
        return _wall_ms(drawn_s) - float(self.agent.page.evaluate("glass.pressedAt"))

    def end_line(self) -> None:
        """Begin another line in the page."""
        self.agent.page.keyboard.press("Enter")

    def pause(self) -> None:
        """Rest between two keys, without a rhythm."""
        time.sleep(self.chance.uniform(*PAUSE_S))

    def give(self, count: int) -> None:
        """Give the resident that many large documents, one after the other."""
        files = [
            {"name": f"{number}.pdf", "mimeType": "application/pdf", "buffer": _large_pdf(number)}
            for number in range(count)
        ]
        for file in files:
            self.agent.page.locator("#give-file").set_input_files(file)  # type: ignore[arg-type]

    def percent(self) -> str:
        """Return how far the documents are, as the page has it."""
        bars = "[...document.querySelectorAll('#given progress')].map((bar) => bar.value)"
        return str(self.agent.page.evaluate(bars))

    def _still(self) -> Pixels:
        until = time.monotonic() + WITHIN_S
        while time.monotonic() < until:
            before = self.screen.look(LINES)
            time.sleep(STILL_S)
            if np.array_equal(before, self.screen.look(LINES)):
                return before
        raise TimeoutError("what is written at the booth moves without end")


class _Watch:
    """Looks in a thread of its own, while the browser is driven."""

    def __init__(self, look: Callable[[], float | None]) -> None:
        self._seen: float | None = None
        self._thread = threading.Thread(target=self._run, args=(look,))
        self._thread.start()

    def result(self) -> float | None:
        """Return when it was seen."""
        self._thread.join()
        return self._seen

    def _run(self, look: Callable[[], float | None]) -> None:
        self._seen = look()


@contextmanager
def in_call(seed: int, *, small: bool) -> Iterator[Call]:
    """Start everything, and bring resident and agent together."""
    with ExitStack() as parts:
        folder = Path(parts.enter_context(tempfile.TemporaryDirectory()))
        session = parts.enter_context(AccessibleSession())
        environment = {**session.environment, **(SMALL_CALL if small else {})}
        demo = parts.enter_context(Demo(folder, environment))
        reader = parts.enter_context(Reader(session.environment))
        media = write_picture(folder / "agent.mjpeg"), write_speech(folder / "agent.wav")
        browser = parts.enter_context(chromium(*media))
        reader.wait_for(HOME_SIGN, within_s=30)
        agent, account = Agent(browser, demo.desk_url), demo.agents("caf")[0]
        agent.sign_in(account["user"], account["password"])
        agent.be_available()
        reader.join("CAF")
        agent.answer()
        reader.wait_for("L'image de l'agent", within_s=60)
        reader.press("Écrire")
        agent.page.get_by_role("tab", name="Texte").click()
        agent.page.get_by_role("textbox").last.focus()
        agent.page.evaluate((Path(__file__).parent / "page/glass.js").read_text())
        screen = Screen(display_of(demo.pid_of("kiosk")), WIDTH, HEIGHT)
        parts.callback(screen.close)
        if screen.until(KEY, lambda seen: bool(seen[..., :3].max() < DARK), WITHIN_S) is None:
            raise TimeoutError("the booth shows no keyboard")
        time.sleep(SETTLED_S)
        yield Call(screen, agent, random.Random(seed))


def measure(call: Call, keys: int, *, bulk: bool) -> dict[str, object]:
    """Type that many keys each way."""
    if bulk:
        call.give(BULKS)
    booth, page = [], []
    for number in range(1, keys + 1):
        booth.append(call.from_booth())
        call.pause()
        page.append(call.from_page())
        call.pause()
        if number % KEYS_A_LINE == 0:
            call.end_line()
    return {
        "bulk": bulk,
        "given": call.percent() if bulk else "",
        "booth_to_page": _spread(booth),
        "page_to_booth": _spread(page),
        "load": os.getloadavg()[0],
    }


def _wall_ms(monotonic_s: float) -> float:
    """The page's clock is the wall's, the screen's is not."""
    return (time.time() - (time.monotonic() - monotonic_s)) * 1000


def _spread(taken_ms: list[float]) -> dict[str, object]:
    ranked = sorted(taken_ms)
    return {
        "keys": len(ranked),
        "median": round(ranked[len(ranked) // 2]),
        "p95": round(ranked[int(len(ranked) * 0.95)]),
        "worst": round(ranked[-1]),
        "slow": [(at, round(ms)) for at, ms in enumerate(taken_ms) if ms > SLOW_MS],
    }


def _large_pdf(seed: int) -> bytes:
    """A page over which a stream of noise is laid that nothing draws."""
    noise = random.Random(seed).randbytes(BULK_BYTES)
    import pikepdf  # noqa: PLC0415 - only where documents are given.

    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    document.pages[0].obj.Noise = document.make_indirect(pikepdf.Stream(document, noise))
    with tempfile.TemporaryFile() as file:
        document.save(file, compress_streams=False)
        file.seek(0)
        return file.read()


def main() -> None:
    """Measure, and print one line of JSON."""
    parser = argparse.ArgumentParser(prog="bench.key_to_glass", description=__doc__)
    parser.add_argument("--keys", type=int, default=200, help="each way")
    parser.add_argument("--bulk", action="store_true", help="beside large documents to the booth")
    parser.add_argument("--full", action="store_true", help="pictures as they are by default")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with in_call(arguments.seed, small=not arguments.full) as call:
        print(json.dumps(measure(call, arguments.keys, bulk=arguments.bulk)))


if __name__ == "__main__":
    main()
