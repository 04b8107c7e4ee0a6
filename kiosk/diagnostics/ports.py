"""What the technician's mode needs of the rest of the booth: its parts, its visitors, its rooms.

Everything here is called on the booth's asyncio loop. Sentences in return values are plain French.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from kiosk.diagnostics.view import DeviceRow, GuidedView, ReportView, StepView

Changed = Callable[[], None]
"""Tells that a view is to be read anew; cheap, and may be called at each figure."""


class NotNow(Exception):
    """A part can't give way to the technician; the message says why, in plain French."""


class Acknowledger(Protocol):
    """A part of the booth that gives way before the technician's mode starts."""

    @property
    def key(self) -> str:
        """Its name in the code, for logs, such as `link`."""

    @property
    def name(self) -> str:
        """What the technician reads: « Liaison avec les organismes »."""

    @property
    def timeout_s(self) -> float:
        """After so long without an answer it is named as the one that does not answer."""

    async def acknowledge(self) -> str:
        """Give way, and return once that is so, with a detail to show or an empty string.

        Raises:
            NotNow: it can't now.
        """

    async def release(self) -> None:
        """Go on as before: the mode is over.

        Also called after an `acknowledge` that failed, was cancelled or took too long; never where
        none was begun.
        """


class Visitors(Protocol):
    """The reception's side: a booth serves a resident or a technician, never both."""

    @property
    def busy(self) -> bool:
        """Whether a visit goes on: neither card nor PIN is looked at then."""

    def enter_technician(self) -> bool:
        """Show the technician's screens and take no visit; False where a visit has begun."""

    def leave_technician(self) -> None:
        """Home again. Safe to call twice."""


class Guided(Protocol):
    """The guided test of one device at a time."""

    @property
    def view(self) -> GuidedView | None:
        """The step that the technician is at; None while no test runs and none is shown."""

    def on_change(self, listener: Changed) -> None:
        """Call `listener` whenever `view` has changed."""

    async def begin(self, kind: str) -> None:
        """Abort what runs, and begin the test of a device (a `DeviceKind` value).

        Returns once its first step is shown.

        Raises:
            NotNow: that device has no test.
        """

    def confirm(self) -> None:
        """« Oui, ça marche », or « Continuer »."""

    def fails(self) -> None:
        """« Ça ne marche pas »."""

    def again(self) -> None:
        """Try the present step once more."""

    def surface_done(self, good: bool) -> None:
        """The touch grid or the colours were gone through, or left."""

    async def abort(self) -> None:
        """Leave: an unfinished test is aborted, not failed, and `view` is None.

        When this returns no device is held. Safe to call when nothing runs.
        """


class StepList(Protocol):
    """A list of steps that runs by itself: the network's, or the rehearsal."""

    @property
    def views(self) -> tuple[StepView, ...]:
        """The steps as they stand; all pending before the first run."""

    async def run(self, on_change: Changed) -> None:
        """Go through all steps, from the first, calling `on_change` as they change.

        Failures are outcomes, never exceptions. Cancelling is how it is left early: it marks what
        has not ended as aborted and lets go of everything before it ends.
        """


class Reporter(Protocol):
    """The readiness report."""

    async def make(self) -> ReportView:
        """Gather it now; a few seconds at most. May be cancelled."""

    async def print(self) -> str:
        """Print the last one on the A4 printer; returns the notice to show, good or bad."""


class Devices(Protocol):
    """The booth's devices, as the overview lists them."""

    def rows(self) -> tuple[DeviceRow, ...]:
        """One row for each device that is there or is meant to be."""

    def retry(self, kind: str) -> None:
        """Try the devices of a kind (a `DeviceKind` value) again now; unknown ones are ignored."""

    def on_change(self, listener: Changed) -> None:
        """Call `listener` whenever `rows` may have changed."""


class Crash(Protocol):
    """What the last run left behind."""

    @property
    def text(self) -> str:
        """In plain French, without content; empty where the last run ended well."""

    def seen(self) -> None:
        """The technician has read it: `text` is empty from now on, also after a restart."""
