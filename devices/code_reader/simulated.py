"""A code reader for machines that have none: the dock shows it codes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from devices.code_reader.base import SievedReader
from devices.code_reader.interface import MAX_CODE_CHARACTERS
from devices.dock import Action, Cable, WrongArgument, number
from devices.status import Capabilities, DeviceError, DeviceState
from devices.supervisor import Backoff


class SimulatedCodeReader(SievedReader):
    """Reads what it is shown."""

    def __init__(self, backoff: Backoff | None = None) -> None:
        """Plugged in, and quick."""
        self._cable = Cable()
        self._delay_s = 0.0
        super().__init__(_Plug(self._cable), simulated=True, backoff=backoff)

    @property
    def capabilities(self) -> Capabilities:
        """Those of the camera."""
        return {"symbologies": "QRCode"}

    @property
    def actions(self) -> Mapping[str, Action]:
        """For the dock."""
        return {
            **self._cable.actions(),
            "show": Action(self._show, "the text of a code"),
            "slow": number(self._slow, "seconds until a code is told", 0, 60),
        }

    async def found(self) -> tuple[str, ...]:
        """Its name, while it is plugged in."""
        return ("simulated",) if self._cable.plugged else ()

    def _slow(self, seconds: float) -> None:
        self._delay_s = seconds

    def _show(self, text: str) -> None:
        if not 0 < len(text) <= MAX_CODE_CHARACTERS:
            raise WrongArgument(f"takes a text of at most {MAX_CODE_CHARACTERS} characters")
        asyncio.get_running_loop().call_later(self._delay_s, self._see, text)

    def _see(self, text: str) -> None:
        if self.status.state is DeviceState.ONLINE:
            self._read(text, "QRCode")


class _Plug:
    """One simulated reader as the supervisor sees it."""

    def __init__(self, cable: Cable) -> None:
        self._cable = cable

    async def open(self) -> str:
        if not self._cable.plugged:
            raise DeviceError(DeviceState.NO_DEVICE, "unplugged", hint="plug it in")
        return "simulated"

    async def watch(self) -> None:
        await self._cable.pulled()
        raise DeviceError(DeviceState.OFFLINE, "unplugged", hint="plug it in")

    async def close(self) -> None:
        pass

    def plugged(self) -> bool:
        return self._cable.plugged

    def present(self) -> bool:
        return self._cable.plugged
