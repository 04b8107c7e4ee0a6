"""A reader's cable is pulled: scripted, because vsmartcard's readers stay while pcscd runs."""

from __future__ import annotations

import pytest
from smartcard import scard

from devices.card_reader import pcsc
from devices.card_reader.pcsc import PcscWatch
from devices.status import DeviceError, DeviceState
from tests.devices.card_reader.pcscd import CONTACT_ATR

EMPTY = scard.SCARD_STATE_EMPTY
PRESENT = scard.SCARD_STATE_PRESENT
CHANGED = scard.SCARD_STATE_CHANGED


class Service:
    """The calls of PC/SC that the watch makes; each look plays the next scene."""

    def __init__(self, *scenes: dict[str, int]) -> None:
        self._scenes = list(scenes)

    def __getattr__(self, name: str) -> object:
        return getattr(scard, name)

    def SCardEstablishContext(self, _: int) -> tuple[int, int]:  # noqa: N802
        return scard.SCARD_S_SUCCESS, 1

    def SCardReleaseContext(self, _: int) -> int:  # noqa: N802
        return scard.SCARD_S_SUCCESS

    def SCardListReaders(self, *_: object) -> tuple[int, list[str]]:  # noqa: N802
        if not self._scenes[0]:
            return scard.SCARD_E_NO_READERS_AVAILABLE, []
        return scard.SCARD_S_SUCCESS, list(self._scenes[0])

    def SCardGetStatusChange(  # noqa: N802
        self, _context: int, _within_ms: int, known: list[tuple[str, int]]
    ) -> tuple[int, list[tuple[str, int, list[int]]]]:
        scene = self._scenes[0]
        if len(self._scenes) > 1:
            self._scenes.pop(0)
        if any(name not in scene for name, _ in known[:-1]):
            return scard.SCARD_E_UNKNOWN_READER, []
        told = [(name, scene[name] | CHANGED, list(CONTACT_ATR)) for name, _ in known[:-1]]
        return scard.SCARD_S_SUCCESS, [*told, (known[-1][0], 0, [])]


class Told:
    """What the watch told."""

    def __init__(self, looks: int) -> None:
        self.words: list[tuple[object, ...]] = []
        self._looks = looks

    def gone(self) -> bool:
        self._looks -= 1
        return self._looks < 0

    def beat(self) -> None:
        pass

    def __getattr__(self, word: str) -> object:
        return lambda *about, **more: self.words.append((word, *about, *more.values()))


def watch(monkeypatch: pytest.MonkeyPatch, *scenes: dict[str, int]) -> Told:
    monkeypatch.setattr(pcsc, "scard", Service(*scenes))
    told = Told(len(scenes))
    PcscWatch(told, "").run()  # type: ignore[arg-type]
    return told


def test_a_pulled_reader_takes_its_card_along(monkeypatch: pytest.MonkeyPatch) -> None:
    both = {"A": PRESENT | 1 << 16, "B": EMPTY}
    told = watch(monkeypatch, both, both, {"B": EMPTY}, {"B": EMPTY})
    assert told.words == [
        ("readers", ("A", "B")),
        ("online", "PC/SC: A, B"),
        ("card_in", "A", None, True),
        ("card_out", "A"),
        ("readers", ("B",)),
    ]


def test_a_card_changed_between_two_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    told = watch(monkeypatch, {"A": PRESENT | 1 << 16}, {"A": PRESENT | 3 << 16})
    assert told.words[2:] == [
        ("card_in", "A", None, True),
        ("card_out", "A"),
        ("card_in", "A", None, False),
    ]


def test_the_last_reader_is_looked_for_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    one = {"A": EMPTY}
    told = watch(monkeypatch, one, {}, one, one)
    assert [word for word, *_ in told.words] == ["readers", "online", "readers", "readers"]
    monkeypatch.setattr(pcsc, "GONE_LOOK_S", 0.0)
    with pytest.raises(DeviceError, match="no reader is left") as caught:
        watch(monkeypatch, one, {}, {})
    assert caught.value.state is DeviceState.OFFLINE


@pytest.mark.parametrize(
    ("code", "state", "permanent"),
    [
        (scard.SCARD_E_NO_SERVICE, DeviceState.NO_DEVICE, False),
        (scard.SCARD_W_SECURITY_VIOLATION, DeviceState.USER_ERROR, True),
    ],
)
def test_a_service_that_takes_no_calls(
    monkeypatch: pytest.MonkeyPatch, code: int, state: DeviceState, permanent: bool
) -> None:
    monkeypatch.setattr(scard, "SCardEstablishContext", lambda _: (code, 0))
    with pytest.raises(DeviceError) as caught:
        pcsc.establish()
    assert (caught.value.state, caught.value.permanent) == (state, permanent)
    assert caught.value.hint


def test_what_a_failed_call_says_of_the_service() -> None:
    assert pcsc.lost(scard.SCARD_E_NO_SERVICE).state is DeviceState.OFFLINE
    assert pcsc.lost(scard.SCARD_F_INTERNAL_ERROR).state is DeviceState.HARDWARE_ERROR
