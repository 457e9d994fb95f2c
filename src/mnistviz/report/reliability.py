"""The panel of a report that shows accuracy against confidence."""

import numpy as np
from matplotlib.axes import Axes

from mnistviz.language.language import filled
from mnistviz.language.terms import kind_of, noun_of
from mnistviz.model.evaluation import BINS, Evaluation, Reliability, wilson
from mnistviz.report.style import ABOVE, BAR, INK, LINE, MUTED, Area, Board

LEFT, BETWEEN, FOOT = 0.5, 0.72, 0.25  # inches: left of the plots, between them, beneath them
LEAST, MOST = 0.6, 1.4  # inches: height of the lower plot
EDGES, WIDTH = np.arange(BINS) / BINS, 0.92 / BINS  # of the bars


def draw_reliability(board: Board, evaluation: Evaluation) -> None:
    """Draw the accuracy of 15 bins of confidence with 95 % intervals, and the size of each bin.

    Or say that a model without probabilities has no confidence.
    """
    say = board.language.say
    board.heading(say("How sure, how right"))
    if (bins := evaluation.reliability) is None:
        # Translators: keep it in lines of about this length.
        said = say("A {model} has scores\nand no probabilities, so no\nconfidence.")
        said = filled(said, {"model": kind_of(board.language, evaluation.kind.name)})
        for line, text in enumerate(said.split("\n")):
            y = ABOVE + 0.1 + 0.24 * line
            board.write(0, y, text, 11, most=board.width, color=MUTED)
        return
    # Translators: the upright axis: how many of the predictions are right.
    axis = say("share that is right")
    board.write(0, ABOVE - 0.16, axis, 9, most=board.width, color=MUTED)
    width, room = board.width - LEFT, board.height - ABOVE - BETWEEN - FOOT
    high = min(width, room - LEAST)
    _accuracies(board.plot(Area(LEFT, ABOVE, width, high), xlim=(0, 1), ylim=(0, 1)), bins)
    _scales(board, width, high)
    lower = Area(LEFT, ABOVE + high + BETWEEN, width, min(MOST, room - high))
    bars = board.plot(lower, xlim=(0, 1), ylim=(0, bins.images.max()))
    bars.bar(EDGES, bins.images, WIDTH, align="edge", color=BAR)
    bars.axhline(0, color=LINE, lw=1.2)
    # Translators: the upright axis: how many images there are. "digits", "images".
    _counts(board, lower, bins, say("{noun}s", noun=noun_of(board.language, evaluation.noun)))


def _accuracies(axes: Axes, bins: Reliability) -> None:
    for share in (0, 0.25, 0.5, 0.75, 1):
        axes.axhline(share, color=LINE, lw=0.6, zorder=1)
    axes.bar(EDGES, bins.accuracy, WIDTH, align="edge", color=BAR, zorder=2)
    for edge, images, share in zip(EDGES, bins.images, bins.accuracy, strict=True):
        if images:
            low, high = wilson(share, int(images))
            axes.vlines(edge + WIDTH / 2, low, high, INK, lw=1.4, zorder=4)
    axes.plot([0, 1], [0, 1], color=MUTED, lw=1.2, dashes=(4, 3), zorder=3)  # the ideal


def _scales(board: Board, width: float, high: float) -> None:
    """Write the shares along both axes of the upper plot."""
    for share, align in ((0, "left"), (0.5, "center"), (1, "right")):
        text = board.language.percent(share, 0)
        board.write(LEFT + share * width, ABOVE + high + 0.2, text, 9, color=MUTED, ha=align)
        y = ABOVE + high * (1 - share) + 0.045
        board.write(LEFT - 0.08, y, text, 9, most=LEFT - 0.08, color=MUTED, ha="right")


def _counts(board: Board, plot: Area, bins: Reliability, counted: str) -> None:
    """Write the scale of the lower plot, and what it counts."""
    foot, language = plot.top + plot.height, board.language
    board.write(0, plot.top - 0.16, counted, 9, most=board.width, color=MUTED)
    for y, images in ((plot.top, bins.images.max()), (foot, 0)):
        text = language.number(int(images))
        board.write(LEFT - 0.08, y + 0.045, text, 9, most=LEFT - 0.08, color=MUTED, ha="right")
    middle, axis = LEFT + plot.width / 2, language.say("confidence")
    board.write(middle, foot + 0.2, axis, 9, most=plot.width, color=MUTED, ha="center")
