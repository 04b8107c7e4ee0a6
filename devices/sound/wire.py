"""The datagrams between the booth and its sound children."""

from __future__ import annotations

import struct

from devices.sound.interface import FRAME_SAMPLES

CAPTURED = b"a\0"
"""Microphone to booth: overruns so far (uint16), then up to CAPTURED_BATCH frames of int16."""
CAPTURED_BATCH = 4
PLAY = b"p\0"
"""Booth to loudspeaker: int16 samples."""
PLAY_SAMPLES = 4 * FRAME_SAMPLES
"""At most so many a datagram."""
VOLUME = b"v\0"
"""Booth to loudspeaker: one byte, 0 to 10."""
PLAYED = b"s\0"
"""Loudspeaker to booth, twice a second."""
PLAYED_MESSAGE = struct.Struct("<2sIIII")
"""PLAYED, samples queued, underruns, samples dropped, device underruns."""
MAX_MESSAGE_BYTES = 8192
