"""Both ends of a robot call's media: picture, speech and window, or an echo of the booth's."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from aiortc import RTCPeerConnection, RTCRtpTransceiver

from desk.robot.hearing import EchoTrack, Hearing
from desk.robot.media import PictureTrack, SpeechTrack
from desk.robot.picture import RobotPicture
from desk.robot.window import WindowPicture
from kiosk.link.rehearsal import Ask, Heard

WINDOW_RATE = 10
"""Pictures a second of a shared window: text that stands still."""


class MediaEnds:
    """Of one connection; lives on the loop."""

    def __init__(self, connection: RTCPeerConnection, speech: Sequence[bytes]) -> None:
        """Attach picture and speech to every transceiver, and listen to what comes."""
        self._own: dict[str, PictureTrack | SpeechTrack] = {}
        self._hearing: dict[str, Hearing] = {}
        # The first of each kind is the talk's; another picture is for a window that is shared.
        self._transceivers = {one.kind: one for one in reversed(connection.getTransceivers())}
        self._window: RTCRtpTransceiver | None = None
        self._echoing = False
        self._tasks: set[asyncio.Task[None]] = set()
        for transceiver in self._transceivers.values():
            self._attach(transceiver, speech)
        for transceiver in connection.getTransceivers():
            if transceiver not in self._transceivers.values() and transceiver.kind == "video":
                transceiver.direction = "sendonly"
                self._window = transceiver

    def share(self, *, on: bool) -> None:
        """Send the picture of a window, or no longer."""
        if self._window is None:
            return
        sender = self._window.sender
        if not on:
            sender.replaceTrack(None)
            return
        track = PictureTrack(WindowPicture(), WINDOW_RATE)
        track.codec = self._codec(self._window)

        def key_frame() -> None:
            track.key_frame_due = True

        sender._send_keyframe = key_frame  # type: ignore[method-assign]  # noqa: SLF001
        sender.replaceTrack(track)

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
        own = PictureTrack(RobotPicture()) if kind == "video" else SpeechTrack(speech)
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
