"""Echo cancellation in a synthetic room, with double talk and clocks that drift."""

from __future__ import annotations

import os
import subprocess

import numpy as np
import pytest
from numpy.typing import NDArray

from devices.sound.interface import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples
from devices.sound.processing import MAX_GAIN_DB, NearEnd
from devices.sound.reference import Aligner, SharedReference
from devices.sound.speech import decode, speak

SECONDS = 9
COUNT = SECONDS * SAMPLE_RATE_HZ
Signal = NDArray[np.float64]


@pytest.fixture(scope="module")
def far(tmp_path_factory: pytest.TempPathFactory) -> Signal:
    """The agent's voice, −22 dBFS."""
    return _levelled(speak(tmp_path_factory.mktemp("far")), 2500)


@pytest.fixture(scope="module")
def near(tmp_path_factory: pytest.TempPathFactory) -> Signal:
    """The resident's voice: another one, other words."""
    path = tmp_path_factory.mktemp("near") / "near.wav"
    words = "Oui, bonjour madame. Je vous écoute. Mon numéro est le douze, quarante, vingt-sept."
    subprocess.run(
        ["espeak-ng", "-v", "fr+f3", "-s", "140", "-w", str(path), words], check=True, timeout=20
    )
    return _levelled(decode(path), 2500)


def _levelled(samples: Samples, rms: float) -> Signal:
    wide = np.resize(samples.astype(np.float64), COUNT)
    return np.clip(wide * rms / np.sqrt(np.square(wide).mean()), -32_000, 32_000)


def _room(seed: int, direct: float) -> Signal:
    """A noise-like impulse response of 100 ms (−60 dB at its end), energy 1, and direct sound."""
    length = SAMPLE_RATE_HZ // 10
    decay = 10 ** (-3 * np.arange(length) / length)
    response = np.random.default_rng(seed).standard_normal(length) * decay
    response[0] += direct
    return np.asarray(response / np.sqrt(np.square(response).sum()))


def _heard(played: Signal, room: Signal, delay_ms: int, gain: float = 0.5) -> Signal:
    size = 1 << (len(played) + len(room)).bit_length()
    wet = np.fft.irfft(np.fft.rfft(played, size) * np.fft.rfft(room, size), size)[: len(played)]
    delay = delay_ms * SAMPLE_RATE_HZ // 1000
    return np.concatenate([np.zeros(delay), gain * wet])[:COUNT]


def _process(microphone: Signal, reference: Signal) -> Signal:
    hiss = np.random.default_rng(9).standard_normal(COUNT) * 15
    near = np.clip(microphone + hiss, -32_768, 32_767).astype(np.int16)
    played = reference.astype(np.int16)
    near_end = NearEnd(echo=True)
    frames = [
        near_end.process(near[i : i + FRAME_SAMPLES], played[i : i + FRAME_SAMPLES])
        for i in range(0, COUNT, FRAME_SAMPLES)
    ]
    return np.concatenate(frames).astype(np.float64)


def _db(signal: Signal) -> float:
    return float(10 * np.log10(np.square(signal).mean() + 1e-9))


def _erle(far: Signal, echo: Signal, reference: Signal) -> float:
    """Echo return loss enhancement after the first 2 s, gain control included."""
    late = slice(2 * SAMPLE_RATE_HZ, None)
    return _db(echo[late]) - _db(_process(echo, reference)[late])


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_echo_in_a_booth_is_cancelled(far: Signal, seed: int) -> None:
    """Diffuse sound with the direct one, as between a booth's loudspeaker and microphone."""
    echo = _heard(far, _room(seed, direct=6.0), delay_ms=20)
    assert _erle(far, echo, far) >= 20


def test_echo_in_purely_diffuse_rooms_is_cancelled(far: Signal) -> None:
    gains = [_erle(far, _heard(far, _room(seed, 0.0), 20), far) for seed in (2, 3, 4, 5, 6)]
    assert float(np.median(gains)) >= 20


@pytest.mark.parametrize("ppm", [100, -100])
def test_echo_is_cancelled_while_the_clocks_drift(far: Signal, ppm: int) -> None:
    drifting = np.interp(np.arange(COUNT) * (1 + ppm * 1e-6), np.arange(COUNT), far)
    echo = _heard(drifting, _room(11, direct=6.0), delay_ms=20)
    assert _erle(far, echo, far) >= 20


def test_the_resident_is_kept_while_both_talk(far: Signal, near: Signal) -> None:
    echo = _heard(far, _room(11, direct=6.0), delay_ms=20)
    talking = near.copy()
    talking[: 3 * SAMPLE_RATE_HZ] = 0
    clean = _process(echo + talking, far)
    late = slice(4 * SAMPLE_RATE_HZ, None)
    # How much of the near end is in the result, whatever its delay: the best correlation.
    spectrum = np.fft.rfft(clean[late]) * np.conj(np.fft.rfft(talking[late]))
    share = np.fft.irfft(spectrum)[:4800].max() / np.square(talking[late]).sum()
    assert 20 * np.log10(share) > -6
    frames = np.abs(talking[late]).reshape(-1, FRAME_SAMPLES).max(axis=1) > 1500
    spoken = clean[late].reshape(-1, FRAME_SAMPLES)[frames]
    assert _db(spoken) - _db(talking[late].reshape(-1, FRAME_SAMPLES)[frames]) > -6


def test_without_a_loudspeaker_of_ours_speech_passes(near: Signal) -> None:
    near_end = NearEnd(echo=False)
    samples = near.astype(np.int16)
    silence = np.zeros(FRAME_SAMPLES, np.int16)
    clean = np.concatenate(
        [
            near_end.process(samples[i : i + FRAME_SAMPLES], silence)
            for i in range(0, COUNT, FRAME_SAMPLES)
        ]
    )
    lifted = _db(clean.astype(np.float64)) - _db(near)
    assert -3 < lifted < MAX_GAIN_DB + 1


def test_what_was_played_is_wiped_though_the_memory_stays() -> None:
    fd = SharedReference.create()
    try:
        reference, heard = SharedReference(fd), np.ones(FRAME_SAMPLES, np.int16)
        reference.write(np.full(FRAME_SAMPLES, 7, np.int16), 1.0)
        SharedReference.wipe(fd)
        reference.read_into(heard, 0)
        assert not heard.any()
        assert reference.written == FRAME_SAMPLES
    finally:
        os.close(fd)


def _shared() -> tuple[SharedReference, SharedReference]:
    fd = SharedReference.create()
    pair = SharedReference(fd), SharedReference(fd)
    os.close(fd)
    return pair


def _align(ppm: float, seconds: int, jitter_s: float) -> tuple[NDArray[np.float64], int]:
    """Play a ramp and capture it at the same time; returns how early each frame was, in s."""
    writer, reader = _shared()
    aligner = Aligner(reader)
    random = np.random.default_rng(4)
    step = FRAME_SAMPLES / SAMPLE_RATE_HZ
    leads = []
    for number in range(seconds * 100):
        now = 100 + number * step
        first = number * FRAME_SAMPLES
        ramp = (np.arange(first, first + FRAME_SAMPLES) % 30_000 + 1).astype(np.int16)
        writer.write(ramp, now * (1 + ppm * 1e-6) + 0.04 + random.normal(0, jitter_s))
        captured = now - 0.02
        frame = aligner.frame(first, captured + random.normal(0, jitter_s))
        if number > 100:
            heard = (captured - 0.04 - 100 * (1 + ppm * 1e-6)) / (1 + ppm * 1e-6)
            expected = heard * SAMPLE_RATE_HZ
            difference = (int(frame[0]) - 1 - expected + 15_000) % 30_000 - 15_000
            leads.append(difference / SAMPLE_RATE_HZ)
    return np.array(leads), aligner.reseats


def test_the_reference_is_what_was_heard_just_before() -> None:
    leads, reseats = _align(ppm=0, seconds=10, jitter_s=0.004)
    assert leads.min() > 0.005
    assert leads.max() < 0.015
    assert reseats == 0


def test_drifting_clocks_move_the_reference_in_few_steps() -> None:
    leads, reseats = _align(ppm=300, seconds=120, jitter_s=0.004)
    assert leads.min() > -0.003
    assert leads.max() < 0.025
    assert 2 <= reseats <= 6


def test_a_loudspeaker_that_fell_silent_gives_a_silent_reference() -> None:
    writer, reader = _shared()
    aligner = Aligner(reader)
    assert not aligner.frame(0, 10.0).any()
    for number in range(20):
        writer.write(np.full(FRAME_SAMPLES, 7, np.int16), 10 + number / 100)
    assert aligner.frame(0, 10.05).any()
    assert not aligner.frame(FRAME_SAMPLES, 20.0).any()


def test_the_reference_ring_wraps_and_forgets() -> None:
    writer, reader = _shared()
    for number in range(150):
        writer.write(np.full(FRAME_SAMPLES, number, np.int16), number / 100)
    out = np.empty(FRAME_SAMPLES, np.int16)
    reader.read_into(out, 149 * FRAME_SAMPLES)
    assert (out == 149).all()
    reader.read_into(out, 150 * FRAME_SAMPLES - 10)
    assert (out[:10] == 149).all()
    assert not out[10:].any()
    reader.read_into(out, 0)
    assert not out.any()
    reader.read_into(out, -5 * FRAME_SAMPLES)
    assert not out.any()
