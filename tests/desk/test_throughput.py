"""What a booth measures its line against: bounded, one at a time, and off unless allowed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from desk import throughput
from kiosk.link.broker import Broker
from tests.desk.running import RunningDesk, desk_settings, running_desk, write_agents

PATH = throughput.Throughput.PATH


@pytest.fixture
async def measuring(broker: Broker, tmp_path: Path) -> AsyncIterator[RunningDesk]:
    write_agents(tmp_path / "agents.toml")
    web = {"port": 0, "throughput": True}
    settings = desk_settings(tmp_path, broker.url, broker.passwords_folder, web=web)
    async with running_desk(settings) as running:
        yield running


async def test_it_gives_what_is_asked_for_and_counts_what_is_sent(measuring: RunningDesk) -> None:
    async with httpx.AsyncClient(base_url=measuring.url) as client:
        given = await client.get(PATH, params={"bytes": 300_000})
        assert given.status_code == 200
        assert len(given.content) == 300_000
        assert given.headers["cache-control"] == "no-store"
        sent = await client.post(PATH, content=b"\0" * 200_000, headers={"Origin": measuring.url})
        assert sent.json()["bytes"] == 200_000
        assert sent.json()["seconds"] > 0
        assert "date" in (await client.head(PATH)).headers


@pytest.mark.parametrize("asked", ["0", "8000001", "-1", "x", "9" * 400])
async def test_it_gives_no_more_than_a_bound(measuring: RunningDesk, asked: str) -> None:
    async with httpx.AsyncClient(base_url=measuring.url) as client:
        assert (await client.get(PATH, params={"bytes": asked})).status_code == 400


async def test_it_takes_no_more_than_a_bound(
    measuring: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throughput, "MOST_BYTES", 100_000)
    async with httpx.AsyncClient(base_url=measuring.url) as client:
        origin = {"Origin": measuring.url}
        refused = await client.post(PATH, content=b"\0" * 200_000, headers=origin)
        assert refused.status_code == 413
        assert (await client.post(PATH, content=b"\0", headers=origin)).status_code == 200


async def test_one_booth_at_a_time_and_few_a_minute(
    measuring: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with httpx.AsyncClient(base_url=measuring.url) as client:
        async with client.stream("GET", PATH) as first:
            assert first.status_code == 200
            assert (await client.get(PATH, params={"bytes": 1})).status_code == 429
        statuses = [(await client.get(PATH, params={"bytes": 1})).status_code for _ in range(12)]
        assert statuses[-1] == 429


async def test_a_foreign_page_cannot_use_it(measuring: RunningDesk) -> None:
    async with httpx.AsyncClient(base_url=measuring.url) as client:
        foreign = await client.post(PATH, content=b"\0", headers={"Origin": "https://example.com"})
        assert foreign.status_code == 403


async def test_it_is_off_unless_the_operator_allows_it(desk: RunningDesk) -> None:
    async with httpx.AsyncClient(base_url=desk.url) as client:
        assert (await client.get(PATH)).status_code == 404
        large = await client.post(PATH, content=b"\0" * 10_000, headers={"Origin": desk.url})
        assert large.status_code == 413
