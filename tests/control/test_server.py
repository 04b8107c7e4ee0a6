"""The control socket: who may ask, what is answered, and what rubbish does to it."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.status import DeviceKind
from kiosk.control import server as module
from kiosk.control.client import BoothSilent, NoBooth, ask, ask_first
from kiosk.control.messages import (
    MAX_LINE_BYTES,
    DockRequest,
    Done,
    MalformedLine,
    Progress,
    ReadinessRequest,
    ReadinessTold,
    Refusal,
    Refused,
    Request,
    Statuses,
    StatusesRequest,
    decode_reply,
    decode_request,
    encode,
)
from kiosk.control.place import address
from kiosk.control.server import AnotherBoothRuns, ControlServer
from tests.control.booth import serving, toys


async def test_statuses_and_dock(tmp_path: Path) -> None:
    devices = toys()
    async with serving(tmp_path, devices):
        told = await ask(tmp_path, StatusesRequest())
        assert isinstance(told, Statuses)
        assert [one.kind for one in told.devices] == list(devices)
        assert {action.name for action in told.devices[0].actions} == {"plug", "unplug", "slow"}
        unplug = DockRequest(device="camera", action="unplug")
        assert await ask(tmp_path, unplug) == Done()
        assert not devices[DeviceKind.CAMERA].cable.plugged
        slow = DockRequest(device="screen", action="slow", argument="2.5")
        assert await ask(tmp_path, slow) == Done()
        assert devices[DeviceKind.SCREEN].speed == 2.5


@pytest.mark.parametrize(
    ("words", "reason", "hint"),
    [
        (("camrea", "unplug", ""), Refusal.UNKNOWN, "camera"),
        (("camera", "unplgu", ""), Refusal.UNKNOWN, "unplug"),
        (("camera", "unplug", "now"), Refusal.WRONG_ARGUMENT, "takes no argument"),
        (("camera", "slow", "99"), Refusal.WRONG_ARGUMENT, "from 1 to 10"),
    ],
)
async def test_wrong_words_are_refused_with_the_right_ones(
    tmp_path: Path, words: tuple[str, str, str], reason: Refusal, hint: str
) -> None:
    device, action, argument = words
    async with serving(tmp_path, toys()):
        reply = await ask(tmp_path, DockRequest(device=device, action=action, argument=argument))
    assert isinstance(reply, Refused)
    assert reply.reason is reason
    assert hint in reply.text


async def test_without_a_dock_nothing_can_be_done(tmp_path: Path) -> None:
    async with serving(tmp_path, toys(), dock=False):
        reply = await ask(tmp_path, DockRequest(device="camera", action="unplug"))
        assert reply == Refused(reason=Refusal.NO_DOCK)
        told = await ask(tmp_path, StatusesRequest())
        assert isinstance(told, Statuses)
        assert not any(one.actions for one in told.devices)


async def test_a_report_comes_with_its_progress(tmp_path: Path) -> None:
    progress: list[Progress] = []
    async with serving(tmp_path, toys()):
        reply = await ask(tmp_path, ReadinessRequest(accept_simulated=True), progress.append)
    assert isinstance(reply, ReadinessTold)
    assert reply.report.ready
    assert [one.done for one in progress] == list(range(1, len(progress) + 1))
    assert progress[-1].done == progress[-1].of == 6


async def test_folder_and_socket_are_the_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    async with serving(folder, toys()):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "control.sock").stat().st_mode) == 0o600
    assert not (folder / "control.sock").exists()


@pytest.mark.expects_log("another user")
async def test_another_user_is_not_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(tmp_path, toys()):
        monkeypatch.setattr(module.os, "geteuid", lambda: 12_345)
        monkeypatch.setattr(module, "_CREDENTIALS", _NobodyElse())
        with pytest.raises(BoothSilent):
            await ask(tmp_path, StatusesRequest())


class _NobodyElse:
    """Tells of a caller of another user: as root, a test can't become one and reach the folder."""

    size = 12

    def unpack(self, _told: bytes) -> tuple[int, int, int]:
        return 1, 54_321, 54_321


async def test_a_long_path_is_reached(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30)
    async with serving(folder, toys()):
        assert isinstance(await ask(folder, StatusesRequest()), Statuses)
    with pytest.raises(NoBooth):
        await ask(folder, StatusesRequest())


async def test_a_second_booth_is_refused_and_harms_nothing(tmp_path: Path) -> None:
    async with serving(tmp_path, toys()) as first:
        with pytest.raises(AnotherBoothRuns):
            async with serving(tmp_path, toys()):
                pass
        assert isinstance(await ask(tmp_path, StatusesRequest()), Statuses)
        await first.stop()
        async with serving(tmp_path, toys()):
            assert isinstance(await ask(tmp_path, StatusesRequest()), Statuses)


_KILLED = """
import asyncio, sys
from pathlib import Path
from tests.control.booth import serving, toys
async def main():
    async with serving(Path(sys.argv[1]), toys()):
        print("up", flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""


async def test_what_a_killed_booth_left_is_replaced(tmp_path: Path) -> None:
    killed = subprocess.Popen(  # noqa: ASYNC220
        [sys.executable, "-c", _KILLED, tmp_path], stdout=subprocess.PIPE, text=True
    )
    assert killed.stdout is not None
    assert killed.stdout.readline() == "up\n"
    assert isinstance(await ask(tmp_path, StatusesRequest()), Statuses)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert (tmp_path / "control.sock").exists()
    with pytest.raises(NoBooth):
        await ask(tmp_path, StatusesRequest())
    async with serving(tmp_path, toys()):
        assert isinstance(await ask(tmp_path, StatusesRequest()), Statuses)


async def test_the_first_folder_with_a_booth_answers(tmp_path: Path) -> None:
    inside = tmp_path / "demo" / "kiosk"
    async with serving(inside, toys()):
        folder, _ = await ask_first((tmp_path, inside), StatusesRequest())
        assert folder == inside
    with pytest.raises(NoBooth, match="demo"):
        await ask_first((tmp_path, inside), StatusesRequest())


async def test_too_many_are_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CONNECTIONS", 1)
    async with serving(tmp_path, toys()):
        with address(tmp_path) as name:
            _, first = await asyncio.open_unix_connection(name)
            first.write(encode(StatusesRequest()))
            assert await ask(tmp_path, StatusesRequest()) == Refused(reason=Refusal.BUSY)
        first.close()
        await first.wait_closed()


async def test_the_silent_are_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "IDLE_S", 0.05)
    async with serving(tmp_path, toys()):
        with address(tmp_path) as name:
            reader, writer = await asyncio.open_unix_connection(name)
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()


async def _say(folder: Path, said: bytes) -> bytes:
    """Return what comes back, until the booth hangs up or has answered."""
    with address(folder) as name:
        reader, writer = await asyncio.open_unix_connection(name, limit=MAX_LINE_BYTES)
    try:
        writer.write(said)
        writer.write_eof()
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


@pytest.mark.parametrize(
    "said",
    [
        b"\n",
        b"{}\n",
        b"null\n",
        b'{"type":"dock"}\n',
        b'{"v":2,"type":"statuses"}\n',
        b'{"type":"statuses","more":1}\n',
        b'{"type":"dock","device":"camera","action":"' + b"x" * 50 + b'"}\n',
        b"\xff\xfe\n",
        b"[" * 5_000 + b"\n",
    ],
)
async def test_rubbish_is_refused_and_the_next_is_served(tmp_path: Path, said: bytes) -> None:
    async with serving(tmp_path, toys()):
        reply = decode_reply(await _say(tmp_path, said))
        assert isinstance(reply, Refused)
        assert reply.reason is Refusal.MALFORMED
        assert isinstance(await ask(tmp_path, StatusesRequest()), Statuses)


async def test_an_endless_line_is_cut_off(tmp_path: Path) -> None:
    async with serving(tmp_path, toys()):
        said = await _say(tmp_path, b"x" * (3 * MAX_LINE_BYTES))
        assert said == b"" or isinstance(decode_reply(said), Refused)
        assert isinstance(await ask(tmp_path, StatusesRequest()), Statuses)


@pytest.mark.expects_log("control request failed")
async def test_a_fault_of_the_booth_is_told_not_spread(tmp_path: Path) -> None:
    class Broken:
        def statuses(self) -> Statuses:
            raise RuntimeError("inside")

    server = ControlServer(tmp_path, Broken())  # type: ignore[arg-type]
    await server.start()
    reply = await ask(tmp_path, StatusesRequest())
    assert reply == Refused(reason=Refusal.FAILED, text="RuntimeError")
    await server.stop()
    await server.stop()


@given(st.binary(max_size=300))
def test_any_bytes_are_a_request_or_malformed(line: bytes) -> None:
    try:
        request = decode_request(line)
    except MalformedLine:
        return
    assert decode_request(encode(request)) == request


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["v", "type", "device", "action", "argument"]), inner)
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(_json)
def test_any_json_is_a_request_or_malformed(value: object) -> None:
    try:
        request: Request = decode_request(json.dumps(value).encode())
    except MalformedLine:
        return
    assert decode_request(encode(request)) == request


async def test_a_silent_booth_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.control.client.SILENCE_S", 0.05)
    listening = socket.socket(socket.AF_UNIX)
    with address(tmp_path) as name:
        listening.bind(name)
    listening.listen()
    with pytest.raises(BoothSilent, match=r"0\.05"):
        await ask(tmp_path, StatusesRequest())
    listening.close()
    (tmp_path / "control.sock").unlink()
