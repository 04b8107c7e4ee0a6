"""The summary of a report for the technician's phone: a few readable lines, and their QR code."""

from __future__ import annotations

from datetime import datetime

from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.readiness.report import DeviceReport, Readiness
from kiosk.diagnostics.readiness.sentences import UNKNOWN, crash, machine, reason
from kiosk.diagnostics.readiness.words import NAMES, device_condition

#: A code of more is hard to read from a screen: with correction level M this is version 17, 85
#: modules wide (ISO/IEC 18004, table 7).
MAX_BYTES = 500

_MARKS = {Outcome.SUCCESS: ", test réussi", Outcome.FAILED: ", TEST ÉCHOUÉ"}


def summary(report: Readiness) -> str:
    """Return the report as text that any phone shows, at most `MAX_BYTES` in UTF-8.

    What matters most comes first; what does not fit is left out.
    """
    when = datetime.fromtimestamp(report.at).astimezone()
    lines = [
        f"{report.booth} {when:%d/%m/%Y %H:%M} : {'PRÊT' if report.ready else 'PAS PRÊT'}",
        *(f"! {reason(one)}" for one in report.reasons if one.device is None),
        *(_line(device) for device in report.devices if device.expected or device.connected),
        *_untested(report),
        *(f"{name} {value}" for name, value in machine(report.machine)[:4] if value != UNKNOWN),
        *(crash(one) for one in report.crashes[:1]),
        f"Version {report.versions.get('visio_guichet', '?')}",
    ]
    kept: list[str] = []
    for line in lines:
        plain = line.replace("\N{NO-BREAK SPACE}", " ")
        if len("\n".join([*kept, plain]).encode()) <= MAX_BYTES:
            kept.append(plain)
    return "\n".join(kept)


def _line(device: DeviceReport) -> str:
    test = device.last_test
    tested = "" if test is None else _MARKS.get(test.outcome, "")
    return f"{NAMES[device.kind]} : {device_condition(device).lower()}{tested}"


def _untested(report: Readiness) -> list[str]:
    count = sum(device.expected and device.last_test is None for device in report.devices)
    return [f"Jamais testés : {count}"] if count else []


def modules(text: str) -> list[list[bool]]:
    """Return the code of `text`: rows of modules, True where dark, without a quiet zone."""
    import qrcode  # noqa: PLC0415 - a booth starts without it.
    from qrcode.constants import ERROR_CORRECT_M  # noqa: PLC0415

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text.encode())
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]
