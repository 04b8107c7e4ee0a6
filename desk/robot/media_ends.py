"""Both ends of a robot call's media: its own picture and speech, or an echo of the booth's."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from aiortc import RTCPeerConnection, RTCRtpTransceiver

from desk.robot.hearing import EchoTrack, Hearing
from desk.robot.media import PictureTrack, SpeechTrack
from kiosk.link.rehearsal import Ask, Heard


class MediaEnds:
    """Of one connection; lives on the loop."""

    def __init__(self, connection: RTCPeerConnection, speech: Sequence[bytes]) -> None:
        """Attach picture and speech to every transceiver, and listen to what comes."""
        self._own: dict[str, PictureTrack | SpeechTrack] = {}
        self._hearing: dict[str, Hearing] = {}
        self._transceivers = {one.kind: one for one in connection.getTransceivers()}
        self._echoing = False
        self._tasks: set[asyncio.Task[None]] = set()
        for transceiver in self._transceivers.values():
            self._attach(transceiver, speech)

    def ask(self, what: Ask) -> None:
        """Echo from now on, or speak again; a report changes nothing."""
        if what is Ask.REPORT or self._echoing == (what is Ask.ECHO):
            return
        self._echoing = what is Ask.ECHO
        for kind, transceiver in self._transceivers.items():
            hearing, own = self._hearing[kind], self._own[kind]
            if not self._echoing:
                hearing.on_frame = lambda _: None
                transceiver.sender.replaceTrack(own)
                continue
            echo = EchoTrack(kind, self._codec(transceiver), own.epoch, self._want_key_frame)
            hearing.on_frame = echo.take
            transceiver.sender.replaceTrack(echo)
        self._want_key_frame()

    async def heard(self) -> Heard:
        """What has come so far."""
        picture, sound = self._hearing.get("video"), self._hearing.get("audio")
        if picture is None or sound is None:
            return Heard()
        packets, lost = await picture.packets()
        return Heard(
            echoing=self._echoing,
            pictures=picture.counted.frames,
            freezes=picture.counted.freezes,
            packets=packets,
            lost=lost,
            at_s=time.monotonic() % 1e6,
            picture_held_s=max(0.0, picture.held_s),
            sound_held_s=max(0.0, sound.held_s),
        )

    def close(self) -> None:
        """Listen no more."""
        for task in self._tasks:
            task.cancel()

    def _attach(self, transceiver: RTCRtpTransceiver, speech: Sequence[bytes]) -> None:
        kind = transceiver.kind
        own = PictureTrack() if kind == "video" else SpeechTrack(speech)
        self._own[kind] = own
        transceiver.sender.replaceTrack(own)
        transceiver.direction = "sendrecv"
        if isinstance(own, PictureTrack):
            # aiortc tells a track nothing of key frame requests, nor of the codec in use.
            own.codec = self._codec(transceiver)
            transceiver.sender._send_keyframe = self._key_frame_wanted  # type: ignore[method-assign]  # noqa: SLF001
        self._hearing[kind] = Hearing(transceiver.receiver)
        self._spawn(self._hearing[kind].run())

    @staticmethod
    def _codec(transceiver: RTCRtpTransceiver) -> str:
        return transceiver._codecs[0].name  # noqa: SLF001

    def _key_frame_wanted(self) -> None:
        own = self._own.get("video")
        if self._echoing:
            self._want_key_frame()
        elif isinstance(own, PictureTrack):
            own.key_frame_due = True

    def _want_key_frame(self) -> None:
        if (picture := self._hearing.get("video")) is not None:
            self._spawn(picture.ask_key_frame())

    def _spawn(self, work: object) -> None:
        task: asyncio.Task[None] = asyncio.ensure_future(work)  # type: ignore[call-overload]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
