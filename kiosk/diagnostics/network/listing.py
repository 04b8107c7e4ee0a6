"""The network test: from the names to a call's own path, step by step, each with its time limit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from typing import TypeVar

from kiosk.diagnostics.french import bit_rate, count, milliseconds, percent, seconds
from kiosk.diagnostics.network import addresses
from kiosk.diagnostics.network.addresses import Transport
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.steps import LeftOut, Step, SteppedTest, Unfit
from kiosk.link.line import Line
from kiosk.settings.booth import KioskSettings

CLOCK_LIMIT_S = 2.0
"""Appointments' codes expire and agencies open by the minute; HTTP's clock has whole seconds."""
BOARD_S = 3.0
"""A desk at work writes its board every 2 s."""
LOSS_LIMIT = 0.03
"""Opus conceals 3 % unheard."""
JITTER_LIMIT_S = 0.05
"""ITU-T Y.1541, class 0: more than 50 ms is heard as gaps."""
RATE_LIMIT_KBPS = 700
"""Sound, and a picture of 20 frames a second in which hands can be read; less is a poorer call."""

_NO_RELAY = "Aucun relais n’est configuré ([[call.ice_servers]])."
_NO_DESK = "Rien n’est configuré ([diagnostics] throughput_url)."
_FOUND = TypeVar("_FOUND")


class NetworkTest(SteppedTest):
    """`StepList` of the network; heavy libraries are loaded when a step first needs them."""

    def __init__(self, settings: KioskSettings, line: Line | None = None) -> None:
        """`line` is the running booth's own, to be compared with; None where no booth runs."""
        self._settings = settings
        self._line = line
        super().__init__(
            (
                (Step("names", "Noms des serveurs", 6, self._names),),
                (
                    Step("broker", "Serveur des organismes", 8, self._broker),
                    Step("certificates", "Certificats", 6, self._certificates),
                    Step("clock", "Horloge", 10, self._clock),
                ),
                (
                    Step("stun", "STUN", 4, self._stun),
                    Step("turn_udp", "Relais TURN en UDP", 6, lambda: self._turn("udp")),
                    Step("turn_tcp", "Relais TURN en TCP", 6, lambda: self._turn("tcp")),
                    Step("turn_tls", "Relais TURN en TLS", 6, lambda: self._turn("tls")),
                ),
                (Step("udp", "UDP", 1, self._udp),),
                (Step("path", "Chemin d’un appel, pertes et gigue", 15, self._path),),
                (Step("down", "Débit descendant", 9, self._down),),
                (Step("up", "Débit montant", 9, self._up),),
            )
        )

    async def _names(self) -> str:
        from kiosk.diagnostics.network.names import resolve  # noqa: PLC0415

        words, slowest_s = await resolve(addresses.named_hosts(self._settings))
        self.note(names_slowest_ms=round(slowest_s * 1000, 1))
        return words

    async def _broker(self) -> str:
        from kiosk.diagnostics.network.broker import reach  # noqa: PLC0415

        found = await reach(self._settings.link)
        self.note(
            broker_dial_ms=round(found.dial_s * 1000, 1),
            broker_round_trip_ms=round(found.round_trip_s * 1000, 2),
        )
        if self._line is not None and not self._line.up:
            raise Unfit(
                "Le serveur répond, mais la liaison du guichet est coupée : redémarrez le guichet."
            )
        return (
            f"Connecté en {milliseconds(found.dial_s)}, aller-retour "
            f"{milliseconds(found.round_trip_s)} (médiane), {milliseconds(found.worst_s)} au pire."
        )

    async def _certificates(self) -> str:
        from kiosk.diagnostics.network import certificates  # noqa: PLC0415

        servers = [addresses.broker(self._settings), addresses.desk(self._settings)]
        secure = [server for server in servers if server is not None and server.tls]
        if not secure:
            raise LeftOut("Aucune liaison n’est chiffrée par TLS.")
        ca_file = self._settings.link.ca_file
        left = await _all(certificates.days_left(server, ca_file) for server in secure)
        self.note(certificate_days_left=min(left))
        words = " ; ".join(
            f"{server.what} : encore {count(days, 'jour', 'jours')}"
            for server, days in zip(secure, left, strict=True)
        )
        if min(left) < certificates.RENEWED_BEFORE_DAYS:
            raise Unfit(f"Certificat à renouveler. {words[0].upper()}{words[1:]}.")
        return f"{words[0].upper()}{words[1:]}."

    async def _clock(self) -> str:
        offset, source = await self._offset()
        self.note(clock_offset_s=round(offset, 3))
        what = "en avance" if offset > 0 else "en retard"
        if abs(offset) > CLOCK_LIMIT_S:
            raise Unfit(
                f"L’horloge du guichet est {what} de {seconds(abs(offset))} sur {source} : "
                "vérifiez timedatectl (NTP)."
            )
        return f"À l’heure : {milliseconds(abs(offset))} {what} sur {source}."

    async def _offset(self) -> tuple[float, str]:
        from kiosk.diagnostics.network import broker  # noqa: PLC0415

        offset = await broker.clock_offset(self._settings.link, BOARD_S)
        if offset is not None:
            return offset, "le serveur des organismes"
        url = self._settings.diagnostics.throughput_url
        if url:
            from kiosk.diagnostics.network import throughput  # noqa: PLC0415

            offset = await throughput.clock_offset(url, self._settings.link.ca_file)
        if offset is None:
            raise LeftOut("Aucun poste d’agent n’est ouvert : personne ne donne l’heure.")
        return offset, "la passerelle (à une demi-seconde près)"

    async def _stun(self) -> str:
        from kiosk.diagnostics.network.turn import ask_stun  # noqa: PLC0415

        servers = addresses.stun(self._settings)
        if not servers:
            raise LeftOut("Aucun serveur STUN n’est configuré.")
        answers = await _all(ask_stun(server) for server in servers)
        slowest = max(answer.round_trip_s for answer in answers)
        self.note(
            stun_round_trip_ms=round(slowest * 1000, 1),
            behind_nat=any(answer.behind_nat for answer in answers),
        )
        where = "derrière une box" if answers[0].behind_nat else "adresse directe"
        return f"Réponse en {milliseconds(slowest)} ; {where}."

    async def _turn(self, transport: Transport) -> str:
        from kiosk.diagnostics.network.turn import ask_relay  # noqa: PLC0415

        relays = addresses.relays(self._settings, transport)
        if not relays:
            raise LeftOut(f"Aucun relais n’est configuré en {transport.upper()}.")
        answers = await _all(ask_relay(relay) for relay in relays)
        slowest = max(answers, key=lambda answer: answer.round_trip_s)
        self.note(
            **{
                f"turn_{transport}_allocation_ms": round(slowest.allocation_s * 1000, 1),
                f"turn_{transport}_round_trip_ms": round(slowest.round_trip_s * 1000, 1),
            }
        )
        return (
            f"Adresse obtenue en {milliseconds(slowest.allocation_s)} ; un paquet relayé va et "
            f"revient en {milliseconds(slowest.round_trip_s)}."
        )

    async def _udp(self) -> str:
        outcomes = {key: self.outcome(key) for key in ("stun", "turn_udp", "turn_tcp", "turn_tls")}
        if Outcome.SUCCESS in (outcomes["stun"], outcomes["turn_udp"]):
            self.note(udp_blocked=False)
            return "UDP passe."
        if Outcome.FAILED not in (outcomes["stun"], outcomes["turn_udp"]):
            raise LeftOut("Aucun serveur configuré ne permet de le savoir.")
        if Outcome.SUCCESS in (outcomes["turn_tcp"], outcomes["turn_tls"]):
            self.note(udp_blocked=True)
            raise Unfit(
                "UDP est bloqué : les appels passent par le relais en TCP ou TLS, avec plus de "
                "délai. Ouvrez UDP en sortie sur le pare-feu."
            )
        raise LeftOut("Aucun relais ne répond : on ne peut savoir si UDP est en cause.")

    async def _path(self) -> str:
        from kiosk.diagnostics.network import path  # noqa: PLC0415

        order: tuple[Transport, ...] = ("udp", "tcp", "tls")
        working = [way for way in order if self.outcome(f"turn_{way}") is Outcome.SUCCESS]
        if not addresses.relays(self._settings):
            raise LeftOut(f"{_NO_RELAY} La répétition mesure un vrai appel.")
        if not working:
            raise LeftOut("Aucun relais ne répond.")
        relay = addresses.relays(self._settings, working[0])[0]
        async with path.through_relay(relay, addresses.stun(self._settings)) as (near, far, pair):
            stream = await path.measure(near, far)
        self.note(
            candidate_pair=f"{pair} {pair.transport}",
            loss=round(stream.loss, 4),
            jitter_ms=round(stream.jitter_s * 1000, 1),
        )
        words = (
            f"Chemin choisi : {pair.in_words()}. Par le relais et retour : "
            f"{percent(stream.loss)} de pertes, gigue {milliseconds(stream.jitter_s)}."
        )
        if stream.loss > LOSS_LIMIT or stream.jitter_s > JITTER_LIMIT_S:
            raise Unfit(f"{words} C’est trop pour une conversation.")
        return words

    async def _down(self) -> str:
        return await self._rate("down")

    async def _up(self) -> str:
        return await self._rate("up")

    async def _rate(self, way: str) -> str:
        url = self._settings.diagnostics.throughput_url
        if not url:
            raise LeftOut(_NO_DESK)
        from kiosk.diagnostics.network import throughput  # noqa: PLC0415

        measure = throughput.download if way == "down" else throughput.upload
        kbps = await measure(url, self._settings.link.ca_file)
        self.note(**{f"throughput_{way}_kbps": round(kbps)})
        if kbps < RATE_LIMIT_KBPS:
            raise Unfit(
                f"{bit_rate(kbps)} : il en faut {bit_rate(RATE_LIMIT_KBPS)} pour une image nette."
            )
        return f"{bit_rate(kbps)}."


async def _all(questions: Iterable[Awaitable[_FOUND]]) -> list[_FOUND]:
    """Ask together; the first failure is told once all have let go of what they hold."""
    tasks = [asyncio.ensure_future(question) for question in questions]
    try:
        await asyncio.wait(tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return [task.result() for task in tasks]
