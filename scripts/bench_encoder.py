"""Measures encoders' settings on this project's pictures and prints docs/encoding.md's tables.

Every film shows the same pictures, drawn and converted beforehand: a linear blend of 8 frames
into each image, then the image, held. Each picture is piped once and ffmpeg repeats the held one;
with --codec held, each is encoded once, and `mnistviz.formats.holds` repeats it, as in a film.
Rounds are interleaved, so that other load on the machine disturbs all settings alike.
"""

import hashlib
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import click
import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from mnistviz.config import PictureConfig, Selection
from mnistviz.datasets.load import load
from mnistviz.datasets.select import select
from mnistviz.drawing.raster import rasterise
from mnistviz.drawing.theme import theme_of
from mnistviz.film.moments import Moments, shown_of_test
from mnistviz.formats.encoded import NO_TRACKS, Part
from mnistviz.formats.mp4 import Mp4
from mnistviz.formats.timeline import Timeline
from mnistviz.frame.composer import Composer
from mnistviz.frame.fit import layout_for
from mnistviz.frame.frame_words import FrameWords
from mnistviz.frame.moment import Moment
from mnistviz.frame.places import Layout
from mnistviz.model.kind import softmax
from mnistviz.model.train import logits_of
from mnistviz.training.train import train

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
SIZE = WIDTH, HEIGHT = 1920, 1080
RATE = 30  # frames a second, and frames an image
BLENDS = 8  # pictures of the way from one image to the next
PICTURES = BLENDS + 1  # an image's own one included
PLANES = WIDTH * HEIGHT * 3 // 2  # bytes of a picture in 4:2:0
RAW = ("-f", "rawvideo", "-framerate", str(RATE), "-video_size", f"{WIDTH}x{HEIGHT}")
RGB = (*RAW, "-pixel_format", "rgb24", "-i", "pipe:0")
YUV = (*RAW, "-pixel_format", "yuv420p")
TO_YUV = (
    "scale=flags=area+accurate_rnd+full_chroma_int"
    ":in_range=full:out_range=tv:out_color_matrix=bt709,format=yuv420p"
)
TAGS = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
HOLDS = f"setpts=floor(N/{PICTURES})*{RATE}+mod(N\\,{PICTURES}),fps={RATE}"
SAME_BYTES = ("-fflags", "+bitexact", "-flags:v", "+cgop+bitexact", "-map_metadata", "-1")
HEADINGS = "settings|s|CPU s|pictures/s|frames/s|KB|PSNR|lowest PSNR|SSIM|lowest SSIM|worst pixel"


@dataclass
class Trial:
    """One setting of the encoder, and what was measured of it."""

    name: str
    codec: str
    options: dict[str, str]
    seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)
    hashes: set[str] = field(default_factory=set)
    size: int = 0  # bytes

    def arguments(self) -> list[str]:
        named = [word for option in self.options.items() for word in option]
        return [*CODECS[self.codec], *named, *SAME_BYTES]


CODECS = {
    "h264": (
        *("-c:v", "libx264", "-profile:v", "high"),
        *("-bsf:v", "filter_units=remove_types=6"),  # the SEI that records x264's build
    ),
    "hevc": ("-c:v", "libx265", "-tag:v", "hvc1"),
    "av1": ("-c:v", "libsvtav1"),
    "vp9": ("-c:v", "libvpx-vp9", "-b:v", "0"),
}
CODECS["held"] = (*CODECS["h264"], "-threads", "1")
BASE = {"-preset": "veryfast", "-crf": "18", "-threads": "4"}
FACTORS = {
    "-preset": ("ultrafast", "superfast", "faster", "medium"),
    "-tune": ("stillimage", "animation"),
    "-crf": ("14", "20", "23"),
    "-rc-lookahead": ("0", "40"),
    "-g": ("30", "60"),
    "-aq-mode": ("0",),
    "-b_strategy": ("0",),
    "-trellis": ("1",),
    "-threads": ("1", "2", "8"),
}
FLAT = {"-tune": "animation", "-aq-mode": "0"}
QUICK = {"-preset": "superfast", "-g": "60"} | FLAT
COMBINATIONS = (
    {"-preset": "ultrafast", "-crf": "23"},
    {"-preset": "ultrafast", "-crf": "24", "-coder": "ac"},
    QUICK | {"-crf": "20"},
    QUICK | {"-crf": "18"},
    QUICK | {"-crf": "20", "-b_strategy": "0"},
    QUICK | {"-crf": "20", "-b_strategy": "0", "-trellis": "1"},
    QUICK | {"-crf": "20", "-b_strategy": "0", "-trellis": "1", "-subq": "4"},
    QUICK | {"-crf": "18", "-b_strategy": "0", "-trellis": "1", "-subq": "0"},
    QUICK | {"-crf": "16", "-b_strategy": "0", "-trellis": "1", "-subq": "0"},
    {"-crf": "20", "-g": "60"} | FLAT,
    {"-crf": "18", "-g": "60"} | FLAT,
    {"-crf": "10", "-g": "60"} | FLAT,
    {"-preset": "medium", "-crf": "8", "-g": "30", "-aq-mode": "0"},
)


X265 = "log-level=error:info=0:open-gop=0:frame-threads=1:pools=4"
SVT = "lp=2:enable-tf=0:hierarchical-levels=2"
REALTIME = {
    **{"-deadline": "realtime", "-lag-in-frames": "0", "-auto-alt-ref": "0"},
    **{"-tune-content": "screen", "-threads": "4", "-row-mt": "1", "-tile-columns": "2"},
}


def x265(preset: str, crf: int, every: int, more: str = "") -> dict[str, str]:
    return {"-preset": preset, "-crf": str(crf), "-g": str(every), "-x265-params": X265 + more}


def svt(preset: int, crf: int, every: int, parameters: str = SVT) -> dict[str, str]:
    return {
        **{"-preset": str(preset), "-crf": str(crf), "-g": str(every)},
        "-svtav1-params": parameters,
    }


def vp9(speed: int, crf: int, every: int) -> dict[str, str]:
    return REALTIME | {"-cpu-used": str(speed), "-crf": str(crf), "-g": str(every)}


REFUSED = " (copies differ, so every frame is encoded)"
DEAD_ZONES = {"-x264-params": "deadzone-inter=12:deadzone-intra=8"}
ULTRAFAST = {"-preset": "ultrafast", "-coder": "ac", "-aq-mode": "0"}
HELD = {"-tune": "animation", "-aq-mode": "0", "-trellis": "1"}

OTHERS = {
    "held": (
        ULTRAFAST | {"-qp": "24"},
        ULTRAFAST | {"-qp": "20"} | DEAD_ZONES,
        {"-preset": "superfast", "-aq-mode": "0", "-qp": "8"} | DEAD_ZONES,
        ULTRAFAST | {"-qp": "20"},
        ULTRAFAST | {"-qp": "22"} | DEAD_ZONES,
        ULTRAFAST | {"-crf": "20"} | DEAD_ZONES,
        {"-preset": "ultrafast", "-qp": "20"} | DEAD_ZONES,
        {"-preset": "superfast", "-aq-mode": "0", "-qp": "20"} | DEAD_ZONES,
        {"-preset": "superfast", "-subq": "0", "-crf": "18"} | HELD,
        {"-preset": "veryfast", "-subq": "1", "-crf": "18"} | HELD,
        {"-preset": "veryfast", "-subq": "0", "-crf": "16"} | HELD,
    ),
    "hevc": (
        *(x265("superfast", 18, 60), x265("superfast", 12, 60), x265("medium", 8, 30)),
        *(x265("ultrafast", 14, 60), x265("medium", 18, 60)),
        x265("superfast", 16, 60, ":cutree=0"),
        x265("superfast", 14, 60, ":b-adapt=0:bframes=8"),
        x265("superfast", 14, 60, ":rskip=0"),
    ),
    "av1": (
        *(svt(10, 24, 60), svt(8, 16, 60), svt(6, 2, 30)),
        svt(8, 16, 60, "lp=2"),
        svt(8, 16, 60, "lp=2:enable-tf=0"),
        svt(8, 16, 60, SVT + ":aq-mode=0"),
        *(svt(9, 12, 60), svt(6, 16, 60)),
    ),
    "vp9": (
        *(vp9(8, 24, 60), vp9(7, 10, 60), vp9(5, 2, 30)),
        *(vp9(7, 14, 60), vp9(7, 20, 60)),
        vp9(7, 10, 60) | {"-tune-content": "default"},
        vp9(4, 10, 60) | {"-deadline": "good", "-lag-in-frames": "25", "-auto-alt-ref": "1"},
    ),
}


def trials(codec: str) -> list[Trial]:
    """Return a codec's; of H.264 the baseline, one factor changed at a time, and combinations."""
    if codec != "h264":
        return [Trial(words(options), codec, options) for options in OTHERS[codec]]
    found = [Trial("**baseline**: " + words(BASE), codec, BASE)]
    for name, values in FACTORS.items():
        found += [Trial(words({name: value}), codec, BASE | {name: value}) for value in values]
    return found + [Trial(words(options), codec, BASE | options) for options in COMBINATIONS]


def words(options: dict[str, str]) -> str:
    return ", ".join(f"{name[1:]} {value}" for name, value in options.items())


def moments(images: list[Moment]) -> Iterator[Moment]:
    """Blend into each image from the one before; into the first from the last."""
    for place, moment in enumerate(images):
        before = images[place - 1]
        for step in range(1, PICTURES + 1):
            share = np.float32(step / PICTURES)
            pixels = before.pixels + share * (moment.pixels - before.pixels)
            logits = before.logits + share * (moment.logits - before.logits)
            answer = {"logits": logits, "probabilities": softmax(logits)}
            yield replace(moment, pixels=pixels, **answer)


def draw(images: int, raw: Path) -> Layout:
    """Draw all pictures into a raw file of yuv420p; return where everything stands."""
    dataset, picture = load(), PictureConfig(SIZE)
    test, frame_words = dataset.test, FrameWords.of(dataset, picture)
    layout, model = layout_for(frame_words, test.image_size, picture), train(dataset).model
    logits = logits_of(model, test.images)
    answers = logits.argmax(axis=1), softmax(logits).max(axis=1)
    order = select(dataset, Selection(images), *answers)
    composer = Composer.of(
        model.weights, model.bias, logits, test.labels, frame_words, layout, theme_of(picture)
    )
    with start(*RGB, "-vf", TO_YUV, "-f", "rawvideo", str(raw), stdin=subprocess.PIPE) as process:
        for moment in moments(list(Moments(shown_of_test(dataset, logits, order)))):
            process.stdin.write(rasterise(composer.scene(moment)).data)
    return layout


def cells(layout: Layout) -> NDArray[np.bool_]:
    """Return which pixels are a digit's, a weight's or a product's."""
    mask = np.zeros((HEIGHT, WIDTH), bool)
    width, height = layout.cell
    for left, top in chain.from_iterable(lane.cells for lane in layout.lanes):
        mask[top : top + height, left : left + width] = True
    return mask.ravel()


def start(*arguments: str, **pipes: object) -> subprocess.Popen:
    return subprocess.Popen([FFMPEG, "-v", "error", "-nostdin", *arguments], **pipes)


def encode(trial: Trial, pictures: memoryview, film: Path) -> None:
    """Encode the pictures once, and note how long it took."""
    frames = str(len(pictures) // PLANES // PICTURES * RATE)
    source = (*YUV, "-i", "pipe:0", "-vf", f"{TAGS},{HOLDS}", "-frames:v", frames, "-y")
    began, cpu = time.perf_counter(), children()
    if trial.codec == "held":
        encode_once(trial, pictures, film)
        return
    whole = (*source, *trial.arguments(), str(film))
    with suppress(BrokenPipeError), start(*whole, stdin=subprocess.PIPE) as process:
        process.stdin.write(pictures)
    if process.returncode:  # ffmpeg has printed why
        sys.exit(f"ffmpeg failed with {trial.name}")
    note(trial, film, began, cpu)


def encode_once(trial: Trial, pictures: memoryview, film: Path) -> None:
    """Encode each picture once, as a film's segment; the time is that of this process too."""
    drawn = np.frombuffer(pictures, np.uint8).reshape(-1, PLANES)
    frames = (*[1] * BLENDS, RATE - BLENDS) * (len(drawn) // PICTURES)
    film_format = Mp4(SIZE, Timeline(len(drawn) // PICTURES, 1, RATE), trial.arguments())
    began, cpu, own = time.perf_counter(), children(), time.process_time()
    made = film_format.encoded(frames, lambda: drawn)
    if made.note and REFUSED not in trial.name:
        trial.name += REFUSED
    cpu -= time.process_time() - own
    segment = film.with_suffix(".segment")
    segment.write_bytes(made.data)
    film_format.join([Part(segment, frames)], film, NO_TRACKS)
    note(trial, film, began, cpu)


def note(trial: Trial, film: Path, began: float, cpu: float) -> None:
    """Note how long it took, and what came of it."""
    trial.seconds.append(time.perf_counter() - began)
    trial.cpu_seconds.append(children() - cpu)
    trial.hashes.add(hashlib.sha256(film.read_bytes()).hexdigest())
    trial.size = film.stat().st_size


def children() -> float:
    """Return the processor time of ended child processes, in seconds (0 on Windows)."""
    return os.times().children_user + os.times().children_system


def similarity(film: Path, raw: Path) -> list[str]:
    """Return luma's PSNR (dB) and SSIM, of all frames and of the lowest, by ffmpeg's filters."""
    # Without the same tags on both, ffmpeg converts one of them from BT.601.
    graph = (
        f"[1:v]{TAGS},{HOLDS},split[c][d];[0:v]split[a][b];"
        "[a][c]psnr=stats_file=-[e];[b][d]ssim=stats_file=-[f]"
    )
    sink = ("-map", "[e]", "-map", "[f]", "-f", "null", os.devnull)
    inputs = ("-i", str(film), *YUV, "-i", str(raw))
    with start(*inputs, "-lavfi", graph, *sink, stdout=subprocess.PIPE) as process:
        printed = process.stdout.read().decode()
    mse = [float(value) for value in re.findall(r"mse_y:(\S+)", printed)]
    ssim = [float(value) for value in re.findall(r"\bY:(\S+)", printed)]
    assert len(mse) == len(ssim) == raw.stat().st_size // PLANES // PICTURES * RATE
    psnr = [10 * np.log10(255**2 / max(error, 1e-9)) for error in (np.mean(mse), max(mse))]
    return [*(f"{value:.1f}" for value in psnr), f"{np.mean(ssim):.5f}", f"{min(ssim):.5f}"]


def worst_pixel(film: Path, pictures: memoryview, mask: NDArray[np.bool_]) -> int:
    """Return the greatest difference of luma of a pixel of a digit, weight or product."""
    drawn = np.frombuffer(pictures, np.uint8).reshape(-1, PLANES)
    luma = ("-i", str(film), "-vf", "extractplanes=y", "-f", "rawvideo", "-")
    worst = frame = 0
    with start(*luma, stdout=subprocess.PIPE) as process:
        while plane := process.stdout.read(WIDTH * HEIGHT):
            shown = frame // RATE * PICTURES + min(frame % RATE, BLENDS)
            ours = np.frombuffer(plane, np.uint8)
            theirs = drawn[shown, : WIDTH * HEIGHT]
            error = np.maximum(ours, theirs) - np.minimum(ours, theirs)
            worst, frame = max(worst, int((error * mask).max())), frame + 1
    return worst


def row(trial: Trial, count: int, quality: list[str]) -> str:
    seconds, cpu = statistics.median(trial.seconds), statistics.median(trial.cpu_seconds)
    frames = count // PICTURES * RATE
    speed = f"{seconds:.2f} | {cpu:.2f} | {count / seconds:.0f} | {frames / seconds:.0f}"
    several = f" ({len(trial.hashes)} different files!)" if len(trial.hashes) > 1 else ""
    return f"| {trial.name}{several} | {speed} | {trial.size / 1000:.0f} | {' | '.join(quality)} |"


@click.command()
@click.option("--rounds", default=3, show_default=True, help="How often each is encoded.")
@click.option("--codec", type=click.Choice([*CODECS]), default="h264", show_default=True)
@click.option("--images", default=6, show_default=True, help="Images of the film, 1 s each.")
def main(rounds: int, codec: str, images: int) -> None:
    """Measure the settings of a codec's encoder and print a Markdown table."""
    tried = trials(codec)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder, "pictures.yuv")
        mask = cells(draw(images, raw))
        pictures = memoryview(raw.read_bytes())
        for number, trial in enumerate(tried * rounds):
            click.echo(f"\r{number + 1} of {len(tried) * rounds}", nl=False, err=True)
            encode(trial, pictures, Path(folder, f"{number % len(tried)}.mp4"))
        columns = HEADINGS.split("|")
        click.echo(f"\r| {' | '.join(columns)} |\n|---|{'---:|' * (len(columns) - 1)}")
        for number, trial in enumerate(tried):
            film = Path(folder, f"{number}.mp4")
            quality = [*similarity(film, raw), str(worst_pixel(film, pictures, mask))]
            click.echo(row(trial, len(pictures) // PLANES, quality))


if __name__ == "__main__":
    main()
