"""The booth, with stores whose wipe can be switched off: what is searched for is then found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kiosk.cli import main
from kiosk.visit.wipe import StoreName

SwitchedOff = Callable[[], bool]


def _replace(owner: type, name: str, by: Callable[..., object]) -> None:
    if not callable(getattr(owner, name)):
        raise TypeError(f"{owner.__name__}.{name} is no method")
    setattr(owner, name, by)


def _files(off: SwitchedOff) -> None:
    """Whatever the agent gives lies in a temporary file too, and stays there."""
    import tempfile

    from kiosk.documents.shelf import Received, Shelf
    from kiosk.wiping import TemporaryFiles

    put, wipe, found = Shelf.put, TemporaryFiles._wipe, TemporaryFiles._found

    def put_and_write(self: Shelf, document: Received) -> None:
        if off():
            folder = Path(tempfile.mkdtemp(prefix="visio-guichet-visit-"))
            (folder / "document.pdf").write_bytes(document.pdf)
        put(self, document)

    _replace(Shelf, "put", put_and_write)
    _replace(TemporaryFiles, "_wipe", lambda self: 0 if off() else wipe(self))
    _replace(TemporaryFiles, "_found", lambda self: [] if off() else found(self))


def _page_memory(off: SwitchedOff) -> None:
    """The document camera's memory is kept as it was, for as long as the booth runs."""
    from devices.document_camera.process import StillDriver

    kept: list[object] = []
    forget = StillDriver.forget

    def keep(self: StillDriver) -> None:
        if off():
            kept.append((self._ring, self._memory))
            self._ring = self._memory = None
        forget(self)

    _replace(StillDriver, "forget", keep)


def _code_memory(off: SwitchedOff) -> None:
    """The code reader, which is open all day, still has the last face before the camera."""
    from devices.code_reader.camera import CameraReader

    forget = CameraReader.forget
    _replace(CameraReader, "forget", lambda self: None if off() else forget(self))


LEAKS: Mapping[str, Callable[[SwitchedOff], None]] = {
    StoreName.FILES.value: _files,
    "page_memory": _page_memory,
    "code_memory": _code_memory,
}


def run_leaky(switched_off: Path, arguments: Sequence[str]) -> int:
    """Run the booth; while the file `switched_off` is there, all of `LEAKS` are not wiped."""
    for leak in LEAKS.values():
        leak(switched_off.exists)
    return main(["run", *arguments])
