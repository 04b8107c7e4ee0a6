"""The way of pictures from any thread to whichever view shows them at the moment."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject

from devices.picture import Picture, PictureSink


class PictureFeed(QObject):
    """A `PictureSink` that outlives the views: screens come and go, the call keeps one sink.

    A picture is handed to the views that are attached when it comes, and to nobody else: nothing
    is kept, so that no picture of one visit can be seen in the next.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._views: tuple[PictureSink, ...] = ()

    def show(self, picture: Picture) -> None:
        """Give `picture` to every attached view; from any thread, returns at once."""
        for view in self._views:
            view(picture)

    def attach(self, view: PictureSink) -> None:
        """Give the pictures to `view` from now on; it must take them from any thread."""
        with self._lock:
            self._views = (*self._views, view)

    def repeat(self, view: PictureSink) -> None:
        """Give `view` once more what stands now: nothing does, the next picture is soon there."""

    def detach(self, view: PictureSink) -> None:
        """Stop giving pictures to `view`; unknown views are ignored."""
        with self._lock:
            self._views = tuple(known for known in self._views if known != view)


class Tap:
    """One view's place at a feed: open or closed, and it can be closed after the view is gone."""

    def __init__(self, view: PictureSink) -> None:
        self._view = view
        self._feed: PictureFeed | None = None

    @property
    def is_open(self) -> bool:
        """Whether pictures come through."""
        return self._feed is not None

    def open(self, feed: PictureFeed) -> None:
        """Let the pictures of `feed`, and of no other, come through."""
        self.close()
        self._feed = feed
        feed.attach(self._view)

    def close(self) -> None:
        """Let no more pictures through. Safe to call twice."""
        feed, self._feed = self._feed, None
        if feed is not None:
            feed.detach(self._view)
