"""A visit's papers that only remember what they were asked."""

from __future__ import annotations


class FakePapers:
    """`PapersControls` for the interface's tests."""

    def __init__(self, asked: list[tuple[object, ...]]) -> None:
        self._asked = asked

    async def scan(self) -> None:
        self._asked.append(("papers.scan",))

    async def decline(self) -> None:
        self._asked.append(("papers.decline",))

    async def take(self) -> None:
        self._asked.append(("papers.take",))

    async def keep(self) -> None:
        self._asked.append(("papers.keep",))

    async def retake(self) -> None:
        self._asked.append(("papers.retake",))

    async def drop(self) -> None:
        self._asked.append(("papers.drop",))

    async def end_scan(self) -> None:
        self._asked.append(("papers.end_scan",))

    async def read(self, document: str) -> None:
        self._asked.append(("papers.read", document))

    async def show_page(self, page: int) -> None:
        self._asked.append(("papers.show_page", page))

    async def print(self, copies: int) -> None:
        self._asked.append(("papers.print", copies))

    async def cancel_print(self) -> None:
        self._asked.append(("papers.cancel_print",))

    async def take_away(self) -> None:
        self._asked.append(("papers.take_away",))

    async def refuse(self) -> None:
        self._asked.append(("papers.refuse",))

    async def close(self) -> None:
        self._asked.append(("papers.close",))
