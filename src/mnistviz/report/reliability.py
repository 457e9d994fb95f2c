"""The panel of a report that shows how right the predictions are, against how sure."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mnistviz.model.evaluation import BINS, Evaluation, Reliability, wilson
from mnistviz.report.style import (
    ABOVE,
    BAR,
    INK,
    LINE,
    MUTED,
    Box,
    axes_in,
    board,
    heading,
    inches,
    write,
)  # fmt: skip

LEFT, BETWEEN, FOOT = 0.5, 0.72, 0.25  # inches: left of the plots, between them, beneath them
LEAST, MOST = 0.6, 1.4  # inches: height of the lower plot
EDGES, WIDTH = np.arange(BINS) / BINS, 0.92 / BINS  # of the bars


def draw_reliability(figure: Figure, box: Box, evaluation: Evaluation) -> None:
    """Draw accuracy against confidence in 15 bins with 95 % intervals, and how many are in each."""
    axes, bins = board(figure, box), evaluation.reliability
    heading(axes, "How sure, how right")
    write(axes, 0, ABOVE - 0.16, "share that is right", 9, color=MUTED)
    width, room = box.width - LEFT, box.height - ABOVE - BETWEEN - FOOT
    high = min(width, room - LEAST)
    left, top = box.left + LEFT, box.top + ABOVE
    _accuracies(axes_in(figure, Box(left, top, width, high), xlim=(0, 1), ylim=(0, 1)), bins)
    _numbers(axes, width, high)
    place = Box(left, top + high + BETWEEN, width, min(MOST, room - high))
    bars = axes_in(figure, place, xlim=(0, 1), ylim=(0, bins.images.max()))
    bars.bar(EDGES, bins.images, WIDTH, align="edge", color=BAR)
    bars.axhline(0, color=LINE, lw=1.2)
    _counts(axes, place._replace(left=LEFT, top=place.top - box.top), evaluation)


def _accuracies(axes: Axes, bins: Reliability) -> None:
    for share in (0, 0.25, 0.5, 0.75, 1):
        axes.axhline(share, color=LINE, lw=0.6, zorder=1)
    axes.bar(EDGES, bins.accuracy, WIDTH, align="edge", color=BAR, zorder=2)
    for edge, images, share in zip(EDGES, bins.images, bins.accuracy, strict=True):
        if images:
            low, high = wilson(share, int(images))
            axes.vlines(edge + WIDTH / 2, low, high, INK, lw=1.4, zorder=4)
    axes.plot([0, 1], [0, 1], color=MUTED, lw=1.2, dashes=(4, 3), zorder=3)  # what is ideal


def _counts(axes: Axes, place: Box, evaluation: Evaluation) -> None:
    """Write beside the lower plot, at its place on the board, what it counts."""
    foot, most = place.top + place.height, evaluation.reliability.images.max()
    write(axes, 0, place.top - 0.16, f"{evaluation.noun}s", 9, color=MUTED)
    for y, text in ((place.top, f"{most:,}"), (foot, "0")):
        size = min(9, 9 * (LEFT - 0.08) / inches(text, 9))
        write(axes, LEFT - 0.08, y + 0.045, text, size, color=MUTED, ha="right")
    write(axes, LEFT + place.width / 2, foot + 0.2, "confidence", 9, color=MUTED, ha="center")


def _numbers(axes: Axes, width: float, high: float) -> None:
    """Write the shares along both axes."""
    for share, align in ((0, "left"), (0.5, "center"), (1, "right")):
        text = f"{100 * share:.0f} %"
        write(axes, LEFT + share * width, ABOVE + high + 0.2, text, 9, color=MUTED, ha=align)
        y = ABOVE + high * (1 - share) + 0.045
        write(axes, LEFT - 0.08, y, text, 9, color=MUTED, ha="right")
