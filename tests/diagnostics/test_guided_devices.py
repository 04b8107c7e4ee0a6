"""Each device's guided test, on the simulated device: when it works, and when it does not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from devices.card_reader import open_card_reader
from devices.code_reader import open_code_reader
from devices.dock import Dockable
from devices.document_camera import open_document_camera
from devices.document_printer.simulated import SimulatedPrinter
from devices.handset import open_handset
from devices.sound import open_sound
from devices.status import DeviceKind, DeviceState
from devices.ticket_printer import open_ticket_printer
from kiosk.diagnostics.guided import codes, documents, printers
from kiosk.diagnostics.guided.choice import Choice
from kiosk.diagnostics.guided.picture import look
from kiosk.diagnostics.guided.target_page import draw
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.ports import NotNow
from kiosk.diagnostics.results import TestResults
from kiosk.diagnostics.rows import DeviceRows
from kiosk.diagnostics.view import Surface
from kiosk.hardware import Devices, Hardware
from kiosk.settings.booth import KioskSettings
from tests.calls.pictures import picture
from tests.diagnostics.guided_booth import Technician, figure
from tests.diagnostics.rehearsal_devices import simulated
from tests.link.waiting import until


@pytest.fixture
async def booth(tmp_path: Path) -> AsyncIterator[Technician]:
    """Every simulated device that does not need another process."""
    handset = open_handset("simulated")
    reader = open_card_reader("simulated", key=b"k" * 32, cards={}, protocol="line", baud=9600)
    devices = replace(
        simulated(tmp_path),
        handset=handset,
        card_reader=reader,
        document_printer=SimulatedPrinter(page_s=0.05),
        document_camera=open_document_camera("simulated"),
        ticket_printer=open_ticket_printer(
            "simulated", baud=38_400, width_dots=512, profile="default"
        ),
        code_reader=open_code_reader("simulated", baud=9600),
    )
    hardware = Hardware(devices, frozenset(), lambda: None)
    await hardware.start()
    technician = Technician(devices)
    yield technician
    await technician.tests.abort()
    await hardware.stop()


def closed(devices: Devices) -> bool:
    return all(
        device.status.state is DeviceState.UNKNOWN
        for device in (devices.camera, *devices.sound.devices)
    )


async def test_the_camera(booth: Technician) -> None:
    await booth.tests.begin("camera")
    view = await booth.until(lambda view: view.figures)
    assert (view.number, view.of, view.surface) == (1, 3, Surface.PICTURE)
    assert booth.pictures > 5
    await booth.agree(1)
    view = await booth.passed(2)
    assert float(figure(view, "Images par seconde").replace(",", ".")) > 20
    view = await booth.passed(3)
    assert "sur 100" in figure(view, "Lumière")
    assert await booth.finished() is Outcome.SUCCESS
    assert closed(booth.devices)


async def test_a_camera_without_its_cable(booth: Technician) -> None:
    booth.do(DeviceKind.CAMERA, "unplug")
    await booth.tests.begin("camera")
    view = await booth.judged(Outcome.FAILED, 1)
    assert "Caméra" in view.hint
    booth.do(DeviceKind.CAMERA, "plug")
    await booth.again()
    await booth.until(lambda view: view.figures)
    await booth.agree(1)
    await booth.passed(2)
    await booth.passed(3)
    assert await booth.finished() is Outcome.SUCCESS


async def test_the_microphone(booth: Technician) -> None:
    await booth.tests.begin("microphone")
    view = await booth.passed(1)
    assert view.level is not None
    assert 0 < view.level <= 1
    booth.do(DeviceKind.MICROPHONE, "silence")
    await booth.passed(2)
    booth.do(DeviceKind.MICROPHONE, "speak")
    await booth.agree(3)
    assert await booth.finished() is Outcome.SUCCESS
    assert closed(booth.devices)


@pytest.mark.parametrize(("action", "words"), [("silence", "coupé"), ("clip", "sature")])
async def test_a_microphone_that_is_mute_or_too_loud(
    booth: Technician, action: str, words: str
) -> None:
    booth.do(DeviceKind.MICROPHONE, action)
    await booth.tests.begin("microphone")
    view = await booth.until(lambda view: view.outcome.ended)
    if action == "clip" and view.outcome is Outcome.SUCCESS:
        await booth.again()  # Three seconds must be cut off before it is told.
        view = await booth.until(lambda view: view.outcome is Outcome.FAILED)
    assert words in view.hint


async def test_the_loudspeaker_is_heard_back_and_its_echo_measured(booth: Technician) -> None:
    await booth.tests.begin("loudspeaker")
    await booth.agree(1)
    view = await booth.passed(2)
    assert figure(view, "Affaiblissement").startswith("\N{MINUS SIGN}")
    view = await booth.passed(3)
    assert "dB" in figure(view, "Écho restant, au plus")
    assert await booth.finished() is Outcome.SUCCESS
    assert closed(booth.devices)


async def test_a_loudspeaker_without_its_cable(booth: Technician) -> None:
    booth.do(DeviceKind.LOUDSPEAKER, "unplug")
    await booth.tests.begin("loudspeaker")
    view = await booth.judged(Outcome.FAILED, 1)
    assert "Haut-parleur" in view.hint
    for number in (1, 2, 3):
        await booth.judged(Outcome.FAILED, number)
        booth.tests.confirm()
    assert await booth.finished() is Outcome.FAILED


async def test_the_handset(booth: Technician) -> None:
    await booth.tests.begin("handset")
    await booth.until(lambda view: ("Combiné", "raccroché") in view.figures)
    booth.do(DeviceKind.HANDSET, "lift")
    await booth.passed(1)
    booth.do(DeviceKind.HANDSET, "hang_up")
    await booth.passed(2)
    assert await booth.finished() is Outcome.SUCCESS
    assert booth.devices.handset is not None
    assert booth.devices.handset.status.state is DeviceState.ONLINE


async def test_a_handset_with_a_sound_of_its_own_is_listened_to(tmp_path: Path) -> None:
    sound = open_sound(
        "simulated", "simulated", cache=tmp_path,
        private_microphone="simulated", private_loudspeaker="simulated",
    )  # fmt: skip
    handset = open_handset("simulated")
    devices = replace(simulated(tmp_path), sound=sound, handset=handset)
    hardware = Hardware(devices, frozenset(), lambda: None)
    await hardware.start()
    booth = Technician(devices)
    await booth.tests.begin("handset")
    booth.do(DeviceKind.HANDSET, "lift")
    await booth.passed(1)
    await booth.agree(2)
    booth.do(DeviceKind.HANDSET, "hang_up")
    await booth.passed(3)
    assert await booth.finished() is Outcome.SUCCESS
    assert closed(devices)
    await hardware.stop()


@pytest.mark.parametrize("kind", ["microphone", "loudspeaker"])
async def test_a_lifted_handset_is_not_taken_for_what_it_replaces(
    booth: Technician, kind: str
) -> None:
    booth.do(DeviceKind.HANDSET, "lift")
    await until(lambda: booth.devices.handset is not None and booth.devices.handset.lifted)
    await booth.tests.begin(kind)
    view = await booth.judged(Outcome.FAILED, 1)
    assert "Raccrochez" in view.hint
    booth.do(DeviceKind.HANDSET, "hang_up")
    await until(lambda: booth.devices.handset is not None and not booth.devices.handset.lifted)
    await booth.again()
    await booth.until(lambda view: view.outcome is not Outcome.FAILED)
    await booth.tests.abort()


async def test_what_was_open_is_no_longer_told_absent_once_it_is_closed(tmp_path: Path) -> None:
    devices = simulated(tmp_path)
    hardware = Hardware(devices, frozenset(), lambda: None)
    rows = DeviceRows(hardware, TestResults(tmp_path))
    microphone = next(one for one in devices.sound.devices if one.kind is DeviceKind.MICROPHONE)

    def state() -> str:
        return next(row.state for row in rows.rows() if row.kind == "microphone")

    assert isinstance(microphone, Dockable)
    microphone.actions["unplug"].run("")
    await until(lambda: state() == "noDevice")
    microphone.actions["plug"].run("")
    await devices.sound.start(lambda _: None)
    await until(lambda: state() == "online")
    await devices.sound.stop()
    assert microphone.status.state is DeviceState.UNKNOWN
    assert state() == "online"


async def test_the_card_reader(booth: Technician) -> None:
    await booth.tests.begin("card_reader")
    booth.do(DeviceKind.CARD_READER, "present", "mediator")
    view = await booth.passed(1)
    assert figure(view, "Carte") == "de médiateur"
    booth.do(DeviceKind.CARD_READER, "remove")
    await booth.passed(2)
    assert await booth.finished() is Outcome.SUCCESS


async def test_nothing_of_a_second_test_is_heard_by_the_first(booth: Technician) -> None:
    for _ in range(2):
        await booth.tests.begin("card_reader")
        booth.do(DeviceKind.CARD_READER, "present", "resident")
        await booth.judged(Outcome.SUCCESS, 1)
        booth.do(DeviceKind.CARD_READER, "remove")
    await booth.tests.abort()
    assert booth.recorded == [(DeviceKind.CARD_READER, Outcome.ABORTED)] * 2


async def test_the_page_is_followed_to_its_end(booth: Technician) -> None:
    await booth.tests.begin("document_printer")
    view = await booth.passed(1)
    assert figure(view, "État") == "terminée"
    await booth.agree(2)
    assert await booth.finished() is Outcome.SUCCESS
    assert isinstance(booth.devices.document_printer, SimulatedPrinter)
    assert booth.devices.document_printer.printed == 1


async def test_a_printer_without_paper_says_so_while_it_waits(booth: Technician) -> None:
    await booth.tests.begin("document_printer")
    booth.do(DeviceKind.DOCUMENT_PRINTER, "empty")
    view = await booth.until(
        lambda view: "papier" in f"{dict(view.figures).get('Imprimante')} {view.hint}"
    )
    booth.do(DeviceKind.DOCUMENT_PRINTER, "refill")
    if view.outcome.ended:
        await booth.again()
    await booth.passed(1)


async def test_a_page_that_never_comes_out_fails(
    booth: Technician, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printers, "PRINTED_WITHIN_S", 0.5)
    booth.do(DeviceKind.DOCUMENT_PRINTER, "slow", "100")
    await booth.tests.begin("document_printer")
    view = await booth.judged(Outcome.FAILED, 1)
    assert "pas sortie" in view.hint


async def test_the_document_camera(booth: Technician) -> None:
    await booth.tests.begin("document_camera")
    await booth.until(lambda view: view.figures)
    await booth.agree(1)
    view = await booth.passed(2)
    assert "points par pouce" in figure(view, "Finesse")
    assert await booth.finished() is Outcome.SUCCESS
    assert booth.pictures > 0
    assert booth.devices.document_camera is not None
    assert booth.devices.document_camera.status.state is DeviceState.UNKNOWN


async def test_a_page_in_the_glare_is_told_with_what_to_do(
    booth: Technician, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "GOOD_WITHIN_S", 6.0)
    booth.do(DeviceKind.DOCUMENT_CAMERA, "page", "glare")
    await booth.tests.begin("document_camera")
    await booth.until(lambda view: view.figures)
    await booth.agree(1)
    view = await booth.judged(Outcome.FAILED, 2)
    assert "reflète" in view.hint
    await booth.tests.abort()
    assert booth.recorded == [(DeviceKind.DOCUMENT_CAMERA, Outcome.ABORTED)]


async def test_the_ticket_printer(booth: Technician) -> None:
    await booth.tests.begin("ticket_printer")
    view = await booth.passed(1)
    assert figure(view, "Ticket") == "imprimé"
    await booth.agree(2)
    assert await booth.finished() is Outcome.SUCCESS


async def test_a_ticket_printer_without_paper(booth: Technician) -> None:
    booth.do(DeviceKind.TICKET_PRINTER, "empty")
    await booth.tests.begin("ticket_printer")
    view = await booth.judged(Outcome.FAILED, 1)
    assert "papier" in view.hint
    booth.do(DeviceKind.TICKET_PRINTER, "refill")
    await booth.again()
    await booth.passed(1)


async def test_a_ticket_printer_that_never_answers_is_tried_all_the_same(
    booth: Technician,
) -> None:
    """Many cheap ones print well and tell nothing of themselves: unknown is no fault."""
    booth.do(DeviceKind.TICKET_PRINTER, "mute")
    await booth.tests.begin("ticket_printer")
    view = await booth.passed(1)
    assert figure(view, "Ticket") == "envoyé, sans confirmation"


async def test_the_code_reader(booth: Technician) -> None:
    await booth.tests.begin("code_reader")
    await booth.until(lambda _: booth.pictures > 0)
    booth.do(DeviceKind.CODE_READER, "show", "contenu-secret-1234")
    view = await booth.passed(1)
    assert figure(view, "Longueur") == "19 caractères"
    assert "secret" not in str(view)
    assert await booth.finished() is Outcome.SUCCESS
    assert closed(booth.devices)


async def test_a_code_reader_that_reads_nothing_in_time(
    booth: Technician, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "READ_WITHIN_S", 0.3)
    await booth.tests.begin("code_reader")
    view = await booth.judged(Outcome.FAILED, 1)
    assert "Aucun code" in view.hint


async def test_the_screen(booth: Technician) -> None:
    await booth.tests.begin("screen")
    assert booth.view.surface is Surface.TOUCH_GRID
    booth.tests.surface_done(True)
    view = await booth.until(lambda view: view.number == 2)
    assert view.surface is Surface.COLOURS
    booth.tests.surface_done(False)
    view = await booth.judged(Outcome.FAILED, 2)
    assert "câble" in view.hint
    booth.tests.confirm()
    assert await booth.finished() is Outcome.FAILED


@pytest.mark.parametrize(
    "kind",
    [
        "handset",
        "document_camera",
        "document_printer",
        "ticket_printer",
        "card_reader",
        "code_reader",
        "toaster",
    ],
)
async def test_a_device_that_is_not_there_has_no_test(tmp_path: Path, kind: str) -> None:
    booth = Technician(simulated(tmp_path))
    with pytest.raises(NotNow):
        await booth.tests.begin(kind)
    assert booth.tests.view is None


def test_every_kind_of_device_has_a_test(tmp_path: Path) -> None:
    choice = Choice(KioskSettings(), simulated(tmp_path), lambda _: None)
    assert set(choice.makers) == set(DeviceKind)


def test_a_blurred_picture_is_less_sharp() -> None:
    sharp = picture(640, 480)
    luma = np.frombuffer(sharp.planes[0].data, np.uint8).reshape(480, 640).astype(np.float32)
    for _ in range(6):
        luma = (np.roll(luma, 1, 0) + np.roll(luma, 1, 1) + 2 * luma) / 4
    from devices.picture import Plane

    soft = replace(
        sharp, planes=(Plane(luma.astype(np.uint8).data.cast("B"), 640), *sharp.planes[1:])
    )
    assert look(soft)[0] < look(sharp)[0] / 10
    assert look(soft)[1] == pytest.approx(look(sharp)[1], abs=2)


def test_the_page_is_one_a4_page() -> None:
    from datetime import UTC, datetime

    import pypdfium2

    page = draw("Mairie d’Œuilly", datetime.now(UTC))
    document = pypdfium2.PdfDocument(page)
    assert len(document) == 1
    assert document[0].get_size() == pytest.approx((595.3, 841.9), abs=1)
    text = document[0].get_textpage().get_text_bounded()
    assert "Œuilly" in text
    document.close()
