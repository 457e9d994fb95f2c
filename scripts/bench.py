"""Compares ways to make the same film: matplotlib's, imageio's, mnistviz's, and the limit.

    python scripts/bench.py            the comparison, about five minutes
    python scripts/bench.py --scaling  time and memory against images and size, about ten

Every way shows the same pictures, one a frame, in the same size, through the same ffmpeg with the
same encoder: the pictures of the default film, in which each image turns into the next. mnistviz
and the limit also show a film of cuts, in which every picture is another image. Each is timed for
a short and a long film: the difference gives its rate, and what is left of the short one its
start-up. Rounds are interleaved and medians taken.
"""

import argparse
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import imageio.v2 as imageio
import matplotlib as mpl
import numpy as np
from matplotlib.animation import FFMpegWriter, FuncAnimation
from matplotlib.backends.backend_agg import FigureCanvasAgg

import mnistviz
from mnistviz.datasets.select import select
from mnistviz.drawing import matplotlib_renderer as stage
from mnistviz.drawing.painter import Painter
from mnistviz.drawing.scene import Cell, Rectangle, Scene, Text
from mnistviz.drawing.theme import theme_of
from mnistviz.film.moments import Moments, shown_of_test
from mnistviz.formats.codecs import H264
from mnistviz.formats.ffmpeg import find_ffmpeg
from mnistviz.formats.mp4 import Mp4
from mnistviz.formats.timeline import Timeline
from mnistviz.formats.writer import VideoWriter
from mnistviz.frame.composer import Composer
from mnistviz.frame.fit import layout_for
from mnistviz.frame.frame_words import FrameWords
from mnistviz.model.softmax import softmax
from mnistviz.model.train import logits_of

ENCODER = H264["standard"]
RATE = 30
MET = 2_000  # pictures, by which the Painter has met most numbers
STEPS = 8  # of the default film: 0.25 s at 30 frames a second


class Artists:
    """A scene as matplotlib's users draw it: artists that are made once, and then changed."""

    def __init__(self, scene):
        still = Scene(scene.size, scene.background, scene.static, ())
        self.figure = stage._figure(still)
        self.canvas = FigureCanvasAgg(self.figure)
        self.axes = self.figure.axes[0]
        self.pools = {Cell: [], Rectangle: [], Text: []}
        self.update(scene)

    def update(self, scene):
        """Show a scene's changing elements; return the artists that do."""
        used = []
        for kind, pool in self.pools.items():
            elements = [element for element in scene.changing if isinstance(element, kind)]
            while len(pool) < len(elements):
                pool.append(self.axes.add_artist(stage._artist(elements[len(pool)], self.axes)))
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
        case Rectangle(x, y, width, height, colour):
            artist.set_bounds(x, y, width, height)
            artist.set_facecolor(stage._rgb(colour))
        case Text():
            artist.set_text(element.text)
            artist.set_color(stage._rgb(element.colour))
            artist.set_fontproperties(stage._line(element).get_fontproperties())


def with_func_animation(film, count, path):
    """As matplotlib's documentation shows it."""
    artists = Artists(film.scene(0))
    animation = FuncAnimation(
        artists.figure,
        lambda n: artists.update(film.scene(n)),
        frames=count,
        cache_frame_data=False,
    )
    mpl.rcParams["animation.ffmpeg_path"] = find_ffmpeg()
    extra = [*ENCODER[2:], "-pix_fmt", "yuv420p"]
    animation.save(path, writer=FFMpegWriter(fps=RATE, codec=ENCODER[1], extra_args=extra))


def with_blitting(film, count, path):
    """Only what changes is drawn anew, and imageio pipes the frames."""
    artists = Artists(film.scene(0))
    for pool in artists.pools.values():
        for artist in pool:
            artist.set_animated(True)
    artists.canvas.draw()
    background = artists.canvas.copy_from_bbox(artists.figure.bbox)
    writer = imageio.get_writer(
        path, fps=RATE, codec=ENCODER[1], quality=None, macro_block_size=2,
        pixelformat="yuv420p", ffmpeg_params=list(ENCODER[2:]),
    )  # fmt: skip
    with writer:
        for n in range(count):
            artists.canvas.restore_region(background)
            for artist in artists.update(film.scene(n)):
                artist.set_animated(True)
                artists.axes.draw_artist(artist)
            writer.append_data(np.asarray(artists.canvas.buffer_rgba())[..., :3])


def with_mnistviz(film, count, path):
    """As `mnistviz render` does it."""
    painter = Painter(film.scene(0))
    with VideoWriter(path, film.container(count)) as writer:
        for n in range(count):
            writer.write(painter.paint(film.scene(n)))


def at_the_limit(film, count, path):
    """The pictures are painted already; only the encoder works."""
    with VideoWriter(path, film.container(count)) as writer:
        for n in range(count):
            writer.write(film.painted[n])


class Film:
    """What all ways show."""

    def __init__(self, size, most, steps):
        digits = mnistviz.load()
        picture = mnistviz.PictureConfig(size)
        model = mnistviz.train(digits).model
        words, test = FrameWords.of(digits, picture), digits.test
        layout, logits = layout_for(words, test.image_size, picture), logits_of(model, test.images)
        self.composer = Composer.of(
            model.weights, model.bias, logits, test.labels, words, layout, theme_of(picture)
        )
        answers = logits.argmax(axis=1), softmax(logits).max(axis=1)
        order = select(digits, mnistviz.Selection(most), *answers)
        moments = Moments(shown_of_test(digits, logits, order), steps)
        self.moments = list(itertools.islice(moments, most))
        self.size = size
        self.painted = []

    def scene(self, n):
        return self.composer.scene(self.moments[n])

    def container(self, count):
        return Mp4(self.size, Timeline(count, 1 / RATE, RATE), encoder=ENCODER)

    def paint_all(self, count):
        """Paint the pictures for the limit; return the Painter's rate well into a film."""
        scenes = [self.scene(n) for n in range(len(self.moments))]
        painter = Painter(scenes[0])
        for scene in scenes[:MET]:
            painter.paint(scene)
        start = time.perf_counter()
        for scene in scenes[MET:]:
            painter.paint(scene)
        rate = (len(scenes) - MET) / (time.perf_counter() - start)
        self.painted = [painter.paint(scene).copy() for scene in scenes[:count]]
        return rate


OURS, LIMIT = "c: mnistviz", "d: the limit, painted beforehand"
# The way, and the pictures of its short and its long film.
FEW, MANY = 100, 600
OUR_WAYS = {OURS: (with_mnistviz, FEW, MANY), LIMIT: (at_the_limit, FEW, MANY)}
WAYS = {
    "a: FuncAnimation + FFMpegWriter": (with_func_animation, 5, 40),
    "b: imageio.get_writer + blitting": (with_blitting, 10, 100),
    **OUR_WAYS,
}


def seconds(way, film, count, folder):
    start = time.perf_counter()
    way(film, count, folder / "film.mp4")
    return time.perf_counter() - start


def compare(film, ways, rounds):
    """Print a table of rates and start-ups, and the ratios of the rates to mnistviz's."""
    painter_rate = film.paint_all(max(most for _, _, most in ways.values()))
    rates, starts = {name: [] for name in ways}, {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            for name, (way, few, many) in ways.items():
                short, long = (seconds(way, film, count, Path(folder)) for count in (few, many))
                rates[name].append((many - few) / (long - short))
                starts[name].append(short - few / rates[name][-1])
    print("| way | pictures/s, median (least to most) | start-up, s |\n|---|---|---|")
    for name in ways:
        r, s = rates[name], statistics.median(starts[name])
        print(f"| {name} | {statistics.median(r):.1f} ({min(r):.1f} to {max(r):.1f}) | {s:.2f} |")
    print(f"| the Painter alone | {painter_rate:.0f} | |\n")
    for other in sorted(ways.keys() - {OURS}):
        ratios = [x / y for x, y in zip(rates[OURS], rates[other], strict=True)]
        print(f"c / {other[0]}: {statistics.median(ratios):.2f}")
    print(f"Painter / d: {painter_rate / statistics.median(rates[LIMIT]):.1f}\n", flush=True)


ONE_RUN = """
import json, resource, sys, time
start = time.perf_counter()
import mnistviz
size, count, model, out = json.loads(sys.argv[1])
digits = mnistviz.load()
selection, timing = mnistviz.Selection(count), mnistviz.Timing(1 / 30, 0)
picture = mnistviz.PictureConfig(tuple(size))
mnistviz.render(digits, model, out, selection, timing, picture=picture)
spent = time.perf_counter() - start
peaks = [resource.getrusage(who).ru_maxrss / 1024
         for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps([spent, *peaks]))
"""


def one_run(size, count, model, folder):
    """Render in a process of its own; return seconds, and Python's and ffmpeg's peaks in MiB."""
    call = json.dumps([size, count, str(model), str(Path(folder, "film.mp4"))])
    out = subprocess.run([sys.executable, "-c", ONE_RUN, call], capture_output=True, check=True)
    return json.loads(out.stdout)


def scaling():
    """Print time and memory against the number of images and against size."""
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder, "model.npz")
        mnistviz.train(mnistviz.load(), model)
        print("| size | images | s | images/s | Python, MiB | ffmpeg, MiB |")
        print("|---|---|---|---|---|---|")
        hd = (1920, 1080)
        runs = [(hd, n) for n in (100, 1_000, 10_000)]
        runs += [(size, 300) for size in ((1280, 720), hd, (2560, 1440), (3840, 2160))]
        for size, count in runs:
            spent, ours, theirs = one_run(size, count, model, folder)
            row = ("{}x{}".format(*size), f"{count:,}", f"{spent:.1f}", f"{count / spent:.1f}")
            print("|", " | ".join(row), f"| {ours:.0f} | {theirs:.0f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scaling", action="store_true")
    options = parser.parse_args()
    if options.scaling:
        scaling()
    else:
        print("The default film's pictures: each image turns into the next.\n")
        compare(Film((1920, 1080), 2 * MET, STEPS), WAYS, options.rounds)
        print("Cuts: every picture is another image.\n")
        compare(Film((1920, 1080), 2 * MET, 1), OUR_WAYS, options.rounds)


if __name__ == "__main__":
    main()
