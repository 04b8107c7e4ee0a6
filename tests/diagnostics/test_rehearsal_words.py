"""Figures in a French reader's form, and the course of a list of steps."""

from __future__ import annotations

import asyncio
import math

import pytest

from kiosk.diagnostics import french
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.steps import LeftOut, Step, SteppedTest, Unfit

SPACE = french.NO_BREAK


def test_figures_are_written_as_in_french() -> None:
    assert french.decimal(29.83) == "29,8"
    assert french.milliseconds(0.0007) == f"0,7{SPACE}ms"
    assert french.milliseconds(0.1234) == f"123{SPACE}ms"
    assert french.seconds(1.44) == f"1,4{SPACE}s"
    assert french.percent(0.032) == f"3,2{SPACE}%"
    assert french.bit_rate(480) == f"480{SPACE}kb/s"
    assert french.bit_rate(1800) == f"1,8{SPACE}Mb/s"
    assert french.count(0, "jour", "jours") == f"0{SPACE}jour"
    assert french.count(2, "jour", "jours") == f"2{SPACE}jours"
    assert french.decibels(-32.2) == f"\N{MINUS SIGN}32{SPACE}dB"
    assert french.decibels(-math.inf) == "silence"


def listed(**runs: object) -> SteppedTest:
    steps = [Step(key, key, 0.2, run) for key, run in runs.items()]  # type: ignore[arg-type]
    return SteppedTest([steps])


async def good() -> str:
    return "bien"


async def bad() -> str:
    raise Unfit("mal")


async def out() -> str:
    raise LeftOut("sans objet")


async def slow() -> str:
    await asyncio.sleep(5)
    return "trop tard"


async def broken() -> str:
    raise ZeroDivisionError


@pytest.mark.expects_log("diagnostic step failed")
async def test_every_step_ends_and_none_hides_another() -> None:
    test = listed(good=good, bad=bad, out=out, slow=slow, broken=broken)
    assert {view.outcome for view in test.views} == {Outcome.PENDING}
    changes = 0

    def changed() -> None:
        nonlocal changes
        changes += 1

    await test.run(changed)
    assert {view.key: (view.outcome, view.detail) for view in test.views} == {
        "good": (Outcome.SUCCESS, "bien"),
        "bad": (Outcome.FAILED, "mal"),
        "out": (Outcome.SKIPPED, "sans objet"),
        "slow": (Outcome.FAILED, f"Pas de réponse en 0,2{SPACE}s."),
        "broken": (Outcome.FAILED, "Défaut inattendu (ZeroDivisionError)."),
    }
    assert not test.good
    assert changes == 11


async def test_a_list_of_successes_and_omissions_is_good_and_can_be_run_again() -> None:
    test = listed(good=good, out=out)
    for _ in range(2):
        await test.run(lambda: None)
        assert test.good


async def test_what_did_not_end_is_aborted() -> None:
    test = SteppedTest([[Step("slow", "slow", 9, slow)], [Step("good", "good", 9, good)]])
    task = asyncio.create_task(test.run(lambda: None))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [view.outcome for view in test.views] == [Outcome.ABORTED] * 2
