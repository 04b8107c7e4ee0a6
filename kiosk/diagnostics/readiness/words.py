"""Devices in plain French, written once for reports, guided tests and the technician's screens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from devices.status import DeviceKind, DeviceState
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.printer_words import matters, remedy
from kiosk.diagnostics.readiness.judge import wants_supply
from kiosk.diagnostics.readiness.report import DeviceReport, LastTest
from kiosk.directory.words import NBSP, calendar_day, clock
from kiosk.visit.wipe import StoreName

NEVER_TESTED: Final = "jamais testé"
NAMES: Final = {
    DeviceKind.CAMERA: "Caméra",
    DeviceKind.MICROPHONE: "Micro",
    DeviceKind.LOUDSPEAKER: "Haut-parleur",
    DeviceKind.HANDSET: "Combiné",
    DeviceKind.DOCUMENT_CAMERA: "Caméra à documents",
    DeviceKind.DOCUMENT_PRINTER: "Imprimante A4",
    DeviceKind.TICKET_PRINTER: "Imprimante à tickets",
    DeviceKind.CARD_READER: "Lecteur de cartes",
    DeviceKind.CODE_READER: "Lecteur de codes",
    DeviceKind.SCREEN: "Écran",
}

STORES: Final = {
    StoreName.VISIT: "la visite elle-même",
    StoreName.DOCUMENTS: "les papiers",
    StoreName.TEXT: "l'écrit de l'appel",
    StoreName.FORMS: "les champs de rendez-vous",
    StoreName.FAREWELL: "le résumé et l'avis",
    StoreName.PRINT_JOBS: "l'imprimante A4",
    StoreName.TICKETS: "l'imprimante à tickets",
    StoreName.DOWNLOADS: "les dépôts chez l'organisme",
    StoreName.FILES: "les fichiers temporaires",
    StoreName.PICTURES: "les images à l'écran",
    StoreName.CLIPBOARD: "le presse-papiers",
    StoreName.KEYBOARD: "le clavier",
    StoreName.FIELDS: "les champs à l'écran",
}

_FEMININE: Final = frozenset(
    {
        DeviceKind.CAMERA,
        DeviceKind.DOCUMENT_CAMERA,
        DeviceKind.DOCUMENT_PRINTER,
        DeviceKind.TICKET_PRINTER,
    }
)
#: Stands in a word for the « e » of a feminine.
_E: Final = "·"

ABSENT: Final = "absent·"
_CONDITIONS: Final = {
    DeviceState.ONLINE: "connecté·",
    DeviceState.DEVICE_BUSY: "connecté·, occupé·",
    DeviceState.STARTING: "démarre",
    DeviceState.OFFLINE: "ne répond plus",
    DeviceState.POWER_OFF: "éteint·",
    DeviceState.NO_DEVICE: ABSENT,
    DeviceState.HARDWARE_ERROR: "en panne",
    DeviceState.USER_ERROR: "à débloquer",
}

_HINTS: Final = {
    DeviceState.OFFLINE: "Vérifiez le câble et l'alimentation.",
    DeviceState.POWER_OFF: "Allumez l'appareil.",
    DeviceState.NO_DEVICE: "Branchez l'appareil, ou corrigez son réglage dans kiosk.toml.",
    DeviceState.HARDWARE_ERROR: "Débranchez l'appareil dix secondes, puis rebranchez-le.",
    DeviceState.USER_ERROR: "Regardez l'appareil : capot, bac, papier.",
}

_OUTCOMES: Final = {
    Outcome.SUCCESS: "réussi",
    Outcome.FAILED: "échoué",
    Outcome.SKIPPED: "passé",
    Outcome.ABORTED: "interrompu",
    Outcome.PENDING: "à faire",
    Outcome.RUNNING: "en cours",
}


def moment(at: float) -> str:
    """Return a date and time of this machine's zone: « 22 novembre 2026 à 14 h 32 »."""
    when = datetime.fromtimestamp(at).astimezone()
    day = calendar_day(when.date()).partition(" ")[2]
    return f"{day}{NBSP}{when.year} à {clock(when.time())}"


def agreed(kind: DeviceKind, words: str) -> str:
    """Return words in the gender of a device: « connecté· » is « connectée » of a camera."""
    return words.replace(_E, "e" if kind in _FEMININE else "")


def condition(
    kind: DeviceKind,
    state: DeviceState,
    *,
    connected: bool | None = None,
    expected: bool = True,
    simulated: bool = False,
    reasons: Iterable[str] = (),
) -> str:
    """Return how a device is in a few words: « Connectée, bientôt plus de papier, simulée ».

    What is not known is never called a fault. `connected`: whether a device that is closed now is
    there all the same; None where nobody has looked.
    """
    words = _CONDITIONS.get(state, "")
    if state is DeviceState.UNKNOWN or (state is DeviceState.STARTING and connected is not None):
        words = {True: "connecté·", False: ABSENT, None: "état inconnu"}[connected]
    if words == ABSENT and not expected:
        words = "non installé·"
    told = ", ".join([words, *matters(reasons), *(["simulé·"] if simulated else [])])
    return agreed(kind, told[0].upper() + told[1:])


def hint(
    kind: DeviceKind, state: DeviceState, reasons: Iterable[str] = (), *, missing: bool = False
) -> str:
    """Return the first thing to try with a device that can't be used; empty where it can."""
    reasons = tuple(reasons)
    if missing:
        return _HINTS[DeviceState.NO_DEVICE]
    if not state.faulty:
        return ""
    if kind is DeviceKind.DOCUMENT_PRINTER and (told := remedy(reasons)):
        return told
    return _HINTS[DeviceState.USER_ERROR if wants_supply(state, reasons) else state]


def last_test(test: LastTest | None) -> str:
    """Return « réussi, le 22 novembre 2026 à 14 h 32 », or « jamais testé »."""
    if test is None:
        return NEVER_TESTED
    return f"{_OUTCOMES[test.outcome]}, le {moment(test.at)}"


def device_condition(device: DeviceReport) -> str:
    """Return how a device of the report is."""
    return condition(
        device.kind,
        device.state,
        connected=device.connected,
        expected=device.expected,
        simulated=device.simulated,
        reasons=device.reasons,
    )


def device_hint(device: DeviceReport) -> str:
    """Return the first thing to try with a device of the report."""
    if not device.expected:
        return ""
    told = hint(device.kind, device.state, device.reasons, missing=device.connected is False)
    if not told and device.last_test is not None and device.last_test.outcome is Outcome.FAILED:
        return "Refaites le test guidé."
    return told
