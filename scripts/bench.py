"""Measures how fast mnistviz is: against an older commit, against matplotlib, and against itself.

    python scripts/bench.py                     everything, about half an hour
    python scripts/bench.py --only formats      one part of it, by the name of its function

The older commit is built in a worktree beside this tree, in a Python environment of its own, both
kept in build/bench. All that is compared is measured in one run, in turn, round by round, and
medians are taken. What is timed is a whole command, from its start to its end, with a model that
is trained already; or, where a rate is given, the difference of a long film and a short one.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from itertools import islice
from pathlib import Path

import matplotlib as mpl
import numpy as np
import psutil
from matplotlib.animation import FFMpegWriter, FuncAnimation

import mnistviz
from mnistviz.datasets.select import select
from mnistviz.drawing import matplotlib_renderer as stage
from mnistviz.drawing.painter import Painter
from mnistviz.drawing.raster import rgb, typeface_of
from mnistviz.drawing.scene import Cell, Rectangle, Scene, Text
from mnistviz.drawing.theme import theme_of
from mnistviz.film.moments import Moments, shown_of_test
from mnistviz.formats.codecs import H264
from mnistviz.formats.ffmpeg import find_ffmpeg
from mnistviz.formats.mp4 import Mp4
from mnistviz.formats.timeline import Timeline
from mnistviz.frame.composer import Composer
from mnistviz.frame.fit import layout_for
from mnistviz.frame.frame_words import FrameWords
from mnistviz.model.kind import softmax
from mnistviz.model.train import logits_of

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build" / "bench"
BASE = "d3dd09d"
PRESENT = (sys.executable, "-m", "mnistviz")
SIZE = WIDTH, HEIGHT = 1920, 1080
DEFAULT = Timeline(60, 1, 30, 0.25)  # of the older commit: as much moves as is held
PACE = ("--seconds-per-image", 1)


# --- whole commands


def built(commit):
    """Build a commit beside this tree; return how its command begins."""
    tree, environment = BUILD / commit, BUILD / f"{commit}-python"
    if not environment.exists():
        BUILD.mkdir(parents=True, exist_ok=True)
        if not tree.exists():
            subprocess.run(["git", "worktree", "add", tree, commit], cwd=ROOT, check=True)
        venv.create(environment, with_pip=True)
        install = [environment / "bin" / "python", "-m", "pip", "install", "--quiet", tree]
        subprocess.run(install, check=True)
    return environment / "bin" / "python", "-m", "mnistviz"


class Bench:
    """Runs commands in a folder, with one model for all."""

    def __init__(self, folder, options):
        self.folder, self.rounds, self.base = folder, options.rounds, built(options.base)
        self.model = folder / "model.npz"
        subprocess.run([*PRESENT, "train", "--out", self.model, "--quiet"], check=True)

    def seconds(self, program, *options, out="film.mp4", cores=None):
        """Render a film, on so many cores or all; return how long it took."""
        path = self.folder / out
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        how = [str(option) for option in options]
        pace = [*map(str, PACE), *([] if out.endswith(".gif") else ["--transition", "0.25"])]
        if "--count" not in how:
            pace += ["--count", str(DEFAULT.images)]
        command = [*program, "render", "--model", self.model, "--quiet", *pace, *how]
        start = time.perf_counter()
        target = f"{path}/" if out.endswith("/") else path
        usual = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {*sorted(usual)[:cores]})  # which the command inherits
        try:
            subprocess.run([*command, "--out", target], check=True, stdout=subprocess.DEVNULL)
        finally:
            os.sched_setaffinity(0, usual)
        return time.perf_counter() - start

    def against(self, name, *options, out="film.mp4"):
        """Print how long a film takes this tree and the older commit."""
        times = [
            [self.seconds(program, *options, out=out) for program in (self.base, PRESENT)]
            for _ in range(self.rounds)
        ]
        then, now = (statistics.median(column) for column in zip(*times, strict=True))
        ratio = statistics.median(before / after for before, after in times)
        print(f"| {name} | {then:.2f} | {now:.2f} | {ratio:.2f} |", flush=True)


HEADING = "| | {}, s | this tree, s | times as fast |\n|---|---|---|---|"


def formats(bench, options):
    """Print whole films in every format, against the older commit."""
    print(HEADING.format(options.base))
    bench.against("default film")
    few = ("--count", 20)
    bench.against("20 images as PNGs", *few, out="frames/")
    bench.against("20 images as WebP", *few, out="film.webp")
    bench.against("20 images as GIF", *few, out="film.gif")
    bench.against("one image", "--count", 1)


def workers(bench, options):
    """Print the rates of workers, in images a second.

    A worker paints while its ffmpeg encodes: so one alone keeps more than one core busy. What a
    core of its own gives is seen against one worker that has a single core.
    """
    few, many = 20, 120
    rates = {}
    ways = {"one worker on one core": (1, 1), "one worker": (1, 2), "two workers": (2, 2)}
    for _ in range(options.rounds):
        for name, (count, cores) in ways.items():
            short, long = (
                bench.seconds(PRESENT, "--count", images, "--workers", count, cores=cores)
                for images in (few, many)
            )
            rates.setdefault(name, []).append((many - few) / (long - short))
    for name, found in rates.items():
        others = zip(rates["two workers"], found, strict=True)
        ratio = statistics.median(two / one for two, one in others)
        print(f"{name}: {statistics.median(found):.1f} images/s; two are {ratio:.2f} times as fast")


# --- what is in the film


def quality(bench, options):
    """Print bytes, and how far the default film is from what was drawn."""
    paths = []
    for name, program in (("then.mp4", bench.base), ("now.mp4", PRESENT)):
        bench.seconds(program, out=name)
        paths.append(bench.folder / name)
    then, now = (path.stat().st_size for path in paths)
    film = Film()
    cells = film.cells()
    errors, worst = [], 0
    # What is held is the same to the bit (tests/formats/test_holds.py).
    starts = np.array(DEFAULT.frames_of(0, DEFAULT.pictures)[:-1]).cumsum()
    decoded = pictures_of(paths[1], {0, *starts.tolist()})
    for painted, picture in zip(film.painted(DEFAULT.pictures), decoded, strict=True):
        off = painted.astype(np.int16) - picture
        errors.append(np.square(off, dtype=np.int32).mean())
        worst = max(worst, np.abs(off[: WIDTH * HEIGHT].reshape(HEIGHT, WIDTH)[cells]).max())
    ratios = 10 * np.log10(255**2 / np.maximum(errors, 1e-9))
    print(f"{now / 1e6:.2f} MB, {now / then:.2f} times {options.base}'s {then / 1e6:.2f}")
    print(f"PSNR {ratios.mean():.1f} dB, lowest {ratios.min():.1f}; ", end="")
    print(f"no pixel of a cell is off by more than {worst} levels", flush=True)


def pictures_of(path, wanted):
    """Yield the frames of a film that are wanted, by their numbers, in yuv420p."""
    how = ["-f", "rawvideo", "-fps_mode", "passthrough", "-"]
    command = [find_ffmpeg(), "-v", "error", "-i", path, *how]
    length = WIDTH * HEIGHT * 3 // 2
    with subprocess.Popen(command, stdout=subprocess.PIPE) as program:
        for number in range(DEFAULT.frames):
            data = program.stdout.read(length)
            if number in wanted:
                yield np.frombuffer(data, np.uint8)


class Film:
    """The pictures of the default film, and as many more as are asked for."""

    def __init__(self):
        digits, picture = mnistviz.load(), mnistviz.PictureConfig(SIZE)
        model = mnistviz.train(digits).model
        words, test = FrameWords.of(digits, picture), digits.test
        layout, logits = layout_for(words, test.image_size, picture), logits_of(model, test.images)
        self.composer = Composer.of(
            model.weights, model.bias, logits, test.labels, words, layout, theme_of(picture)
        )
        answers = logits.argmax(axis=1), softmax(logits).max(axis=1)
        order = select(digits, mnistviz.Selection(DEFAULT.images), *answers)
        shown = shown_of_test(digits, logits, order)
        self.moments = Moments(shown, DEFAULT.pictures_per_image)

    def scenes(self, count):
        """Yield the scenes of the first pictures."""
        return map(self.composer.scene, islice(self.moments, count))

    def painted(self, count):
        """Yield the first pictures as they are painted."""
        painter = Painter(next(self.scenes(1)))
        return map(painter.paint, self.scenes(count))

    def cells(self):
        """Return which pixels (height, width) are a cell's."""
        mask = np.zeros((HEIGHT, WIDTH), bool)
        for cell in next(self.scenes(1)).elements:
            if isinstance(cell, Cell):
                rows, columns = (cell.k * side for side in cell.levels.shape)
                mask[cell.y : cell.y + rows, cell.x : cell.x + columns] = True
        return mask


# --- against matplotlib, and against the encoder alone


def ways(bench, options):
    """Print the rates of matplotlib's way, of ours, and of the encoder with painted pictures."""
    film = Film()
    few, many = 100, DEFAULT.pictures
    pictures = [picture.copy() for picture in film.painted(many)]
    theirs, ours, limit = [], [], []
    for _ in range(options.rounds):
        theirs.append(rate(lambda count: with_func_animation(film, count, bench.folder), 5, 25))
        ours.append(rate(lambda count: encode(count, film.painted(count)), few, many))
        limit.append(rate(lambda count: encode(count, pictures[:count]), few, many))
    a, c, d = (statistics.median(rates) for rates in (theirs, ours, limit))
    frames = DEFAULT.frames / DEFAULT.pictures
    print(f"a: FuncAnimation and FFMpegWriter {a:.2f} frames/s, each of them drawn")
    print(f"c: mnistviz {c:.1f} pictures/s, which are {c * frames:.0f} frames/s")
    print(f"d: the encoder with pictures painted before, {d:.1f} pictures/s")
    one = statistics.median(x / y for x, y in zip(ours, limit, strict=True))
    print(f"c / d {one:.2f}; the default film, c / a {c * frames / a:.0f}", flush=True)


def rate(work, few, many):
    """Return how many a second, from a short and a long piece of work."""
    times = []
    for count in (few, many):
        start = time.perf_counter()
        work(count)
        times.append(time.perf_counter() - start)
    return (many - few) / (times[1] - times[0])


def encode(count, pictures):
    """Encode pictures as the default film is."""
    frames = DEFAULT.frames_of(0, count)
    made = Mp4(SIZE, DEFAULT).encoded(frames, lambda: pictures)
    assert not made.note, made.note


def with_func_animation(film, count, folder):
    """Make a film as matplotlib's documentation shows it."""
    scenes = [*film.scenes(count)]
    artists = Artists(scenes[0])
    animation = FuncAnimation(
        artists.figure,
        lambda number: artists.update(scenes[number]),
        frames=count,
        cache_frame_data=False,
    )
    mpl.rcParams["animation.ffmpeg_path"] = find_ffmpeg()
    codec, extra = H264["standard"][1], [*H264["standard"][2:], "-pix_fmt", "yuv420p"]
    writer = FFMpegWriter(fps=DEFAULT.frame_rate, codec=codec, extra_args=extra)
    animation.save(folder / "theirs.mp4", writer=writer)


class Artists:
    """A scene as matplotlib's users draw it: artists that are made once, and then changed."""

    def __init__(self, scene):
        still = Scene(scene.size, scene.background, scene.static, ())
        self.figure = stage._figure(still)
        self.axes = self.figure.axes[0]
        self.pools = {Cell: [], Rectangle: [], Text: []}
        self.update(scene)

    def update(self, scene):
        """Show a scene's changing elements; return the artists that do."""
        used = []
        for kind, pool in self.pools.items():
            elements = [
                piece
                for element in scene.changing
                if isinstance(element, kind)
                for piece in (element.dashes() if kind is Rectangle else (element,))
            ]
            while len(pool) < len(elements):
                (artist,) = stage._artists(elements[len(pool)], self.axes, 1)
                pool.append(self.axes.add_artist(artist))
                pool[-1].set(clip_on=False, zorder=1000 + len(pool))
            for artist, element in zip(pool, elements, strict=False):
                change(artist, element)
            for artist in pool[len(elements) :]:
                artist.set_visible(False)
            used += pool[: len(elements)]
        return used


def change(artist, element):
    """Make an artist show an element."""
    artist.set_visible(True)
    match element:
        case Cell():
            artist.set_data(np.repeat(element.levels[..., None], 3, axis=2))
        case Rectangle(x, y, width, height, colour, _):
            artist.set_bounds(x, y, width, height)
            artist.set_facecolor(rgb(colour))
        case Text():
            artist.set_text(element.text)
            artist.set_position((element.x, element.baseline))
            artist.set_color(rgb(element.colour))
            artist.set_fontproperties(typeface_of(element))


# --- long films


def scaling(bench, options):
    """Print memory, and the disk for segments, against the number of images."""
    print("| images | s | most memory of all processes, MiB | segments, MB | film, MB |")
    print("|---|---|---|---|---|")
    for count in (100, 1_000, 10_000):
        out = bench.folder / "long.mp4"
        how = ["--count", str(count), "--seconds-per-image", "0.1", "--transition", "0"]
        start, memory, disk = time.perf_counter(), 0, 0
        command = [*PRESENT, "render", "--model", bench.model, "--quiet", *how, "--out", out]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as program:
            process = psutil.Process(program.pid)
            while program.poll() is None:
                memory, disk = max(memory, resident(process)), max(disk, stored(bench.folder))
                time.sleep(0.1)
        spent, film = time.perf_counter() - start, out.stat().st_size
        row = f"{spent:.1f} | {memory / 2**20:.0f} | {disk / 1e6:.1f} | {film / 1e6:.1f}"
        print(f"| {count:,} | {row} |", flush=True)
        out.unlink()


def resident(process):
    """Return the memory of a process and all that it started, with what they share counted once."""
    total = 0
    for each in (process, *process.children(recursive=True)):
        try:
            total += each.memory_full_info().pss
        except psutil.Error:  # it has just ended
            continue
    return total


def stored(folder):
    """Return the bytes of the segments that lie beside the film."""
    total = 0
    for path in folder.rglob("long.mp4.unfinished/*.segment*"):
        try:
            total += path.stat().st_size
        except FileNotFoundError:  # it has just been moved
            continue
    return total


PARTS = {part.__name__: part for part in (formats, workers, quality, ways, scaling)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--base", default=BASE, help="the older commit")
    parser.add_argument("--only", choices=PARTS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options)
        for name in [options.only] if options.only else PARTS:
            print(f"\n{PARTS[name].__doc__.removeprefix('Print ')}", flush=True)
            PARTS[name](bench, options)


if __name__ == "__main__":
    main()
