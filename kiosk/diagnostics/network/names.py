"""Name resolution: whether every configured server's name has an address, and how long it takes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from kiosk.diagnostics.french import count, milliseconds
from kiosk.diagnostics.steps import LeftOut, Unfit


async def resolve(hosts: Sequence[str]) -> tuple[str, float]:
    """Look all names up at once; return what to tell, and the slowest look-up in seconds.

    Raises:
        Unfit: a name has no address, or nobody answers.
        LeftOut: there is no name to look up.
    """
    if not hosts:
        raise LeftOut("Les serveurs sont désignés par leur adresse : aucun nom à chercher.")
    answers = await asyncio.gather(*(_look_up(host) for host in hosts))
    unknown = [host for host, taken in zip(hosts, answers, strict=True) if taken is None]
    if unknown:
        raise Unfit(
            f"Nom introuvable : {', '.join(unknown)}. "
            "Vérifiez le nom dans kiosk.toml et le serveur DNS de la box."
        )
    slowest = max(taken for taken in answers if taken is not None)
    names = count(len(hosts), "nom trouvé", "noms trouvés")
    return f"{names}, le plus lent en {milliseconds(slowest)}.", slowest


async def _look_up(host: str) -> float | None:
    begun = time.monotonic()
    try:
        # On a thread of the loop's pool: a resolver that hangs costs that thread, not the booth.
        await asyncio.get_running_loop().getaddrinfo(host, None)
    except OSError:
        return None
    return time.monotonic() - begun
