"""The booth, with one store's wipe replaced by nothing: what is searched for must then be found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kiosk.cli import main
from kiosk.visit.wipe import StoreName


def _replace(owner: type, name: str, by: Callable[..., object]) -> None:
    if not callable(getattr(owner, name)):
        raise TypeError(f"{owner.__name__}.{name} is no method")
    setattr(owner, name, by)


def _files() -> None:
    """Whatever the agent gives lies in a temporary file too, and stays there."""
    import tempfile

    from kiosk.documents.shelf import Received, Shelf
    from kiosk.wiping import TemporaryFiles

    put = Shelf.put

    def put_and_write(self: Shelf, document: Received) -> None:
        folder = Path(tempfile.mkdtemp(prefix="visio-guichet-visit-"))
        (folder / "document.pdf").write_bytes(document.pdf)
        put(self, document)

    _replace(Shelf, "put", put_and_write)
    _replace(TemporaryFiles, "_wipe", lambda _self: 0)
    _replace(TemporaryFiles, "_found", lambda _self: [])


def _page_memory() -> None:
    """The document camera's memory is kept as it was, for as long as the booth runs."""
    from devices.document_camera.process import StillDriver

    kept: list[object] = []
    forget = StillDriver.forget

    def keep(self: StillDriver) -> None:
        kept.append((self._ring, self._memory))
        self._ring = self._memory = None
        forget(self)

    _replace(StillDriver, "forget", keep)


LEAKS: Mapping[str, Callable[[], None]] = {
    StoreName.FILES.value: _files,
    "page_memory": _page_memory,
}


def run_leaky(leaks: Sequence[str], arguments: Sequence[str]) -> int:
    """Run the booth without the wipes of `leaks`, names of `LEAKS`; it is whole without any."""
    for leak in leaks:
        LEAKS[leak]()
    return main(["run", *arguments])
