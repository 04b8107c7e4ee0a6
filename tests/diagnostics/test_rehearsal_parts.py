"""What a rehearsal measures with: sweeps, marked pictures, freezes, and the words on the wire."""

from __future__ import annotations

import json
import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.robot.hearing import opens_key_frame
from desk.robot.text import RobotText
from devices.sound.interface import SAMPLE_RATE_HZ
from kiosk.calls.text import RealTimeText
from kiosk.diagnostics.chirp import Chirp
from kiosk.diagnostics.rehearsal.marked_camera import age_s, marked
from kiosk.link.rehearsal import PREFIX, Ask, FrameCount, Heard, asked, asking, telling, told
from kiosk.link.text import MOST_LINES
from tests.calls.pictures import picture

RNG = np.random.default_rng(11)


def noise(seconds: float, level: float) -> np.ndarray:
    return np.asarray(RNG.normal(0, level, int(seconds * SAMPLE_RATE_HZ)), np.int16)


@pytest.mark.parametrize("gain_db", [0, -20, -40])
def test_a_sweep_is_found_to_the_sample_in_noise(gain_db: int) -> None:
    chirp = Chirp(0.4)
    heard = noise(1.2, 30).astype(np.float64)
    heard[12_345 : 12_345 + len(chirp.samples)] += chirp.samples * 10 ** (gain_db / 20)
    found = chirp.find(np.asarray(heard, np.int16))
    assert found is not None
    assert abs(found.at - 12_345) <= 2
    assert found.gain_db == pytest.approx(gain_db, abs=1.0)


def test_no_sweep_is_found_where_there_is_none() -> None:
    chirp = Chirp(0.08)
    assert chirp.find(noise(1.0, 3000)) is None
    assert chirp.find(np.zeros(48_000, np.int16)) is None
    assert chirp.find(np.zeros(10, np.int16)) is None
    assert chirp.strongest(np.zeros(10, np.int16), slice(None)) == 0


def test_what_is_left_of_a_sweep_is_measured_or_bounded() -> None:
    chirp = Chirp(0.4)
    quiet = noise(1.0, 20)
    assert 20 * math.log10(chirp.strongest(quiet, slice(None))) < -45
    left = quiet.astype(np.float64)
    left[5000 : 5000 + len(chirp.samples)] += chirp.samples * 0.05
    strongest = chirp.strongest(np.asarray(left, np.int16), slice(4000, 6000))
    assert 20 * math.log10(strongest) == pytest.approx(-26, abs=1)


@pytest.mark.parametrize("pad", [0, 64])
def test_a_marked_picture_tells_its_age_and_the_camera_s_own_is_untouched(pad: int) -> None:
    own = picture(640, 480, at=time.monotonic() - 0.25, pad=pad)
    before = bytes(own.planes[0].data)
    told_s = age_s(marked(own))
    assert told_s is not None
    assert 0.249 < told_s < 1.0
    assert bytes(own.planes[0].data) == before
    assert age_s(own) is None


def test_a_picture_too_small_for_a_strip_stays_as_it_is() -> None:
    small = picture(320, 240)
    assert marked(small) is small


def test_another_clock_s_strip_is_none() -> None:
    assert age_s(marked(picture(640, 480, at=time.monotonic() - 60))) is None


def test_freezes_are_counted_as_w3c_does() -> None:
    count = FrameCount()
    now = 0.0
    for gap in [0.033] * 30 + [0.12] + [0.033] * 10 + [0.4] + [0.033] * 3:
        now += gap
        count.add(now)
    assert (count.frames, count.freezes) == (45, 1)


def test_requests_and_reports_survive_the_wire() -> None:
    for what in Ask:
        assert asked(asking(what)) is what
    heard = Heard(echoing=True, pictures=7, freezes=1, packets=90, lost=2, at_s=5, sound_held_s=0.1)
    assert told(telling(heard)) == heard
    assert asked("Bonjour") is None
    assert told("Bonjour") is None


@given(st.text(max_size=200))
def test_any_other_message_is_just_a_message(text: str) -> None:
    assert asked(text) is None or text.startswith(PREFIX)
    assert told(text) is None
    assert told(PREFIX + text) is None or json.loads(text)
    assert asked(PREFIX + text) is None or text in list(Ask)


class Frames:
    """A channel whose frames a test hands over itself."""

    buffered = 0

    def __init__(self) -> None:
        self.sent: list[str | bytes] = []

    def send(self, data: str | bytes) -> None:
        self.sent.append(data)


def test_the_robot_s_text_and_the_booth_s_understand_each_other() -> None:
    at_robot: list[str] = []
    robot, booth = RobotText(at_robot.append), RealTimeText(lambda: None)
    to_robot, to_booth = Frames(), Frames()
    robot.open(to_booth.send)
    booth.open(to_robot)
    booth.type("un")
    booth.end()
    robot.write("deux")
    robot.write("tr", ended=False)
    robot.write("trois")
    for _ in range(2):
        for frame in to_robot.sent.copy():
            robot.take(frame)
        for frame in to_booth.sent.copy():
            booth.take(frame)
    at_booth = [line.text for line in booth.lines if line.ended and not line.own]
    assert (at_robot, at_booth) == (["un"], ["deux", "trois"])
    again = Frames()
    robot.open(again.send)
    robot.take(json.dumps({"type": "have", "revisions": [1]}))
    assert [json.loads(frame).get("text") for frame in again.sent] == [None, "trois"]


@given(st.binary(max_size=300) | st.text(max_size=300))
def test_whatever_comes_over_the_robot_s_channel_is_dropped_or_taken(data: str | bytes) -> None:
    lines: list[str] = []
    RobotText(lines.append).take(data)
    assert all(isinstance(line, str) for line in lines)


def test_the_robot_writes_no_more_than_a_call_holds() -> None:
    frames = Frames()
    text = RobotText(lambda _: None)
    text.open(frames.send)
    for _ in range(MOST_LINES + 20):
        text.write("x")
    assert len(frames.sent) == MOST_LINES + 1


def test_key_frames_are_known_by_their_first_bytes() -> None:
    assert opens_key_frame("VP8", b"\x10\x02")
    assert not opens_key_frame("VP8", b"\x11\x02")
    assert not opens_key_frame("VP8", b"")
    assert opens_key_frame("H264", b"\x00\x00\x00\x01\x67\x42")
    assert not opens_key_frame("H264", b"\x00\x00\x00\x01\x41")
