"""The broker that a demonstration or a stand-alone site needs: a `nats-server` child, set up."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import structlog

from kiosk import log
from kiosk.files import write_private
from kiosk.link.broker_child import BrokerError, dying_with, find_server, free_port, lock_folder
from kiosk.link.broker_config import Tls, render
from kiosk.link.broker_rights import rights
from kiosk.link.broker_settings import BrokerSettings
from kiosk.link.broker_streams import StreamRefused, make_streams
from kiosk.link.credentials import load_credentials
from kiosk.link.line import Line, LineDown
from kiosk.settings import config_file, load
from kiosk.watchdog import notify

#: Seconds for the server to answer and its buckets to stand: 0.1 s measured, more on a cold disk.
_START_S = 15.0
#: Seconds between two looks whether it is there yet.
_LOOK_EVERY_S = 0.05
#: Seconds for the server to write its files and go, before it is killed.
_STOP_S = 2.0
#: Lines of its own log to quote when the server gives up.
_QUOTED_LINES = 3

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Administrator:
    url: str
    password: str
    ca_file: Path | None
    user: str = "admin"


class Broker:
    """A broker in a child process, which ends with `stop` or with this process."""

    def __init__(
        self,
        folder: Path,
        agencies: Iterable[str],
        kiosks: Iterable[str],
        *,
        host: str = "127.0.0.1",
        port: int = 4222,
        server: Path | None = None,
        tls: Tls | None = None,
    ) -> None:
        """`folder` keeps everything; `port` 0 takes any free one; `server` is a `nats-server`."""
        self.folder = folder
        self.host = host
        self.port = port
        self.credentials: dict[str, str] = {}
        """Password of each user, once started: `admin`, `kiosk-<id>`, `desk-<agency>`."""
        self._agencies = tuple(agencies)
        self._rights = rights(self._agencies, tuple(kiosks))
        self._server = server
        self._tls = tls
        self._child: asyncio.subprocess.Process | None = None
        self._lock: IO[str] | None = None

    @property
    def url(self) -> str:
        """Where booths and desks connect."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'tls' if self._tls else 'nats'}://{host}:{self.port}"

    @property
    def pid(self) -> int | None:
        """The server's process, while there is one."""
        return self._child.pid if self._child else None

    @property
    def passwords_folder(self) -> Path:
        """Holds one file per user with that user's password."""
        return self.folder / "passwords"

    async def start(self) -> None:
        """Start the server and return when it answers and its buckets stand.

        Call it on a thread that lives as long as the broker shall: Linux ends the child with the
        thread that made it.

        Raises:
            BrokerError: the port is taken, the server is missing, or it gave up.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = lock_folder(self.folder)
        try:
            self.port = free_port(self.host, self.port)
            self.credentials = load_credentials(self.folder, ["admin", *self._rights])
            self._child = await self._spawn()
            async with asyncio.timeout(_START_S):
                await self._set_up()
        except TimeoutError as error:
            await self.stop()
            raise BrokerError(f"the broker did not answer on {self.url}") from error
        except BaseException:
            await self.stop()
            raise
        _log.info("broker ready", port=self.port, pid=self.pid)

    async def wait(self) -> int:
        """Return the server's exit code when it ends."""
        if self._child is None:
            raise BrokerError("the broker was not started")
        return await self._child.wait()

    async def stop(self) -> None:
        """End the server, gently and then surely."""
        child, self._child = self._child, None
        if child is not None and child.returncode is None:
            with suppress(ProcessLookupError):
                child.terminate()
            try:
                async with asyncio.timeout(_STOP_S):
                    await child.wait()
            except TimeoutError:
                child.kill()
                await child.wait()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    async def _spawn(self) -> asyncio.subprocess.Process:
        config = self.folder / "nats-server.conf"
        text = render(
            host=self.host,
            port=self.port,
            server_name="visio-guichet",
            store=self.folder / "store",
            passwords=self.credentials,
            table=self._rights,
            tls=self._tls,
        )
        write_private(config, text)
        server = self._server or find_server()
        try:
            with (self.folder / "nats-server.log").open("wb") as output:
                return await asyncio.create_subprocess_exec(
                    server,
                    "--config",
                    str(config),
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,  # Ctrl-C is for us: we end it in our own order.
                    preexec_fn=dying_with(os.getpid()),
                )
        except OSError as error:
            raise BrokerError(f"{server} does not start: {error.strerror}") from error

    async def _set_up(self) -> None:
        await self._until_listening()
        ca_file = self._tls.certificate if self._tls else None
        line = await Line.connect(_Administrator(self.url, self.credentials["admin"], ca_file))
        try:
            await self._make_streams(line)
        except StreamRefused as error:
            raise BrokerError(f"the broker cannot be set up: {error}") from error
        finally:
            await line.close()

    async def _make_streams(self, line: Line) -> None:
        # Again where a busy disk took longer than a request may.
        while True:
            try:
                await make_streams(line, self._agencies)
            except LineDown:
                await self._until_listening()
                await asyncio.sleep(_LOOK_EVERY_S)
            else:
                return

    async def _until_listening(self) -> None:
        while True:
            if self._child is None or self._child.returncode is not None:
                raise BrokerError(f"the broker gave up: {self._last_words()}")
            with suppress(OSError):
                _, writer = await asyncio.open_connection(self.host, self.port)
                writer.close()
                await writer.wait_closed()
                return
            await asyncio.sleep(_LOOK_EVERY_S)

    def _last_words(self) -> str:
        path = self.folder / "nats-server.log"
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        return " / ".join(lines[-_QUOTED_LINES:]) or "no reason given"


def command(arguments: list[str]) -> int:
    """Run the broker alone, until it is told to end."""
    parser = argparse.ArgumentParser(prog="visio-guichet broker", description=command.__doc__)
    parser.add_argument("--config", type=Path, default=config_file("broker.toml"), metavar="FILE")
    settings = load(BrokerSettings, parser.parse_args(arguments).config)
    log.configure(settings.log.format)
    section = settings.broker
    tls = None
    if section.certificate is not None and section.key is not None:
        tls = Tls(section.certificate, section.key)
    broker = Broker(
        section.state_folder,
        section.agencies,
        section.kiosks,
        host=section.host,
        port=section.port,
        server=section.server,
        tls=tls,
    )
    try:
        return asyncio.run(_run(broker))
    except BrokerError as error:
        print(f"visio-guichet broker: {error}", file=sys.stderr)
        return 1


async def _run(broker: Broker) -> int:
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    await broker.start()
    notify("READY=1")
    ended = asyncio.create_task(broker.wait())
    ordered = asyncio.create_task(told.wait())
    try:
        await asyncio.wait({ended, ordered}, return_when=asyncio.FIRST_COMPLETED)
        if ended.done():
            raise BrokerError(f"the server ended by itself, with exit code {ended.result()}")
        return 0
    finally:
        ordered.cancel()
        await broker.stop()
