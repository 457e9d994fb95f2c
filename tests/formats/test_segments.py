"""Films made in segments: the same bytes whoever makes them, and however often they are stopped."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from commands import assert_refused, command, names, run, run_process
from mnistviz.errors import VideoError
from mnistviz.formats.cluster import check
from mnistviz.formats.ffmpeg import find_ffmpeg

pytestmark = pytest.mark.skipif(os.name != "posix", reason="ffmpeg is watched by a shell script")
SEGMENTS = 4
IMAGES = 40  # ten a segment, with a transition of eight pictures
HOW = (
    *("--count", IMAGES, "--seconds-per-image", 0.3, "--transition", 0.25),
    *("--size", "640x360", "--quality", "draft"),
)


@pytest.fixture(scope="module")
def film(model_path):
    """Return the arguments of a command that makes a film."""

    def film(out, *options):
        return "render", "--out", out, "--model", model_path, "--quiet", *HOW, *options

    return film


@pytest.fixture(scope="module")
def expected(film, tmp_path_factory):
    """Return the bytes of the film that one process makes, undisturbed."""
    path = tmp_path_factory.mktemp("one") / "film.mp4"
    assert run(*film(path, "--workers", 1)).returncode == 0
    return path.read_bytes()


@pytest.fixture
def whenever_ffmpeg_encodes(tmp_path_factory, monkeypatch):
    """Return what has a shell command run before each segment is encoded, with {log} in it."""
    folder, original = tmp_path_factory.mktemp("bin"), find_ffmpeg()
    log = folder / "log"
    log.touch()

    def install(first):
        path = folder / "ffmpeg"
        encodes = f'case "$*" in *force_key_frames*) {first.format(log=log)} ;; esac'
        path.write_text(f'#!/bin/sh\n{encodes}\nexec "{original}" "$@"\n')
        path.chmod(0o755)
        monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(path))
        return log

    return install


COUNTED = "echo x >> {log}"
# The first ffmpeg of all ends the process that started it.
KILL_ONE = "if mkdir {log}.once 2>/dev/null; then kill -9 $PPID; fi"


# --- workers


def test_any_number_of_workers_makes_the_same_bytes(film, expected, tmp_path):
    out = tmp_path / "film.mp4"
    result = run_process(*film(out, "--workers", 3))
    assert (result.returncode, result.stderr) == (0, "")
    assert out.read_bytes() == expected
    assert names(tmp_path) == ["film.mp4"]


def test_a_segment_whose_worker_is_killed_is_made_again(
    film, expected, tmp_path, whenever_ffmpeg_encodes
):
    log, out = whenever_ffmpeg_encodes(f"{COUNTED}; {KILL_ONE}"), tmp_path / "film.mp4"
    result = run_process(*film(out, "--workers", 2))
    assert (result.returncode, result.stderr) == (0, "")
    assert out.read_bytes() == expected
    assert len(log.read_text().split()) > SEGMENTS


def test_workers_that_die_again_and_again_are_an_error_that_names_the_segments(
    film, tmp_path, whenever_ffmpeg_encodes
):
    whenever_ffmpeg_encodes("kill -9 $PPID")
    result = run_process(*film(tmp_path / "film.mp4", "--workers", 2))
    assert_refused(result, "died 3 times in a row", "segments 1, 2, 3, 4", "--workers 1")
    assert names(tmp_path) == []


def test_an_error_in_a_worker_is_said_as_if_it_were_made_here(
    film, tmp_path, whenever_ffmpeg_encodes
):
    whenever_ffmpeg_encodes("echo it is broken >&2; exit 3")
    result = run_process(*film(tmp_path / "film.mp4", "--workers", 2))
    assert_refused(result, "film.mp4", "ffmpeg failed: it is broken")
    assert names(tmp_path) == []


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_leaves_no_process(film, tmp_path, whenever_ffmpeg_encodes, stop):
    log = whenever_ffmpeg_encodes("echo $PPID >> {log}; sleep 100")
    with subprocess.Popen(
        command(*film(tmp_path / "film.mp4", "--workers", 2)),
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as program:
        while len(log.read_text().split()) < 2:
            time.sleep(0.02)
        os.killpg(program.pid, stop)  # as a terminal does
        _, stderr = program.communicate()
    assert b"Traceback" not in stderr
    for worker in map(int, log.read_text().split()):
        _gone(worker)
    assert names(tmp_path) == []


def _gone(process):
    """Wait until a process is gone, or is a zombie that nobody waits for."""
    for _ in range(500):
        try:
            os.kill(process, 0)
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return
        except (ProcessLookupError, FileNotFoundError):
            return
        time.sleep(0.02)
    raise AssertionError(f"{process} is still there")


def test_a_script_that_forgets_its_guard_is_told_about_it(tmp_path, model_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import mnistviz\n"
        "from mnistviz import PictureConfig, Selection, Workers\n"
        f"mnistviz.render('mnist', {str(model_path)!r}, {str(tmp_path / 'film.mp4')!r}, "
        "Selection(count=30), picture=PictureConfig((640, 360)), workers=Workers(2))\n"
    )
    result = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=120)
    assert "if __name__ == '__main__'" in result.stderr


BROKEN_OFF = """
from mnistviz.formats.workers import _processes
if __name__ == "__main__":
    try:
        with _processes(2) as start:
            executor = start()
            sent = [executor.submit(bytes, 300_000_000) for _ in range(8)]
            sent[0].result()
            raise KeyError
    except KeyError:
        print("ended")
"""


def test_workers_that_are_in_the_middle_of_sending_a_segment_end_as_well(tmp_path):
    script = tmp_path / "broken_off.py"
    script.write_text(BROKEN_OFF)
    result = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60)
    assert result.stdout == "ended\n", result.stderr


def test_a_full_disk_is_an_error_that_says_so_and_leaves_nothing(film, tmp_path):
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", tmp_path]
    if subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("needs the right to mount a small disk")
    try:
        assert_refused(run(*film(tmp_path / "film.mp4")), "film.mp4: No space left on device")
        assert names(tmp_path) == []
    finally:
        subprocess.run(["umount", tmp_path], check=True)


# --- a cluster, real and on loopback


@contextmanager
def cluster(workers):
    with LocalCluster(
        n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0"
    ) as started:
        yield started.scheduler_address


def test_a_cluster_makes_the_same_bytes_though_a_worker_is_killed(
    film, expected, tmp_path, whenever_ffmpeg_encodes
):
    whenever_ffmpeg_encodes(KILL_ONE)
    out = tmp_path / "film.mp4"
    with cluster(2) as address:
        result = run_process(*film(out, "--scheduler", address))
    assert (result.returncode, result.stderr) == (0, "")
    assert out.read_bytes() == expected
    assert names(tmp_path) == ["film.mp4"]


def test_a_cluster_that_loses_worker_after_worker_is_an_error_and_no_traceback(
    film, tmp_path, whenever_ffmpeg_encodes
):
    whenever_ffmpeg_encodes("kill -9 $PPID")
    with cluster(1) as address:
        result = run_process(*film(tmp_path / "film.mp4", "--scheduler", address))
    assert result.returncode == 1
    error = result.stderr.splitlines()[-1]
    assert "film.mp4: the cluster at" in error
    assert "KilledWorker" in error
    assert "Traceback" not in result.stderr


def test_a_cluster_without_workers_is_refused(film, tmp_path):
    with cluster(0) as address:
        result = run_process(*film(tmp_path / "film.mp4", "--scheduler", address))
    assert_refused(result, "the cluster has no workers", "dask worker")


def test_a_worker_of_another_version_is_refused_before_work_starts(monkeypatch):
    with cluster(1) as address, Client(address) as client:
        monkeypatch.setattr("mnistviz.formats.fingerprint.__version__", "0.0.1")
        with pytest.raises(VideoError, match=r"worker .* has mnistviz .*, and .* has 0\.0\.1"):
            check(client)


def test_an_address_at_which_nobody_answers_is_refused_with_what_to_do(film, tmp_path):
    result = run_process(*film(tmp_path / "film.mp4", "--scheduler", "udp://x"))
    assert_refused(result, "no Dask scheduler answers at udp://x", "dask scheduler", status=2)


# --- a run that is broken off


def test_a_run_that_is_killed_at_any_time_goes_on_and_makes_the_same_bytes(
    film, expected, tmp_path, whenever_ffmpeg_encodes
):
    log, times = whenever_ffmpeg_encodes(COUNTED), random.Random(0)
    out, kills, whole = tmp_path / "film.mp4", 0, {}
    for number in range(6):
        workers = 1 + number // 3
        options = film(out, "--workers", workers)
        if workers not in whole:
            started = time.monotonic()
            assert run_process(*options).returncode == 0
            whole[workers] = time.monotonic() - started
        if out.exists():
            assert out.read_bytes() == expected
            out.unlink()
            log.write_text("")
            kills = 0
        with subprocess.Popen(command(*options), start_new_session=True) as program:
            time.sleep(times.uniform(0, whole[workers]))
            program.kill()
        kills += 1
        if number % 3 == 2 and not out.exists():
            result = run_process(*options)
            assert (result.returncode, result.stderr) == (0, "")
            assert names(tmp_path) == ["film.mp4"]
            assert out.read_bytes() == expected
        assert made(log) <= SEGMENTS + kills * workers


@pytest.fixture
def broken_off(film, tmp_path, whenever_ffmpeg_encodes):
    """Make all segments but the last, and return the film and the folder of its segments."""
    log = whenever_ffmpeg_encodes(
        COUNTED + f"; [ $(wc -l < {{log}}) -lt {SEGMENTS} ] || {{{{ echo full >&2; exit 1; }}}}"
    )
    out = tmp_path / "film.mp4"
    assert run(*film(out, "--workers", 1)).returncode == 1
    whenever_ffmpeg_encodes(COUNTED)
    log.write_text("")
    folder = tmp_path / "film.mp4.unfinished"
    assert len([*folder.glob("*.segment")]) == SEGMENTS - 1
    return out, folder, log


def made(log):
    return len(log.read_text().split())


def test_the_same_command_makes_only_what_is_missing_and_says_so(film, expected, broken_off):
    out, folder, log = broken_off
    result = run(*film(out, "--workers", 1))
    assert f"went on from a run that was broken off, with {SEGMENTS - 1} of its" in result.stdout
    assert out.read_bytes() == expected
    assert made(log) == 1
    assert not folder.exists()


def test_another_film_of_that_name_is_made_anew(film, expected, broken_off):
    out, folder, log = broken_off
    result = run(*film(out, "--workers", 1, "--theme", "light"))
    assert "went on" not in result.stdout
    assert out.read_bytes() != expected
    assert made(log) == SEGMENTS
    assert not folder.exists()


def test_segments_that_are_damaged_are_made_again(film, expected, broken_off):
    out, folder, log = broken_off
    _, cut, changed = sorted(folder.glob("*.segment"))
    cut.write_bytes(cut.read_bytes()[:-1])
    *data, last = changed.read_bytes()
    changed.write_bytes(bytes([*data, last ^ 1]))
    assert run(*film(out, "--workers", 1)).returncode == 0
    assert out.read_bytes() == expected
    assert made(log) == 3


def test_a_folder_of_something_else_is_refused_and_stays(film, tmp_path):
    folder = tmp_path / "film.mp4.unfinished"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    result = run(*film(tmp_path / "film.mp4"))
    assert_refused(result, "film.mp4.unfinished", "thesis.txt", "move or remove")
    assert names(folder) == ["thesis.txt"]


def test_a_second_run_on_the_same_film_is_refused_while_the_first_is_at_work(
    film, tmp_path, whenever_ffmpeg_encodes
):
    log, out = (
        whenever_ffmpeg_encodes(f"{COUNTED}; mkdir {{log}}.once && sleep 3"),
        tmp_path / "film.mp4",
    )
    with subprocess.Popen(command(*film(out, "--workers", 2))) as first:
        while not log.read_text():
            time.sleep(0.02)
        assert_refused(run_process(*film(out)), "another mnistviz is at work on it")
    assert first.returncode == 0
    assert names(tmp_path) == ["film.mp4"]
