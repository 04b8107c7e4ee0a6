"""What the running booth does for the commands that ask it through its control socket."""

from __future__ import annotations

from collections.abc import Callable

from devices.device import Device
from devices.dock import Dockable, WrongArgument
from kiosk.control.messages import ActionTold, DeviceTold, Progress, Refusal, Statuses
from kiosk.control.server import DockRefused
from kiosk.diagnostics.readiness.gather import Subject, gather
from kiosk.diagnostics.readiness.report import Part, Readiness
from kiosk.dock import Dock, NoSuchAction


class BoothHandlers:
    """`Handlers` over the booth's parts."""

    def __init__(self, subject: Callable[[], Subject], dock: Dock | None) -> None:
        """`subject` is the booth as it is now; `dock` is None where it was not asked for."""
        self._subject = subject
        self._dock = dock

    def statuses(self) -> Statuses:
        """How the devices are now."""
        subject = self._subject()
        told = (self._told(device, subject) for device in subject.devices)
        return Statuses(dock=self._dock is not None, devices=tuple(told))

    async def readiness(
        self, tell: Callable[[Progress], None], *, accept_simulated: bool
    ) -> Readiness:
        """Look at every part, telling `tell` of each, and return the report."""

        def known(part: Part, done: int, of: int) -> None:
            tell(Progress(part=part, done=done, of=of))

        return await gather(self._subject(), known, accept_simulated=accept_simulated)

    async def dock(self, device: str, action: str, argument: str) -> None:
        """Do something to a simulated device.

        Raises:
            DockRefused: there is no dock, no such device, no such action, or a wrong argument.
        """
        if self._dock is None:
            raise DockRefused(Refusal.NO_DOCK, "")
        try:
            self._dock.do(device, action, argument)
        except NoSuchAction as error:
            raise DockRefused(Refusal.UNKNOWN, str(error)) from None
        except WrongArgument as error:
            raise DockRefused(Refusal.WRONG_ARGUMENT, str(error)) from None

    def _told(self, device: Device, subject: Subject) -> DeviceTold:
        status = subject.evidence(device)
        actions: tuple[ActionTold, ...] = ()
        if self._dock is not None and isinstance(device, Dockable):
            actions = tuple(
                ActionTold(name=name, takes=action.takes) for name, action in device.actions.items()
            )
        return DeviceTold(
            kind=device.kind,
            state=status.state,
            simulated=status.simulated,
            detail=status.detail[:400],
            actions=actions,
        )
