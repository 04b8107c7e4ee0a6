"""Shows pictures: the QML type `PictureView` of module `VisioGuichet.Video`, and its feed."""

from __future__ import annotations

from typing import assert_never

from PySide6.QtQml import qmlRegisterType, qmlRegisterUncreatableType

from ui.rendering import Rendering
from ui.video.feed import PictureFeed
from ui.video.feeds import Feeds, StillFeed
from ui.video.software import SoftwarePictureView
from ui.video.view import PictureView

__all__ = ["MODULE", "Feeds", "PictureFeed", "PictureView", "StillFeed", "register"]

MODULE = "VisioGuichet.Video"


def register(rendering: Rendering) -> None:
    """Make `PictureView` known to QML, in the kind that suits how the windows are drawn.

    Call it once, before the first QML file is loaded.
    """
    # The stubs want bytes where the functions take only text.
    qmlRegisterType(_view_class(rendering), MODULE, 1, 0, "PictureView")  # type: ignore[call-overload]
    qmlRegisterUncreatableType(PictureFeed, MODULE, 1, 0, "PictureFeed", "made by the program")  # type: ignore[arg-type]


def _view_class(rendering: Rendering) -> type[PictureView]:
    match rendering:
        case Rendering.SOFTWARE:
            return SoftwarePictureView
        case Rendering.HARDWARE:
            # Qt Multimedia is 30 MB of libraries that a booth without a GPU has no use for.
            from ui.video.hardware import HardwarePictureView  # noqa: PLC0415

            return HardwarePictureView
        case _:
            assert_never(rendering)
