"""An unclean end in the words that a technician reads."""

from __future__ import annotations

from typing import Final

from kiosk.diagnostics.crash.record import Cause

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
