"""What is the matter with a printer, in plain French, and what to do about it.

The reasons are those of `devices.document_printer.reasons`; residents get what they can do or whom
to call, technicians get the part to look at. This is the only list of these words: reports, guided
tests and the overview take theirs from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrinterWords:
    """One reason, said twice."""

    resident: str
    """What happens and who can help; empty where it is no concern of a resident's."""
    technician: str
    """What it is and, after a colon, the first thing to do."""

    @property
    def matter(self) -> str:
        """What it is, to stand within a sentence: « plus de papier »."""
        what = self.technician.partition(_COLON)[0].rstrip(".")
        return what[0].lower() + what[1:]

    @property
    def remedy(self) -> str:
        """The first thing to do, as a sentence of its own; empty where there is nothing to do."""
        first = self.technician.partition(_COLON)[2]
        return first and first[0].upper() + first[1:]


_COLON = " : "
_CALL = "Appelez la personne de l’accueil."
_WORDS = {
    "media-empty": PrinterWords(
        f"Il n’y a plus de papier dans l’imprimante. {_CALL}",
        "Plus de papier : remplissez le bac avec du papier A4.",
    ),
    "media-needed": PrinterWords(
        f"L’imprimante attend du papier. {_CALL}",
        "Le papier demandé n’est pas dans le bac : mettez du papier A4 et réglez le bac sur A4.",
    ),
    "media-low": PrinterWords("", "Bientôt plus de papier : remplissez le bac."),
    "media-jam": PrinterWords(
        f"Une feuille est coincée dans l’imprimante. {_CALL}",
        "Bourrage papier : ouvrez les capots, retirez la feuille sans la déchirer, refermez.",
    ),
    "door-open": PrinterWords(
        f"Une porte de l’imprimante est ouverte. {_CALL}",
        "Une porte est ouverte : fermez-la jusqu’au déclic.",
    ),
    "cover-open": PrinterWords(
        f"Le capot de l’imprimante est ouvert. {_CALL}",
        "Le capot est ouvert : fermez-le jusqu’au déclic.",
    ),
    "interlock-open": PrinterWords(
        f"L’imprimante est ouverte. {_CALL}",
        "Une sécurité est ouverte : vérifiez chaque porte et chaque capot.",
    ),
    "input-tray-missing": PrinterWords(
        f"Le bac à papier n’est pas en place. {_CALL}",
        "Le bac à papier manque : enfoncez-le jusqu’au bout.",
    ),
    "output-tray-missing": PrinterWords(
        f"L’imprimante n’est pas complète. {_CALL}", "Le bac de sortie manque : remettez-le."
    ),
    "output-area-full": PrinterWords(
        "Il y a trop de feuilles à la sortie de l’imprimante. Prenez vos feuilles.",
        "Le bac de sortie est plein : videz-le.",
    ),
    "output-area-almost-full": PrinterWords("", "Le bac de sortie est presque plein : videz-le."),
    "input-manual-input-request": PrinterWords(
        f"L’imprimante attend une feuille. {_CALL}",
        "L’imprimante demande une feuille à la main : réglez le bac principal par défaut.",
    ),
    "toner-empty": PrinterWords(
        f"Il n’y a plus d’encre dans l’imprimante. {_CALL}",
        "Toner vide : remplacez la cartouche.",
    ),
    "toner-low": PrinterWords("", "Bientôt plus de toner : préparez une cartouche."),
    "marker-supply-empty": PrinterWords(
        f"Il n’y a plus d’encre dans l’imprimante. {_CALL}",
        "Encre ou toner vide : remplacez la cartouche.",
    ),
    "marker-supply-missing": PrinterWords(
        f"Il manque une cartouche dans l’imprimante. {_CALL}",
        "Une cartouche manque : remettez-la en place.",
    ),
    "marker-supply-low": PrinterWords("", "Bientôt plus d’encre : préparez une cartouche."),
    "marker-waste-full": PrinterWords(
        f"L’imprimante doit être entretenue. {_CALL}",
        "Le récupérateur d’encre usée est plein : remplacez-le.",
    ),
    "marker-waste-missing": PrinterWords(
        f"L’imprimante n’est pas complète. {_CALL}",
        "Le récupérateur d’encre usée manque : remettez-le.",
    ),
    "marker-waste-almost-full": PrinterWords(
        "", "Le récupérateur d’encre usée est presque plein : préparez-en un autre."
    ),
    "developer-empty": PrinterWords(
        f"L’imprimante doit être entretenue. {_CALL}", "Développeur vide : remplacez-le."
    ),
    "developer-low": PrinterWords("", "Bientôt plus de développeur."),
    "opc-near-eol": PrinterWords("", "Le tambour arrive en fin de vie : préparez-en un autre."),
    "opc-life-over": PrinterWords(
        "L’imprimante est en panne.", "Le tambour est usé : remplacez-le."
    ),
    "fuser-over-temp": PrinterWords(
        "L’imprimante doit refroidir. Réessayez dans quelques minutes.",
        "Le four est trop chaud : éteignez l’imprimante dix minutes, dégagez ses aérations.",
    ),
    "fuser-under-temp": PrinterWords(
        "L’imprimante chauffe. Patientez.",
        "Le four ne chauffe pas : éteignez et rallumez ; sinon, appelez le fabricant.",
    ),
    "power-down": PrinterWords(
        f"L’imprimante est éteinte. {_CALL}", "L’imprimante s’éteint : rallumez-la."
    ),
    "motor-failure": PrinterWords(
        "L’imprimante est en panne.", "Un moteur est en panne : appelez le fabricant."
    ),
    "hardware-failure": PrinterWords(
        "L’imprimante est en panne.",
        "Panne matérielle : éteignez et rallumez ; sinon, appelez le fabricant.",
    ),
    "interpreter-resource-unavailable": PrinterWords(
        "L’imprimante ne peut pas imprimer ce document.",
        "L’imprimante manque de mémoire pour ce document : éteignez et rallumez.",
    ),
    "spool-area-full": PrinterWords(
        "L’imprimante est occupée. Patientez.",
        "La mémoire des impressions est pleine : supprimez les impressions en attente.",
    ),
    "spool-area-near-full": PrinterWords("", "La mémoire des impressions est presque pleine."),
    "cups-missing-filter": PrinterWords(
        "L’imprimante est mal réglée.",
        "Un filtre de CUPS manque : recréez la file (lpadmin -m everywhere).",
    ),
    "cups-insecure-filter": PrinterWords(
        "L’imprimante est mal réglée.",
        "CUPS refuse un filtre dont les droits sont trop larges : réinstallez cups-filters.",
    ),
    "offline": PrinterWords(
        f"L’imprimante ne répond pas. {_CALL}",
        "L’imprimante ne répond pas : vérifiez l’alimentation et le câble réseau.",
    ),
    "shutdown": PrinterWords(
        f"L’imprimante est éteinte. {_CALL}", "L’imprimante est éteinte : rallumez-la."
    ),
    "timed-out": PrinterWords(
        f"L’imprimante ne répond pas. {_CALL}",
        "L’imprimante ne répond plus : éteignez et rallumez, vérifiez le réseau.",
    ),
    "connecting-to-device": PrinterWords("", "La file cherche l’imprimante."),
    "paused": PrinterWords(
        f"L’impression est suspendue. {_CALL}",
        "La file est en pause : cupsenable, ou la touche Pause de l’imprimante.",
    ),
    "moving-to-paused": PrinterWords("", "L’imprimante se met en pause."),
    "stopping": PrinterWords("", "L’imprimante s’arrête."),
    "stopped-partly": PrinterWords("", "Une partie de l’imprimante est arrêtée."),
    "other": PrinterWords("", "L’imprimante signale une autre cause : lisez son écran."),
}


def for_resident(reasons: Iterable[str]) -> str:
    """The one sentence for the resident: of the first reason that concerns them, else nothing."""
    return next((said for said in map(_said_to_resident, reasons) if said), "")


def for_technician(reasons: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each reason, in the order given."""
    return tuple(
        _WORDS[reason].technician
        if reason in _WORDS
        else f"L’imprimante signale « {reason} » : voir sa notice."
        for reason in reasons
    )


def matters(reasons: Iterable[str]) -> Iterator[str]:
    """The reasons in a few words each, in the order given; those without words are left out."""
    return (_WORDS[name].matter for name in map(_bare, reasons) if name in _WORDS)


def remedy(reasons: Iterable[str]) -> str:
    """The first thing to do about the first reason for which there is one, else nothing."""
    known = (_WORDS[name].remedy for name in map(_bare, reasons) if name in _WORDS)
    return next((told for told in known if told), "")


def _bare(reason: str) -> str:
    """A reason without its severity (RFC 8011, 5.4.12); our own driver has cut it off."""
    for severity in ("-error", "-warning", "-report"):
        reason = reason.removesuffix(severity)
    return reason


def _said_to_resident(reason: str) -> str:
    return _WORDS[reason].resident if reason in _WORDS else ""
