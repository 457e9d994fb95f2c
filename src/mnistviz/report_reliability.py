"""The panel of a report that shows how right the predictions are, against how sure."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mnistviz.evaluation import BINS, Evaluation, Reliability, wilson
from mnistviz.report_style import (
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

LEFT, BETWEEN, LOW = 0.5, 0.42, 0.62  # inches: left of the plots, between them, of the lower one
EDGES, WIDTH = np.arange(BINS) / BINS, 0.92 / BINS  # of the bars


def draw_reliability(figure: Figure, box: Box, evaluation: Evaluation) -> None:
    """Draw accuracy against confidence in 15 bins with 95 % intervals, and how many are in each."""
    axes, bins = board(figure, box), evaluation.reliability
    heading(axes, "How sure, how right")
    write(axes, 0, ABOVE - 0.16, "share that is right", 9, color=MUTED)
    width = box.width - LEFT
    high = min(width, box.height - ABOVE - BETWEEN - LOW - 0.4)
    left, top = box.left + LEFT, box.top + ABOVE
    _accuracies(axes_in(figure, Box(left, top, width, high), xlim=(0, 1), ylim=(0, 1)), bins)
    under = axes_in(figure, Box(left, top + high + BETWEEN, width, LOW), xlim=(0, 1))
    under.bar(EDGES, bins.images, WIDTH, align="edge", color=LINE)
    _numbers(axes, width, high)
    foot = ABOVE + high + BETWEEN + LOW + 0.2
    write(axes, LEFT + width / 2, foot, "confidence", 9, color=MUTED, ha="center")
    word = f"{evaluation.noun}s"
    write(
        axes,
        LEFT - 0.08,
        foot - 0.2,
        word,
        min(9, 9 * 0.42 / inches(word, 9)),
        color=MUTED,
        ha="right",
    )


def _accuracies(axes: Axes, bins: Reliability) -> None:
    for share in (0, 0.25, 0.5, 0.75, 1):
        axes.axhline(share, color=LINE, lw=0.6, zorder=1)
    axes.bar(EDGES, bins.accuracy, WIDTH, align="edge", color=BAR, zorder=2)
    for edge, images, share in zip(EDGES, bins.images, bins.accuracy, strict=True):
        if images:
            low, high = wilson(share, int(images))
            axes.vlines(edge + WIDTH / 2, low, high, INK, lw=1.4, zorder=4)
    axes.plot([0, 1], [0, 1], color=MUTED, lw=1.2, dashes=(4, 3), zorder=3)  # what is ideal


def _numbers(axes: Axes, width: float, high: float) -> None:
    """Write the shares along both axes."""
    for share, align in ((0, "left"), (0.5, "center"), (1, "right")):
        text = f"{100 * share:.0f} %"
        write(axes, LEFT + share * width, ABOVE + high + 0.2, text, 9, color=MUTED, ha=align)
        y = ABOVE + high * (1 - share) + 0.045
        write(axes, LEFT - 0.08, y, text, 9, color=MUTED, ha="right")
