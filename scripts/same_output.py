"""Tells whether the present tree makes the very bytes that another commit made.

    python scripts/same_output.py HEAD                the tree as it lies here, against HEAD
    python scripts/same_output.py HEAD --only still   only the commands that contain 'still'

Both trees are installed, one after the other, into one folder, with the dependencies of the Python
that runs this. Each command of COMMANDS runs in an empty folder, of the same path for both, and
its exit status, stdout, stderr and files are compared byte by byte. What differs is printed, and
the exit status is 1; 2 if nothing can be compared. What the commit made is kept in
build/same-output/COMMIT for the next time, what the tree made in build/same-output/present. One
run at a time.
"""

import argparse
import difflib
import gzip
import hashlib
import importlib.metadata
import inspect
import io
import itertools
import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import safetensors.numpy
from PIL import Image

# A line a command, as d3dd09d spells it; RENAMED has what the present tree spells otherwise.
COMMANDS = """
# Films: every format, codec and quality
render FILM --hash --out film.mp4
render FILM --codec hevc --quality draft --out film.mp4
render FILM --codec av1 --quality draft --out film.mp4
render FILM --quality draft --workers 2 --out film.mp4
render FILM --quality master --out film.webm
render FILM --codec av1 --quality draft --out film.webm
render FILM --hash --out film.gif
render FILM --out film.webp
render FILM --count 2 --seconds-per-image 0.4 --hash --out frames/
render FILM --count 2 --seconds-per-image 0.3 --hash --out -

# Sizes and looks
render MODEL --count 2 --fps 5 --out film.mp4
render FILM --size 720p --theme light --palette blue-orange --out film.mp4
render FILM --size vertical --contrast strong --title 'Ten digits, one layer' --out film.mp4
render FILM --size square --weights diverging --theme light --out film.mp4
render FILM --size 1602x902 --theme print --out film.mp4

# Which images, and for how long
render FILM --only wrong --order confidence --count 4 --out film.mp4
render FILM --index 8,42,100-102 --count 5 --transition 0 --out film.gif
render FILM --class 4,9 --order class --order-seed 3 --seconds-per-image 0.5 --out film.mp4
render FILM --order file --fps 24 --transition 1 --out film.mp4
render OWN --class one --only right --count 2 --size 640x360 --fps 10 --out film.mp4
render --images ../inputs/mine MODEL --size 640x360 --fps 10 --captions --out film.mp4

# The introduction, captions, chapters, posters
render FILM --intro --count 2 --fps 5 --captions --poster --out film.mp4
render FILM --intro-text ../inputs/intro.txt --size 360x640 --fps 5 --count 2 --out film.webp
render FILM --captions --poster --title Ziffern --out film.webm
render OWN --size 640x360 --count 3 --fps 10 --intro --captions --out film.mp4

# The training film
render --training --size 640x360 --fps 5 --captions --poster --hash --out film.mp4
render --training --size vertical --theme light --weights diverging --fps 4 --out film.webm
render --training --data ../inputs/own --size 640x360 --theme print --out film.gif

# Stills
still --index 8 MODEL --out frame.png
still --index 8 MODEL --theme print --out frame.pdf
still --index 8 MODEL --theme light --palette blue-orange --size 720p --out frame.svg
still --index 247 MODEL --size vertical --weights diverging --contrast strong --out frame.png
still --index 8 MODEL --size square --weights diverging --title 'x < y' --out frame.svg
still --image ../inputs/mine/photo.png MODEL --size 640x360 --out frame.png
still --image ../inputs/mine/scan.png OWN --size 640x360 --out frame.svg
still --index 3 OWN --size 640x360 --palette blue-orange --out frame.pdf

# Models of other people
still --index 5 --model ../inputs/sklearn.npz --size 640x360 --out frame.png
still --index 5 --model ../inputs/torch.safetensors --input-scale 2 --input-shift -1 --out frame.png
evaluate --model ../inputs/torch.safetensors --input-scale 2 --input-shift -1

# Training, evaluation, explorer
train --out model.npz
train --data ../inputs/pictures --smoothness 0.01 --seed 7 --out model.npz
evaluate MODEL --json
evaluate MODEL --out report.html
evaluate MODEL --out report.pdf
evaluate OWN --out report.png
evaluate OWN --out report.html --json
evaluate --data ../inputs/own
explore MODEL --out explorer.html
explore OWN --theme dark --weights diverging --title Own --order class --out explorer.html
explore MODEL --theme light --palette blue-orange --only wrong --count 20 --out explorer.html

# Sets, settings, shells
convert ../inputs/pictures --out idx
datasets
fetch mnist --to files
doctor
doctor --json
completion bash
completion zsh
completion fish
render FILM --class 4,9 --index 1-5 --captions --title 'a "b"' --out film.mp4 --print-config
render --training --theme light --out film.mp4 --print-config
render --config ../inputs/settings.toml --theme light --out film.mp4 --print-config
render --config ../inputs/settings.toml --out film.mp4

# Help
--help
--version
render --help
still --help
train --help
evaluate --help
explore --help
datasets --help
fetch --help
convert --help
completion --help
doctor --help

# Errors
rendr
render --sise 640x360 --out film.mp4
render
render FILM --size 641x361 --out film.mp4
render FILM --size 320x180 --out film.mp4
render FILM --size big --out film.mp4
render FILM --out film.avi
render FILM --codec vp9 --out film.mp4
render FILM --captions --out film.gif
render FILM --theme print --weights diverging --out film.mp4
render FILM --class 4,eleven --out film.mp4
render FILM --only wrong --class 1 --count 5000 --out film.mp4
render FILM --index 9-1 --out film.mp4
render FILM --seconds-per-image 0.01 --out film.mp4
render FILM --intro-text ../inputs/settings.toml --out film.mp4
render --training --title x --out film.mp4
render --images ../inputs/nothing MODEL --out film.mp4
render --config ../inputs/bad.toml --out film.mp4
render --config ../inputs/unknown.toml --out film.mp4
render --data ../inputs/nothing --out film.mp4
render --data fashin --out film.mp4
evaluate --data ../inputs/broken
train --data ../inputs/mine --out model.npz
still --index 8 --model ../inputs/own.npz --out frame.png
still --index 8 --model ../inputs/broken.npz --out frame.png
still --index 10000 MODEL --out frame.png
still --index 8 --image ../inputs/mine/scan.png --out frame.png
still --image ../inputs/intro.txt MODEL --out frame.png
still --index 8 --out nowhere/frame.png
explore MODEL --out explorer.pdf
fetch fashion --mirror ftp://example.org/
convert ../inputs/mine --out idx
"""
RENAMED = {"render --training": "render-training"}
WORDS = {
    "MODEL": "--model ../inputs/model.npz",
    "OWN": "--data ../inputs/own --model ../inputs/own.npz",
    "FILM": "--model ../inputs/model.npz --size 640x360 --fps 10 --count 3",
}
TEXTS = {
    "intro.txt": "{width}×{height}\nGewichte: {positive}\nPixel × Gewicht\nSumme\n{predicted}\n",
    "settings.toml": 'size = "640x360"\nmodel = "../inputs/model.npz"\ncount = 2\nfps = 10\n',
    "bad.toml": "size = 640x360\n",
    "unknown.toml": "cuont = 2\n",
    "own/classes.txt": "zero\none\nお two & <b>more</b>\n",
}
ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "build" / "same-output"
INSTALLED, WORK, HOME = PLACE / "installed", PLACE / "work", PLACE / "home"
FREE = re.compile(rb"[\d,.]+ GB free")  # in what doctor tells of disks; it changes by the minute
MOST_LINES, MOST_WIDTH, MOST_DIFFED = 20, 160, 2_000_000  # lines, characters, bytes


def commands(only):
    """Return the arguments of each command at the base and at present, with its present line."""
    lines = [line for line in COMMANDS.splitlines() if line and not line.startswith("#")]
    pairs = [(line, renamed(line)) for line in lines if only in line]
    return [(arguments(base), arguments(present), present) for base, present in pairs]


def renamed(line):
    """Return a command in the spelling of the present tree."""
    for old, new in RENAMED.items():
        line = line.replace(old, new)
    return line


def arguments(line):
    """Return the arguments that a line stands for."""
    return shlex.split(" ".join(WORDS.get(word, word) for word in line.split(" ")))


def key(value):
    """Return a short name for a value, the same in every run."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:12]


def circumstances():
    """Return a short name for what decides the bytes, but for the commit and the command."""
    packages = {f"{it.name} {it.version}" for it in importlib.metadata.distributions()}
    ours = [inspect.getsource(it) for it in (prepare, first, idx, environment, call, run)]
    return key((str(ROOT), sys.version, sorted(packages), TEXTS, FREE, ours))


def environment():
    """Return the variables of a command: few, the same for everyone, and no way to a network."""
    nowhere = dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9")
    folders = {name: str(HOME) for name in ("HOME", "MPLCONFIGDIR", "XDG_CACHE_HOME", "TMPDIR")}
    python = {"PYTHONPATH": str(INSTALLED), "PYTHONSAFEPATH": "1"}
    rest = {"PATH": os.environ["PATH"], "COLUMNS": "100", "LC_ALL": "C.UTF-8"}
    return nowhere | folders | python | rest


def call(words, folder):
    """Run the installed mnistviz in a folder."""
    command = [sys.executable, "-m", "mnistviz", *words]
    stdin = subprocess.DEVNULL
    return subprocess.run(command, cwd=folder, env=environment(), stdin=stdin, capture_output=True)


def run(words, name, kept):
    """Run a command in a folder of its own, which is kept with what it printed."""
    folder = WORK / name
    folder.mkdir()
    done = call(words, folder)
    stdout = FREE.sub(b"N GB free", done.stdout) if words[0] == "doctor" else done.stdout
    printed = {"exit status": b"%d" % done.returncode, "stdout": stdout, "stderr": done.stderr}
    for file, data in printed.items():
        (folder / file).write_bytes(data)
    folder.rename(kept)


def run_all(todo, inputs, jobs):
    """Run commands, given as arguments, name and folder to keep, several at a time."""
    shutil.rmtree(WORK, ignore_errors=True)
    shutil.copytree(inputs, WORK / "inputs")
    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(lambda each: run(*each), todo))


def install(tree):
    """Install a tree, without its dependencies, in the place of the one before."""
    shutil.rmtree(INSTALLED, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps"]
    if subprocess.run([*pip, "--target", INSTALLED, tree]).returncode:
        fail(f"cannot install {tree}")


def install_commit(commit):
    """Install the tree of a commit."""
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True)
    shutil.rmtree(PLACE / "base", ignore_errors=True)
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(PLACE / "base", filter="data")
    install(PLACE / "base")


def prepare(inputs):
    """Make what commands read: models, sets, pictures and settings, and some of them broken."""
    part = inputs.with_name("part")
    shutil.rmtree(part, ignore_errors=True)
    for name in ("own", "mine", "pictures"):
        (part / name).mkdir(parents=True)
    for name, text in TEXTS.items():
        (part / name).write_text(text, encoding="utf-8")
    for ours, theirs, count in (("train", "train", 600), ("test", "t10k", 100)):
        images, labels = first(theirs, count)
        idx(part / "own" / f"{theirs}-images-idx3-ubyte", images[:, ::2, ::2])
        idx(part / "own" / f"{theirs}-labels-idx1-ubyte", labels)
        for n in range(60):
            path = part / "pictures" / ours / f"class {labels[n]}" / f"{n}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(images[n]).save(path)
    Image.fromarray(images[0]).resize((200, 200)).save(part / "mine" / "scan.png")
    photo = np.pad(255 - images[1], ((40, 9), (7, 80)), constant_values=240)
    Image.fromarray(photo).convert("RGB").save(part / "mine" / "photo.png")
    shutil.copytree(part / "own", part / "broken")
    os.truncate(part / "broken" / "train-images-idx3-ubyte", 5_000)
    # The still is for matplotlib, which looks for fonts when it first draws.
    for line in (
        "train --out model.npz",
        "train --data own --out own.npz",
        "still --index 0 --model model.npz --out frame.png",
    ):
        done = call(shlex.split(line), part)
        if done.returncode:
            fail(f"the base cannot {line}: {done.stderr.decode()}")
    with np.load(part / "model.npz") as model:
        weights, bias = np.ascontiguousarray(model["weights"].T), model["bias"]
    np.savez(part / "sklearn.npz", coef_=weights, intercept_=bias)
    layer = {"linear.weight": weights / 2, "linear.bias": bias + weights.sum(axis=1) / 2}
    safetensors.numpy.save_file(layer, part / "torch.safetensors")
    shutil.copy(part / "model.npz", part / "broken.npz")
    os.truncate(part / "broken.npz", 3_000)
    part.rename(inputs)


def first(part, count):
    """Return the first images of the digits 0, 1 and 2 in a part of MNIST, and their labels."""
    folder = INSTALLED / "mnistviz" / "data" / "mnist"
    packed = (folder / f"{part}-{kind}-ubyte.gz" for kind in ("images-idx3", "labels-idx1"))
    images, labels = (np.frombuffer(gzip.decompress(it.read_bytes()), np.uint8) for it in packed)
    chosen = np.flatnonzero(labels[8:] < 3)[:count]
    return images[16:].reshape(-1, 28, 28)[chosen], labels[8:][chosen]


def idx(path, array):
    """Write an array of bytes as an IDX file."""
    sizes = np.array(array.shape, ">u4").tobytes()
    path.write_bytes(bytes([0, 0, 8, array.ndim]) + sizes + array.tobytes())


def outputs(folder):
    """Return all that a command printed and wrote, by name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def differences(base, present):
    """Return lines that say how two folders of outputs differ; none if they do not."""
    before, after = outputs(base), outputs(present)
    names = [name for name in before | after if before.get(name) != after.get(name)]
    return [line for name in names for line in difference(name, before.get(name), after.get(name))]


def difference(name, before, after):
    """Return lines that say how two outputs of one name differ."""
    if before is None or after is None:
        return [f"  {name}: only at {'present' if before is None else 'the base'}"]
    if name == "exit status":
        return [f"  {name} {before.decode()} -> {after.decode()}"]
    place = next(n for n, (a, b) in enumerate(itertools.zip_longest(before, after)) if a != b)
    sizes = f"{len(before):,} bytes -> {len(after):,} bytes"
    return [f"  {name}: {sizes}, first difference at byte {place:,}", *text_diff(before, after)]


def text_diff(before, after):
    """Return the first lines of a diff of two texts; none of what is no text."""
    if b"\0" in before + after or len(before + after) > MOST_DIFFED:
        return []
    try:
        lines = [data.decode().splitlines() for data in (before, after)]
    except UnicodeDecodeError:
        return []
    diff = list(difflib.unified_diff(*lines, n=1, lineterm=""))[2:]
    more = [f"... {len(diff) - MOST_LINES} lines more"] if len(diff) > MOST_LINES else []
    return [f"    {line[:MOST_WIDTH]}" for line in diff[:MOST_LINES] + more]


def fail(why):
    """End with a line, and the exit status of a misuse."""
    print(f"same_output.py: {why}", file=sys.stderr)
    sys.exit(2)


def commit_of(revision):
    """Return the full name of a commit."""
    git = ["git", "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"]
    found = subprocess.run(git, cwd=ROOT, capture_output=True, text=True)
    return found.stdout.strip() or fail(f"there is no commit {revision}")


def parsed():
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("base", help="the commit to compare with")
    parser.add_argument("--only", default="", metavar="TEXT", help="commands that contain TEXT")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="commands at a time")
    parser.add_argument("--fresh", action="store_true", help="run the base's commands again, too")
    return parser.parse_args()


def run_base(chosen, commit, base, jobs):
    """Run at a commit what has not been run there before."""
    names = [(words, key(words)) for words, _, _ in chosen]
    todo = [(words, name, base / name) for words, name in names if not (base / name).exists()]
    inputs = base / "inputs"
    if todo or not inputs.exists():
        install_commit(commit)
        if not inputs.exists():
            prepare(inputs)
        run_all(todo, inputs, jobs)


def compare(chosen, base, present):
    """Print what differs; return 1 if anything does, else 0."""
    differing = 0
    for before, _, line in chosen:
        if lines := differences(base / key(before), present / key(before)):
            differing += 1
            print(line, *lines, f"  see build/same-output/present/{key(before)}", sep="\n")
    verdict = f"{differing} differ" if differing else "all the same"
    print(f"{len(chosen)} command{'s' * (len(chosen) != 1)}, {verdict}")
    return int(differing > 0)


def main():
    """Run what has to be run at the base and at present, and compare."""
    options = parsed()
    commit = commit_of(options.base)
    chosen = commands(options.only) or fail(f"no command contains {options.only!r}")
    if options.fresh:
        shutil.rmtree(PLACE / commit, ignore_errors=True)
    base, present = PLACE / commit / circumstances(), PLACE / "present"
    shutil.rmtree(present, ignore_errors=True)
    for folder in (base, present, HOME):
        folder.mkdir(parents=True, exist_ok=True)
    run_base(chosen, commit, base, options.jobs)
    install(ROOT)
    todo = [(words, key(before), present / key(before)) for before, words, _ in chosen]
    run_all(todo, base / "inputs", options.jobs)
    sys.exit(compare(chosen, base, present))


if __name__ == "__main__":
    main()
