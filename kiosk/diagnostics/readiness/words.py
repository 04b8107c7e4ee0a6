"""The report in plain French, written once for the table, the paper, the phone and the screens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from devices.status import DeviceKind, DeviceState
from kiosk.diagnostics.crash.words import CAUSES
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.readiness.judge import stops
from kiosk.diagnostics.readiness.report import (
    CrashReport,
    DeviceReport,
    LastTest,
    Machine,
    OtherPart,
    Part,
    Readiness,
    Reason,
    ReasonCode,
)
from kiosk.directory.words import NBSP, calendar_day, clock

#: A verdict is one sentence; the table has the rest.
MAX_TOLD: Final = 5

NEVER_TESTED: Final = "jamais testé"
UNKNOWN: Final = "pas de mesure"

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

PARTS: Final = {OtherPart.LINE: "Liaison", OtherPart.MACHINE: "Ordinateur"}

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

_ABSENT: Final = "absent·"
_CONDITIONS: Final = {
    DeviceState.ONLINE: "connecté·",
    DeviceState.DEVICE_BUSY: "connecté·, occupé·",
    DeviceState.STARTING: "démarre",
    DeviceState.OFFLINE: "ne répond plus",
    DeviceState.POWER_OFF: "éteint·",
    DeviceState.NO_DEVICE: _ABSENT,
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

#: IPP's printer-state-reasons (RFC 8011, 5.4.12), without their severity.
_SUPPLIES: Final = {
    "media-empty": "plus de papier",
    "media-low": "bientôt plus de papier",
    "media-jam": "bourrage",
    "media-needed": "papier demandé",
    "cover-open": "capot ouvert",
    "door-open": "porte ouverte",
    "input-tray-missing": "bac absent",
    "output-area-full": "bac de sortie plein",
    "toner-empty": "plus de toner",
    "toner-low": "bientôt plus de toner",
    "marker-supply-empty": "plus d'encre",
    "marker-supply-low": "bientôt plus d'encre",
    "marker-waste-full": "bac de récupération plein",
    "paused": "en pause",
}

_OUTCOMES: Final = {
    Outcome.SUCCESS: "réussi",
    Outcome.FAILED: "échoué",
    Outcome.SKIPPED: "passé",
    Outcome.ABORTED: "interrompu",
    Outcome.PENDING: "à faire",
    Outcome.RUNNING: "en cours",
}

_REASONS: Final = {
    ReasonCode.NOT_RUNNING: "la borne n'est pas en marche",
    ReasonCode.LINE_DOWN: "la liaison avec les organismes est coupée",
    ReasonCode.DISK_FULL: "le disque est presque plein",
    ReasonCode.MEMORY_LOW: "la mémoire est presque pleine",
    ReasonCode.DEVICE_MISSING: _ABSENT,
    ReasonCode.DEVICE_FAULTY: "en panne",
    ReasonCode.DEVICE_SUPPLY: "à réapprovisionner ou à débloquer",
    ReasonCode.DEVICE_SIMULATED: "simulé·",
    ReasonCode.TEST_FAILED: "dernier test échoué",
}

_VERSIONS: Final = {
    "visio_guichet": "Visio-guichet",
    "python": "Python",
    "qt": "Qt (PySide6)",
    "aiortc": "aiortc",
    "opencv": "OpenCV",
    "nats_server": "nats-server",
    "kernel": "Noyau Linux",
    "system": "Système",
}


def part_name(part: Part) -> str:
    """Return what a technician calls a part: « Caméra », « Ordinateur »."""
    return NAMES[part] if isinstance(part, DeviceKind) else PARTS[part]


def moment(at: float) -> str:
    """Return a date and time of this machine's zone: « 22 novembre 2026 à 14 h 32 »."""
    when = datetime.fromtimestamp(at).astimezone()
    day = calendar_day(when.date()).partition(" ")[2]
    return f"{day}{NBSP}{when.year} à {clock(when.time())}"


def _agreed(kind: DeviceKind, words: str) -> str:
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
        words = {True: "connecté·", False: _ABSENT, None: "état inconnu"}[connected]
    if words == _ABSENT and not expected:
        words = "non installé·"
    told = ", ".join([words, *supplies(reasons), *(["simulé·"] if simulated else [])])
    return _agreed(kind, told[0].upper() + told[1:])


def supplies(reasons: Iterable[str]) -> Iterator[str]:
    """Return IPP's reasons in words; those without a word of ours are left out."""
    for reason in reasons:
        name = reason
        for severity in ("-error", "-warning", "-report"):
            name = name.removesuffix(severity)
        if name in _SUPPLIES:
            yield _SUPPLIES[name]


def hint(state: DeviceState, reasons: Iterable[str] = (), *, missing: bool = False) -> str:
    """Return the first thing to try with a device that can't be used; empty where it can."""
    if missing:
        return _HINTS[DeviceState.NO_DEVICE]
    if stops(reasons):
        return _HINTS[DeviceState.USER_ERROR]
    return _HINTS.get(state, "")


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
    told = hint(device.state, device.reasons, missing=device.connected is False)
    if not told and device.last_test is not None and device.last_test.outcome is Outcome.FAILED:
        return "Refaites le test guidé."
    return told


def reason(one: Reason) -> str:
    """Return what keeps the public out: « Caméra : absent »."""
    words = _REASONS[one.code]
    if one.device is None:
        return words
    return f"{NAMES[one.device]}{NBSP}: {_agreed(one.device, words)}"


def verdict(report: Readiness) -> str:
    """Return the report in one sentence."""
    if not report.ready:
        told = [reason(one) for one in report.reasons]
        if len(told) > MAX_TOLD:
            told[MAX_TOLD - 1 :] = [f"et {len(told) - MAX_TOLD + 1} autres points"]
        return f"Pas prêt pour le public{NBSP}: {f'{NBSP}; '.join(told)}."
    untested = sum(device.expected and device.last_test is None for device in report.devices)
    if untested == 0:
        return "Prêt pour le public."
    many = "appareils jamais testés" if untested > 1 else "appareil jamais testé"
    return f"Prêt pour le public ({untested} {many})."


def facts(report: Readiness) -> tuple[tuple[str, str], ...]:
    """Return line, machine and versions as names and values."""
    line = {True: "établie", False: "coupée", None: "inconnue"}[report.line_up]
    return (
        (PARTS[OtherPart.LINE], line),
        *machine(report.machine),
        *((_VERSIONS.get(name, name), value) for name, value in report.versions.items()),
    )


def machine(computer: Machine) -> tuple[tuple[str, str], ...]:
    """Return how the computer is as names and values."""
    return (
        ("Disque", _room(computer.disk_free_mb, computer.disk_total_mb, "libres")),
        ("Mémoire", _room(computer.memory_available_mb, computer.memory_total_mb, "disponibles")),
        ("Température", _measured(computer.temperature_c, ".0f", "°C")),
        ("En marche depuis", duration(computer.uptime_s)),
        ("Écart de l'horloge", _measured(computer.clock_offset_s, "+.2f", "s")),
    )


def crash(one: CrashReport) -> str:
    """Return one unclean end in a line."""
    place = f" ({one.place})" if one.place else ""
    return f"{moment(one.at)}{NBSP}: {CAUSES[one.cause]}{place}"


def _room(free: int | None, total: int | None, word: str) -> str:
    if free is None or total is None:
        return UNKNOWN
    return f"{size(free)} {word} sur {size(total)}"


def size(megabytes: int) -> str:
    """Return « 512 Mo » or « 12,4 Go »."""
    if megabytes < 1000:
        return f"{megabytes}{NBSP}Mo"
    return f"{megabytes / 1000:.1f}{NBSP}Go".replace(".", ",")


def duration(seconds: int | None) -> str:
    """Return « 3 jours 4 h », « 4 h 05 min », « 12 min »."""
    if seconds is None:
        return UNKNOWN
    minutes, hours, days = seconds // 60 % 60, seconds // 3600 % 24, seconds // 86_400
    if days:
        return f"{days}{NBSP}jour{'s' if days > 1 else ''} {hours}{NBSP}h"
    return f"{hours}{NBSP}h {minutes:02}{NBSP}min" if hours else f"{minutes}{NBSP}min"


def _measured(value: float | None, form: str, unit: str) -> str:
    return UNKNOWN if value is None else f"{value:{form}}{NBSP}{unit}".replace(".", ",")
