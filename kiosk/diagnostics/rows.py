"""The booth's devices as the technician's overview lists them: one row for each kind."""

from __future__ import annotations

import asyncio

from devices.status import DeviceKind, DeviceState, DeviceStatus
from kiosk.diagnostics.ports import Changed
from kiosk.diagnostics.readiness.report import LastTest
from kiosk.diagnostics.readiness.words import NAMES, condition, hint, last_test
from kiosk.diagnostics.results import TestResults
from kiosk.diagnostics.view import DeviceRow
from kiosk.hardware import Hardware

_THERE = frozenset(DeviceState) - {DeviceState.NO_DEVICE}

LOOK_EVERY_S = 10.0
"""A technician who pulls a cable of a closed device sees it within this."""


class DeviceRows:
    """`kiosk.diagnostics.ports.Devices` over the booth's hardware."""

    def __init__(self, hardware: Hardware, results: TestResults) -> None:
        """`results`: how each kind was last tested."""
        self._hardware = hardware
        self._results = results
        hardware.on_status(self._hear)
        self._listeners: list[Changed] = []
        self._connected: dict[DeviceKind, bool] = {}
        self._looked_at = float("-inf")
        self._looking: asyncio.Task[None] | None = None

    def rows(self) -> tuple[DeviceRow, ...]:
        """One row for each kind that is there or is meant to be.

        What is closed is looked for meanwhile; the listeners are told once that is known.
        """
        self._look_soon()
        hardware = self._hardware
        there = {device.kind for device in hardware.devices.all}
        return tuple(self._row(kind) for kind in DeviceKind if kind in there | hardware.expected)

    def retry(self, kind: str) -> None:
        """Try the devices of a kind again now; unknown ones are ignored."""
        if kind in set(DeviceKind):
            self._hardware.retry(DeviceKind(kind))

    def on_change(self, listener: Changed) -> None:
        """Call `listener` at each change of any device."""
        self._listeners.append(listener)
        self._hardware.on_status(lambda _kind, _status: listener())

    def _hear(self, kind: DeviceKind, status: DeviceStatus) -> None:
        """What was open was there: asked only once it is closed again, and has no fault left."""
        if status.state is not DeviceState.UNKNOWN:
            self._connected[kind] = True

    def _look_soon(self) -> None:
        now = asyncio.get_running_loop().time()
        idle = self._looking is None or self._looking.done()
        if idle and now - self._looked_at >= LOOK_EVERY_S:
            self._looked_at = now
            self._looking = asyncio.create_task(self._look(), name="closed devices")

    async def _look(self) -> None:
        """Ask for each device that is closed whether it is there: sound devices take a second."""
        for device in self._hardware.devices.all:
            if device.status.state is DeviceState.UNKNOWN:
                self._connected[device.kind] = bool(await device.found())
        for listener in self._listeners:
            listener()

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
        connected = self._connected.get(kind)
        if state is DeviceState.UNKNOWN and connected is not None:
            state = DeviceState.ONLINE if connected else DeviceState.NO_DEVICE
        missing = expected and state is DeviceState.NO_DEVICE
        return DeviceRow(
            kind=kind.value,
            name=NAMES[kind],
            state=state.value,
            condition=condition(
                kind,
                state,
                expected=expected,
                # Said beside it, by a badge.
                simulated=False,
                reasons=reasons,
            ),
            simulated=simulated,
            last_test=last_test(last),
            outcome=None if last is None else last.outcome,
            # What may be absent, and is, is no fault.
            hint=hint(kind, state, reasons, missing=missing) if expected or state in _THERE else "",
            testable=bool(devices),
        )
