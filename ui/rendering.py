"""Chooses, once at start, whether a GPU draws the windows or the processor does it itself."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from enum import StrEnum
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext
from PySide6.QtQuick import QQuickWindow, QSGRendererInterface

GPU_FOLDER = Path("/dev/dri")
"""Where Linux shows GPUs that can render, as `renderD*`."""

SOFTWARE_OPENGL = ("llvmpipe", "softpipe", "swrast", "software rasterizer", "swiftshader")
"""Names by which an OpenGL that has no GPU under it gives itself away."""

PLATFORMS_WITHOUT_GPU = frozenset({"minimal", "offscreen", "vnc"})
"""Qt platforms on which a `VideoOutput` stays blank."""

GL_RENDERER = 0x1F01
"""`glGetString`'s name for the renderer (OpenGL 1.0 specification)."""


class Rendering(StrEnum):
    """Who draws (decision 0009)."""

    SOFTWARE = "software"
    """Qt Quick's software renderer: a fifth of what software OpenGL costs with live video."""
    HARDWARE = "hardware"


def choose_renderer(environment: MutableMapping[str, str]) -> None:
    """Set what Qt Quick reads from the environment, before the first Qt object is made.

    What the operator has set there stands.
    """
    # With the basic loop the scene is drawn on Qt's main thread: a render thread of its own
    # waited for ever on Python's interpreter lock in a quarter of the runs of a prototype.
    environment.setdefault("QSG_RENDER_LOOP", "basic")


def settle() -> Rendering:
    """Return who draws on this machine, and have all windows made from now on drawn that way.

    Call it once, after the `QGuiApplication` is made and before the first window is.
    """
    rendering = suitable(GPU_FOLDER)
    if rendering is Rendering.SOFTWARE:
        QQuickWindow.setGraphicsApi(QSGRendererInterface.GraphicsApi.Software)
    return rendering


def suitable(gpu_folder: Path) -> Rendering:
    """Return who should draw, given the folder in which GPUs would be."""
    if QGuiApplication.platformName() in PLATFORMS_WITHOUT_GPU:
        return Rendering.SOFTWARE
    if os.environ.get("QT_QUICK_BACKEND") == "software" or not any(gpu_folder.glob("renderD*")):
        # Without a GPU Mesa is not even loaded to ask it: that is 0.2 s and 60 MB.
        return Rendering.SOFTWARE
    # A GPU may be there and out of this display's reach, as under Xvfb.
    return Rendering.HARDWARE if is_gpu(opengl_renderer()) else Rendering.SOFTWARE


def is_gpu(name: str) -> bool:
    """Whether OpenGL's `name` for what draws is that of a GPU; no name is none."""
    return bool(name) and not any(word in name.lower() for word in SOFTWARE_OPENGL)


def opengl_renderer() -> str:
    """Return what OpenGL calls the thing that draws, empty where there is no OpenGL."""
    context = QOpenGLContext()
    if not context.create():
        return ""
    surface = QOffscreenSurface()
    surface.create()
    if not context.makeCurrent(surface):
        return ""
    try:
        return str(context.functions().glGetString(GL_RENDERER) or "")
    finally:
        context.doneCurrent()
