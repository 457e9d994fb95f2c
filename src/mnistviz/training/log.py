"""The log of a training: accuracy and cross-entropy by step, as a table or as curves."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.transforms import Affine2D

from mnistviz._version import NAME
from mnistviz.datasets.dataset import Dataset
from mnistviz.drawing.letters import directed
from mnistviz.drawing.matplotlib_renderer import is_in_dejavu, outlines, own_settings, rgb
from mnistviz.drawing.raster import text_width
from mnistviz.drawing.text import legible, shortened
from mnistviz.drawing.theme import THEMES
from mnistviz.language.language import Language, later
from mnistviz.language.typefaces import Fonts
from mnistviz.model.training_config import TrainingConfig
from mnistviz.model.watch import Scores, TrainingMoment
from mnistviz.training import words
from mnistviz.training.chart import across, step_ticks, value_ticks

TRAINING = "training"  # the images that were trained with
LOG_SUFFIXES = (".csv", ".png", ".svg")
WIDTH, HEIGHT, DOTS = 40 / 3, 5.9, 144  # inches, and dots an inch of PNG
LEFT, PLOT, BETWEEN = 1.1, 4.0, 2.4  # inches: of the first plot, its width, and of the gap
FOOT, HIGH = 1.15, 3.1  # inches: under a plot, and its height
MARGIN = 0.6
APART = 0.07  # of the plot's width, between the numbers under it
LABEL = 0.085  # of the plot's height, between the labels at the ends of curves
METADATA = {".png": {"Software": NAME}, ".svg": {"Date": None}}
PAPER, INK, MUTED, GRID = (
    rgb(getattr(THEMES["light"], name)) for name in ("background", "ink", "muted", "shade")
)
UNDER = 0.45  # inches from a plot to the baseline of the name of its axis
MIDDLE = 0.36  # of a size: the middle of capitals, above their baseline
SIDE = 1.75  # inches at most of what stands at the right of a plot


class End(NamedTuple):
    """The end of a curve: how high it is in the plot, and what stands there."""

    height: float
    text: str
    colour: tuple[float, float, float]
    bold: bool


def is_drawn(log: Path | str | None) -> bool:
    """Whether a log is a picture."""
    return log is not None and Path(log).suffix.lower() in METADATA


def log_of(
    path: Path,
    moments: Sequence[TrainingMoment],
    dataset: Dataset,
    config: TrainingConfig,
    language: Language,
) -> bytes:
    """Return the content of a log.

    Parameters
    ----------
    path
        Its name, which ends in one of `LOG_SUFFIXES`.
    moments
        Of the training, in the order of their steps.
    dataset
        What was trained with; its test images are those that were not.
    config
        How it was trained.
    language
        Of the curves; a table is for programs.
    """
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return _table(moments, config)
    buffer = io.BytesIO()
    with own_settings():
        figure = _figure(moments, dataset, config, language)
        figure.savefig(buffer, format=suffix[1:], dpi=DOTS, metadata=METADATA[suffix])
    return buffer.getvalue()


def _table(moments: Sequence[TrainingMoment], config: TrainingConfig) -> bytes:
    """Return the moments as CSV, with the epochs done by then, in fractions of one."""
    buffer = io.StringIO(newline="")
    rows, last = csv.writer(buffer, lineterminator="\n"), moments[-1].step
    parts = "training", config.unseen
    rows.writerow(
        ["step", "epoch"]
        + [f"{part}_{what}" for part in parts for what in ("cross_entropy", "accuracy")]
    )
    for moment in moments:
        epochs = round(moment.step * config.epochs / last, 4)
        found = (moment.trained, moment.unseen)
        numbers = [f"{it:.6g}" for one in found for it in (one.cross_entropy, one.accuracy)]
        rows.writerow([moment.step, f"{epochs:g}", *numbers])
    return buffer.getvalue().encode()


def _figure(
    moments: Sequence[TrainingMoment], dataset: Dataset, config: TrainingConfig, language: Language
) -> Figure:
    figure = Figure(figsize=(WIDTH, HEIGHT), facecolor=PAPER)
    fonts = language.fonts
    name = shortened(legible(dataset.name, fonts), 40, fonts)

    def write(
        x: float, y: float, text: str, size: float, most: float = WIDTH - 2 * MARGIN, **options: Any
    ) -> None:
        """Write a line so many inches from the left and from the bottom, and wide at most."""
        _write(
            figure,
            x,
            y,
            text,
            _fitted(text, size, most, fonts, "weight" in options),
            fonts,
            **options,
        )

    write(
        MARGIN,
        HEIGHT - 0.55,
        language.say("Training on {name}", name=name),
        15,
        color=INK,
        weight="bold",
    )
    write(
        MARGIN, HEIGHT - 0.82, words.settings(language, config, len(dataset.train)), 10, color=MUTED
    )
    write(MARGIN, 0.35, words.footer(language, dataset, config), 10, color=MUTED)
    losses = [it for each in moments for it in (each.unseen[1], each.trained[1])]
    tops = 1.0, max(losses) or 1.0
    ticks = (
        {share: words.percent(language, share) for share in (0, 0.25, 0.5, 0.75, 1)},
        {value: words.plain(language, value) for value in value_ticks(tops[1])},
    )
    for which, numbered in enumerate(words.numbered(language)):
        left = LEFT + which * (PLOT + BETWEEN)
        place = left / WIDTH, FOOT / HEIGHT, PLOT / WIDTH, HIGH / HEIGHT
        axes = figure.add_axes(place, xlim=(0, 1), ylim=(0, tops[which]))
        write(
            left,
            FOOT + HIGH + 0.17,
            words.titles(language)[which],
            11,
            PLOT + SIDE,
            color=INK,
            weight="bold",
        )
        _scales(axes, moments[-1].step, ticks[which], language)
        axis = words.axis(language)
        size = _fitted(axis, 10, PLOT + 1, fonts)
        half = size * text_width(axis, False, fonts) / 72 / 2
        _write(figure, left + PLOT / 2 - half, FOOT - UNDER, axis, size, fonts, color=MUTED)
        ends = []
        for part, style in ((config.unseen, ("-", INK)), (TRAINING, ((0, (3, 2)), MUTED))):
            scores = [_scores(moment, part)[which] for moment in moments]
            places = [across(moment.step, moments[-1].step) for moment in moments]
            axes.plot(places, scores, ls=style[0], color=style[1], lw=2, clip_on=False)
            text = _label(language, part, numbered(scores[-1]))
            ends.append(End(scores[-1] / tops[which], text, style[1], part != TRAINING))
        _labels(figure, left, ends, fonts)
    return figure


def _scores(moment: TrainingMoment, part: str) -> Scores:
    return moment.trained if part == TRAINING else moment.unseen


def _label(language: Language, part: str, value: str) -> str:
    """Return what stands at the end of a curve."""
    # Translators: name of a curve, and its last value, as "test 92.8 %".
    said = {
        "test": later("test {value}"),
        "validation": later("validation {value}"),
        TRAINING: later("training {value}"),
    }
    return language.say(said[part], value=value)


def _write(
    figure: Figure, x: float, y: float, text: str, size: float, fonts: Fonts, **options: Any
) -> None:
    """Write a line so many inches from the left and from the bottom."""
    if is_in_dejavu(text, fonts):
        line = directed(text, fonts.right_to_left)
        figure.text(x / WIDTH, y / HEIGHT, line, fontsize=size, parse_math=False, **options)
        return
    path = outlines(text, options.get("weight") == "bold", fonts)
    placed = Affine2D().scale(size / 72).translate(x, y) + figure.dpi_scale_trans
    figure.add_artist(PathPatch(path, facecolor=options["color"], lw=0, transform=placed))


def _fitted(text: str, size: float, most: float, fonts: Fonts, bold: bool = False) -> float:
    """Return a size in points, smaller where a text would be wider than so many inches."""
    return size * min(1.0, most * 72 / (size * text_width(text, bold, fonts)))


def _scales(axes: Axes, steps: int, ticks: dict[float, str], language: Language) -> None:
    """Draw the grid and its numbers; steps at their square root, as in the film."""
    kept: list[int] = []
    for step in step_ticks(steps):
        x = across(step, steps)
        if all(abs(x - across(other, steps)) >= APART for other in kept):
            kept.append(step)
    options: dict[str, Any] = {"color": MUTED, "fontsize": 10}
    axes.set_xticks(
        [across(step, steps) for step in kept], [*map(language.number, kept)], **options
    )
    axes.set_yticks([*ticks], [*ticks.values()], **options)
    axes.grid(axis="y", color=GRID, lw=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, pad=6)
    axes.spines[:].set_visible(False)


def _labels(figure: Figure, left: float, ends: list[End], fonts: Fonts) -> None:
    """Write names and last values at the right of both curves, one over the other."""
    low, high = sorted(ends, key=lambda end: end.height)
    middle = (low.height + high.height) / 2
    half = max(LABEL, high.height - low.height) / 2
    middle = min(max(middle, half), 1 - half) if half < 0.5 else middle
    for end, y in ((low, middle - half), (high, middle + half)):
        size = _fitted(end.text, 11, SIDE, fonts, end.bold)
        weight = {"weight": "bold"} if end.bold else {}
        foot = FOOT + y * HIGH - MIDDLE * size / 72
        _write(figure, left + 1.02 * PLOT, foot, end.text, size, fonts, color=end.colour, **weight)
