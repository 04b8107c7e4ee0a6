"""Names of jobs: one booth's are told from another's, and no person's is in them."""

from __future__ import annotations

import platform

from devices.document_printer.facts import JobFacts
from devices.document_printer.jobs import Names


def test_a_booth_knows_its_own_after_a_restart_and_no_others() -> None:
    first, again, other = Names("one"), Names("one"), Names("another")
    job = JobFacts(1, name=first.new())
    assert again.ours(job)
    assert not other.ours(job)
    assert first.new() != job.name


def test_the_machine_is_not_told() -> None:
    names = Names.of_this_machine()
    assert platform.node() not in names.new()
    assert len(names.new()) < 40
