"""The demonstration with another robot, and a booth whose wipe can be switched off: see `main`."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import desk.robot.agent
import desk.robot.main
import kiosk.demo.run
from desk.page_messages import PageSignal
from desk.robot import papers
from desk.robot.agent import Robot
from devices.document_printer.ipp import IppPrinter
from kiosk.demo.plan import Plan
from kiosk.demo.supervisor import Part
from kiosk.link.messages import Bye, EndReason
from kiosk.link.papers import Notes
from tests.end_to_end.leaky_booth import run_leaky
from tests.end_to_end.marks_agent import HANG_UP

MODULE = "tests.end_to_end.marked_demo"
SWITCHED_OFF = "MARKED_SWITCHED_OFF"
"""A file: while it is there, the stores of `leaky_booth.LEAKS` are not wiped."""
GIVEN = "MARKED_GIVEN"
"""The PDF that the robot gives."""
NOTED = "MARKED_NOTED"
"""The word that the robot puts on the summary."""
CUPS = "MARKED_CUPS"
"""The socket of the CUPS that the booth takes for its machine's own; empty: its own."""
AWAY = "MARKED_AWAY"
"""A file: while it is there, the robot answers nobody."""
_LOOKS_EVERY_S = 0.1
_ANSWERS_AFTER_S = 0.2
"""Nobody reads the waiting screen here but a test, which has its own way of staying there."""


class MarkedPlan(Plan):
    """Booth and robot run through this module."""

    def _part(
        self,
        name: str,
        base: Mapping[str, str],
        arguments: Sequence[str],
        overrides: Mapping[str, str],
        command: str = "",
    ) -> Part:
        part = super()._part(name, base, arguments, overrides, command)
        if name not in ("kiosk", "robot"):
            return part
        _, _, _, *rest = part.command
        return replace(part, command=(sys.executable, "-m", MODULE, *rest))


class MarkedRobot(Robot):
    """Lets wait, and hangs up at a word."""

    async def run(self) -> None:
        """Sign in and answer, until cancelled."""
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(HANG_UP, lambda: self._spawn(self._hang_up()))
        await super().run()

    async def _claim(self, ticket: str) -> None:
        while Path(os.environ[AWAY]).exists():
            await asyncio.sleep(_LOOKS_EVERY_S)
        await super()._claim(ticket)

    async def _hang_up(self) -> None:
        if self._call is not None:
            bye = Bye(reason=EndReason.AGENT)
            await self._send(PageSignal(ticket=self._call.ticket, body=bye))


def _demo(arguments: list[str]) -> int:
    from kiosk.demo.main import command

    vars(kiosk.demo.run)["Plan"] = MarkedPlan
    return command(arguments)


def _robot(arguments: list[str]) -> int:
    given = Path(os.environ[GIVEN])
    word = os.environ[NOTED]
    notes = Notes(missing=(f"Justificatif {word}",), next=f"Rappel {word}")
    vars(papers).update(document=given.read_bytes, NAME=given.name, NOTES=notes)
    vars(desk.robot.main)["Robot"] = MarkedRobot
    vars(desk.robot.agent)["ANSWER_AFTER_S"] = _ANSWERS_AFTER_S
    return desk.robot.main.command(arguments)


def main(words: list[str]) -> int:
    """Be the demonstration, its robot, or its booth, as the first word says."""
    match words:
        case ["demo", *rest]:
            return _demo(rest)
        case ["robot", *rest]:
            return _robot(rest)
        case ["run", *rest]:
            if socket := os.environ[CUPS]:
                defaults = IppPrinter.__init__.__kwdefaults__ or {}
                defaults["cups_socket"] = Path(socket)
            return run_leaky(Path(os.environ[SWITCHED_OFF]), rest)
        case _:
            raise SystemExit(f"neither demo, robot nor run: {words}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
