"""ICE servers as a page gets them."""

from __future__ import annotations

import base64
import hashlib
import hmac
from pathlib import Path

from desk.ice import IceServers
from desk.settings import CallSettings

NOW = 1_800_000_000.0
TURN = {"urls": ["turn:turn.example.fr:3478?transport=udp", "turns:turn.example.fr:443"]}


def made(**values: object) -> list[dict[str, object]]:
    servers = IceServers(CallSettings.model_validate(values)).for_page("caf", NOW)
    return [server.model_dump(exclude={"v"}, exclude_none=True) for server in servers]


def test_none_by_default() -> None:
    assert made() == []


def test_configured_servers_pass_as_they_are() -> None:
    own = {**TURN, "username": "u", "credential": "c"}
    assert made(ice_servers=[{"urls": ["stun:stun.example.fr"]}, own]) == [
        {"urls": ("stun:stun.example.fr",)},
        {"urls": tuple(TURN["urls"]), "username": "u", "credential": "c"},
    ]


def test_relays_without_a_credential_get_one_that_coturn_can_check(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("north\n", encoding="utf-8")
    stun, timed, own = made(
        ice_servers=[
            {"urls": ["stun:stun.example.fr"]},
            TURN,
            {**TURN, "username": "u", "credential": "c"},
        ],
        turn_secret_file=secret,
        turn_valid_s=3600,
    )
    assert stun == {"urls": ("stun:stun.example.fr",)}
    assert own["credential"] == "c"
    assert timed["username"] == "1800003600:caf"
    digest = hmac.new(b"north", b"1800003600:caf", hashlib.sha1).digest()
    assert timed["credential"] == base64.b64encode(digest).decode()
