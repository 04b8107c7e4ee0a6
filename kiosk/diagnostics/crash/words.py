"""An unclean end in the words that a technician reads."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from kiosk.diagnostics.crash.record import Cause, CrashRecord
from kiosk.directory.words import NBSP, calendar_day, clock

CAUSES: Final = {
    Cause.SEGMENTATION_FAULT: "erreur de segmentation",
    Cause.ABORTED: "arrêt forcé (programme figé ou abandon)",
    Cause.BUS_ERROR: "erreur de bus",
    Cause.ILLEGAL_INSTRUCTION: "instruction illégale",
    Cause.ARITHMETIC: "erreur de calcul",
    Cause.EXCEPTION: "erreur du programme",
    Cause.POWER: "coupure de courant ou redémarrage de la machine",
    Cause.KILLED: "arrêt brutal, sans un mot (mémoire épuisée, ou tué)",
}


def text_of(crash: CrashRecord) -> str:
    """Return what the technician reads of the last run, in a sentence."""
    when = datetime.fromtimestamp(crash.ended).astimezone()
    place = f" ({crash.stack[0]})" if crash.stack else ""
    return (
        f"Le {calendar_day(when.date())} à {clock(when.time())}, la borne s'est arrêtée"
        f" anormalement{NBSP}: {CAUSES[crash.cause]}{place}."
    )
