"""The report's own sentences in plain French: its verdict, what the machine tells, the crashes."""

from __future__ import annotations

from typing import Final

from devices.status import DeviceKind
from kiosk.diagnostics.crash.words import CAUSES
from kiosk.diagnostics.readiness.report import (
    CrashReport,
    Machine,
    OtherPart,
    Part,
    Readiness,
    Reason,
    ReasonCode,
    WipeReport,
)
from kiosk.diagnostics.readiness.words import ABSENT, NAMES, STORES, agreed, moment
from kiosk.directory.words import NBSP, calendar_day
from kiosk.visit.days import date_of
from kiosk.visit.wipe import StoreName

#: A verdict is one sentence; the table has the rest.
MAX_TOLD: Final = 5

UNKNOWN: Final = "pas de mesure"

PARTS: Final = {OtherPart.LINE: "Liaison", OtherPart.MACHINE: "Ordinateur"}

_REASONS: Final = {
    ReasonCode.NOT_RUNNING: "la borne n'est pas en marche",
    ReasonCode.LINE_DOWN: "la liaison avec les organismes est coupée",
    ReasonCode.DISK_FULL: "le disque est presque plein",
    ReasonCode.MEMORY_LOW: "la mémoire est presque pleine",
    ReasonCode.NOT_WIPED: "la dernière visite n'est pas tout à fait effacée",
    ReasonCode.WIPE_NOT_SIGNED: "le dernier effacement n'est pas signé par cette borne",
    ReasonCode.DEVICE_MISSING: ABSENT,
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


def reason(one: Reason) -> str:
    """Return what keeps the public out: « Caméra : absent »."""
    words = _REASONS[one.code]
    if one.device is None:
        return words
    return f"{NAMES[one.device]}{NBSP}: {agreed(one.device, words)}"


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
        ("Dernier effacement", wipe(report.wipe)),
        *machine(report.machine),
        *((_VERSIONS.get(name, name), value) for name, value in report.versions.items()),
    )


def wipe(last: WipeReport | None) -> str:
    """Return « n° 42, dimanche 22 novembre, 13 réponses, rien ne reste, signature vérifiée »."""
    if last is None:
        return "aucune visite effacée à ce jour"
    told = [
        f"n°{NBSP}{last.number}",
        calendar_day(date_of(last.day)),
        f"{last.answers}{NBSP}réponse{'s' if last.answers > 1 else ''}",
    ]
    if last.left:
        told.append(f"il reste{NBSP}: {_stores(last.left)}")
    if last.silent:
        told.append(f"sans réponse{NBSP}: {_stores(last.silent)}")
    if not last.left and not last.silent:
        told.append("rien ne reste")
    told.append("signature vérifiée" if last.genuine else "SIGNATURE FAUSSE")
    if last.missing:
        many = "reçus manquent" if last.missing > 1 else "reçu manque"
        told.append(f"{last.missing}{NBSP}{many} avant lui")
    return ", ".join(told)


def _stores(stores: tuple[StoreName, ...]) -> str:
    return " et ".join(STORES[store] for store in stores)


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
