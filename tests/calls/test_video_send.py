"""From the newest camera picture to packets, on the encoder's own thread."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import numpy as np
import pytest

from kiosk.calls.tracks import EncodedPacket
from kiosk.calls.video_send import LADDER, Outlet, VideoSender, choose_shape, to_frame
from tests.calls.pictures import picture


class Collector:
    """An outlet whose packets a test waits for."""

    def __init__(self, target_bps: int = 2_000_000) -> None:
        self.target_bps = target_bps
        self.packets: list[EncodedPacket] = []
        self.arrived = threading.Condition()
        self.block = threading.Event()
        self.block.set()
        self.outlet = Outlet("VP8", self._deliver, lambda: self.target_bps)

    def _deliver(self, packet: EncodedPacket) -> None:
        self.block.wait(10)
        with self.arrived:
            self.packets.append(packet)
            self.arrived.notify_all()

    def wait(self, count: int) -> list[EncodedPacket]:
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.packets) >= count, 10)
            return list(self.packets)

    def size(self, index: int) -> tuple[int, int]:
        """Width and height that a VP8 key frame announces (RFC 6386, 9.1)."""
        data = bytes(self.packets[index])
        assert not data[0] & 1, "not a key frame"
        return int.from_bytes(data[6:8], "little") & 0x3FFF, int.from_bytes(
            data[8:10], "little"
        ) & 0x3FFF


@pytest.fixture
def sender() -> Iterator[VideoSender]:
    one = VideoSender(rate=30)
    one.start()
    yield one
    one.stop()


def show(sender: VideoSender, collector: Collector, count: int, start: int = 0) -> None:
    """Show `count` pictures, each after the one before was encoded."""
    for number in range(start, start + count):
        before = len(collector.packets)
        sender.show(picture(number=number, at=100 + number / 30))
        collector.wait(before + 1)


def test_packets_come_in_order_with_the_camera_s_times(sender: VideoSender) -> None:
    collector = Collector()
    sender.attach(collector.outlet)
    show(sender, collector, 5)
    times = [packet.pts for packet in collector.packets]
    assert np.diff(times) == pytest.approx([3000] * 4, abs=1)
    assert collector.size(0) == (320, 240)


def test_a_picture_that_waits_is_replaced_by_a_newer_one(sender: VideoSender) -> None:
    collector = Collector()
    sender.attach(collector.outlet)
    collector.block.clear()
    sender.show(picture(number=0, at=100.0))
    for number in range(1, 20):
        sender.show(picture(number=number, at=100 + number / 30))
    collector.block.set()
    packets = collector.wait(2)
    assert packets[-1].pts == int((100 + 19 / 30) * 90_000)
    assert 17 <= sender.dropped <= 18


def test_without_an_outlet_nothing_is_kept(sender: VideoSender) -> None:
    shown = picture()
    sender.show(shown)
    assert sender._picture is None
    assert sender.dropped == 0


def test_a_new_outlet_begins_with_a_key_frame_and_the_old_gets_no_more(
    sender: VideoSender,
) -> None:
    old, new = Collector(), Collector()
    sender.attach(old.outlet)
    show(sender, old, 3)
    sender.attach(new.outlet)
    sender.detach(old.outlet)
    show(sender, new, 2, start=3)
    assert len(old.packets) == 3
    assert new.size(0) == (320, 240)


def test_a_detached_outlet_gets_nothing(sender: VideoSender) -> None:
    collector = Collector()
    sender.attach(collector.outlet)
    sender.detach(collector.outlet)
    sender.show(picture())
    assert sender._picture is None


def test_a_narrow_line_gets_a_smaller_picture_and_a_wide_one_the_full_again(
    sender: VideoSender,
) -> None:
    collector = Collector()
    sender.attach(collector.outlet)
    show(sender, collector, 2)
    collector.target_bps = 300_000
    show(sender, collector, 1, start=10)
    assert collector.size(-1) == (160, 120)
    collector.target_bps = 2_000_000
    show(sender, collector, 1, start=20)
    assert collector.size(-1) == (320, 240)


def test_on_the_narrowest_line_there_are_fewer_pictures(sender: VideoSender) -> None:
    collector = Collector(target_bps=120_000)
    looked_at = threading.Semaphore(0)

    def target() -> int:
        looked_at.release()
        return 120_000

    collector.outlet.target_bps = target
    sender.attach(collector.outlet)
    for number in range(60):
        sender.show(picture(number=number, at=100 + number / 30))
        assert looked_at.acquire(timeout=10)
    collector.wait(39)
    assert len(collector.packets) <= 42


def test_shapes_do_not_flicker_at_a_border() -> None:
    full, less = LADDER[0], LADDER[1]
    assert choose_shape(full.least_bps, full) is full
    assert choose_shape(full.least_bps - 1, full) is less
    assert choose_shape(full.least_bps + 1, less) is less
    assert choose_shape(round(full.least_bps * 1.3), less) is full
    assert choose_shape(0, full) is LADDER[-1]


def test_signed_language_keeps_twenty_pictures_a_second() -> None:
    assert min(shape.rate for shape in LADDER) >= 20


def test_planes_with_padding_are_copied_without_it() -> None:
    padded = picture(number=1, pad=48)
    frame = to_frame(padded)
    luma = np.frombuffer(padded.planes[0].data, np.uint8).reshape(240, 368)[:, :320]
    assert np.array_equal(frame.to_ndarray()[:240], luma)


@pytest.mark.expects_log("video encoder failed")
def test_an_encoder_that_fails_is_tried_again_later(
    sender: VideoSender, monkeypatch: pytest.MonkeyPatch
) -> None:
    collector = Collector()

    def refuse(*_: object) -> None:
        raise ValueError("no such codec")

    monkeypatch.setattr("kiosk.calls.video_send.VideoEncoder", refuse)
    failed = threading.Event()
    monkeypatch.setattr(
        "kiosk.calls.video_send.log.warning", lambda *_, **__: failed.set(), raising=False
    )
    sender.attach(collector.outlet)
    sender.show(picture())
    assert failed.wait(5)
    monkeypatch.undo()
    sender.show(picture(at=picture().captured_at + 5))
    collector.wait(1)


def test_stop_lets_go_of_everything() -> None:
    sender = VideoSender(rate=30)
    sender.start()
    collector = Collector()
    sender.attach(collector.outlet)
    show(sender, collector, 2)
    outlet = weakref.ref(collector.outlet)
    sender.stop()
    sender.stop()
    assert "video-encoder" not in [thread.name for thread in threading.enumerate()]
    del collector
    gc.collect()
    assert outlet() is None
