"""Files that stand before the agent's camera and microphone: a moving picture, and speech."""

from __future__ import annotations

import subprocess
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from devices.camera.i420 import Layout
from devices.camera.scene import Scene

RATE = 30
#: The browser plays the file again and again.
FRAMES = 60

WORDS = "Bonjour, je suis votre conseillère. Que puis-je faire pour vous aujourd'hui ?"


def write_picture(path: Path, width: int = 1280, height: int = 720) -> Path:
    """Write two seconds of the simulated camera's scene to `path` as Motion JPEG."""
    layout = Layout(width, height)
    scene = Scene(layout)
    frame = np.empty(layout.size, np.uint8)
    with av.open(str(path), "w", format="mjpeg") as file:
        stream = file.add_stream("mjpeg", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuvj420p"
        stream.options = {"q": "4"}
        for number in range(FRAMES):
            scene.draw(frame, number, number / RATE)
            rows = frame.reshape(height * 3 // 2, width)
            picture = av.VideoFrame.from_ndarray(rows, format="yuvj420p")
            picture.pts, picture.time_base = number, Fraction(1, RATE)
            file.mux(stream.encode(picture))
        file.mux(stream.encode(None))
    return path


def write_speech(path: Path) -> Path:
    """Write a French sentence to `path` as WAV."""
    subprocess.run(["espeak-ng", "-v", "fr", "-w", str(path), WORDS], check=True)
    return path
