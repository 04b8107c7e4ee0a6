"""What a call must reach for the rehearsal to be good, each number with its reason."""

from __future__ import annotations

FIRST_PICTURE_S = 3.0
"""From the agent's answer: a resident who sees nothing for longer thinks that it is broken."""
FRAMES_PER_SECOND = 20.0
"""EN 301 549 v3.2.1, 6.5.3: sign language needs 20; 30 is the aim."""
FREEZES = 1
"""In the six seconds that are watched; W3C's `freezeCount`."""
LOSS = 0.03
"""Opus conceals 3 % unheard, and what the picture lost is sent again."""
ROUND_TRIP_S = 0.3
"""ITU-T G.114: 150 ms one way is not noticed."""
WRITTEN_S = 1.0
"""EN 301 549, 6.2.4: real-time text within 500 ms, here there and back."""
PICTURE_DELAY_S = 0.4
SOUND_DELAY_S = 0.4
"""ITU-T G.114: above 400 ms one way people talk over each other."""
LIP_SYNC_S = 0.1
"""EN 301 549, 6.5.4."""
ECHO_DB = -30.0
"""What is left of the agent's voice on its way back. Our own choice: louder than this, agents hear
themselves at the delays above; what noise somebody makes meanwhile must not count as an echo."""
