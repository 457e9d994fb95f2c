"""Runs the command line with random options, plausible and hostile, and looks for what is wrong.

    python scripts/fuzz_commands.py --count 200 --seed 1

A finding is a traceback, an exit status other than 0, 1, 2, 130 and 143, a run of more than a
minute, a file left behind that was not asked for, and an input that was changed. Each run is a
process of its own, forked from one that has imported everything, in a folder of its own with a
small data set, a model, pictures and settings. A failing command line is printed as it can be
typed in that folder. Needs POSIX.
"""

import argparse
import os
import random
import resource
import shlex
import shutil
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import click
import numpy as np
from PIL import Image, ImageDraw
from sklearn.datasets import load_digits

import mnistviz
from mnistviz.cli.app import cli
from mnistviz.cli.signals import main as start
from mnistviz.datasets.sources.idx import write_idx

SECONDS = 60  # more is a finding
STATUSES = (0, 1, 2, 130, 143)
MEMORY = 6 * 2**30  # bytes that a run may ask for; what needs more is told so
FILM_SIZE = ["640x360", "360x640", "720x480"]
HOSTILE = [
    *("", " ", "-", "--", "-1", "0", "1", "9" * 400, "1e400", "nan", "inf", "-0", "1_0", "1.5"),
    *("\x1b[31m", "\u202e", "a\nb", "\udcff", "é" * 300, "\u0663", "\U0001f4a5", "%s", "{true}"),
    *("../../x", "~", "~x/y", "/", "/dev/null", "/dev/full", "/proc/self/mem", "con", ".", ".."),
    *("pipe", "folder", "none", "text", "binary", "link", "loop", "unreadable"),
    *("set", "pictures", "m.npz", "w.npz", "a.toml"),
]
OUTPUTS = [
    *("out.mp4", "out.webm", "out.gif", "out.webp", "out/", "out.png", "out.svg", "out.pdf"),
    *("out.html", "out.npz", "OUT.MP4", "sub/out.mp4", "out", "-", "m.npz", "pictures/1.png"),
]
PLAUSIBLE = {
    "--data": ["set"] * 9
    + [
        "pictures",
        "damaged",
        "fashion",
        "rows.csv",
        "rows.zip",
        "own.npz",
        "classes",
        "binary.csv",
    ],
    "--image-size": ["8x8", "4x12", "28x28", "0x0", "65x65", "x"],
    "--test-share": ["0.5", "0.001", "0", "2"],
    "--keep": ["4,9", "1", "x", "0,1,2,3"],
    "--show-steps": ["steps.png", "steps.gif", "pictures/1.png"],
    "--model": ["m.npz"] * 6 + ["w.npz", "damaged.npz", "set"],
    "--image": ["pictures/1.png", "text", "pictures/2.jpg"],
    "--flip": ["4", "any", "x", "4,9"],
    "--sum": ["rows", "influence", "columns"],
    "--explorer": [
        "https://example.org/e.html",
        "text",
        "nowhere.html",
        "javascript:x",
        "ftp://x/y",
    ],
    "--why": ["4,9", "4,4", "4", "x,9"],
    "--images": ["pictures", "folder", "set"],
    "--size": FILM_SIZE * 3 + ["640x640", "1x1", "638x360", "0x0", "99999x99999"],
    "--index": ["1", "0-3", "0,2,4", "499", "500", "0-999999", "5-1"],
    "--count": ["1", "2", "3", "20"],
    "--class": ["4", "9,4", "x", "10"],
    "--seconds-per-image": ["0.1", "0.5", "2", "1e8"],
    "--duration": ["2", "0:03", "1:2:3:4"],
    "--transition": ["0", "0.1", "3"],
    "--fps": ["1", "10", "30", "240"],
    "--title": ["A title", "x" * 150],
    "--language": ["en", "de", "xx", "pt-BR", "-"],
    "--words": ["text", "damaged.npz", "folder", "missing.po"],
    "--font": ["text", "No Such Family", "folder"],
    "--width": ["8cm", "80mm", "3.2in", "1e9cm"],
    "--config": ["a.toml", "deep.toml", "utf16.toml", "text"],
    "--intro-text": ["six", "text"],
    "--mirror": ["http://127.0.0.1:9/", "ftp://x", "http://[", "nonsense"],
    "--max-size": ["1MB", "100kB", "1B", "2"],
    "--workers": ["1", "2", "auto"],
    "--scheduler": ["tcp://127.0.0.1:9", "nonsense"],
    "--input-scale": ["2", "scale.npy", "text"],
    "--input-shift": ["0.5", "scale.npy"],
    "--pixel-order": ["columns", "spiral"],
    "--class-order": ["0,1,2,3,4,5,6,7,8,9", "9", ","],
    "--kind": ["svm", "ridge", "forest"],
    "--names": ["x,y", "x", "x,x", "<b>,$y$"],
    "--smoothness": ["0", "0.01", "1"],
    "--epochs": ["1", "2", "0"],
    "--learning-rate": ["0.001", "0.3", "1000", "1e30", "0"],
    "--focus": ["0", "0.3", "1000"],
    "--batch-size": ["1", "64", "99999", "0"],
    "--l2": ["0", "0.1", "1e9"],
    "--validation-share": ["0.2", "0.9", "1e-9", "1"],
    "--log": ["log.csv", "log.png", "log.svg", "log.txt", "m.npz", "rows.csv"],
    "--seed": ["0", "7"],
    "--order-seed": ["0", "7"],
    "--to": ["folder", "copy"],
}
ALWAYS = {  # what a run needs so that it comes further than the first check, most of the time
    "render": ("--data", "--model", "--size", "--count", "--out"),
    "render-training": ("--data", "--size", "--out"),
    "still": ("--data", "--model", "--index", "--size", "--out"),
    "train": ("--data", "--out"),
    "evaluate": ("--data", "--model"),
    "compare": ("--data", "--size", "--count", "--out"),
    "explore": ("--data", "--model", "--out"),
    "convert": ("--out",),
    "words": ("--out", "--language"),
}
NEVER = ("--mirror", "--scheduler")  # each waits for a network; one in a hundred


def prepare(folder: Path) -> None:
    """Write the inputs of every run."""
    bunch = load_digits()
    images = np.rint(bunch.images * 255 / 16).astype(np.uint8)
    labels = bunch.target.astype(np.uint8)
    (folder / "set").mkdir()
    for name, part in (("train", slice(0, -500)), ("t10k", slice(-500, None))):
        write_idx(folder / "set" / f"{name}-images-idx3-ubyte", images[part])
        write_idx(folder / "set" / f"{name}-labels-idx1-ubyte", labels[part])
    shutil.copytree(folder / "set", folder / "damaged")
    with (folder / "damaged" / "train-images-idx3-ubyte").open("r+b") as file:
        file.truncate(5000)
    model = mnistviz.train(folder / "set", folder / "m.npz")
    weights = {"coef_": model.model.weights.T, "intercept_": model.model.bias}
    np.savez(folder / "w.npz", **weights)
    rough = mnistviz.TrainingConfig(epochs=1, smoothness=0)
    mnistviz.train(folder / "set", folder / "v.npz", rough)
    np.save(folder / "scale.npy", np.full(64, 2.0))
    (folder / "damaged.npz").write_bytes((folder / "m.npz").read_bytes()[:2000])
    (folder / "pictures").mkdir()
    for name in ("1.png", "2.jpg"):
        page = Image.new("L", (40, 40), 255)
        ImageDraw.Draw(page).rectangle((16, 8, 21, 31), fill=0)
        page.save(folder / "pictures" / name)
    (folder / "pictures" / "3.png").write_bytes(b"no picture")
    (folder / "folder").mkdir()
    (folder / "text").write_text("text\n")
    rows = np.column_stack([labels, images.reshape(len(images), -1)])[:300]
    header = ",".join(["label", *(f"pixel{place}" for place in range(64))])
    np.savetxt(folder / "rows.csv", rows, "%d", ",", header=header, comments="")
    with zipfile.ZipFile(folder / "rows.zip", "w") as archive:
        archive.write(folder / "rows.csv", "train.csv")
    np.savez(folder / "own.npz", images=images[:300] / 255, labels=labels[:300])
    (folder / "binary.csv").write_bytes(random.Random(1).randbytes(3000))
    for place in range(40):
        (folder / "classes" / str(labels[place])).mkdir(parents=True, exist_ok=True)
        Image.fromarray(images[place]).save(
            folder / "classes" / str(labels[place]) / f"{place}.png"
        )
    (folder / "six").write_text("one\ntwo\nthree\nfour\nfive\nsix: {answer}\n")
    (folder / "a.toml").write_text('class = "4"\ncount = 1\nsize = "640x360"\n')
    (folder / "utf16.toml").write_bytes('title = "é"\n'.encode("utf-16"))
    (folder / "deep.toml").write_text("a = " + 3000 * "[")
    (folder / "binary").write_bytes(random.Random(0).randbytes(3000))
    (folder / "link").symlink_to("m.npz")
    (folder / "loop").symlink_to("loop")
    (folder / "unreadable").touch(0)
    os.mkfifo(folder / "pipe")


def arguments_of(dice: random.Random) -> list[str]:
    """Return a random command line."""
    name = dice.choice([*ALWAYS, *ALWAYS, *cli.commands])
    if dice.random() < 0.02:
        name = dice.choice(HOSTILE)
    command = cli.commands.get(name, cli)
    options = {it.opts[-1]: it for it in command.params if isinstance(it, click.Option)}
    asked = [each for each in ALWAYS.get(name, ()) if dice.random() < 0.95]
    rare = 0.01
    for each in options:
        if dice.random() < (rare if each in NEVER or each in asked else 0.1):
            asked.append(each)
    words = [word for each in asked for word in _given(dice, each, options[each])]
    if name in ("convert", "fetch", "completion") and dice.random() < 0.9:
        words.insert(
            0, dice.choice(["set", "rows.csv", "classes", "mnist", "fashion", "bash", *HOSTILE])
        )
    if name == "compare" and dice.random() < 0.9:
        some = ["m.npz", "w.npz", "v.npz"] * 60 + ["damaged.npz", "set", *HOSTILE]
        words[:0] = dice.choices(some, k=dice.choice([2, 2, 2, 3, 3, 1, 4]))
    if dice.random() < 0.05:
        words.insert(dice.randrange(len(words) + 1), dice.choice([*HOSTILE, "--nonsense", "-q"]))
    return [name, *words]


def _given(dice: random.Random, name: str, option: click.Parameter) -> Iterator[str]:
    yield name
    if getattr(option, "is_flag", False):
        return
    if dice.random() < 0.08:
        yield dice.choice(HOSTILE)
    elif name == "--out":
        yield dice.choice(OUTPUTS)
    elif isinstance(option.type, click.Choice):
        yield dice.choice(list(option.type.choices))
    else:
        yield dice.choice(PLAUSIBLE.get(name, HOSTILE))


def contents(folder: Path) -> dict[str, tuple[int, int]]:
    """Return all that is in a folder: names, with sizes and times of what is a file."""
    found = {}
    for place, folders, files in os.walk(folder):
        for each in (*folders, *files):
            path = Path(place, each)
            status = path.lstat()
            kept = (status.st_size, status.st_mtime_ns) if each in files else (0, 0)
            found[str(path.relative_to(folder))] = kept
    return found


def findings(arguments: list[str], inputs: Path) -> tuple[int, list[str]]:
    """Run a command line, and return its exit status, and what is wrong with it."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as place:
        work = Path(place, "work")
        shutil.copytree(inputs, work, symlinks=True, ignore=shutil.ignore_patterns("pipe"))
        os.mkfifo(work / "pipe")
        before = contents(work)
        status, said = _run(arguments, work, Path(place, "said"))
        after = contents(work)
    wrong = []
    if status not in STATUSES:
        wrong.append(f"exit status {status}")
    if "Traceback" in said:
        wrong.append("traceback: " + said.strip().splitlines()[-1])
    targets = [it for flag, it in pairwise(arguments) if flag in ("--out", "--to", "--log")]
    if "--config" in arguments:
        targets.append("out")
    asked = {os.path.normpath(it) for it in targets if it}
    steps = [it for flag, it in pairwise(arguments) if flag == "--show-steps"]
    kept = status in (0, 130, 143) or "left out: " in said  # the status then tells of a picture
    stems = {str(Path(it).with_suffix("")) for it in asked if Path(it).name}

    def is_asked(name: str) -> bool:
        own = any(name == it or name.startswith(it + os.sep) for it in asked)
        return own or any(name in (f"{it}.vtt", f"{it}.poster.png") for it in stems)

    for name in sorted(after.keys() - before.keys()):
        if name not in steps and not (is_asked(name) and kept):
            wrong.append(f"left behind: {name}")
    for name in sorted(before):
        if after.get(name) != before[name] and not (name in asked and kept):
            wrong.append(f"changed: {name}")
    return status, wrong


def _run(arguments: list[str], work: Path, said: Path) -> tuple[int, str]:
    """Run a command line in a forked process; return its exit status and what it printed."""
    child = os.fork()
    if child == 0:
        status = 70
        try:
            status = _become(arguments, work, said)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(status)
    deadline = time.monotonic() + SECONDS
    while (ended := os.waitpid(child, os.WNOHANG)) == (0, 0):
        if time.monotonic() > deadline:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return -signal.SIGALRM, f"more than {SECONDS} s"
        time.sleep(0.005)
    return os.waitstatus_to_exitcode(ended[1]), said.read_text(errors="replace")


def _become(arguments: list[str], work: Path, said: Path) -> int:
    """Run a command line in this process, as if it had been started for it; return its status."""
    os.setsid()
    os.chdir(work)
    nothing = os.open(os.devnull, os.O_RDWR)
    out = os.open(said, os.O_CREAT | os.O_WRONLY, 0o600)
    for number, stream in enumerate((nothing, out, out)):
        os.dup2(stream, number)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", closefd=False)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    sys.argv = ["mnistviz", *arguments]
    os.environ["MNISTVIZ_CACHE"] = str(work.parent / "cache")
    try:
        start()
    except SystemExit as stop:
        sys.stdout.flush()
        sys.stderr.flush()
        return stop.code if isinstance(stop.code, int) else int(bool(stop.code))


def _examined(number: int, seed: int, inputs: Path) -> tuple[str, int, list[str]]:
    arguments = arguments_of(random.Random(f"{seed}-{number}"))
    return " ".join(map(shlex.quote, arguments)), *findings(arguments, inputs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    for module in ("film.render", "film.still", "training.render", "report.write", "doctor"):
        __import__(f"mnistviz.{module}")
    for module in ("explorer.write", "datasets.convert", "datasets.fetch"):
        __import__(f"mnistviz.{module}")
    with tempfile.TemporaryDirectory() as place:
        inputs = Path(place)
        prepare(inputs)
        kinds, statuses = Counter[str](), Counter[int]()
        with ProcessPoolExecutor(asked.jobs, get_context("fork")) as pool:
            numbers = range(asked.first, asked.first + asked.count)
            task = partial(_examined, seed=asked.seed, inputs=inputs)
            for number, (line, status, wrong) in zip(numbers, pool.map(task, numbers), strict=True):
                statuses[status] += 1
                for each in wrong:
                    kinds[each.split(":")[0]] += 1
                    print(f"{number}: {each}\n    mnistviz {line}", flush=True)
                if (number + 1) % 500 == 0:
                    print(f"... {number + 1 - asked.first} runs", flush=True)
    ended = ", ".join(f"{count} with {status}" for status, count in sorted(statuses.items()))
    print(f"{asked.count} runs ({ended}), {sum(kinds.values())} findings {dict(kinds)}")
    return int(bool(kinds))


if __name__ == "__main__":
    sys.exit(main())
