"""`visio-guichet dock`: does things to the simulated devices of a running booth."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from kiosk.control.client import BoothClosed, BoothSilent, NoBooth, ask_first
from kiosk.control.messages import (
    DeviceTold,
    DockRequest,
    Refusal,
    Refused,
    Reply,
    Request,
    Statuses,
    StatusesRequest,
)
from kiosk.control.options import add_place, folders
from kiosk.control.words import not_reached

#: The booth could not be asked, or would not: something other than the words typed is the matter.
EXIT_FAILED = 1
EXIT_USAGE = 2

_WITHOUT_DOCK = "this booth runs without its dock: start it with `visio-guichet run --dock`"


def command(arguments: list[str]) -> int:
    """List the devices of the booth that runs here, or do something to a simulated one."""
    asked = _parser().parse_args(arguments)
    request: Request = StatusesRequest()
    if asked.device is not None:
        if asked.action is None:
            return _complain(f"what should happen to '{asked.device}'?", EXIT_USAGE)
        if len(asked.device) > 40 or len(asked.action) > 40 or len(asked.argument) > 200:
            return _complain("no device, action or argument is that long", EXIT_USAGE)
        request = DockRequest(device=asked.device, action=asked.action, argument=asked.argument)
    places = folders(asked)
    try:
        folder, reply = asyncio.run(ask_first(places, request))
    except (NoBooth, BoothClosed, BoothSilent) as error:
        return _complain(not_reached(error), EXIT_FAILED)
    return _tell(reply, folder)


def _tell(reply: Reply, folder: Path) -> int:
    match reply:
        case Refused(reason=Refusal.NO_DOCK):
            return _complain(f"{_WITHOUT_DOCK} ({folder})", EXIT_FAILED)
        case Refused(reason=Refusal.UNKNOWN | Refusal.WRONG_ARGUMENT, text=text):
            return _complain(text, EXIT_USAGE)
        case Refused(reason=reason, text=text):
            return _complain(f"the booth refuses ({reason.value}) {text}".rstrip(), EXIT_FAILED)
        case Statuses():
            print(f"booth in {folder}" + ("" if reply.dock else f"; {_WITHOUT_DOCK}"))
            width = max((len(device.kind.value) for device in reply.devices), default=0)
            for device in reply.devices:
                print(_line(device, width))
        case _:
            pass
    return 0


def _line(device: DeviceTold, width: int) -> str:
    nature = "simulated" if device.simulated else "real"
    actions = "  ".join(
        f"{action.name} <{action.takes}>" if action.takes else action.name
        for action in device.actions
    )
    return f"  {device.kind.value:{width}}  {device.state.value:13}  {nature:9}  {actions}".rstrip()


def _complain(text: str, code: int) -> int:
    print(f"visio-guichet dock: {text}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="visio-guichet dock",
        description="Alone, lists the devices of the booth that runs here, with their actions.",
        epilog="Exit status: 0 done, 1 no booth or no dock, 2 no such device, action or argument.",
    )
    parser.add_argument("device", nargs="?", help="such as card_reader")
    parser.add_argument("action", nargs="?", help="such as unplug")
    parser.add_argument("argument", nargs="?", default="", help="where the action takes one")
    add_place(parser)
    return parser
