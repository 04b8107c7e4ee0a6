"""Whether a booth is ready for the public: one pure function over the facts (decision 0017)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from devices.status import DeviceKind, DeviceState
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.readiness.report import (
    DeviceReport,
    Machine,
    Reason,
    ReasonCode,
    WipeReport,
)

#: Without these nobody can be seen or heard.
REQUIRED = frozenset(
    {DeviceKind.CAMERA, DeviceKind.MICROPHONE, DeviceKind.LOUDSPEAKER, DeviceKind.SCREEN}
)

#: Logs, results and the black box (at most 50 MB) must still fit, with a day's room for others.
MIN_DISK_MB = 200

#: What a call adds to a booth at rest, with as much again: below this the kernel kills something.
MIN_MEMORY_MB = 256

#: IPP's reasons that stop a printer (RFC 8011, 5.4.12); `-low` and `-report` ones don't.
_STOPPING = (
    "media-empty",
    "media-jam",
    "media-needed",
    "cover-open",
    "door-open",
    "input-tray-missing",
    "toner-empty",
    "marker-supply-empty",
    "marker-waste-full",
    "output-area-full",
)


def judge(
    devices: Iterable[DeviceReport],
    *,
    running: bool,
    line_up: bool | None,
    machine: Machine,
    wipe: WipeReport | None = None,
    accept_simulated: bool = False,
) -> tuple[Reason, ...]:
    """Return what keeps the public out, gravest first; nothing: the booth is ready.

    What is not known is not held against the booth, nor is a device that was never tested.
    """
    reasons = [] if running else [Reason(code=ReasonCode.NOT_RUNNING)]
    if line_up is False:
        reasons.append(Reason(code=ReasonCode.LINE_DOWN))
    reasons += _of_wipe(wipe)
    for device in devices:
        if device.expected:
            code = _of_device(device, accept_simulated=accept_simulated)
            reasons += [Reason(code=code, device=device.kind)] if code else []
    return (*reasons, *_of_machine(machine))


def _of_device(device: DeviceReport, *, accept_simulated: bool) -> ReasonCode | None:
    if device.connected is False:
        return ReasonCode.DEVICE_MISSING
    if device.state is DeviceState.USER_ERROR or wants_supply(device.state, device.reasons):
        return ReasonCode.DEVICE_SUPPLY
    if device.state.faulty:
        return ReasonCode.DEVICE_FAULTY
    if device.last_test is not None and device.last_test.outcome is Outcome.FAILED:
        return ReasonCode.TEST_FAILED
    if device.simulated and not accept_simulated:
        return ReasonCode.DEVICE_SIMULATED
    return None


def wants_supply(state: DeviceState, reasons: Iterable[str]) -> bool:
    """Tell whether one of IPP's reasons is why a printer doesn't print.

    Only its driver, which has seen the severities, knows whether it prints: one of two trays may be
    empty. While it does, the reasons are notes.
    """
    return state.faulty and any(reason.removesuffix("-error") in _STOPPING for reason in reasons)


def _of_wipe(wipe: WipeReport | None) -> list[Reason]:
    """Return what the last receipt says; missing ones are told, but would never come back."""
    if wipe is None:
        return []
    reasons = [Reason(code=ReasonCode.NOT_WIPED)] if wipe.left or wipe.silent else []
    return reasons if wipe.genuine else [*reasons, Reason(code=ReasonCode.WIPE_NOT_SIGNED)]


def _of_machine(machine: Machine) -> Iterator[Reason]:
    if machine.disk_free_mb is not None and machine.disk_free_mb < MIN_DISK_MB:
        yield Reason(code=ReasonCode.DISK_FULL)
    if machine.memory_available_mb is not None and machine.memory_available_mb < MIN_MEMORY_MB:
        yield Reason(code=ReasonCode.MEMORY_LOW)
