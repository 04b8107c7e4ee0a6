"""A video file or pipe in place of a camera, which a person or a test can unplug and freeze."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Unpack

from devices.camera.process import ProcessCamera, ProcessDriver
from devices.dock import Action, CabledDriver, plain
from devices.supervisor import Upkeep


class RecordedCamera(ProcessCamera):
    """Plays a file over and over, through the same child process as a real camera's."""

    def __init__(self, path: Path, **upkeep: Unpack[Upkeep]) -> None:
        """`path` is any video that FFmpeg reads, or a pipe that carries one."""
        source = ProcessDriver("file", str(path), lambda: (str(path),) if path.exists() else ())
        self._cabled = _CabledProcess(source)
        upkeep["simulated"] = True
        super().__init__(source, self._cabled, **upkeep)

    @property
    def actions(self) -> Mapping[str, Action]:
        """What can be done to it."""
        return {
            **self._cabled.cable.actions(),
            "freeze": plain(self._cabled.freeze),
            "thaw": plain(self._cabled.thaw),
        }


class _CabledProcess(CabledDriver):
    """The file's child process at the end of a cable."""

    def __init__(self, source: ProcessDriver) -> None:
        super().__init__()
        self._source = source
        self._moving = asyncio.Event()
        self._moving.set()

    def freeze(self) -> None:
        """Give no more frames, as a hung driver does, until `thaw`."""
        self._moving.clear()
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Give frames again."""
        self._moving.set()
        self._signal(signal.SIGCONT)

    async def prepare(self) -> str:
        await self._moving.wait()
        return await self._source.open()

    async def work(self) -> None:
        await self._source.watch()

    async def close(self) -> None:
        await self._source.close()

    def plugged(self) -> Hashable:
        return self.cable.plugged, self._source.plugged()

    def present(self) -> bool:
        return self.cable.plugged and self._source.present()

    def _signal(self, number: signal.Signals) -> None:
        child = self._source.child
        if child is not None and not child.ended.done():
            os.kill(child.pid, number)
