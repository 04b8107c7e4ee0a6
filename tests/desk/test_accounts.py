"""Accounts, lockout and sessions: what guards an agent's chair."""

from __future__ import annotations

import asyncio
import os
import stat
from pathlib import Path

import pytest

from desk.accounts import Account, Accounts, Agent, add_agent, hash_password
from desk.lockout import MAX_STRANGERS, Lockout
from desk.sessions import Sessions
from desk.signin import Credentials, SignIn
from kiosk.settings import SettingsError
from tests.desk.running import PASSWORD, write_agents


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def agents_file(tmp_path: Path) -> Path:
    write_agents(tmp_path / "agents.toml")
    return tmp_path / "agents.toml"


@pytest.fixture
def accounts(agents_file: Path) -> Accounts:
    return Accounts(agents_file)


def test_right_password_gives_the_agent(accounts: Accounts) -> None:
    agent = accounts.check("awa", PASSWORD)
    assert agent is not None
    assert (agent.user, agent.name, agent.agency) == ("awa", "Awa D.", "caf")


@pytest.mark.parametrize(("user", "password"), [("awa", "x"), ("nobody", PASSWORD), ("", "")])
def test_wrong_password_or_user_gives_nobody(accounts: Accounts, user: str, password: str) -> None:
    assert accounts.check(user, password) is None


def test_file_holds_argon2id_and_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "agents.toml"
    name = 'Zoé "la" O’Neil \\ ü'
    add_agent(file, "zoe", Account(name=name, agency="caf", password=hash_password("s3cret")))
    text = file.read_text(encoding="utf-8")
    assert "$argon2id$" in text
    assert "s3cret" not in text
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    agent = Accounts(file).check("zoe", "s3cret")
    assert agent is not None
    assert agent.name == name


def test_a_file_that_is_there_keeps_its_mode_and_owner(agents_file: Path) -> None:
    agents_file.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(agents_file, 4321, 4322)
    before = agents_file.stat()
    add_agent(agents_file, "eva", Account(name="E", agency="caf", password=hash_password("x")))
    after = agents_file.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )
    assert Accounts(agents_file).agent("eva") is not None


def test_a_user_is_added_once_and_under_a_plain_name(agents_file: Path) -> None:
    account = Account(name="A", agency="caf", password=hash_password("x"))
    with pytest.raises(SettingsError, match="is there already"):
        add_agent(agents_file, "awa", account)
    with pytest.raises(SettingsError, match="not a user name"):
        add_agent(agents_file, "a]\n[agents.b", account)


@pytest.mark.parametrize("password", ["", "x" * 257])
def test_passwords_have_bounds(password: str) -> None:
    with pytest.raises(SettingsError, match="1 to 256"):
        hash_password(password)


def test_an_agent_added_later_can_sign_in_without_a_restart(
    agents_file: Path, accounts: Accounts
) -> None:
    add_agent(
        agents_file, "eva", Account(name="Eva", agency="cpam", password=hash_password("neuf"))
    )
    assert accounts.check("eva", "neuf") is None
    accounts.refresh()
    assert accounts.check("eva", "neuf") is not None


def test_a_file_spoilt_later_keeps_the_former_accounts(
    agents_file: Path, accounts: Accounts
) -> None:
    agents_file.write_text("[agents.awa]\nnme = 1\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"agents\.toml:2.*did you mean \"name\""):
        accounts.refresh()
    assert accounts.agent("awa") is not None


def test_a_failed_read_is_tried_again_though_the_file_is_unchanged(
    agents_file: Path, accounts: Accounts
) -> None:
    agents_file.write_text("[agents.awa]\nnme = 1\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(SettingsError):
            accounts.refresh()


def test_a_file_that_is_being_written_signs_nobody_out(
    agents_file: Path, accounts: Accounts
) -> None:
    content = agents_file.read_bytes()
    for being_written in (agents_file.unlink, agents_file.touch):
        being_written()
        accounts.keep_up(at_rest=True)
        assert accounts.agent("awa") is not None
    agents_file.write_bytes(content)
    for _ in range(2):
        accounts.keep_up(at_rest=True)
        assert accounts.agent("awa") is not None
    agents_file.unlink()
    for there in (True, False):
        accounts.keep_up(at_rest=True)
        assert (accounts.agent("awa") is not None) is there


@pytest.mark.expects_log("the accounts' file is wrong")
@pytest.mark.expects_log("sign-in refused")
async def test_a_spoilt_file_is_told_once(
    agents_file: Path, accounts: Accounts, sessions: Sessions, caplog: pytest.LogCaptureFixture
) -> None:
    lockout = Lockout(5, 300, known=lambda _user: True, clock=Clock())
    sign_in = SignIn(accounts, sessions, lockout, secure=False)
    agents_file.write_text("[agents.awa]\nnme = 1\n", encoding="utf-8")
    for _ in range(3):
        await sign_in.enter(Credentials(user="awa", password="wrong"))
    assert caplog.text.count("the accounts' file is wrong") == 1


def test_a_missing_file_holds_nobody(tmp_path: Path) -> None:
    assert Accounts(tmp_path / "none.toml").check("awa", PASSWORD) is None


def test_five_wrong_passwords_lock_for_a_while() -> None:
    clock = Clock()
    lockout = Lockout(5, 300, known=lambda user: user == "awa", clock=clock)
    assert [lockout.attempt("awa") for _ in range(5)] == [0.0] * 5
    clock.now += 100
    assert lockout.attempt("awa") == 200
    assert lockout.attempt("bruno") == 0
    clock.now += 201
    assert [lockout.attempt("awa") for _ in range(5)] == [0.0] * 5
    assert lockout.attempt("awa") == 300


def test_a_right_password_forgets_the_wrong_ones() -> None:
    lockout = Lockout(5, 300, known=lambda _user: True, clock=Clock())
    for _ in range(20):
        assert lockout.attempt("awa") == 0
        lockout.succeeded("awa")


def test_unknown_users_lock_alike_in_bounded_memory() -> None:
    lockout = Lockout(5, 300, known=lambda user: user == "awa", clock=Clock())
    for _ in range(5):
        lockout.attempt("awa")
        lockout.attempt("stranger")
    assert lockout.attempt("stranger") == 300
    for number in range(3 * MAX_STRANGERS):
        lockout.attempt(f"stranger-{number}")
    assert len(lockout._strangers) == MAX_STRANGERS
    # A flood of invented names does not open a real account.
    assert lockout.attempt("awa") == 300


@pytest.fixture
def sessions(tmp_path: Path, accounts: Accounts) -> Sessions:
    return Sessions(tmp_path / "state", accounts, hours=1)


def awa(accounts: Accounts) -> Agent:
    agent = accounts.agent("awa")
    assert agent is not None
    return agent


def test_a_session_outlives_the_gateway(
    tmp_path: Path, accounts: Accounts, sessions: Sessions
) -> None:
    cookie = sessions.issue(awa(accounts))
    assert Sessions(tmp_path / "state", accounts, hours=1).agent(cookie) == awa(accounts)
    key = (tmp_path / "state" / "session.key").stat()
    assert stat.S_IMODE(key.st_mode) == 0o600


def test_another_key_another_gateway(
    tmp_path: Path, accounts: Accounts, sessions: Sessions
) -> None:
    stranger = Sessions(tmp_path / "elsewhere", accounts, hours=1)
    assert sessions.agent(stranger.issue(awa(accounts))) is None


@pytest.mark.parametrize("cookie", [None, "", "x", "a.b.c", "é" * 40])
def test_rubbish_is_no_session(sessions: Sessions, cookie: str | None) -> None:
    assert sessions.agent(cookie) is None


def test_an_ended_session_stays_ended(
    tmp_path: Path, accounts: Accounts, sessions: Sessions
) -> None:
    ended, other = sessions.issue(awa(accounts)), sessions.issue(awa(accounts))
    sessions.end(ended)
    sessions.end("rubbish")
    again = Sessions(tmp_path / "state", accounts, hours=1)
    assert [again.agent(ended), again.agent(other)] == [None, awa(accounts)]


def test_the_list_of_ended_sessions_is_replaced_whole(
    tmp_path: Path, accounts: Accounts, sessions: Sessions
) -> None:
    sessions.end(sessions.issue(awa(accounts)))
    former = tmp_path / "former"
    os.link(tmp_path / "state" / "sessions-ended", former)
    sessions.end(sessions.issue(awa(accounts)))
    assert len(former.read_text(encoding="ascii").split()) == 1


@pytest.mark.expects_log("sessions' ends not kept")
def test_a_session_ends_although_it_cannot_be_written(
    tmp_path: Path, accounts: Accounts, sessions: Sessions
) -> None:
    (tmp_path / "state" / "sessions-ended").mkdir()
    cookie = sessions.issue(awa(accounts))
    sessions.end(cookie)
    assert sessions.agent(cookie) is None


def test_a_session_expires(
    tmp_path: Path, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions = Sessions(tmp_path / "state", accounts, hours=1)
    cookie = sessions.issue(awa(accounts))
    sessions.valid_s = -1
    assert sessions.agent(cookie) is None


def test_a_new_password_ends_former_sessions(
    agents_file: Path, accounts: Accounts, sessions: Sessions
) -> None:
    cookie = sessions.issue(awa(accounts))
    agents_file.unlink()
    write_agents(agents_file)
    accounts.refresh()
    assert sessions.agent(cookie) is None


async def test_checks_of_known_and_unknown_users_take_alike(tmp_path: Path) -> None:
    import time

    file = tmp_path / "agents.toml"
    add_agent(file, "awa", Account(name="A", agency="caf", password=hash_password("right")))
    accounts = Accounts(file)

    async def median(user: str) -> float:
        times = []
        for _ in range(3):
            start = time.thread_time()
            accounts.check(user, "wrong")
            times.append(time.thread_time() - start)
            await asyncio.sleep(0)
        return sorted(times)[1]

    # The same work, within what a shared processor lets one tell apart.
    assert await median("nobody") > 0.3 * await median("awa")
