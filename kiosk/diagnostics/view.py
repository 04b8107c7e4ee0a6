"""What the technician's screens show: immutable values, made anew at each change.

Sentences are plain French, written once in `kiosk.diagnostics`, for screens, tables and PDF alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.diagnostics.outcome import Outcome


class Room(StrEnum):
    """The technician's screens."""

    DOOR = "door"
    """The PIN is asked for."""
    OPENING = "opening"
    """Each part of the booth acknowledges before the technician goes on."""
    OVERVIEW = "overview"
    TEST = "test"
    NETWORK = "network"
    REHEARSAL = "rehearsal"
    REPORT = "report"


class Surface(StrEnum):
    """What a step needs the whole screen for."""

    NONE = "none"
    PICTURE = "picture"
    """The live picture of the device under test, on the self-view's feed."""
    TOUCH_GRID = "touch_grid"
    """Every field is to be touched; the interface tells with `surface_done`."""
    COLOURS = "colours"
    """Red, green, blue, white, black in turn, one touch each; ends with `surface_done`."""


@dataclass(frozen=True, slots=True)
class DoorView:
    """The PIN's door."""

    tries_left: int
    locked_for_s: int = 0
    """Above 0: no PIN is taken for so long."""
    has_pin: bool = True
    """False: only a technician's card opens."""


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One device in the overview."""

    kind: str
    """A `DeviceKind` value."""
    name: str
    """« Caméra »."""
    state: str
    """A `DeviceState` value."""
    condition: str
    """« Connectée », « Débranchée », « Non installée »…"""
    simulated: bool
    last_test: str
    """« Réussi, le 22 novembre à 14 h 32 », or « jamais testé »."""
    outcome: Outcome | None
    """Of the last test; None when there was none."""
    hint: str = ""
    """The first thing to try, when it is faulty."""
    testable: bool = True


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of a list that runs by itself: network, rehearsal, opening."""

    key: str
    name: str
    outcome: Outcome
    detail: str = ""
    """Figures or what went wrong, with what to do."""


@dataclass(frozen=True, slots=True)
class GuidedView:
    """The step of a guided test that the technician is at."""

    kind: str
    name: str
    """Of the device."""
    number: int
    """« étape 2 sur 4 »."""
    of: int
    sentence: str
    """What to do or to look at now."""
    figures: tuple[tuple[str, str], ...] = ()
    """Measured now: name and value in words, e.g. (« Images par seconde », « 29,8 »)."""
    level: float | None = None
    """For a bar, 0 to 1: the microphone's level, say."""
    surface: Surface = Surface.NONE
    outcome: Outcome = Outcome.RUNNING
    """RUNNING until the booth itself or the technician has judged; a step that only a person can
    judge stays RUNNING until `confirm` or `fails`."""
    asks_person: bool = False
    """Whether « Oui, ça marche » is offered beside « Ça ne marche pas »."""
    hint: str = ""
    """What to do, shown once « Ça ne marche pas » was touched or the booth found a fault."""
    finished: bool = False
    """The last step is over: `outcome` is the whole test's."""


@dataclass(frozen=True, slots=True)
class ReportView:
    """The readiness report."""

    ready: bool
    verdict: str
    """« Prêt pour le public », or what is missing, in one sentence."""
    facts: tuple[tuple[str, str], ...] = ()
    """Version, disk, memory, temperature, uptime…"""
    crashes: tuple[str, ...] = ()
    """The last crashes, one line each, without content."""
    qr: str = ""
    """The summary for the technician's phone, as the text of a QR code."""


@dataclass(frozen=True, slots=True)
class TechnicianView:
    """All that the technician's screens show, at one moment."""

    room: Room
    door: DoorView = DoorView(tries_left=5)
    opening: tuple[StepView, ...] = ()
    devices: tuple[DeviceRow, ...] = ()
    guided: GuidedView | None = None
    steps: tuple[StepView, ...] = ()
    """Of the network test or the rehearsal, whichever room it is."""
    steps_running: bool = False
    report: ReportView | None = None
    leaves_in_s: int = 600
    """Until Home, without a touch."""
    crashed: str = ""
    """What the last run left behind, once, after a crash; empty when it ended well."""
    notice: str = ""
    """One passing line: « Rapport envoyé à l'imprimante »."""
