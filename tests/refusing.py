"""Giving hostile files to the real command, and holding it to one clear refusal."""

import functools
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

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


def run(program, cwd):
    """Return exit status, stdout, stderr, and the most memory that it held, in bytes."""
    command = [sys.executable, "-c", MEASURE, "-m", "mnistviz", *map(str, program)]
    with (cwd / "stdout").open("w+b") as out, (cwd / "stderr").open("w+b") as err:
        subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
    status, memory = map(int, (cwd / "measured").read_text().split())
    texts = [(cwd / name).read_text("utf-8") for name in ("stdout", "stderr")]
    return status, *texts, memory


def assert_refused(folder, program, words):
    """Hold a command to one or two lines that say the words, and to leaving its target alone."""
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
    for word in words:
        assert str(word) in stderr, case
    assert memory < most_memory(), f"{memory / MIB:.0f} MiB for {case}"
    left = {path.name: path.read_bytes() for path in (folder / "out").iterdir()}
    assert left == dict.fromkeys(("v.mp4", "f.png", "m.npz"), b"old"), case


@functools.cache
def most_memory():
    """Return what a command may hold: that of one which finds nothing to read, and a margin."""
    with tempfile.TemporaryDirectory() as folder:
        return run(DATA_COMMANDS[0], Path(folder))[3] + SPARE


def refuse_all(tmp_path, cases, prepare, commands):
    """Prepare a folder for each case, run them side by side, and tell all that went wrong."""

    def refuse(number_and_case):
        number, (name, words) = number_and_case
        folder = tmp_path / name.replace(" ", "-")
        (folder / "out").mkdir(parents=True)
        prepare(folder, name)
        assert_refused(folder, commands[number % len(commands)], words)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        tasks = [pool.submit(refuse, case) for case in enumerate(cases.items())]
    wrong = [str(error) for task in tasks if (error := task.exception())]
    assert not wrong, "\n\n".join(wrong)


def made(content):
    """Return the bytes of a file; what is large is made only when it is wanted."""
    return content() if callable(content) else content
