"""Hostile files, and checks that the loader and the real command refuse them in a line or two."""

import functools
import os
import struct
import subprocess
import sys
import tempfile
import tracemalloc
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mnistviz.datasets.load import load
from mnistviz.errors import DataError

MIB = 2**20
SPARE = 48 * MIB  # what one run may take more than another that reads nothing
MARKS = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "wait4"), reason="needs POSIX's pipes, links and wait4"),
]
DATA_COMMANDS = [
    ("train", "--data", "data", "--out", "out/m.npz"),
    ("render", "--data", "data", "--count", 2, "--out", "out/v.mp4"),
    ("still", "--data", "data", "--index", 0, "--out", "out/f.png"),
]
MODEL_COMMANDS = [
    ("still", "--data", "data", "--index", 0, "--model", "m.npz", "--out", "out/f.png"),
    ("render", "--data", "data", "--count", 2, "--model", "m.npz", "--out", "out/v.mp4"),
]


# A child's peak of memory counts that of the process that started it: so a small one starts it.
MEASURE = """
import os, sys
pid = os.posix_spawn(sys.executable, [sys.executable, *sys.argv[1:]], os.environ)
_, status, usage = os.wait4(pid, 0)
unit = 1 if sys.platform == "darwin" else 1024
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss * unit, file=open("measured", "w"))
"""


def refused(folder, *texts):
    """Load a data folder and return the error of one or two lines that holds all the texts."""
    with pytest.raises(DataError) as caught:
        load(folder)
    message = str(caught.value)
    assert message.count("\n") <= 1
    for text in texts:
        assert str(text) in message
    return message


def holds(content):
    return lambda path: path.write_bytes(content)


def link_to_zeros(path):
    path.symlink_to("/dev/zero")


def png_header(width, height):
    """Return a PNG that promises so many pixels and holds none."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    parts = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def measured(action):
    """Return the result of an action, and the most memory that it held, in bytes."""
    tracemalloc.start()
    try:
        return action(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def run(program, cwd):
    """Return exit status, stdout, stderr, and the most memory that it held, in bytes."""
    command = [sys.executable, "-c", MEASURE, "-m", "mnistviz", *map(str, program)]
    with (cwd / "stdout").open("w+b") as out, (cwd / "stderr").open("w+b") as err:
        subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
    status, memory = map(int, (cwd / "measured").read_text().split())
    texts = [(cwd / name).read_text("utf-8") for name in ("stdout", "stderr")]
    return status, *texts, memory


def assert_refused(folder, program, texts):
    """Check that a command prints one or two lines with the texts, and leaves old files alone."""
    for name in ("v.mp4", "f.png", "m.npz"):
        (folder / "out" / name).write_bytes(b"old")
    status, stdout, stderr, memory = run(program, folder)
    case = f"{folder.name}: {stderr}"
    assert status == 1, case
    assert stdout == "", case
    assert stderr.startswith("Error: "), case
    assert "Traceback" not in stderr, case
    assert "raining one" not in stderr, f"found only after the training: {case}"
    assert len(stderr.splitlines()) <= 2, case
    assert len(stderr) < 1000, case
    for text in texts:
        assert str(text) in stderr, case
    assert memory < most_memory(), f"{memory / MIB:.0f} MiB for {case}"
    left = {path.name: path.read_bytes() for path in (folder / "out").iterdir()}
    assert left == dict.fromkeys(("v.mp4", "f.png", "m.npz"), b"old"), case


@functools.cache
def most_memory():
    """Return what a command may hold: that of one which finds nothing to read, and a margin."""
    with tempfile.TemporaryDirectory() as folder:
        return run(DATA_COMMANDS[0], Path(folder))[3] + SPARE


def refuse_all(tmp_path, cases, prepare, commands):
    """Prepare a folder for each case, run them in parallel, and report every failure."""

    def refuse(number_and_case):
        number, (name, texts) = number_and_case
        folder = tmp_path / name.replace(" ", "-")
        (folder / "out").mkdir(parents=True)
        prepare(folder, name)
        assert_refused(folder, commands[number % len(commands)], texts)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        tasks = [pool.submit(refuse, case) for case in enumerate(cases.items())]
    wrong = [str(error) for task in tasks if (error := task.exception())]
    assert not wrong, "\n\n".join(wrong)
