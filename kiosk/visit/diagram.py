"""`visio-guichet visit-diagram`: the visit's table of states, drawn from the code as Mermaid."""

from __future__ import annotations

import argparse

from statemachine.contrib.diagram import formatter

from kiosk.visit.machine import VisitMachine


def draw() -> str:
    """Return the machine as a Mermaid `stateDiagram-v2`."""
    return formatter.render(VisitMachine, "mermaid")


def command(arguments: list[str]) -> int:
    """Draw the states of a visit as a Mermaid diagram."""
    argparse.ArgumentParser(
        prog="visio-guichet visit-diagram", description="Draw the visit's states as Mermaid."
    ).parse_args(arguments)
    print(draw())
    return 0
