"""Broker, desk and booth started alone, as in production, at the two ends of a cable."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from kiosk.demo.accounts import Credentials, make, write
from tests.end_to_end.certificate import write_certificate
from tests.end_to_end.lab import HUB, Lab
from tests.end_to_end.programs import REPOSITORY, VISIO_GUICHET, Program
from tests.end_to_end.waiting import eventually

DESK_URL = "http://127.0.0.1:8480"
_BROKER_URL = f"tls://{HUB}:4222"
_KIOSK = "pvp-lab"
_AGENCY = "caf"


class Site:
    """A booth on one side of the cable; broker and desk, each a process, on the other."""

    def __init__(self, folder: Path, lab: Lab, booth_environment: Mapping[str, str]) -> None:
        """Start all three in `folder`; they find each other by themselves."""
        self.lab = lab
        self._folder = folder
        self.state_folder = folder / "kiosk"
        self._booth_environment = booth_environment
        self.screen = booth_environment["DISPLAY"]
        self.agents: tuple[Credentials, ...] = make([_AGENCY])
        self._write_settings()
        self.broker = self._start("broker", self.lab.hub.prefix)
        passwords = folder / "broker" / "passwords"
        eventually(
            lambda: (passwords / f"kiosk-{_KIOSK}").exists() and (passwords / "desk-caf").exists(),
            within_s=20,
            what="the broker's passwords",
        )
        self.desk = self._start("desk", self.lab.hub.prefix)
        self.booth = self._start("run", self.lab.booth.prefix, booth_environment)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for part in (self.booth, self.desk, self.broker):
            part.end()

    def testify(self) -> dict[str, str]:
        """Return the end of what each part printed."""
        return self.broker.testify() | self.desk.testify() | self.booth.testify()

    def restart_broker(self) -> None:
        """Kill the broker as a power cut would, and start it again."""
        self.broker.kill()
        self.broker = self._start("broker", self.lab.hub.prefix)

    def restart_desk(self) -> None:
        """Kill the desk and start it again."""
        self.desk.kill()
        self.desk = self._start("desk", self.lab.hub.prefix)

    def restart_booth(self) -> None:
        """Kill the booth if it still runs, and start it again."""
        self.booth.kill()
        self.booth = self._start("run", self.lab.booth.prefix, self._booth_environment)

    def _start(
        self, part: str, prefix: list[str], environment: Mapping[str, str] | None = None
    ) -> Program:
        name = "kiosk" if part == "run" else part
        settings = self._folder / f"{name}.toml"
        log = self._folder / f"{name}.log"
        command = [*prefix, VISIO_GUICHET, part, "--config", str(settings)]
        return Program(command, log, environment)

    def _write_settings(self) -> None:
        certificate, key = write_certificate(self._folder, HUB)
        passwords = self._folder / "broker" / "passwords"
        write(self._folder / "agents.toml", self.agents)
        files: dict[str, dict[str, dict[str, object]]] = {
            "broker": {
                "broker": {
                    "host": HUB,
                    "state_folder": str(self._folder / "broker"),
                    "agencies": [_AGENCY],
                    "kiosks": [_KIOSK],
                    "certificate": str(certificate),
                    "key": str(key),
                },
            },
            "desk": {
                "state": {"folder": str(self._folder / "desk")},
                "accounts": {"file": str(self._folder / "agents.toml")},
                "link": {
                    "url": _BROKER_URL,
                    "passwords_folder": str(passwords),
                    "ca_file": str(certificate),
                },
                "agencies": {_AGENCY: "CAF"},
            },
            "kiosk": {
                "booth": {
                    "id": _KIOSK,
                    "state_folder": str(self._folder / "kiosk"),
                    "agencies_file": str(REPOSITORY / "config" / "agencies.toml"),
                },
                "link": {
                    "url": _BROKER_URL,
                    "user": f"kiosk-{_KIOSK}",
                    "password_file": str(passwords / f"kiosk-{_KIOSK}"),
                    "ca_file": str(certificate),
                },
                "camera": {"source": "simulated"},
                "sound": {"microphone": "simulated", "loudspeaker": "simulated"},
            },
        }
        for name, sections in files.items():
            (self._folder / f"{name}.toml").write_text(_toml(sections), encoding="utf-8")


def _toml(sections: Mapping[str, Mapping[str, object]]) -> str:
    """Return sections of plain values as TOML, whose strings and lists JSON's are."""
    lines = []
    for section, values in sections.items():
        lines.append(f"[{section}]")
        lines += [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    return "\n".join(lines) + "\n"
