"""What the demonstration runs: commands, environments and files, all inside its state folder."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.demo.accounts import ROBOT_AGENCY, Credentials
from kiosk.demo.hardware import Sources
from kiosk.demo.ports import LOOPBACK
from kiosk.demo.supervisor import Part
from kiosk.settings import ENVIRONMENT_PREFIX


@dataclass(frozen=True)
class Plan:
    """Where everything of one run is."""

    config: Path
    kiosk_id: str
    agencies: tuple[str, ...]
    folder: Path
    broker_port: int
    desk_port: int
    robot: Credentials

    @property
    def broker_url(self) -> str:
        """Where the broker listens."""
        return f"nats://{LOOPBACK}:{self.broker_port}"

    @property
    def desk_url(self) -> str:
        """Where the agent's browser goes."""
        return f"http://{LOOPBACK}:{self.desk_port}"

    @property
    def accounts_file(self) -> Path:
        """The agents' accounts, for the desk."""
        return self.folder / "agents.toml"

    @property
    def robot_password_file(self) -> Path:
        """The robot's password, which it has to know to sign in as people do."""
        return self.folder / "robot.password"

    @property
    def passwords_folder(self) -> Path:
        """The broker users' passwords, one file each, made by the broker."""
        return self.folder / "broker" / "passwords"

    def folders(self) -> tuple[Path, ...]:
        """Return what must be there, for the owner alone, before anything starts."""
        inside = ("broker", "desk", "kiosk", "cache", "config", "data", "state", "tmp")
        return tuple(self.folder / name for name in inside)

    def broker(self, base: Mapping[str, str]) -> Part:
        """Return the broker's part."""
        return self._part(
            "broker",
            base,
            self._beside("broker.toml"),
            {
                "BROKER__HOST": LOOPBACK,
                "BROKER__PORT": str(self.broker_port),
                "BROKER__STATE_FOLDER": str(self.folder / "broker"),
                "BROKER__AGENCIES": json.dumps(self.agencies),
                "BROKER__KIOSKS": json.dumps([self.kiosk_id]),
                "LOG__FORMAT": "console",
            },
        )

    def desk(self, base: Mapping[str, str]) -> Part:
        """Return the desk's part."""
        return self._part(
            "desk",
            base,
            self._beside("desk.toml"),
            {
                "WEB__HOST": LOOPBACK,
                "WEB__PORT": str(self.desk_port),
                "STATE__FOLDER": str(self.folder / "desk"),
                "ACCOUNTS__FILE": str(self.accounts_file),
                "LINK__URL": self.broker_url,
                "LINK__PASSWORDS_FOLDER": str(self.passwords_folder),
                "APPOINTMENTS__OPEN_AT_FIRST": "true",
                "LOG__FORMAT": "console",
            },
        )

    def robot_agent(self, base: Mapping[str, str]) -> Part:
        """Return the part of the agent that answers by itself."""
        return self._part(
            "robot",
            base,
            [
                "--desk",
                self.desk_url,
                "--user",
                self.robot.user,
                "--password-file",
                str(self.robot_password_file),
            ],
            {"LOG__FORMAT": "console"},
        )

    def kiosk(
        self,
        base: Mapping[str, str],
        own: Mapping[str, str],
        sources: Sources,
        window: str | None = None,
    ) -> Part:
        """Return the booth's part; `own` are overrides of the person who runs all this."""
        # Put away until somebody asks for it with F12: a demonstration is for trying things.
        arguments = ["--config", str(self.config), "--dock"]
        if window is not None:
            arguments += ["--windowed", window]
        overrides = {
            "BOOTH__STATE_FOLDER": str(self.folder / "kiosk"),
            "LINK__URL": self.broker_url,
            "LINK__USER": f"kiosk-{self.kiosk_id}",
            "LINK__PASSWORD_FILE": str(self.passwords_folder / f"kiosk-{self.kiosk_id}"),
            "CAMERA__SOURCE": sources.camera,
            "SOUND__MICROPHONE": sources.microphone,
            "SOUND__LOUDSPEAKER": sources.loudspeaker,
            "HANDSET__SOURCE": sources.handset,
            "DOCUMENT_CAMERA__SOURCE": sources.document_camera,
            "DOCUMENT_PRINTER__SOURCE": sources.document_printer,
            "TICKET_PRINTER__SOURCE": sources.ticket_printer,
            "CARD_READER__SOURCE": sources.card_reader,
            "CODE_READER__SOURCE": sources.code_reader,
            "DOCUMENTS__DESK_ADDRESS": self.desk_url,
            "LOG__FORMAT": "console",
        }
        return self._part("kiosk", {**base, **own}, arguments, overrides, command="run")

    def _beside(self, name: str) -> list[str]:
        return ["--config", str(self.config.with_name(name))]

    def _part(
        self,
        name: str,
        base: Mapping[str, str],
        arguments: Sequence[str],
        overrides: Mapping[str, str],
        command: str = "",
    ) -> Part:
        own = {f"{ENVIRONMENT_PREFIX}{key}": value for key, value in overrides.items()}
        words = (sys.executable, "-m", "kiosk", command or name, *arguments)
        return Part(name, words, {**base, **own})


def base_environment(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return what every part gets: this environment, with all that is written inside `folder`.

    Overrides of settings are left out: each part gets its own.
    """
    kept = {
        name: value
        for name, value in environment.items()
        if not name.startswith(ENVIRONMENT_PREFIX)
    }
    return kept | {
        "PYTHONUNBUFFERED": "1",
        "TMPDIR": str(folder / "tmp"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_STATE_HOME": str(folder / "state"),
    }


def own_overrides(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the overrides of the booth's settings in this environment."""
    return {
        name: value for name, value in environment.items() if name.startswith(ENVIRONMENT_PREFIX)
    }


def agencies_to_serve(known: Sequence[str]) -> tuple[str, ...]:
    """Return the agencies, the robot's own among them."""
    return tuple(dict.fromkeys([*known, ROBOT_AGENCY]))
