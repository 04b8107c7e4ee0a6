"""The broker's settings, as `config/broker.toml` shows them."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from kiosk.link.messages import Slug
from kiosk.settings import ConfigPath, LogSettings, Section


class BrokerSection(Section):
    """Where the broker listens, what it keeps, and who may connect."""

    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=4222, ge=0, le=65_535)
    """0 takes any free port."""
    state_folder: ConfigPath = Path("~/.local/state/visio-guichet/broker")
    agencies: tuple[Slug, ...] = Field(min_length=1)
    kiosks: tuple[Slug, ...] = Field(min_length=1)
    server: ConfigPath | None = None
    certificate: ConfigPath | None = None
    key: ConfigPath | None = None

    @model_validator(mode="after")
    def _encrypted_beyond_loopback(self) -> Self:
        if (self.certificate is None) != (self.key is None):
            raise ValueError("certificate and key go together")
        if self.certificate is None and not is_loopback(self.host):
            raise ValueError("beyond loopback the broker needs a certificate and its key")
        return self


class BrokerSettings(Section):
    """All of `config/broker.toml`."""

    broker: BrokerSection
    log: LogSettings = LogSettings()


def is_loopback(host: str) -> bool:
    """Tell whether `host` can only be reached from this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
