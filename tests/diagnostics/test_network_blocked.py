"""A firewall that drops UDP, between the booth and a real relay, in network namespaces."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.diagnostics.authority import issue
from tests.diagnostics.relay import SECRET, USER, coturn
from tests.end_to_end.lab import BOOTH, HUB, MEDIA, Lab

REPOSITORY = Path(__file__).parents[2]
PORTS = (3478, 5349)
URLS = [
    f"turn:{HUB}:3478?transport=udp",
    f"turn:{HUB}:3478?transport=tcp",
    f"turns:{HUB}:5349?transport=tcp",
]


@pytest.fixture
def lab() -> Iterator[Lab]:
    with Lab() as one:
        yield one


async def probe(lab: Lab, folder: Path, authority: Path) -> dict[str, Any]:
    """Run the network test on the booth's side of the cable."""
    settings = folder / "kiosk.json"
    servers = [{"urls": URLS, "username": USER, "credential": SECRET}]
    settings.write_text(json.dumps({"call": {"ice_servers": servers}}))
    process = await asyncio.create_subprocess_exec(
        *lab.booth.prefix,
        sys.executable,
        "-m",
        "tests.diagnostics.network_probe",
        str(settings),
        stdout=asyncio.subprocess.PIPE,
        cwd=REPOSITORY,
        env={**os.environ, "SSL_CERT_FILE": str(authority)},
    )
    async with asyncio.timeout(60):
        said, _ = await process.communicate()
    found: dict[str, Any] = json.loads(said)
    return found


async def test_udp_that_is_dropped_is_found_out_and_the_call_s_path_named(
    lab: Lab, tmp_path: Path
) -> None:
    issued = issue(tmp_path, HUB)
    async with coturn(tmp_path, HUB, issued, ports=PORTS, prefix=lab.hub.prefix):
        open_line = await probe(lab, tmp_path, issued.authority)
        lab.cut(MEDIA)
        blocked = await probe(lab, tmp_path, issued.authority)
    assert open_line["outcomes"]["udp"] == "success"
    assert open_line["figures"]["candidate_pair"].endswith(" udp")
    assert open_line["figures"]["loss"] == 0
    ways = {way: blocked["outcomes"][f"turn_{way}"] for way in ("udp", "tcp", "tls")}
    assert ways == {"udp": "failed", "tcp": "success", "tls": "success"}
    assert blocked["outcomes"]["udp"] == "failed"
    assert blocked["figures"]["udp_blocked"] is True
    assert blocked["figures"]["candidate_pair"] == "relay ↔ relay tcp"
    assert blocked["outcomes"]["path"] == "success"
    assert BOOTH not in json.dumps(blocked)


async def test_loss_on_the_line_is_measured(lab: Lab, tmp_path: Path) -> None:
    issued = issue(tmp_path, HUB)
    async with coturn(tmp_path, HUB, issued, ports=PORTS, prefix=lab.hub.prefix):
        lab.cut("meta l4proto udp numgen random mod 100 < 8")
        found = await probe(lab, tmp_path, issued.authority)
    # Eight in a hundred each way, and what goes by the relay passes the cable twice.
    assert 0.04 < found["figures"]["loss"] < 0.35
    assert found["outcomes"]["path"] == "failed"
