"""The four ways of a visit's pictures to the screen, and the one that keeps what stands still."""

from __future__ import annotations

from PySide6.QtCore import QObject

from devices.picture import Picture, PictureSink
from kiosk.calls.sinks import Sinks
from kiosk.documents.view import PapersStep, PapersView
from ui.video.feed import PictureFeed


class StillFeed(PictureFeed):
    """A feed of pictures that may stand: a page comes once, and is looked at for minutes.

    Unlike the others it keeps its newest picture, for a view that is made or made larger after
    the picture has come, until it is told to forget it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._newest: Picture | None = None

    def show(self, picture: Picture) -> None:
        """Give `picture` to every attached view and keep it; from any thread."""
        self._newest = picture
        super().show(picture)

    def attach(self, view: PictureSink) -> None:
        """Give `view` what stands now, and what comes from now on."""
        super().attach(view)
        self.repeat(view)

    def repeat(self, view: PictureSink) -> None:
        """Give `view` once more what stands now."""
        newest = self._newest
        if newest is not None:
            view(newest)

    def forget(self) -> int:
        """Keep nothing; return how many pictures were kept."""
        kept, self._newest = self._newest, None
        return int(kept is not None)


class Feeds:
    """One feed for each sink of a visit; made on the Qt thread, they live as long as the window."""

    def __init__(self) -> None:
        self.agent = PictureFeed()
        self.own = PictureFeed()
        self.paper = StillFeed()
        self.shared = PictureFeed()
        self._step = PapersStep.NONE

    def sinks(self) -> Sinks:
        """Return where the visit puts its pictures; any thread may call them."""
        return Sinks(self.agent.show, self.own.show, self.paper.show, self.shared.show)

    def show(self, papers: PapersView) -> None:
        """Forget the page that was looked at once the papers are put away."""
        if papers.step is PapersStep.NONE and self._step is not PapersStep.NONE:
            self.paper.forget()
        self._step = papers.step

    def forget(self) -> int:
        """The visit is over: keep no picture; return how many were kept."""
        self._step = PapersStep.NONE
        return self.paper.forget()

    def as_properties(self) -> dict[str, QObject]:
        """Return them under the names of the main window's required properties."""
        return {
            "agentFeed": self.agent,
            "selfFeed": self.own,
            "paperFeed": self.paper,
            "sharedFeed": self.shared,
        }
