"""A cable between a line and its broker that a test can black-hole: no reset, only silence."""

from __future__ import annotations

import asyncio
from contextlib import suppress


class Cable:
    """Forwards TCP to `port` of loopback, from a port of its own."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._intact = asyncio.Event()
        self._intact.set()
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.Task[None]] = set()
        self.port = 0

    async def open(self) -> None:
        """Listen; `port` is where."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1")
        self.port = self._server.sockets[0].getsockname()[1]

    def cut(self) -> None:
        """From now on nothing comes through, and nobody is told."""
        self._intact.clear()

    def mend(self) -> None:
        """Let through again, also what was sent meanwhile, as TCP does."""
        self._intact.set()

    async def close(self) -> None:
        """Hang up all."""
        if self._server is not None:
            self._server.close()
        for end in self._ends:
            end.cancel()
        await asyncio.gather(*self._ends, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._ends.add(task)
        task.add_done_callback(self._ends.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._intact.wait()
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
        except (OSError, asyncio.CancelledError):
            writer.close()
            return
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._pump(reader, far_writer))
                group.create_task(self._pump(far_reader, writer))
        except* (OSError, EOFError):
            pass  # One end hung up: so do we.
        finally:
            for end in (writer, far_writer):
                end.close()
                with suppress(OSError):
                    await end.wait_closed()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            await self._intact.wait()
            writer.write(data)
            await writer.drain()
        raise EOFError
