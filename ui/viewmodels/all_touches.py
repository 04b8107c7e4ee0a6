"""All that residents and technicians can touch, under the names of the window's properties."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject

from ui.viewmodels.appointments_touches import AppointmentsTouches
from ui.viewmodels.farewell_touches import FarewellTouches
from ui.viewmodels.papers_touches import PapersTouches
from ui.viewmodels.technician_touches import TechnicianTouches
from ui.viewmodels.touches import Request, Touches


def make_touches(
    ask: Callable[[Request], None], monotonic: Callable[[], float] = time.monotonic
) -> dict[str, QObject]:
    """Return one of each; they hand their requests to `ask`."""
    return {
        "touches": Touches(ask),
        "technicianTouches": TechnicianTouches(ask, monotonic),
        "papersTouches": PapersTouches(ask),
        "appointmentsTouches": AppointmentsTouches(ask),
        "farewellTouches": FarewellTouches(ask),
    }
