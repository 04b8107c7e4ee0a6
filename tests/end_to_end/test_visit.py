"""A whole visit driven by a screen reader alone, answered by the robot of « Service d'essai »."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.end_to_end.demo import Demo
from tests.end_to_end.desktop import AccessibleSession
from tests.end_to_end.eyes import display_of, moves
from tests.end_to_end.media import write_picture, write_speech
from tests.end_to_end.programs import family, open_files
from tests.end_to_end.reader import Reader
from tests.end_to_end.waiting import eventually

ROBOT_ANSWERS_WITHIN_S = 30.0
#: Half of what a resident gets to read the last screen, and still time to press its button.
SHORT_END = {"VISIO_GUICHET_IDLE__ENDED_S": "10"}
SERVICE = "Service d'essai"
#: Made with the first visit; docs/privacy.md says what is in them, test_nothing_left what is not.
KEPT_WITHOUT_CONTENT = (
    "agency-keys.json",
    "events.sqlite",
    "events.sqlite-shm",
    "events.sqlite-wal",
    "receipt.key",
    "receipt.last",
)


@pytest.fixture(scope="module")
def resident(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The files before the booth's camera and microphone."""
    folder = tmp_path_factory.mktemp("resident")
    return write_picture(folder / "resident.mjpeg"), write_speech(folder / "resident.wav")


@pytest.fixture(scope="module")
def demo(
    session: AccessibleSession,
    resident: tuple[Path, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Demo]:
    """A demonstration whose camera and microphone are files, so that one can see them open."""
    picture, speech = resident
    options = ["--camera", str(picture), "--microphone", str(speech)]
    environment = {**session.environment, **SHORT_END}
    with Demo(tmp_path_factory.mktemp("demo"), environment, options) as running:
        yield running


def test_home_names_every_agency_and_says_how_it_is(booth: Reader) -> None:
    controls = {control.name: control for control in booth.controls()}
    for name in ("CAF", "CPAM", "France Travail", "Impôts", "Mairie", "Département", SERVICE):
        assert controls[name].description, name
    booth.wait_for_words("Un agent peut vous répondre")


def test_nothing_that_can_be_focused_is_without_a_name(booth: Reader) -> None:
    assert [c for c in booth.controls() if c.focusable and not c.name.strip()] == []


def test_a_whole_visit(booth: Reader, demo: Demo, resident: tuple[Path, Path]) -> None:
    kiosk = demo.pid_of("kiosk")
    # What a booth keeps for itself, and whatever watches its devices, is there by then.
    socket = demo.state_folder / "kiosk" / "control.sock"
    eventually(socket.exists, within_s=30, what="the control socket")
    eventually(lambda: _reads_codes(kiosk), within_s=10, what="the code reader's process")
    before = {process.pid for process in family(kiosk)}
    files_before = _files(demo)
    picture = str(resident[0])

    booth.enter(SERVICE)
    booth.wait_for("L'image de l'agent", within_s=ROBOT_ANSWERS_WITHIN_S)
    booth.wait_for_words("connexion", within_s=ROBOT_ANSWERS_WITHIN_S)
    eventually(lambda: picture in open_files(kiosk), within_s=10, what="the camera open")
    eventually(lambda: moves(display_of(kiosk)), within_s=20, what="a picture that moves")
    assert [c for c in booth.controls() if c.focusable and not c.name.strip()] == []

    booth.press("Couper le micro")
    booth.press("Rétablir le micro")
    booth.wait_for("Couper le micro")
    booth.press("Raccrocher")
    booth.wait_for("L'appel est terminé.")
    booth.wait_for_words("Vous avez raccroché.")
    eventually(lambda: picture not in open_files(kiosk), within_s=10, what="the camera closed")
    booth.press("Terminer")
    booth.press("Passer")
    booth.wait_for("Quel service voulez-vous joindre ?")

    eventually(
        lambda: {process.pid for process in family(kiosk)} <= before,
        within_s=10,
        what="the call's processes gone",
    )
    assert _files(demo) - files_before == set()
    assert psutil.pid_exists(kiosk)


def test_the_ended_screen_goes_home_by_itself(booth: Reader) -> None:
    booth.enter(SERVICE)
    booth.press("Raccrocher", within_s=ROBOT_ANSWERS_WITHIN_S)
    booth.wait_for("Terminer")
    booth.wait_for("Quel service voulez-vous joindre ?", within_s=40)


def _reads_codes(kiosk: int) -> bool:
    return any("devices.code_reader.eyes" in process.cmdline() for process in family(kiosk))


def _files(demo: Demo) -> set[Path]:
    """Return the files that the booth, and whatever it starts, keeps or has thrown aside.

    Left out are the black box, which has tests of its own for what it can hold, the simulated
    microphone's speech, and Qt's compiled screens, of which each is kept when it is first shown.
    """
    folders = (demo.state_folder / name for name in ("kiosk", "tmp", "cache", "data", "state"))
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    kept = (path for path in files if path.name not in KEPT_WITHOUT_CONTENT)
    return {path for path in kept if path.parent.name not in ("black-box", "speech", "qmlcache")}
