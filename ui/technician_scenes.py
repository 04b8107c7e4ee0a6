"""Scripted snapshots of the technician's rooms and of the dock, for screenshots and tests."""

from __future__ import annotations

from dataclasses import replace

from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.view import (
    DeviceRow,
    DoorView,
    GuidedView,
    ReportView,
    Room,
    StepView,
    Surface,
    TechnicianView,
)
from kiosk.visit.snapshot import DockDevice, Screen, VisitSnapshot

NB = "\N{NO-BREAK SPACE}"

TESTED = f"Réussi, le 22{NB}novembre à 14{NB}h{NB}32"
NEVER = "Jamais testé"

_DEVICES = (
    ("camera", "Caméra", "online", "Connectée", TESTED, Outcome.SUCCESS, ""),
    ("microphone", "Micro", "online", "Connecté", TESTED, Outcome.SUCCESS, ""),
    ("loudspeaker", "Haut-parleur", "online", "Connecté", NEVER, None, ""),
    ("handset", "Combiné", "noDevice", "Non installé", NEVER, None, ""),
    (
        "document_camera",
        "Caméra à documents",
        "noDevice",
        "Absente",
        f"Échoué, le 21{NB}novembre à 9{NB}h{NB}05",
        Outcome.FAILED,
        "Branchez l'appareil, ou corrigez son réglage dans kiosk.toml.",
    ),
    (
        "document_printer",
        "Imprimante A4",
        "userError",
        "À débloquer, plus de papier",
        f"Interrompu, le 21{NB}novembre à 9{NB}h{NB}10",
        Outcome.ABORTED,
        "Remettez du papier dans le bac.",
    ),
    ("ticket_printer", "Imprimante à tickets", "deviceBusy", "Connectée, occupée", NEVER, None, ""),
    ("card_reader", "Lecteur de cartes", "starting", "Démarre", NEVER, None, ""),
    ("code_reader", "Lecteur de codes", "unknown", "Pas encore connu", NEVER, None, ""),
    ("screen", "Écran", "online", "Connecté", TESTED, Outcome.SUCCESS, ""),
)

ROWS = tuple(
    DeviceRow(
        kind,
        name,
        state,
        condition,
        simulated=kind in ("camera", "microphone", "ticket_printer"),
        last_test=tested,
        outcome=outcome,
        hint=hint,
        testable=kind != "handset",
    )
    for kind, name, state, condition, tested, outcome, hint in _DEVICES
)

NETWORK = (
    StepView("names", "Noms des serveurs", Outcome.SUCCESS, f"4{NB}noms, au plus 12{NB}ms"),
    StepView("clock", "Horloge", Outcome.SUCCESS, f"En avance de 0,2{NB}s"),
    StepView("broker", "Liaison avec les organismes", Outcome.SUCCESS, "Connectée par TLS"),
    StepView("round", "Aller et retour", Outcome.SUCCESS, f"18{NB}ms, au plus 31{NB}ms"),
    StepView(
        "certificate",
        "Certificat",
        Outcome.FAILED,
        f"Certificat à renouveler. Celui de la liaison expire dans 3{NB}jours.",
    ),
    StepView("stun", "STUN", Outcome.SUCCESS, "La borne est vue de l'extérieur"),
    StepView(
        "turn-udp",
        "Relais par UDP",
        Outcome.FAILED,
        f"Pas de réponse en 5{NB}s. Faites ouvrir le port 3478 en UDP vers l'extérieur.",
    ),
    StepView("turn-tcp", "Relais par TCP", Outcome.SUCCESS, f"Relayé en 42{NB}ms"),
    StepView("turn-tls", "Relais par TLS", Outcome.RUNNING),
    StepView("udp", "UDP", Outcome.SKIPPED, "Sans réponse du relais, rien ne peut en être dit."),
    StepView("down", "Débit descendant", Outcome.PENDING),
    StepView("up", "Débit montant", Outcome.PENDING),
    StepView("loss", "Pertes", Outcome.PENDING),
    StepView("jitter", "Gigue", Outcome.PENDING),
    StepView("pair", "Chemin choisi", Outcome.PENDING),
)

REHEARSAL = (
    StepView("call", "Appel de l'agent robot", Outcome.SUCCESS, f"Décroché en 1,4{NB}s"),
    StepView("first", "Première image", Outcome.SUCCESS, f"0,6{NB}s"),
    StepView(
        "pictures",
        "Images par seconde",
        Outcome.SUCCESS,
        f"Reçues{NB}: 29,8{NB}; envoyées{NB}: 30,0{NB}; aucun gel",
    ),
    StepView("sound", "De la bouche à l'oreille", Outcome.SUCCESS, f"212{NB}ms"),
    StepView("loss", "Pertes", Outcome.SUCCESS, f"0,1{NB}%"),
    StepView("echo", "Écho", Outcome.ABORTED),
)

OPENING = (
    StepView("call", "Aucune visite en cours", Outcome.SUCCESS),
    StepView("camera", "Caméra", Outcome.SUCCESS, "Libre"),
    StepView("sound", "Son", Outcome.RUNNING),
    StepView("printer", "Imprimantes", Outcome.PENDING),
)

CAMERA = GuidedView(
    kind="camera",
    name="Caméra",
    number=2,
    of=4,
    sentence="Regardez l'image : est-elle nette, droite et assez claire ?",
    figures=(
        ("Images par seconde", "29,8"),
        ("Mode", f"1280{NB}×{NB}720, MJPEG"),
        ("Netteté", "bonne"),
        ("Lumière", "assez"),
    ),
    surface=Surface.PICTURE,
    asks_person=True,
)

REPORT = ReportView(
    ready=False,
    verdict="Pas prêt pour le public : il manque la caméra à documents et du papier.",
    facts=(
        ("Version", "3.0.0"),
        ("Système", "Debian 12, Python 3.11.2"),
        ("Disque", f"41,2{NB}Go libres sur 58,4{NB}Go"),
        ("Mémoire", f"2,1{NB}Go libres sur 7,7{NB}Go"),
        ("Température", f"52{NB}°C"),
        ("En marche depuis", f"12{NB}jours et 4{NB}heures"),
        ("Horloge", f"En avance de 0,2{NB}s"),
    ),
    crashes=(f"Le 20{NB}novembre à 3{NB}h{NB}12{NB}: coupure de courant", ),
    qr=(
        "pvp-demo 22/11/2026 14:32 : PAS PRÊT\n! Caméra à documents : absente\n"
        "! Imprimante A4 : plus de papier\nCaméra : connectée, test réussi\n"
        "Jamais testés : 4\nDisque 41,2 Go libres\nVersion 3.0.0"
    ),
)  # fmt: skip

OVERVIEW = TechnicianView(Room.OVERVIEW, devices=ROWS)

LONG = "Très longue explication d'une panne peu commune du matériel de cette borne. "


def _dock() -> tuple[DockDevice, ...]:
    cable = (("plug", ""), ("unplug", ""))
    return (
        DockDevice("camera", "online", (*cable, ("freeze", ""), ("thaw", ""))),
        DockDevice("microphone", "noDevice", (*cable, ("silence", ""), ("clip", ""))),
        DockDevice("handset", "online", (*cable, ("lift", ""), ("hang_up", ""))),
        DockDevice(
            "document_printer",
            "userError",
            (*cable, ("empty", ""), ("refill", ""), ("jam", ""), ("unjam", "")),
        ),
        DockDevice(
            "card_reader",
            "online",
            (*cable, ("present", "technician, mediator…"), ("remove", ""), ("slow", "seconds")),
        ),
    )


def _inside(view: TechnicianView, home: VisitSnapshot) -> VisitSnapshot:
    return replace(home, screen=Screen.TECHNICIAN, technician=view)


def _test(**facts: object) -> TechnicianView:
    guided = replace(CAMERA, **facts)  # type: ignore[arg-type]
    return TechnicianView(Room.TEST, guided=guided)


def _tests() -> dict[str, TechnicianView]:
    return {
        "test-camera": _test(),
        "test-camera-hint": _test(
            hint="Nettoyez la vitre avec un chiffon sec, puis regardez encore une fois.",
            sentence="L'image est-elle nette, droite, et assez claire pour lire sur les lèvres ?",
        ),
        "test-microphone": _test(
            kind="microphone",
            name="Micro",
            number=1,
            sentence="Parlez comme à un agent, à un bras de l'écran.",
            figures=(("Niveau", f"−24{NB}dB"), ("Coupures", "aucune")),
            level=0.55,
            surface=Surface.NONE,
            asks_person=False,
        ),
        "test-failed": _test(
            kind="document_printer",
            name="Imprimante A4",
            number=3,
            of=3,
            sentence="La page d'essai n'est pas sortie.",
            figures=(("Travail", "annulé"), ("Raison", "plus de papier")),
            surface=Surface.NONE,
            outcome=Outcome.FAILED,
            hint="Remettez du papier dans le bac, fermez-le, puis recommencez.",
            finished=True,
        ),
        "test-touch": _test(kind="screen", name="Écran", surface=Surface.TOUCH_GRID),
        "test-colours": _test(kind="screen", name="Écran", surface=Surface.COLOURS),
        "test-long": _test(
            sentence=LONG * 2,
            name="Caméra à documents du guichet",
            hint=LONG * 3,
            figures=tuple((f"Mesure {n} {LONG[:40]}", LONG[:50]) for n in range(9)),
        ),
    }


def _views() -> dict[str, TechnicianView]:
    return {
        "door": TechnicianView(Room.DOOR),
        "door-locked": TechnicianView(Room.DOOR, door=DoorView(0, locked_for_s=240)),
        "door-card": TechnicianView(Room.DOOR, door=DoorView(5, has_pin=False)),
        "opening": TechnicianView(Room.OPENING, opening=OPENING, steps_running=True),
        "overview": OVERVIEW,
        "overview-leaving": replace(
            OVERVIEW, leaves_in_s=27, notice="Le rapport est imprimé."
        ),
        "overview-crash": replace(
            OVERVIEW,
            crashed=f"Le 20{NB}novembre à 3{NB}h{NB}12, la borne s'est arrêtée anormalement{NB}: "
            "erreur du programme (devices/camera/opencv.py, ligne 61, dans _open).",
        ),
        "overview-long": replace(
            OVERVIEW,
            notice=LONG,
            devices=tuple(replace(row, hint=LONG, condition="En panne") for row in ROWS),
        ),
        **_tests(),
        "network": TechnicianView(Room.NETWORK, steps=NETWORK, steps_running=True),
        "network-long": TechnicianView(
            Room.NETWORK, steps=tuple(replace(step, detail=LONG * 2) for step in NETWORK)
        ),
        "rehearsal": TechnicianView(Room.REHEARSAL, steps=REHEARSAL),
        "report": TechnicianView(Room.REPORT, report=REPORT),
        "report-ready": TechnicianView(
            Room.REPORT,
            report=replace(REPORT, ready=True, verdict="Prêt pour le public.", crashes=()),
            notice="Rapport envoyé à l'imprimante.",
        ),
        "report-making": TechnicianView(Room.REPORT),
        "report-long": TechnicianView(
            Room.REPORT, report=replace(REPORT, verdict=LONG * 2, crashes=(LONG,) * 12)
        ),
    }  # fmt: skip


def technician_scenes(home: VisitSnapshot) -> dict[str, VisitSnapshot]:
    """Return a snapshot of every room and of the dock, in a booth that is otherwise `home`."""
    home = replace(home, simulated=("camera", "microphone", "ticket_printer", "card_reader"))
    rooms = {f"technician-{name}": _inside(view, home) for name, view in _views().items()}
    return rooms | {"dock": replace(home, dock=_dock())}
