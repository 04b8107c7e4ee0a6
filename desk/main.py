"""The command `visio-guichet desk`: the gateway, and `add-agent` to give an agent an account."""

from __future__ import annotations

import argparse
import errno
import getpass
import socket
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import uvicorn

from desk.accounts import Account, add_agent, hash_password
from desk.app import Gateway, create_app
from desk.settings import DeskSettings
from kiosk import log
from kiosk.link.messages import MAX_MESSAGE_BYTES
from kiosk.settings import SettingsError, config_file, load

#: Seconds that open sockets get to close when the gateway is told to stop.
_STOP_S = 1

#: Bytes of a request's line and headers: a browser sends under 2 kB.
_MAX_HEADERS_BYTES = 16_384

#: Connections at the same time: a WebSocket for each agent, and their files while they load.
_MAX_CONNECTIONS = 1_000

_DEFAULT_CONFIG = config_file("desk.toml")


def command(arguments: list[str]) -> int:
    """Serve the agents' page; `add-agent` gives an agent an account.

    Raises:
        SettingsError: the settings, or what is asked of `add-agent`, cannot be used.
    """
    options = _parser().parse_args(arguments)
    settings = load(DeskSettings, options.config)
    if options.action == "add-agent":
        return _add_agent(settings, options)
    return _serve(settings)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="visio-guichet desk", description=__doc__)
    parser.add_argument("--config", type=Path, default=_DEFAULT_CONFIG, help="desk.toml")
    actions = parser.add_subparsers(dest="action", metavar="add-agent")
    add = actions.add_parser("add-agent", help="give an agent an account")
    add.add_argument("user", help="how the agent signs in: a-z, 0-9 and -")
    add.add_argument("--agency", required=True, help="the agency's identifier")
    add.add_argument("--name", required=True, help="the name that residents read, e.g. « Awa D. »")
    add.add_argument(
        "--password-stdin", action="store_true", help="read the password from standard input"
    )
    return parser


def _add_agent(settings: DeskSettings, options: argparse.Namespace) -> int:
    if options.agency not in settings.agencies:
        known = ", ".join(settings.agencies) or "none"
        raise SettingsError([f"{options.agency}: not an agency of this desk; they are: {known}"])
    password = sys.stdin.readline().rstrip("\n") if options.password_stdin else _asked()
    try:
        account = Account(
            name=options.name, agency=options.agency, password=hash_password(password)
        )
    except ValueError:
        raise SettingsError(["--name: 1 to 80 characters on one line"]) from None
    try:
        add_agent(settings.accounts.file, options.user, account)
    except OSError as error:
        raise SettingsError([f"{settings.accounts.file}: {error.strerror}"]) from None
    print(f"{options.user} can sign in for {options.agency} ({settings.accounts.file})")
    return 0


def _asked() -> str:
    password = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != password:
        raise SettingsError(["the two passwords differ"])
    return password


def _serve(settings: DeskSettings) -> int:
    log.configure(settings.log.format)
    gateway = Gateway(settings)
    listening = _listen(settings.web.host, settings.web.port)
    port = listening.getsockname()[1]
    origins = settings.web.origins or _loopback_origins(port)
    print(f"desk: {origins[0]}", flush=True)
    with listening:
        create_server(gateway, origins).run(sockets=[listening])
    return 0


def create_server(gateway: Gateway, origins: Iterable[str]) -> uvicorn.Server:
    """Return the web server of a gateway that browsers know under `origins`."""
    return uvicorn.Server(
        uvicorn.Config(
            create_app(gateway, origins),
            log_config=None,
            access_log=False,
            server_header=False,
            ws="websockets-sansio",
            ws_max_size=MAX_MESSAGE_BYTES,
            ws_ping_interval=None,
            h11_max_incomplete_event_size=_MAX_HEADERS_BYTES,
            limit_concurrency=_MAX_CONNECTIONS,
            timeout_graceful_shutdown=_STOP_S,
        )
    )


def _loopback_origins(port: int) -> Sequence[str]:
    return [f"http://127.0.0.1:{port}", f"http://localhost:{port}"]


def _listen(host: str, port: int) -> socket.socket:
    """Return a listening socket.

    Raises:
        SettingsError: the port is taken, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(
                [f"port {port} of {host} is taken by another program: [web] port in desk.toml"]
            ) from None
        raise SettingsError([f"[web] host {host}, port {port}: {error.strerror}"]) from None
    return listening
