"""One agency's rules at two gateways, through a real broker: whoever changes them is known."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import shutil
import signal
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.agenda.office import AgendaOffice
from desk.agenda.rule_book import (
    MAX_RULES_BYTES,
    Outdated,
    TooManyRules,
    pack,
    unpack,
)
from desk.agenda.rules import Absence, Rules, default_rules
from kiosk.link.bookings import RULES_KEY, KeptRules, bucket_name
from kiosk.link.broker import Broker
from kiosk.link.line import Line
from kiosk.link.store import Bucket
from kiosk.settings import SettingsError
from tests.desk.agenda.conftest import AGENCY, KIOSKS, NOW, Site, at, rules, write_rules
from tests.link.waiting import until


def copy_of(folder: Path) -> Rules:
    return Rules.model_validate_json((folder / f"agenda-{AGENCY}.json").read_bytes())


def closed(office: AgendaOffice) -> Rules:
    """Return the office's rules with nothing open in the week."""
    return office.rules.rules.model_copy(update={"week": ()})


async def test_what_is_opened_at_one_gateway_is_open_at_the_other(
    site: Site, tmp_path: Path
) -> None:
    one, other = await site.office(), await site.office(tmp_path / "other")
    assert one.rules.rules == other.rules.rules == rules("awa")
    over = Absence(begins=at("06:00"), ends=at("07:00"))
    new = rules("awa", "bruno").model_copy(update={"absences": (over,)})
    kept = await one.rules.replace(new)
    assert (kept.version, kept.absences) == (2, ())
    await until(lambda: other.rules.rules == kept)
    assert other.agenda() == one.agenda()
    assert copy_of(site.folder) == copy_of(tmp_path / "other") == kept


async def test_the_second_of_two_editors_is_told_and_has_the_newer_rules(
    site: Site, tmp_path: Path
) -> None:
    one, other = await site.office(), await site.office(tmp_path / "other")
    # Both have read the same version; neither has heard of the other's change.
    for _ in range(20):
        await until(lambda: one.rules.rules == other.rules.rules)
        before = one.rules.rules
        edits = [
            gateway.rules.replace(rules(lane).model_copy(update={"version": before.version}))
            for gateway, lane in ((one, "awa"), (other, "bruno"))
        ]
        ended = await asyncio.gather(*edits, return_exceptions=True)
        kept = [end for end in ended if isinstance(end, Rules)]
        assert [type(end) for end in ended if not isinstance(end, Rules)] == [Outdated]
        # At once, without waiting: the page is shown them.
        loser = (one, other)[ended.index(kept[0]) ^ 1]
        assert loser.rules.rules == kept[0]
        assert kept[0].version == before.version + 1


@pytest.mark.expects_log("broker not reached|line down|watch")
async def test_rules_outlive_broker_and_gateways(site: Site, tmp_path: Path) -> None:
    office = await site.office()
    kept = await office.rules.replace(closed(office))
    assert site.broker.pid is not None
    os.kill(site.broker.pid, signal.SIGKILL)
    await site.broker.wait()
    await site.broker.stop()
    again = Broker(site.broker.folder, (AGENCY, "cpam"), KIOSKS, port=site.broker.port)
    site.stack.push_async_callback(again.stop)
    await office.close()
    await again.start()
    # What a gateway has on its own disk counts for nothing once the broker has rules.
    write_rules(tmp_path / "other", rules("chloe"))
    assert (await site.office(tmp_path / "other")).rules.rules == kept
    assert (await site.office(tmp_path / "new")).rules.rules == kept


@pytest.mark.expects_log("broker not reached|line down|watch")
async def test_a_broker_with_a_new_disk_is_given_the_rules(site: Site) -> None:
    office = await site.office()
    kept = await office.rules.replace(closed(office))
    await site.broker.stop()
    shutil.rmtree(site.broker.folder / "store")
    again = Broker(site.broker.folder, (AGENCY, "cpam"), KIOSKS, port=site.broker.port)
    site.stack.push_async_callback(again.stop)
    await again.start()
    book = Bucket(await desk_line(site), bucket_name(AGENCY), KeptRules)
    found: list[object] = []

    async def look() -> None:
        while not found:
            entry = await book.get(RULES_KEY)
            if entry is not None:
                found.append(entry.message)
            await asyncio.sleep(0.05)

    async with asyncio.timeout(10):
        await look()
    assert found == [pack(kept)]


async def desk_line(site: Site) -> Line:
    line = await Line.connect(site.user(f"desk-{AGENCY}"))
    site.stack.push_async_callback(line.close)
    await until(lambda: line.up)
    return line


@pytest.mark.expects_log("the agenda's rules are wrong")
async def test_damaged_rules_leave_the_former_ones(site: Site) -> None:
    office = await site.office()
    before = office.rules.rules
    book = Bucket(await desk_line(site), bucket_name(AGENCY), KeptRules)
    for version in (2, 3):
        await book.keep(RULES_KEY, KeptRules(version=version, packed="AAAA"), None)
        with pytest.raises(Outdated):
            await office.rules.replace(closed(office))
        assert office.rules.rules == before


async def test_first_rules_are_given_once(site: Site, tmp_path: Path) -> None:
    (site.folder / f"agenda-{AGENCY}.json").unlink()
    opened = await site.office(first_rules=default_rules())
    assert opened.rules.rules == default_rules()
    changed = await opened.rules.replace(closed(opened))
    again = await site.office(tmp_path / "other", first_rules=default_rules(("chloe",)))
    assert again.rules.rules == changed


async def test_a_damaged_copy_is_named(site: Site) -> None:
    (site.folder / f"agenda-{AGENCY}.json").write_text('{"week": 3}')
    with pytest.raises(SettingsError, match="not an agency's rules"):
        await site.office()


async def test_rules_that_do_not_fit_change_nothing(site: Site) -> None:
    office = await site.office()
    before = office.rules.rules
    too_many = tuple(
        Absence(begins=int(NOW) + n, ends=int(NOW) + n + 60, lane=os.urandom(20).hex())
        for n in range(3_000)
    )
    huge = before.model_copy(update={"absences": too_many})
    with pytest.raises(TooManyRules):
        await office.rules.replace(huge)
    assert office.rules.rules == before


def test_the_largest_that_people_write_fits() -> None:
    week = rules(*(f"prenom-nom-de-famille-{n:02}" for n in range(40))).week
    absences = tuple(
        Absence(begins=int(NOW) + n * 977, ends=int(NOW) + n * 977 + 3_600, lane=week[n % 200].lane)
        for n in range(500)
    )
    large = rules("awa").model_copy(update={"week": week, "absences": absences})
    assert unpack(pack(large)) == large
    assert len(pack(large).packed) < 16_000


@given(st.binary(max_size=200), st.booleans())
def test_whatever_lies_there_is_rules_or_refused(content: bytes, packed: bool) -> None:
    data = zlib.compress(content) if packed else content
    kept = KeptRules(version=1, packed=base64.urlsafe_b64encode(data).decode())
    with contextlib.suppress(ValueError):
        assert unpack(kept).version == 1


def test_what_unpacks_to_too_much_is_refused() -> None:
    bomb = zlib.compress(b" " * (MAX_RULES_BYTES + 1), 9)
    with pytest.raises(ValueError, match="too large"):
        unpack(KeptRules(version=1, packed=base64.urlsafe_b64encode(bomb).decode()))
