"""The booth's devices as the technician's overview lists them: one row for each kind."""

from __future__ import annotations

from devices.status import DeviceKind, DeviceState
from kiosk.diagnostics.ports import Changed
from kiosk.diagnostics.readiness.report import LastTest
from kiosk.diagnostics.readiness.words import NAMES, condition, hint, last_test
from kiosk.diagnostics.results import TestResults
from kiosk.diagnostics.view import DeviceRow
from kiosk.hardware import Hardware


class DeviceRows:
    """`kiosk.diagnostics.ports.Devices` over the booth's hardware."""

    def __init__(self, hardware: Hardware, results: TestResults) -> None:
        """`results`: how each kind was last tested."""
        self._hardware = hardware
        self._results = results

    def rows(self) -> tuple[DeviceRow, ...]:
        """One row for each kind that is there or is meant to be."""
        hardware = self._hardware
        there = {device.kind for device in hardware.devices.all}
        return tuple(self._row(kind) for kind in DeviceKind if kind in there | hardware.expected)

    def retry(self, kind: str) -> None:
        """Try the devices of a kind again now; unknown ones are ignored."""
        if kind in set(DeviceKind):
            self._hardware.retry(DeviceKind(kind))

    def on_change(self, listener: Changed) -> None:
        """Call `listener` at each change of any device."""
        self._hardware.on_status(lambda _kind, _status: listener())

    def _row(self, kind: DeviceKind) -> DeviceRow:
        hardware = self._hardware
        devices = hardware.of(kind)
        expected = kind in hardware.expected
        found = self._results.last(kind)
        last = None if found is None else LastTest(at=found.at, outcome=found.outcome)
        state, simulated, reasons = DeviceState.NO_DEVICE, False, tuple[str, ...]()
        if devices:
            status = hardware.evidence(devices[0])
            state, simulated, reasons = status.state, status.simulated, status.reasons
        missing = expected and state is DeviceState.NO_DEVICE
        return DeviceRow(
            kind=kind.value,
            name=NAMES[kind],
            state=state.value,
            condition=condition(
                kind, state, expected=expected, simulated=simulated, reasons=reasons
            ),
            simulated=simulated,
            last_test=last_test(last),
            outcome=None if last is None else last.outcome,
            hint=hint(state, reasons, missing=missing),
            testable=bool(devices),
        )
