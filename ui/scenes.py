"""Scripted snapshots of every screen, for screenshots and tests: no visit behind them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from kiosk.link.messages import EndReason
from kiosk.visit.snapshot import (
    CallView,
    EndedView,
    Quality,
    Screen,
    Tile,
    TileState,
    VisitSnapshot,
    WaitingView,
    WrittenLine,
)
from ui.papers_scenes import MANY, PRINTS, papers_scenes
from ui.technician_scenes import technician_scenes
from ui.visit_scenes import visit_scenes

NB = "\N{NO-BREAK SPACE}"

WEEK = (
    ("Lundi", f"9{NB}h{NB}–{NB}12{NB}h, 13{NB}h{NB}30{NB}–{NB}16{NB}h{NB}30"),
    ("Mardi", f"9{NB}h{NB}–{NB}12{NB}h, 13{NB}h{NB}30{NB}–{NB}16{NB}h{NB}30"),
    ("Mercredi", f"9{NB}h{NB}–{NB}12{NB}h, 13{NB}h{NB}30{NB}–{NB}16{NB}h{NB}30"),
    ("Jeudi", f"9{NB}h{NB}–{NB}12{NB}h"),
    ("Vendredi", f"9{NB}h{NB}–{NB}12{NB}h, 13{NB}h{NB}30{NB}–{NB}16{NB}h{NB}30"),
    ("Samedi", "fermé"),
    ("Dimanche", "fermé"),
)

CAF = Tile("caf", "CAF", "Allocations familiales", "CAF", "#1b4a8a", TileState.AVAILABLE, week=WEEK)
TILES = (
    CAF,
    Tile("cpam", "CPAM", "Assurance maladie", "AM", "#0a5a5e", TileState.BUSY, waiting=2),
    Tile(
        "france-travail",
        "France Travail",
        "Emploi et formation",
        "FT",
        "#3d3a8c",
        TileState.BUSY,
        waiting=0,
    ),
    Tile(
        "impots",
        "Impôts",
        "Finances publiques",
        "IM",
        "#6b3a12",
        TileState.CLOSED,
        opens=f"demain à 9{NB}h",
        week=WEEK,
    ),
    Tile("mairie", "Mairie", "État civil et vie locale", "MA", "#7a2048", TileState.EXPECTED),
    Tile(
        "departement",
        "Département",
        "Aides sociales, handicap, autonomie",
        "DÉ",
        "#1e5b3a",
        TileState.CLOSED,
        opens=f"lundi à 9{NB}h",
    ),
    Tile(
        "essai",
        "Service d'essai",
        "Essayer un appel, sans engagement",
        "ES",
        "#42525b",
        TileState.AVAILABLE,
    ),
)

#: As hostile to the layout as an operator's file may be.
LONG_TILES = (
    Tile(
        "longue",
        "Communauté d'agglomération Saint-Étienne-du-Rouvray",
        "Urbanisme, logement, transports, eau, déchets et assainissement",
        "CASE",
        "#1b4a8a",
        TileState.BUSY,
        waiting=128,
    ),
    Tile(
        "carsat",
        "Caisse d'assurance retraite",
        "Retraite et santé au travail Provence-Alpes-Côte d'Azur",
        "RET",
        "#7a2048",
        TileState.CLOSED,
        opens=f"mercredi 23{NB}décembre à 13{NB}h{NB}30",
        week=WEEK,
    ),
    *(replace(tile, state=TileState.UNREACHABLE) for tile in TILES[:3]),
    *TILES[3:],
)

HOME = VisitSnapshot(
    screen=Screen.HOME,
    tiles=TILES,
    line_up=True,
    simulated=("camera", "microphone", "loudspeaker"),
    place_name="France services de Lamballe",
)
IN_VISIT = replace(HOME, agency=CAF, simulated=())


def _call(**facts: object) -> VisitSnapshot:
    view = CallView(
        agent_name="Sophie Martin",
        connected_at=time.monotonic() - 135,
        remote_video=True,
    )
    return replace(IN_VISIT, screen=Screen.IN_CALL, call=replace(view, **facts))  # type: ignore[arg-type]


def _waiting(**facts: object) -> VisitSnapshot:
    return replace(
        IN_VISIT,
        screen=Screen.WAITING,
        waiting=WaitingView(**facts),  # type: ignore[arg-type]
    )


def _ended(reason: EndReason, duration_s: int | None) -> VisitSnapshot:
    ended = EndedView(reason=reason, duration_s=duration_s)
    return replace(IN_VISIT, screen=Screen.ENDED, ended=ended)


def _before() -> dict[str, VisitSnapshot]:
    return {
        "home": HOME,
        "home-line-down": replace(
            HOME,
            line_up=False,
            tiles=tuple(replace(tile, state=TileState.UNREACHABLE) for tile in TILES),
        ),
        "home-closed": replace(
            HOME, tiles=tuple(replace(tile, state=TileState.CLOSED) for tile in TILES)
        ),
        "home-long-names": replace(HOME, tiles=LONG_TILES),
        "hours": replace(IN_VISIT, screen=Screen.HOURS, agency=TILES[3]),
        "hours-expected": replace(
            IN_VISIT,
            screen=Screen.HOURS,
            agency=replace(LONG_TILES[1], state=TileState.EXPECTED),
        ),
        "rehearsing": replace(IN_VISIT, screen=Screen.REHEARSING),
        "waiting-lost": replace(
            _waiting(position=2, estimate_min=(3, 6)),
            lost=("document_printer", "camera", "card_reader"),
        ),
        "waiting-third": _waiting(position=3, estimate_min=(4, 8)),
        "waiting-next": _waiting(position=1),
        "waiting-unknown": replace(_waiting(), line_up=False),
        "waiting-long": replace(
            _waiting(position=128, estimate_min=(95, 140)),
            agency=LONG_TILES[0],
            line_up=False,
        ),
    }


def _during() -> dict[str, VisitSnapshot]:
    return {
        "connecting": replace(
            IN_VISIT, screen=Screen.CONNECTING, call=CallView(agent_name="Sophie Martin")
        ),
        "in-call": _call(),
        "in-call-muted": _call(muted=True, quality=Quality.FAIR, volume=10),
        "in-call-lost-printer": replace(_call(), lost=("document_printer",)),
        "in-call-writing": _call(
            microphone_working=False,
            writing=True,
            written=(
                WrittenLine("Bonjour, je ne vous entends pas. Pouvez-vous écrire ?", own=False),
                WrittenLine("Oui. Je viens pour une lettre de la CAF.", own=True),
                WrittenLine("Montrez-la à la caméra, je la lis avec vous.", own=False),
            ),
        ),
        "in-call-writing-unseen": replace(
            _call(camera_working=False, remote_video=False, writing=True),
            lost=("document_printer",),
        ),
        "in-call-lost-two": replace(_call(camera_working=False), lost=("document_printer",)),
        "in-call-slowed": _call(slowed=True, quality=Quality.POOR),
        "in-call-trouble": replace(
            _call(
                agent_name="Marie-Françoise de la Rochefoucauld-Montmorency",
                camera_working=False,
                remote_video=False,
                volume=0,
            ),
            agency=LONG_TILES[0],
        ),
    }


def _after() -> dict[str, VisitSnapshot]:
    return {
        "ended-agent": _ended(EndReason.AGENT, 754),
        "ended-resident": _ended(EndReason.RESIDENT, 40),
        "ended-timeout": _ended(EndReason.TIMEOUT, None),
        "ended-unheard": _ended(EndReason.RESIDENT, None),
        "ended-printing": replace(_ended(EndReason.RESIDENT, 754), papers=PRINTS),
        "ended-printing-stopped": replace(
            _ended(EndReason.AGENT, 754),
            agency=LONG_TILES[0],
            papers=replace(
                PRINTS,
                sent=MANY.sent,
                received=(*MANY.received, *PRINTS.received),
                printing=replace(
                    PRINTS.printing, state="processing-stopped", reasons=("media-jam",)
                ),
            ),
        ),
        "ended-fault": replace(_ended(EndReason.FAULT, 60), agency=LONG_TILES[0]),
        "fail-safe": replace(IN_VISIT, screen=Screen.FAIL_SAFE, agency=None),
        "idle-prompt": replace(_waiting(position=3, estimate_min=(4, 8)), idle_seconds_left=12),
    }


def scenes() -> Mapping[str, VisitSnapshot]:
    """Return a snapshot for every screen and its variants, by a name fit for a file."""
    return MappingProxyType(
        _before()
        | _during()
        | papers_scenes(_call())
        | _after()
        | visit_scenes(HOME, IN_VISIT)
        | technician_scenes(HOME)
    )
