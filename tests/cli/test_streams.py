"""What is printed arrives whole, or the command fails; news that cannot be shown are no reason."""

import os
import subprocess
import time
from pathlib import Path

import pytest

from commands import command

FULL = Path("/dev/full")
EVALUATE = ("evaluate", "--json", "--quiet", "--model")


def limited(size):
    """Return what lets a process write files of so many bytes."""
    import resource

    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [EVALUATE, ("render", "--help"), ("completion", "bash")])
def test_what_a_disk_takes_in_part_is_an_error(tmp_path, model_path, arguments, unbuffered):
    arguments = (*arguments, model_path) if arguments is EVALUATE else arguments
    with (tmp_path / "out").open("wb") as out:
        done = subprocess.run(
            command(*arguments),
            stdout=out,
            stderr=subprocess.PIPE,
            # Else Python would write bytecode that is cut off, which breaks every later run.
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered, "PYTHONDONTWRITEBYTECODE": "1"},
            preexec_fn=limited(100),
            timeout=60,
        )
    assert (done.returncode, (tmp_path / "out").stat().st_size) == (1, 100)
    assert done.stderr.decode() == "Error: cannot write to stdout: File too large\n"


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_pipe_that_does_not_block_gets_everything(model_path, unbuffered):
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    stream = ("render", "--model", model_path, "--count", 2, "--size", "640x360", "--fps", 5)
    process = subprocess.Popen(
        command(*stream, "--out", "-", "--quiet"),
        stdout=writing,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    )
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        time.sleep(1)  # a reader that is slower
        content = pipe.read()
    assert process.wait(60) == 0, process.stderr.read()
    process.stderr.close()
    assert len(content.split(b"FRAME\n", 1)[1]) == 24 * 640 * 360 * 3 // 2 + 23 * len(b"FRAME\n")


def test_a_film_is_made_though_its_progress_cannot_be_shown(tmp_path, model_path):
    film = ("render", "--model", model_path, "--count", 1, "--size", "640x360", "--out", "v.mp4")
    with FULL.open("wb") as full:
        done = subprocess.run(
            command(*film), stdout=subprocess.PIPE, stderr=full, cwd=tmp_path, timeout=60
        )
    assert (done.returncode, (tmp_path / "v.mp4").exists()) == (0, True)


def test_a_stream_to_a_full_disk_ends_with_status_1_and_a_line(model_path):
    film = ("render", "--model", model_path, "--count", 1, "--size", "640x360", "--out", "-", "-q")
    with FULL.open("wb") as full:
        done = subprocess.run(command(*film), stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 1
    assert done.stderr.decode() == "Error: cannot write to stdout: No space left on device\n"


def test_what_a_terminal_could_obey_is_not_printed(tmp_path, model_path):
    folder = tmp_path / "a\x1b[31m\u202eb\udcff"  # the last is a byte that is no text
    folder.mkdir()
    done = subprocess.run(
        command("render", "--images", folder, "--model", model_path, "--out", tmp_path / "v.mp4"),
        capture_output=True,
        timeout=60,
    )
    said = done.stderr.decode()
    assert (done.returncode, "no pictures in" in said) == (1, True)
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "b�: " in said


def test_an_option_that_is_given_twice_is_refused(model_path):
    done = subprocess.run(
        command("explore", "--model", "a.npz", "--model", model_path),
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert b"--model is given twice" in done.stderr
