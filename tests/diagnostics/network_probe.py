"""Runs the network test of one settings file and prints what came of it: for another namespace."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from kiosk.diagnostics.network import NetworkTest
from kiosk.settings.booth import KioskSettings


async def probe(file: Path) -> dict[str, object]:
    settings = KioskSettings.model_validate_json(file.read_text())
    test = NetworkTest(settings)
    await test.run(lambda: None)
    outcomes = {view.key: view.outcome.value for view in test.views}
    return {"outcomes": outcomes, "figures": dict(test.figures)}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(probe(Path(sys.argv[1])))))
