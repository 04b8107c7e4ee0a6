"""What the broker's configuration says of its disk."""

from __future__ import annotations

import json
from pathlib import Path

from kiosk.link.broker import Broker
from kiosk.link.broker_config import render
from kiosk.link.broker_rights import rights


def test_what_is_acknowledged_is_on_disk(tmp_path: Path) -> None:
    table = rights(("caf",), ("mairie-a",))
    config = json.loads(
        render(
            host="127.0.0.1",
            port=4222,
            server_name="test",
            store=tmp_path,
            passwords=dict.fromkeys(("admin", *table), "secret"),
            table=table,
        )
    )
    assert config["jetstream"] == {"store_dir": str(tmp_path), "sync_interval": "always"}


async def test_the_server_that_is_started_has_it(broker: Broker) -> None:
    config = json.loads((broker.folder / "nats-server.conf").read_text())
    assert config["jetstream"]["sync_interval"] == "always"
