"""STUN, TURN and the path through it, on a real coturn with a certificate of our own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kiosk.diagnostics.network import NetworkTest, addresses
from kiosk.diagnostics.network.path import Stream
from kiosk.diagnostics.network.turn import ask_relay
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.steps import Unfit
from kiosk.diagnostics.view import StepView
from tests.calls.line import own_address
from tests.diagnostics.authority import issue
from tests.diagnostics.relay import RunningRelay, booth_settings, coturn, free_port

RELAY_STEPS = ("stun", "turn_udp", "turn_tcp", "turn_tls", "udp", "path")


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def of(test: NetworkTest, key: str) -> StepView:
    return next(view for view in test.views if view.key == key)


async def run(test: NetworkTest) -> NetworkTest:
    await test.run(lambda: None)
    return test


@pytest.fixture
async def relay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[RunningRelay]:
    issued = issue(tmp_path, own_address())
    # As an operator with an authority of their own tells aiortc, which asks the system's.
    monkeypatch.setenv("SSL_CERT_FILE", str(issued.authority))
    async with coturn(tmp_path, own_address(), issued) as running:
        yield running


async def test_every_way_to_the_relay_is_tried_by_itself(relay: RunningRelay) -> None:
    stun = f"stun:{relay.address}:{relay.port}"
    test = await run(NetworkTest(booth_settings([stun, *relay.urls])))
    outcomes = {key: of(test, key) for key in RELAY_STEPS}
    assert {view.outcome for view in outcomes.values()} == {Outcome.SUCCESS}, outcomes
    # Which of the booth's own candidates wins is a race; the other end is behind the relay.
    assert str(test.figures["candidate_pair"]).endswith(" ↔ relay udp")
    assert test.figures["loss"] == 0
    assert float(test.figures["jitter_ms"]) < 50
    assert test.figures["udp_blocked"] is False
    assert relay.address not in " ".join(view.detail for view in test.views)
    for way in ("udp", "tcp", "tls"):
        assert 0 < float(test.figures[f"turn_{way}_round_trip_ms"]) < 1000


async def test_wrong_credentials_are_named(relay: RunningRelay) -> None:
    test = await run(NetworkTest(booth_settings(relay.urls, secret="guess")))
    for key in ("turn_udp", "turn_tcp", "turn_tls"):
        assert of(test, key).outcome is Outcome.FAILED
        assert "mot de passe" in of(test, key).detail
    assert of(test, "udp").outcome is Outcome.SKIPPED
    assert of(test, "path").outcome is Outcome.SKIPPED


async def test_a_relay_without_udp_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = issue(tmp_path, own_address())
    monkeypatch.setenv("SSL_CERT_FILE", str(issued.authority))
    async with coturn(tmp_path, own_address(), issued, "--no-udp") as relay:
        test = await run(NetworkTest(booth_settings(relay.urls)))
    assert of(test, "turn_udp").outcome is Outcome.FAILED
    assert of(test, "turn_tcp").outcome is Outcome.SUCCESS
    assert test.figures["udp_blocked"] is True
    assert of(test, "udp").outcome is Outcome.FAILED
    assert str(test.figures["candidate_pair"]).endswith(" tcp")


@pytest.mark.parametrize("days", [-1, 90])
async def test_a_relay_whose_certificate_is_not_good_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    issued = issue(tmp_path, own_address(), days=days)
    if days < 0:
        monkeypatch.setenv("SSL_CERT_FILE", str(issued.authority))
    async with coturn(tmp_path, own_address(), issued) as relay:
        test = await run(NetworkTest(booth_settings(relay.urls[2:])))
    assert of(test, "turn_tls").outcome is Outcome.FAILED
    assert "certificat" in of(test, "turn_tls").detail


async def test_a_black_hole_costs_no_more_than_its_time() -> None:
    with_nobody = f"{own_address()}:{free_port(own_address())}"
    urls = [f"stun:{with_nobody}", f"turn:{with_nobody}", f"turn:{with_nobody}?transport=tcp"]
    clock = asyncio.get_running_loop().time
    begun = clock()
    test = await run(NetworkTest(booth_settings(urls)))
    assert clock() - begun < 12
    for key in ("stun", "turn_udp", "turn_tcp"):
        assert of(test, key).outcome is Outcome.FAILED
    assert of(test, "udp").outcome is Outcome.SKIPPED


async def test_left_early_it_is_aborted_and_holds_nothing(relay: RunningRelay) -> None:
    sockets_before = open_files()
    test = NetworkTest(booth_settings(relay.urls))
    running = asyncio.Event()

    def changed() -> None:
        if of(test, "path").outcome is Outcome.RUNNING:
            running.set()

    task = asyncio.create_task(test.run(changed))
    await asyncio.wait_for(running.wait(), 20)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert of(test, "path").outcome is Outcome.ABORTED
    assert of(test, "up").outcome is Outcome.ABORTED
    assert of(test, "turn_udp").outcome is Outcome.SUCCESS
    assert not test.good
    assert open_files() <= sockets_before + 1


async def test_a_relay_that_lets_nothing_out_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = issue(tmp_path, own_address())
    denied = f"--denied-peer-ip={own_address()}"
    async with coturn(tmp_path, own_address(), issued, denied) as relay:
        (first, *_) = addresses.relays(booth_settings(relay.urls))
        with pytest.raises(Unfit, match=r"aucun paquet n’en sort|interdit"):
            await ask_relay(first)


def test_loss_and_jitter_are_those_of_rfc_3550() -> None:
    stream = Stream(sent=4)
    for sent_at, arrived_at in ((0.00, 0.10), (0.02, 0.12), (0.04, 0.172)):
        stream.arrived(sent_at, arrived_at)
    assert stream.loss == pytest.approx(0.25)
    assert stream.jitter_s == pytest.approx(0.032 / 16)
    assert Stream().loss == 0


def test_urls_are_taken_apart_as_their_rfcs_say() -> None:
    urls = ["stun:a.example", "turn:b.example", "turn:[::1]:99?transport=tcp", "turns:c.example"]
    settings = booth_settings(urls, diagnostics={"throughput_url": "https://d.example/x"})
    assert [(one.host, one.port) for one in addresses.stun(settings)] == [("a.example", 3478)]
    assert [(one.host, one.port, one.transport) for one in addresses.relays(settings)] == [
        ("b.example", 3478, "udp"),
        ("::1", 99, "tcp"),
        ("c.example", 5349, "tls"),
    ]
    assert addresses.named_hosts(settings) == ("d.example", "a.example", "b.example", "c.example")
