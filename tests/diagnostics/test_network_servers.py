"""Names, broker, certificates, clock and throughput, on real servers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.diagnostics.network import NetworkTest
from kiosk.diagnostics.network import broker as broker_steps
from kiosk.diagnostics.network.broker import read_stamp
from kiosk.diagnostics.network.names import resolve
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.steps import LeftOut, Unfit
from kiosk.link.broker import Broker
from kiosk.link.broker_config import Tls
from kiosk.link.line import Line
from kiosk.settings.booth import KioskSettings
from tests.desk.running import AGENCIES, desk_settings, running_desk, write_agents
from tests.diagnostics.authority import Issued, issue
from tests.diagnostics.relay import booth_settings
from tests.diagnostics.test_network_relay import of, run
from tests.link.cable import Cable

KIOSK = "pvp-test"

# asyncio's own remark on how nats-py hangs up over TLS.
pytestmark = pytest.mark.expects_log("eof_received")


@dataclass(frozen=True)
class Site:
    broker: Broker
    issued: Issued
    folder: Path

    def settings(self, **more: object) -> KioskSettings:
        user = f"kiosk-{KIOSK}"
        link = {
            "url": self.broker.url,
            "user": user,
            "password_file": self.broker.passwords_folder / user,
            "ca_file": self.issued.authority,
        }
        return booth_settings(link={**link, **dict(more.pop("link", {}))}, **more)  # type: ignore[call-overload]


async def started(folder: Path, *, days: float = 90) -> Site:
    issued = issue(folder, "127.0.0.1", days=days)
    tls = Tls(issued.certificate, issued.key)
    broker = Broker(folder / "broker", AGENCIES, [KIOSK], port=0, tls=tls)
    await broker.start()
    return Site(broker, issued, folder)


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """A broker over TLS, with an authority of our own."""
    one = await started(tmp_path)
    yield one
    await one.broker.stop()


async def test_the_broker_is_reached_with_the_booth_s_own_rights(site: Site) -> None:
    test = await run(NetworkTest(site.settings()))
    assert of(test, "broker").outcome is Outcome.SUCCESS
    assert 0 < float(test.figures["broker_round_trip_ms"]) < 500
    assert of(test, "certificates").outcome is Outcome.SUCCESS
    assert test.figures["certificate_days_left"] == 90
    assert of(test, "names").outcome is Outcome.SKIPPED
    # No desk is at work, and nothing else is configured.
    assert of(test, "clock").outcome is Outcome.SKIPPED
    for key in ("stun", "turn_udp", "path", "down", "up"):
        assert of(test, key).outcome is Outcome.SKIPPED
        assert of(test, key).detail
    assert test.good


async def test_a_wrong_password_is_named(site: Site) -> None:
    wrong = site.folder / "wrong"
    wrong.write_text("guess")
    test = await run(NetworkTest(site.settings(link={"password_file": wrong})))
    assert of(test, "broker").outcome is Outcome.FAILED
    assert "mot de passe" in of(test, "broker").detail


async def test_a_stranger_s_authority_is_named(site: Site, tmp_path: Path) -> None:
    other = issue(tmp_path / "other", "127.0.0.1")
    test = await run(NetworkTest(site.settings(link={"ca_file": other.authority})))
    assert "autorité" in of(test, "certificates").detail
    assert of(test, "broker").outcome is Outcome.FAILED


@pytest.mark.parametrize(("days", "words"), [(-1, "périmé"), (5, "à renouveler")])
async def test_a_certificate_that_is_over_or_soon_will_be_fails(
    tmp_path: Path, days: int, words: str
) -> None:
    issued = issue(tmp_path, "127.0.0.1", days=days)
    server = await asyncio.start_server(
        lambda _reader, writer: writer.close(), "127.0.0.1", ssl=_context(issued)
    )
    port = server.sockets[0].getsockname()[1]
    link = {"url": f"tls://127.0.0.1:{port}", "ca_file": issued.authority}
    test = NetworkTest(booth_settings(link=link))
    async with server:
        with pytest.raises(Unfit, match=words):
            await test._certificates()


async def test_a_line_that_swallows_everything_ends_in_time(site: Site) -> None:
    cable = Cable(site.broker.port)
    await cable.open()
    cable.cut()
    url = f"tls://127.0.0.1:{cable.port}"
    clock = asyncio.get_running_loop().time
    begun = clock()
    test = await run(NetworkTest(site.settings(link={"url": url})))
    await cable.close()
    assert clock() - begun < 15
    assert of(test, "broker").outcome is Outcome.FAILED
    assert of(test, "certificates").outcome is Outcome.FAILED


async def test_a_server_that_is_off_is_named() -> None:
    test = await run(NetworkTest(booth_settings()))
    assert "refuse la connexion" in of(test, "broker").detail


@pytest.mark.expects_log("broker not reached")
async def test_a_booth_whose_own_line_is_down_is_told_apart(site: Site) -> None:
    line = await Line.connect(booth_settings().link)
    test = await run(NetworkTest(site.settings(), line))
    await line.close()
    assert "liaison du guichet est coupée" in of(test, "broker").detail


async def test_clock_and_throughput_come_from_the_operator_s_own_servers(
    site: Site, tmp_path: Path
) -> None:
    write_agents(tmp_path / "agents.toml")
    desk = desk_settings(
        tmp_path,
        site.broker.url,
        site.broker.passwords_folder,
        web={"port": 0, "throughput": True},
        link={
            "url": site.broker.url,
            "passwords_folder": str(site.broker.passwords_folder),
            "ca_file": str(site.issued.authority),
        },
    )
    async with running_desk(desk) as running:
        url = f"{running.url}/api/throughput"
        test = await run(NetworkTest(site.settings(diagnostics={"throughput_url": url})))
    assert of(test, "clock").outcome is Outcome.SUCCESS
    assert "serveur des organismes" in of(test, "clock").detail
    assert abs(float(test.figures["clock_offset_s"])) < 0.5
    for way in ("down", "up"):
        assert of(test, way).outcome is Outcome.SUCCESS, of(test, way)
        assert float(test.figures[f"throughput_{way}_kbps"]) > 10_000


async def test_without_a_desk_at_work_the_gateway_gives_the_time(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silence(settings: object, within_s: float) -> None:
        return None

    monkeypatch.setattr(broker_steps, "clock_offset", silence)
    desk = desk_settings(
        tmp_path, site.broker.url, site.broker.passwords_folder, agencies={},
        web={"port": 0, "throughput": True},
    )  # fmt: skip
    async with running_desk(desk) as running:
        url = f"{running.url}/api/throughput"
        test = NetworkTest(site.settings(diagnostics={"throughput_url": url}))
        assert "passerelle" in await test._clock()
        assert abs(float(test.figures["clock_offset_s"])) < 1.5


async def test_a_clock_that_is_wrong_fails(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def late(settings: object, within_s: float) -> float:
        return -90.0

    monkeypatch.setattr(broker_steps, "clock_offset", late)
    with pytest.raises(Unfit, match="en retard de 90,0"):
        await NetworkTest(site.settings())._clock()


async def test_a_gateway_that_offers_nothing_is_named(site: Site, tmp_path: Path) -> None:
    desk = desk_settings(tmp_path, site.broker.url, site.broker.passwords_folder, agencies={})
    async with running_desk(desk) as running:
        url = f"{running.url}/api/throughput"
        test = NetworkTest(site.settings(diagnostics={"throughput_url": url}))
        for way in ("down", "up"):
            with pytest.raises(Unfit, match="n’offre pas la mesure"):
                await test._rate(way)


async def test_names_are_looked_up() -> None:
    words, slowest_s = await resolve(["localhost"])
    assert "1 nom trouvé" in words.replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert 0 <= slowest_s < 5
    with pytest.raises(Unfit, match=r"nobody\.invalid"):
        await resolve(["localhost", "nobody.invalid"])
    with pytest.raises(LeftOut):
        await resolve([])


def test_a_stamp_of_nine_digits_is_read() -> None:
    assert read_stamp("2026-11-22T14:32:05.123456789Z") == pytest.approx(1_795_357_925.123456)
    assert read_stamp("2026-11-22T14:32:05Z") == pytest.approx(1_795_357_925)
    assert read_stamp("2026-11-22T14:32:05.5+01:00") == pytest.approx(1_795_354_325.5)
    assert read_stamp("2026-11-22T14:32:05") is None


@given(st.text(max_size=60))
def test_any_other_stamp_is_none_or_a_time(text: str) -> None:
    found = read_stamp(text)
    assert found is None or -1e12 < found < 1e12


def _context(issued: Issued) -> object:
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(issued.certificate, issued.key)
    return context
