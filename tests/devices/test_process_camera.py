"""Cameras behind a child process: files, streams through OpenCV, and everything that goes wrong."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil
import pytest

from devices.camera import open_camera, strip
from devices.camera.process import ProcessCamera, ProcessDriver
from devices.camera.recorded import RecordedCamera
from devices.status import DeviceState
from devices.supervisor import Backoff
from tests.devices.helpers import Statuses, write_video
from tests.devices.test_simulated_camera import Pictures

FAST = Backoff(first_s=0.01, cap_s=0.05, poll_s=0.005)


def _camera(kind: str, path: Path, backoff: Backoff = FAST) -> ProcessCamera:
    def found() -> tuple[str, ...]:
        return (str(path),) if path.exists() else ()

    return ProcessCamera(ProcessDriver(kind, str(path), found), backoff=backoff)


@pytest.fixture(scope="module")
def jpegs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Raw Motion JPEG, as a camera sends it."""
    return write_video(tmp_path_factory.mktemp("v") / "a.mjpeg", "mjpeg", "mjpeg", "yuvj420p")


@pytest.mark.parametrize(
    ("name", "container", "codec", "pixels"),
    [
        ("a.mp4", "mp4", "libx264", "yuv420p"),
        ("a.y4m", "yuv4mpegpipe", "wrapped_avframe", "yuv420p"),
        ("a.avi", "avi", "mjpeg", "yuvj422p"),
    ],
)
async def test_a_file_is_looped_and_scaled(
    tmp_path: Path, name: str, container: str, codec: str, pixels: str
) -> None:
    path = write_video(tmp_path / name, container, codec, pixels, frames=4, size="640x480")
    camera, pictures, statuses = open_camera(str(path)), Pictures(), Statuses()
    camera.on_status(statuses)
    await camera.start(pictures, width=640, height=360, rate=30)
    await pictures.until(lambda: pictures.count >= 10)
    await camera.stop()
    assert statuses.seen[1].state is DeviceState.ONLINE
    assert name in statuses.seen[1].detail
    assert statuses.seen[1].simulated
    assert (pictures.kept[0].width, pictures.kept[0].height) == (640, 360)


async def test_the_picture_is_that_of_the_file(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.y4m", "yuv4mpegpipe", "wrapped_avframe", "yuv420p", frames=2)
    camera, pictures = open_camera(str(path)), Pictures(keep=2)
    await camera.start(pictures, width=640, height=360, rate=30)
    await pictures.until(lambda: pictures.count >= 2)
    await camera.stop()
    stamps = set()
    for picture in pictures.kept:
        stamps.add(strip.read(np.frombuffer(picture.planes[0].data, np.uint8).reshape(360, 640)))
    assert stamps == {1000, 1040}


async def test_a_fast_file_is_thinned_to_the_rate_asked_for(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.mp4", "mp4", "libx264", "yuv420p", frames=24)
    camera, pictures = open_camera(str(path)), Pictures(keep=3)
    await camera.start(pictures, width=640, height=360, rate=10)
    await pictures.until(lambda: pictures.count >= 4)
    await camera.stop()
    times = [picture.captured_at for picture in pictures.kept]
    assert min(np.diff(times)) > 0.04


RUBBISH = {
    "empty": b"",
    "zeros": bytes(5000),
    "random": np.random.default_rng(1).bytes(20_000),
    "riff": b"RIFF\xff\xff\xff\xffAVI LIST" + bytes(200),
    "y4m header": b"YUV4MPEG2 W0 H0 F0:0\nFRAME\n",
    "y4m huge": b"YUV4MPEG2 W99998 H99998 F25:1\nFRAME\n" + bytes(100),
    "text": b"not a video\n" * 50,
}


@pytest.mark.parametrize("kind", RUBBISH)
async def test_rubbish_is_a_status_and_never_more(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "rubbish.mp4"
    path.write_bytes(RUBBISH[kind])
    camera, statuses = _camera("file", path), Statuses()
    camera.on_status(statuses)
    await camera.start(lambda _: None, width=640, height=360, rate=30)
    fault = await statuses.ever(DeviceState.USER_ERROR)
    assert "rubbish.mp4" in fault.detail
    await camera.stop()


async def test_a_truncated_file_plays_what_there_is(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.y4m", "yuv4mpegpipe", "wrapped_avframe", "yuv420p")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    camera, pictures = open_camera(str(path)), Pictures()
    await camera.start(pictures, width=640, height=360, rate=30)
    await pictures.until(lambda: pictures.count >= 12)
    await camera.stop()


@pytest.mark.parametrize("path", ["/nowhere/a.mp4", "/proc/self/mem", "/"])
async def test_what_is_no_file_is_said_to_be_none(path: str) -> None:
    camera, statuses = _camera("file", Path(path)), Statuses()
    camera.on_status(statuses)
    await camera.start(lambda _: None, width=640, height=360, rate=30)
    await statuses.ever(DeviceState.USER_ERROR)
    await camera.stop()


async def test_after_stop_nobody_holds_the_file(jpegs: Path) -> None:
    camera, pictures = _camera("file", jpegs), Pictures()
    await camera.start(pictures, width=640, height=360, rate=30)
    await pictures.until(lambda: pictures.count >= 1)
    assert camera.child_pid is not None
    assert str(jpegs) in _open_files(camera.child_pid)
    pid = camera.child_pid
    await camera.stop()
    await camera.stop()
    assert not psutil.pid_exists(pid)
    assert bytes(pictures.kept[0].planes[0].data)  # Still ours, though its writer is gone.


async def test_a_killed_child_is_replaced(jpegs: Path) -> None:
    camera, pictures, statuses = (
        _camera("file", jpegs),
        Pictures(),
        Statuses(),
    )
    camera.on_status(statuses)
    await camera.start(pictures, width=640, height=360, rate=30)
    await pictures.until(lambda: pictures.count >= 1)
    assert camera.child_pid is not None
    os.kill(camera.child_pid, signal.SIGKILL)
    await statuses.ever(DeviceState.HARDWARE_ERROR)
    before = pictures.count
    await pictures.until(lambda: pictures.count > before)
    await camera.stop()


async def test_a_child_that_stands_still_is_killed_and_replaced(
    jpegs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    camera, pictures, statuses = (
        _camera("file", jpegs),
        Pictures(),
        Statuses(),
    )
    camera.on_status(statuses)
    await camera.start(pictures, width=640, height=360, rate=30)
    await pictures.until(lambda: pictures.count >= 1)
    stopped = camera.child_pid
    assert stopped is not None
    os.kill(stopped, signal.SIGSTOP)
    fault = await statuses.ever(DeviceState.HARDWARE_ERROR)
    assert fault.detail == "no frame for 2 s"
    await statuses.next(DeviceState.ONLINE)
    assert camera.child_pid != stopped
    assert not psutil.pid_exists(stopped)
    await camera.stop()


async def test_a_consumer_that_keeps_pictures_costs_frames_and_no_memory(jpegs: Path) -> None:
    camera, pictures = _camera("file", jpegs), Pictures(keep=100)
    statuses = Statuses()
    camera.on_status(statuses)
    await camera.start(pictures, width=640, height=360, rate=30)
    await pictures.until(lambda: pictures.count >= 6)
    kept = [bytes(picture.planes[0].data[:64]) for picture in pictures.kept]
    pictures.kept = pictures.kept[:5]  # One slot is free again.
    await pictures.until(lambda: pictures.count >= 7)
    assert [bytes(picture.planes[0].data[:64]) for picture in pictures.kept[:5]] == kept[:5]
    await camera.stop()


def test_the_child_dies_with_its_parent(jpegs: Path) -> None:
    program = f"""
import asyncio
from devices.camera.process import ProcessCamera, ProcessDriver
async def main():
    camera = ProcessCamera(ProcessDriver("file", {str(jpegs)!r}, lambda: ()))
    first = asyncio.Event()
    await camera.start(lambda _: first.set(), width=640, height=360, rate=30)
    await first.wait()
    print(camera.child_pid, flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        psutil.wait_procs([child], timeout=10)
        assert not child.is_running()


@contextmanager
def _fifo_writer(fifo: Path, pictures: Path, turn: threading.Event) -> Iterator[None]:
    """Writes pictures into the pipe for as long as `turn` is set; reopens it when broken."""
    data = pictures.read_bytes()
    ended = threading.Event()

    def write() -> None:
        while not ended.is_set():
            try:
                with fifo.open("wb", buffering=0) as pipe:
                    while not ended.is_set():
                        turn.wait(0.05)
                        if turn.is_set():
                            pipe.write(data)
            except BrokenPipeError:
                continue

    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        turn.clear()
        reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)  # Frees a writer that waits for one.
        thread.join(10)
        os.close(reader)


async def test_opencv_stream_freezes_and_comes_back(jpegs: Path, tmp_path: Path) -> None:
    fifo = tmp_path / "camera"
    os.mkfifo(fifo)
    turn = threading.Event()
    turn.set()
    camera, pictures, statuses = (
        _camera("packets", fifo),
        Pictures(),
        Statuses(),
    )
    camera.on_status(statuses)
    with _fifo_writer(fifo, jpegs, turn):
        await camera.start(pictures, width=640, height=360, rate=30)
        await pictures.until(lambda: pictures.count >= 3)
        luma = np.frombuffer(pictures.kept[0].planes[0].data, np.uint8).reshape(360, 640)
        assert strip.read(luma) in {1000 + 40 * number for number in range(8)}
        turn.clear()
        fault = await statuses.ever(DeviceState.HARDWARE_ERROR)
        assert "no frame" in fault.detail
        turn.set()
        await statuses.next(DeviceState.ONLINE)
        before = pictures.count
        await pictures.until(lambda: pictures.count > before)
        pid = camera.child_pid
        assert pid is not None
        assert str(fifo) in _open_files(pid)
        await camera.stop()
        assert not psutil.pid_exists(pid)


async def test_opencv_stream_ends_and_is_replugged(jpegs: Path, tmp_path: Path) -> None:
    path = tmp_path / "camera.mjpeg"
    shutil.copy(jpegs, path)
    camera, statuses = _camera("packets", path), Statuses()
    camera.on_status(statuses)
    await camera.start(lambda _: None, width=320, height=240, rate=30)
    ended = await statuses.ever(DeviceState.OFFLINE)
    assert ended.detail == "the picture ended"
    path.rename(tmp_path / "away")
    fault = await statuses.ever(DeviceState.HARDWARE_ERROR)
    assert "can't be opened" in fault.detail
    (tmp_path / "away").rename(path)
    online = await statuses.next(DeviceState.ONLINE)
    assert "MJPG 640×360" in online.detail
    await camera.stop()


async def test_no_camera_here_is_no_device(tmp_path: Path) -> None:
    node = tmp_path / "video7"
    camera, statuses = _camera("v4l2", node), Statuses()
    camera.on_status(statuses)
    await camera.start(lambda _: None, width=640, height=360, rate=30)
    fault = await statuses.ever(DeviceState.NO_DEVICE)
    assert fault.recovery_hint == "plug the camera in"
    await camera.stop()


@pytest.mark.parametrize("kind", ["packets", "file"])
async def test_a_replugged_camera_is_back_within_3_s_of_its_node(
    jpegs: Path, tmp_path: Path, kind: str
) -> None:
    """With a real camera's waits, and after so many tries that the next one is far off."""
    path = tmp_path / "camera.mjpeg"
    shutil.copy(jpegs, path)
    camera, pictures, statuses = _camera(kind, path, Backoff()), Pictures(), Statuses()
    camera.on_status(statuses)
    await camera.start(pictures, width=320, height=240, rate=30)
    await pictures.until(lambda: pictures.count >= 1)
    path.rename(tmp_path / "away")
    assert await camera.found() == ()
    await statuses.until(lambda: statuses.seen[-1].state.faulty)
    await asyncio.sleep(2)  # The cable is out for so long: that is what is tested.
    before, clock = pictures.count, asyncio.get_running_loop().time
    (tmp_path / "away").rename(path)
    returned_at = clock()
    assert await camera.found() == (str(path),)
    await pictures.until(lambda: pictures.count > before)
    assert clock() - returned_at < 3
    await camera.stop()


async def test_the_mode_is_told_as_capabilities(jpegs: Path) -> None:
    camera, pictures = _camera("packets", jpegs), Pictures()
    assert camera.capabilities == {}
    await camera.start(pictures, width=640, height=360, rate=30)
    await pictures.until(lambda: pictures.count >= 1)
    capabilities = dict(camera.capabilities)
    await camera.stop()
    assert capabilities == {"width": 640, "height": 360, "fps": 25, "format": "MJPG"}


async def test_a_file_is_unplugged_and_frozen_from_the_dock(jpegs: Path) -> None:
    camera, pictures, statuses = RecordedCamera(jpegs, backoff=FAST), Pictures(), Statuses()
    camera.on_status(statuses)
    await camera.start(pictures, width=640, height=360, rate=30)
    await pictures.until(lambda: pictures.count >= 1)
    pid = camera.child_pid
    assert pid is not None
    camera.actions["freeze"].run("")
    fault = await statuses.ever(DeviceState.HARDWARE_ERROR)
    assert fault.detail == "no frame for 2 s"
    assert not psutil.pid_exists(pid)
    camera.actions["thaw"].run("")
    await statuses.next(DeviceState.ONLINE)
    camera.actions["unplug"].run("")
    await statuses.ever(DeviceState.NO_DEVICE)
    camera.actions["plug"].run("")
    await statuses.next(DeviceState.ONLINE)
    assert await camera.found() == (str(jpegs),)
    await camera.stop()


def _open_files(pid: int) -> set[str]:
    return {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()}
