"""A document camera for machines that have none: rendered desks through the real analysis."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

from devices.device import SupervisedDevice
from devices.dock import Action, Cable, WrongArgument, number, plain
from devices.document_camera.interface import Look, Page
from devices.document_camera.process import OPEN_TIMEOUT_S, StillDriver
from devices.picture import PictureSink
from devices.status import Capabilities, DeviceError, DeviceKind, DeviceState
from devices.supervisor import Backoff

PAGES = ("good", "blurred", "glare", "cut", "far", "dark", "card")
"""What the dock can put on the desk; drawn by `desk.PAGES`, in the child."""
_NONE = "none"
PERIOD_S = 0.1
"""Ten pictures a second, as of a camera of 5 megapixels on USB 2."""
_DEVICE = "simulated document camera"


class SimulatedDocumentCamera(SupervisedDevice):
    """A desk with a page on it, which a test or the dock can take away, push, blur and unplug."""

    kind = DeviceKind.DOCUMENT_CAMERA

    def __init__(self, backoff: Backoff | None = None) -> None:
        """`backoff`: how long it stays away after a fault (the default is a real camera's)."""
        self._page = "good"
        self._frozen = False
        self._period_s = PERIOD_S
        self.cable = Cable()
        self._driver = _DeskDriver(self.cable, self._settings)
        super().__init__(
            self._driver, simulated=True, open_timeout_s=OPEN_TIMEOUT_S, backoff=backoff
        )

    @property
    def capabilities(self) -> Capabilities:
        """Its mode while it is open."""
        return {"mode": self.status.detail} if self.status.state is DeviceState.ONLINE else {}

    @property
    def child_pid(self) -> int | None:
        """The process that draws and looks, while there is one."""
        return self._driver.child.pid if self._driver.child else None

    @property
    def actions(self) -> Mapping[str, Action]:
        """`plug`, `unplug`, `freeze`, `thaw`, `page`, `remove`, `move`, `slow`."""
        return {
            **self.cable.actions(),
            "freeze": plain(lambda: self._freeze(True)),
            "thaw": plain(lambda: self._freeze(False)),
            "page": Action(self._put, f"one of {', '.join(PAGES)}; good when empty"),
            "remove": plain(lambda: self._lay(_NONE)),
            "move": plain(lambda: self._ask({"move": True})),
            "slow": number(self._slow, "times slower", 1, 100),
        }

    async def found(self) -> tuple[str, ...]:
        """Itself while it is plugged in."""
        return (_DEVICE,) if self.cable.plugged else ()

    async def start(self, preview: PictureSink, on_look: Callable[[Look], None]) -> None:
        """Open it."""
        self._driver.preview, self._driver.on_look = preview, on_look
        await self._begin()

    async def take(self) -> Page:
        """The page as it lies; raises as `DocumentCamera.take`."""
        return await self._driver.take()

    def _settings(self) -> Mapping[str, Any]:
        return {"kind": "desk", "page": self._page, "period_s": self._period_s}

    def _put(self, page: str) -> None:
        page = page or "good"
        if page not in PAGES:
            raise WrongArgument(f"takes one of {', '.join(PAGES)}")
        self._lay(page)

    def _lay(self, page: str) -> None:
        self._page = page
        self._ask({"page": page})

    def _freeze(self, frozen: bool) -> None:
        self._driver.frozen = frozen
        self._ask({"frozen": frozen})

    def _slow(self, factor: float) -> None:
        self._period_s = PERIOD_S * factor
        self._ask({"period_s": self._period_s})

    def _ask(self, told: Mapping[str, Any]) -> None:
        self._driver.ask(json.dumps(told).encode())


class _DeskDriver(StillDriver):
    """A child that draws, on a cable that can be pulled."""

    def __init__(self, cable: Cable, settings: Callable[[], Mapping[str, Any]]) -> None:
        super().__init__(lambda: cable.plugged, settings)
        self.frozen = False
        self._cable = cable

    async def open(self) -> str:
        """Start the child, when there is a camera and it answers."""
        if not self._cable.plugged:
            raise DeviceError(DeviceState.NO_DEVICE, "unplugged", hint="plug the camera in")
        if self.frozen:
            raise DeviceError(DeviceState.HARDWARE_ERROR, "no picture", hint="replug the camera")
        return await super().open()

    async def watch(self) -> None:
        """Return when the cable is pulled or the child is lost."""
        watching = asyncio.ensure_future(super().watch())
        pulled = asyncio.ensure_future(self._cable.pulled())
        try:
            await asyncio.wait((watching, pulled), return_when=asyncio.FIRST_COMPLETED)
            if watching.done():
                watching.result()
        finally:
            watching.cancel()
            pulled.cancel()
            await asyncio.wait((watching, pulled))
        raise DeviceError(DeviceState.OFFLINE, "the picture ended", hint="check the cable")
