"""An IPP answer from a hostile printer, down to the facts made of it."""

from __future__ import annotations

from devices.document_printer.message import MalformedAnswer, answer
from devices.document_printer.queue import job_facts, printer_facts
from devices.document_printer.reasons import condition


def target(data: bytes) -> None:
    """Take `data` as the body of the answer to request 1."""
    try:
        told = answer(b"\x01\x01\x00\x00\x00\x00\x00\x01" + data, 1)
    except MalformedAnswer:
        return
    for group in told.groups:
        facts = printer_facts(group)
        if facts is not None:
            condition(facts.state, facts.reasons, accepting=facts.accepting)
            assert len(facts.capabilities) > 0
        job_facts(group)
