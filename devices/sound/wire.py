"""The datagrams between the booth and its sound children."""

from __future__ import annotations

import struct

from devices.sound.interface import FRAME_SAMPLES, MicrophoneFigures

CAPTURED = b"a\0"
"""Microphone to booth: up to CAPTURED_BATCH frames of int16, cleaned."""
RAW = b"r\0"
"""The same as captured, where the booth asked for it; sent before the cleaned ones."""
CAPTURED_BATCH = 4
METERED = b"l\0"
"""Microphone to booth, ten times a second."""
_METERED = struct.Struct("<2sf??I")
PLAY = b"p\0"
"""Booth to loudspeaker: int16 samples."""
PLAY_SAMPLES = 4 * FRAME_SAMPLES
"""At most so many a datagram."""
VOLUME = b"v\0"
"""Booth to loudspeaker: one byte, 0 to 10."""
MUTE = b"m\0"
"""Booth to loudspeaker: one byte; not 0: forget what is queued, and play nothing until 0 comes."""
PLAYED = b"s\0"
"""Loudspeaker to booth, twice a second."""
PLAYED_MESSAGE = struct.Struct("<2sIIII")
"""PLAYED, samples queued, underruns, samples dropped, device underruns."""
MAX_MESSAGE_BYTES = 8192


def pack_figures(figures: MicrophoneFigures) -> bytes:
    """METERED, level, silent, clipping, overruns."""
    return _METERED.pack(
        METERED, figures.level_dbfs, figures.silent, figures.clipping, figures.overruns
    )


def unpack_figures(message: bytes) -> MicrophoneFigures | None:
    """The figures in a METERED message; None for one of another length."""
    if len(message) != _METERED.size:
        return None
    return MicrophoneFigures(*_METERED.unpack(message)[1:])
