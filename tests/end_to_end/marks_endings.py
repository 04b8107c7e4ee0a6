"""How marked visits end: each way leaves the booth at Home, without the visit's own doing."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

import psutil

from devices.status import DeviceKind
from kiosk.control.client import NoBooth, ask
from kiosk.control.messages import DockRequest
from tests.end_to_end.marks_resident import HOME_WITHIN_S
from tests.end_to_end.marks_site import MarkedSite
from tests.end_to_end.programs import family
from tests.end_to_end.waiting import eventually
from ui.viewmodels.technician_touches import DOUBLE_TAP_S

Ending = Callable[[MarkedSite], None]

#: The booth's helpers, by how the names of their modules begin.
HELPERS: Mapping[str, str] = {
    "camera": "devices.camera.grabber",
    "document camera": "devices.document_camera.child",
    "code reader": "devices.code_reader.eyes",
    "PDF": "devices.pdf",
}
_HELPER_WITHIN_S = 10.0
_RECEIPT_WORDS = "signature vérifiée"


def _by_button(site: MarkedSite) -> None:
    site.resident.back_home()


def _hung_up_on(site: MarkedSite) -> None:
    site.agent.hang_up()
    site.resident.booth.wait_for_words("L'agent a raccroché.")
    site.resident.back_home()


def _left_alone(site: MarkedSite) -> None:
    if "Raccrocher" in site.resident.booth.names():
        # A call is never taken for nobody; a resident who walked away is hung up on.
        site.agent.hang_up()
    site.resident.home()


def _technician_comes(site: MarkedSite) -> None:
    """While the visit lasts the card opens nothing; at Home it does, and the receipt is shown."""
    card = partial(_dock, site, DeviceKind.CARD_READER)
    card("present", "technician")
    card("remove")
    site.resident.back_home()
    card("present", "technician")
    booth = site.resident.booth
    booth.press("Rapport", HOME_WITHIN_S)
    booth.wait_for_words(_RECEIPT_WORDS, HOME_WITHIN_S)
    card("remove")
    # Taps that follow one another faster than this are one to a technician's room.
    eventually(
        lambda: _left_the_rooms(site),
        within_s=HOME_WITHIN_S,
        what="the technician gone",
        every_s=2 * DOUBLE_TAP_S,
    )


def _left_the_rooms(site: MarkedSite) -> bool:
    names = site.resident.booth.names()
    for way_out in ("Quitter", "Appareils", "Retour"):
        if way_out in names:
            site.resident.booth.press(way_out)
            return False
    return "CAF" in names


def _booth_ended(site: MarkedSite, how: signal.Signals) -> None:
    site.cut_off("kiosk", how)
    site.resident.home()
    site.agent.hang_up()  # Nobody is there any more, as the page says.


def _part_killed(site: MarkedSite, part: str) -> None:
    site.cut_off(part)
    site.resident.back_home()


def _helper_killed(site: MarkedSite, module: str) -> None:
    """At once, or when it comes: what looks through a document lives for half a second."""
    booth = site.demo.pid_of("kiosk")

    def killed() -> bool:
        found = False
        for process in family(booth):
            with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                if any(word.startswith(module) for word in process.cmdline()):
                    process.kill()
                    found = True
        return found

    eventually(killed, within_s=_HELPER_WITHIN_S, what=f"a process that runs {module}")
    site.resident.back_home()


def _all_helpers_killed(site: MarkedSite) -> None:
    booth, *helpers = family(site.demo.pid_of("kiosk"))
    for helper in helpers:
        os.kill(helper.pid, signal.SIGKILL)
    eventually(booth.is_running, within_s=1, what="the booth")
    site.resident.back_home()


def _dock(site: MarkedSite, device: DeviceKind, action: str, argument: str = "") -> None:
    request = DockRequest(device=device.value, action=action, argument=argument)

    def done() -> bool:
        try:
            asyncio.run(ask(site.booth_state, request))
        except NoBooth:  # It shows its screens first, and listens to other processes soon after.
            return False
        return True

    eventually(done, within_s=HOME_WITHIN_S, what="a booth that listens")


ENDINGS: Mapping[str, Ending] = {
    "button": _by_button,
    "agent hangs up": _hung_up_on,
    "nobody there": _left_alone,
    "technician": _technician_comes,
    "booth SIGTERM": partial(_booth_ended, how=signal.SIGTERM),
    "booth kill -9": partial(_booth_ended, how=signal.SIGKILL),
    "desk kill -9": partial(_part_killed, part="desk"),
    "broker kill -9": partial(_part_killed, part="broker"),
    "agent kill -9": partial(_part_killed, part="robot"),
    "helpers kill -9": _all_helpers_killed,
    **{
        f"{name} kill -9": partial(_helper_killed, module=module)
        for name, module in HELPERS.items()
    },
}
"""By name, as the table has them."""
