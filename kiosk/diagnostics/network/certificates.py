"""Days that a server's TLS certificate is still good for, checked as the booth itself checks it."""

from __future__ import annotations

import asyncio
import ssl
import time
from contextlib import suppress
from pathlib import Path

from kiosk.diagnostics.network.addresses import Address
from kiosk.diagnostics.steps import Unfit

RENEWED_BEFORE_DAYS = 14
"""A certificate is renewed a month before its end (ACME clients' habit); with so few days left the
renewal has failed for two weeks, and there is still time to act."""
_DAY_S = 86_400
_HANGING_S = 0.5
"""asyncio's TLS waits 30 s for the other side's farewell."""

_STRANGER = "vient d’une autorité inconnue : indiquez-la, [link] ca_file"
_WORDS = {
    2: _STRANGER,
    7: "n’est pas signé par l’autorité indiquée, [link] ca_file",
    9: "n’est pas encore valable (l’horloge du guichet est-elle à l’heure ?)",
    10: "est périmé (ou l’horloge du guichet avance)",
    18: "est signé par lui-même : indiquez son autorité, [link] ca_file",
    19: _STRANGER,
    20: _STRANGER,
    21: _STRANGER,
    62: "est au nom d’un autre serveur",
    64: "est au nom d’un autre serveur",
}
"""OpenSSL's X509_V_ERR_… (x509_vfy.h), in words."""


async def days_left(server: Address, ca_file: Path | None) -> int:
    """Return whole days until the certificate of a TLS server ends.

    Raises:
        Unfit: it is not trusted, or the server is not reached.
    """
    try:
        context = ssl.create_default_context(cafile=ca_file)
        _, writer = await asyncio.open_connection(server.host, server.port, ssl=context)
    except ssl.SSLCertVerificationError as error:
        words = _WORDS.get(error.verify_code, "n’est pas accepté")
        raise Unfit(f"Le certificat du {server.what} {words}.") from None
    except (OSError, ssl.SSLError) as error:
        raise Unfit(f"Le {server.what} ne répond pas en TLS ({type(error).__name__}).") from None
    try:
        ends = str(writer.get_extra_info("peercert")["notAfter"])
    finally:
        writer.close()
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(_HANGING_S):
                await writer.wait_closed()
        writer.transport.abort()
    return int((ssl.cert_time_to_seconds(ends) - time.time()) // _DAY_S)
