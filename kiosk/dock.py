"""The dock: what simulated devices the booth has, and what is done to them."""

from __future__ import annotations

import difflib
from collections.abc import Callable

from devices.dock import Dockable, WrongArgument
from devices.status import DeviceKind, DeviceState
from kiosk.hardware import Hardware
from kiosk.log import get_logger
from kiosk.visit.snapshot import DockDevice

_log = get_logger(__name__)


class NoSuchAction(LookupError):
    """There is no such simulated device, or nothing of that name to be done to it; says so."""


class Dock:
    """Lists the simulated devices and does to them what a person asks."""

    def __init__(
        self, hardware: Callable[[], Hardware | None], on_change: Callable[[], None]
    ) -> None:
        """`hardware` gives None until the devices are known."""
        self._hardware = hardware
        self._on_change = on_change

    @property
    def devices(self) -> tuple[DockDevice, ...]:
        """Each kind that is simulated, with its state and actions; a handset is three devices."""
        kinds = dict.fromkeys(device.kind for device, _ in self._simulated())
        return tuple(self._shown(kind) for kind in kinds)

    def do(self, device: str, action: str, argument: str = "") -> None:
        """Do `action` to every simulated device of the kind `device` that knows it.

        Raises:
            NoSuchAction: no such device or action here.
            WrongArgument: the action takes another argument.
        """
        meant = [known for known, _ in self._simulated() if known.kind.value == device]
        if not meant:
            kinds = tuple(known.kind.value for known, _ in self._simulated())
            raise NoSuchAction(_not_known("simulated device", device, kinds))
        # A handset's hook can be lifted, and its own sound, which is of its kind, can't.
        able = [known for known in meant if action in known.actions]
        if not able:
            names = dict.fromkeys(name for known in meant for name in known.actions)
            raise NoSuchAction(_not_known("action", action, tuple(names)))
        for known in able:
            known.actions[action].run(argument)
        _log.info("dock", device=device, transition=action)
        self._on_change()

    async def touch(self, device: str, action: str, argument: str) -> None:
        """Do what was touched on the screen; what makes no sense is told in the log alone."""
        try:
            self.do(device, action, argument)
        except (NoSuchAction, WrongArgument) as error:
            _log.warning("dock refused", device=device, reason=str(error))

    def _shown(self, kind: DeviceKind) -> DockDevice:
        of_kind = [(device, state) for device, state in self._simulated() if device.kind is kind]
        actions = {
            name: action.takes for device, _ in of_kind for name, action in device.actions.items()
        }
        faulty = [state for _, state in of_kind if state.faulty]
        return DockDevice(
            kind=kind.value,
            state=(faulty or [state for _, state in of_kind])[0].value,
            actions=tuple(actions.items()),
        )

    def _simulated(self) -> tuple[tuple[Dockable, DeviceState], ...]:
        hardware = self._hardware()
        if hardware is None:
            return ()
        return tuple(
            (device, device.status.state)
            for device in hardware.devices.all
            if isinstance(device, Dockable)
        )


def _not_known(what: str, name: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(known) or 'none'}"
    return f"no {what} '{name}' here; {hint}"
