"""Certificates of an authority of our own, good, expired or soon to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Issued:
    """PEM files; `authority` is what to trust."""

    authority: Path
    certificate: Path
    key: Path


def issue(folder: Path, *addresses: str, days: float = 90) -> Issued:
    """Write an authority and its certificate for IP `addresses`; `days` < 0: it is over."""
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    ca_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    ca_name, name = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)]) for text in ("Essai", "serveur")
    )
    ca = (
        _builder(ca_name, ca_name, ca_key.public_key(), now + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    names = [x509.IPAddress(ip_address(address)) for address in addresses]
    leaf = (
        _builder(name, ca_name, key.public_key(), now + timedelta(days=days, minutes=5))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    issued = Issued(folder / "authority.pem", folder / "server.pem", folder / "server.key")
    issued.authority.write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    # The whole chain, which the embedded broker takes for its own authority too.
    chain = [leaf, ca]
    issued.certificate.write_bytes(
        b"".join(one.public_bytes(serialization.Encoding.PEM) for one in chain)
    )
    issued.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    return issued


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, ends: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=30))
        .not_valid_after(ends)
    )
