"""qmllint has nothing to say about any QML file, Python's own types known to it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.ui.qml_types import write_module
from ui import qr_code, video
from ui.translation import qt_tool
from ui.video.software import SoftwarePictureView
from ui.viewmodels import booth
from ui.window import QML

FILES = sorted([*QML.rglob("*.qml"), *QML.parent.joinpath("video").rglob("*.qml")])


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("qmltypes")
    write_module(folder, booth.MODULE, [(kind, kind.__name__, False) for kind in booth.TYPES])
    write_module(
        folder,
        video.MODULE,
        [(SoftwarePictureView, "PictureView", True), (video.PictureFeed, "PictureFeed", False)],
    )
    write_module(folder, qr_code.MODULE, [(qr_code.QrCodeItem, "QrCode", True)])
    return folder


def lint(known: Path, files: list[Path]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [qt_tool("qmllint"), "-I", known, "-I", QML, "-W", "0", *files],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_no_warning(known: Path) -> None:
    assert len(FILES) > 30
    done = lint(known, FILES)
    assert (done.stdout + done.stderr).strip() == ""
    assert done.returncode == 0


def test_a_wrong_property_of_a_view_model_would_be_found(known: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "Wrong.qml"
    wrong.write_text(
        "import QtQuick\nimport VisioGuichet.Models\n"
        "Text {\n    id: it\n    required property ShellModel shell\n    text: it.shell.tmie\n}\n"
    )
    done = lint(known, [wrong])
    assert "tmie" in done.stdout + done.stderr
    assert done.returncode != 0


def test_every_file_is_in_its_modules_list_and_has_a_purpose() -> None:
    for file in QML.rglob("*.qml"):
        listed = file.with_name("qmldir").read_text().split()
        assert file.name in listed
        assert file.read_text().startswith("// ")
