"""The newest picture only: what is late is dropped, counted, and never waited for."""

from __future__ import annotations

import threading

from devices.picture import Picture
from tests.ui.pictures import halves
from ui.video.feed import PictureFeed, Tap
from ui.video.worker import NewestWorker

WAIT_S = 5.0


def tiny() -> Picture:
    return halves("grey", "grey", width=16, height=16)


class Slow:
    """Work that goes on until it is let go."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.go_on = threading.Semaphore(0)
        self.seen: list[Picture] = []

    def __call__(self, picture: Picture) -> None:
        self.seen.append(picture)
        self.begun.release()
        assert self.go_on.acquire(timeout=WAIT_S)


def test_only_the_newest_is_worked_on_and_the_rest_are_counted() -> None:
    slow = Slow()
    worker = NewestWorker(slow, "test")
    first, *late, newest = [tiny() for _ in range(6)]
    worker.put(first)
    assert slow.begun.acquire(timeout=WAIT_S)
    for picture in [*late, newest]:
        worker.put(picture)
    slow.go_on.release()
    assert slow.begun.acquire(timeout=WAIT_S)
    slow.go_on.release()
    worker.stop()
    assert [id(seen) for seen in slow.seen] == [id(first), id(newest)]
    assert worker.dropped == len(late)


def test_what_is_forgotten_is_not_worked_on() -> None:
    slow = Slow()
    worker = NewestWorker(slow, "test")
    worker.put(tiny())
    assert slow.begun.acquire(timeout=WAIT_S)
    worker.put(tiny())
    worker.forget()
    slow.go_on.release()
    worker.stop()
    assert len(slow.seen) == 1


def test_a_stopped_worker_takes_nothing() -> None:
    seen: list[Picture] = []
    worker = NewestWorker(seen.append, "test")
    worker.stop()
    worker.put(tiny())
    worker.stop()
    assert seen == []


def test_a_feed_gives_to_those_who_are_there() -> None:
    feed = PictureFeed()
    one: list[Picture] = []
    two: list[Picture] = []
    first, second = Tap(one.append), Tap(two.append)
    feed.show(tiny())
    first.open(feed)
    second.open(feed)
    feed.show(tiny())
    first.close()
    first.close()
    feed.show(tiny())
    assert (len(one), len(two)) == (1, 2)


def test_a_tap_leaves_one_feed_for_another() -> None:
    old, new = PictureFeed(), PictureFeed()
    seen: list[Picture] = []
    tap = Tap(seen.append)
    tap.open(old)
    tap.open(new)
    old.show(tiny())
    assert seen == []
    new.show(tiny())
    assert len(seen) == 1
    assert tap.is_open
