"""A PulseAudio server of the tests' own, with null sinks, and a witness of what they play."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from devices.sound.interface import Samples, Sound
from tests.devices.helpers import Watched

HEAD = "</usr/share/alsa/alsa.conf>\n"
DEVICE = (
    'pcm.{name} {{ type pulse; server "unix:{socket}"; device "{sink}"; hint {{ show on }} }}\n'
)
"""How ALSA, and so PortAudio, comes to a device of that name."""


class Pulse:
    """A PulseAudio server of the test's own.

    A device that is to vanish alone has a server of its own, which is killed: of a sink that is
    unloaded, a server moves the streams to another sink.
    """

    def __init__(self, folder: Path, *sinks: str) -> None:
        folder.mkdir(exist_ok=True)
        self.socket = folder / "pulse.sock"
        self._sinks = sinks
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self.socket.unlink(missing_ok=True)
        self._process = await asyncio.create_subprocess_exec(
            "pulseaudio",
            *("-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
            *("--disable-shm=yes", "--realtime=no", "--high-priority=no", "--log-level=error"),
            *("-L", f"module-native-protocol-unix socket={self.socket} auth-anonymous=1"),
            *(word for sink in self._sinks for word in ("-L", null_sink(sink))),
            env={**os.environ, "HOME": str(self._folder), "XDG_RUNTIME_DIR": str(self._folder)},
            stderr=subprocess.DEVNULL,
        )
        async with asyncio.timeout(20):
            while not await self.streams("sinks"):
                await asyncio.sleep(0.05)  # pactl is the only one to tell that it is up.

    async def kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
            await self._process.wait()

    def device(self, name: str, sink: str) -> str:
        """The line of ALSA's configuration that makes a sink, or its monitor, a device."""
        return DEVICE.format(name=name, socket=self.socket, sink=sink)

    async def streams(self, kind: str) -> list[str]:
        """Lines of `pactl list short sinks | sink-inputs | source-outputs`."""
        asked = await asyncio.create_subprocess_exec(
            "pactl",
            *("-s", f"unix:{self.socket}", "list", "short", kind),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        answer, _ = await asked.communicate()
        return answer.decode().splitlines()


@pytest.fixture
def alsa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """ALSA's configuration, without any device yet."""
    path = tmp_path / "asound.conf"
    path.write_text(HEAD)
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(path))
    return path


@pytest_asyncio.fixture
async def pulse(tmp_path: Path, alsa: Path) -> AsyncIterator[Pulse]:
    """A loudspeaker, and a microphone that hears nothing but it."""
    server = Pulse(tmp_path / "booth", "speaker")
    with alsa.open("a") as lines:
        lines.write(server.device("booth_speaker", "speaker"))
        lines.write(server.device("booth_mic", "speaker.monitor"))
    await server.start()
    yield server
    await server.kill()


@pytest_asyncio.fixture
async def receiver(tmp_path: Path, alsa: Path) -> AsyncIterator[Pulse]:
    """A handset's own sound: an earpiece, and a mouthpiece into which nobody speaks."""
    server = Pulse(tmp_path / "receiver", "handset", "mouth")
    with alsa.open("a") as lines:
        lines.write(server.device("my_handset", "handset"))
        lines.write(server.device("my_mouthpiece", "mouth.monitor"))
    await server.start()
    yield server
    await server.kill()


def rename(alsa: Path, device: str, name: str) -> None:
    """Give a device another name; whoever lists them from now on sees it."""
    alsa.write_text(alsa.read_text().replace(f"pcm.{device} ", f"pcm.{name} "))


def null_sink(name: str) -> str:
    """The module for a sink that nobody hears, and whose monitor can be recorded."""
    return f"module-null-sink sink_name={name} rate=48000 channels=1 norewinds=1"


class Witness(Watched):
    """Hears a sink: what came, and when."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[float, Samples]] = []

    def since(self, moment: float) -> Samples:
        """All that came after `moment`, in the loop's time."""
        return np.concatenate(
            [np.zeros(0, np.int16), *(part for at, part in self.heard if at >= moment)]
        )

    @asynccontextmanager
    async def of(self, pulse: Pulse, sink: str) -> AsyncIterator[Witness]:
        """Listen to what `sink` plays, with as little delay as the server allows."""
        recorder = await asyncio.create_subprocess_exec(
            "parec",
            *("-s", f"unix:{pulse.socket}", "-d", f"{sink}.monitor", "--raw"),
            *("--rate=48000", "--channels=1", "--format=s16le", "--latency-msec=5"),
            stdout=subprocess.PIPE,
        )
        listening = asyncio.create_task(self._listen(recorder))
        try:
            await self.until(lambda: len(self.heard) > 0)
            yield self
        finally:
            if recorder.returncode is None:
                recorder.terminate()
            await recorder.wait()
            await listening

    async def _listen(self, recorder: asyncio.subprocess.Process) -> None:
        if recorder.stdout is None:
            return
        clock = asyncio.get_running_loop().time
        rest = b""
        while part := await recorder.stdout.read(4096):
            data = rest + part
            even = len(data) // 2 * 2
            rest = data[even:]
            self.heard.append((clock(), np.frombuffer(data[:even], np.int16)))
            self.happened()


async def play_tone(sound: Sound, done: asyncio.Event) -> None:
    """1 kHz in 20 ms packets at their own pace, until `done`."""
    tone = np.asarray(8000 * np.sin(2 * np.pi * np.arange(960) / 48), np.int16)
    clock = asyncio.get_running_loop().time
    due = clock()
    while not done.is_set():
        sound.play(tone)
        due += 0.02
        await asyncio.sleep(due - clock())
