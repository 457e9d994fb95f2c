"""The panels of a report that show counts: accuracy, classes and confusion."""

import math
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from mnistviz.frame import words as wording
from mnistviz.model.evaluation import Evaluation
from mnistviz.report.style import (
    ABOVE,
    INK,
    LINE,
    MUTED,
    PAPER,
    POINTS,
    RIGHT,
    WRONG,
    Box,
    Ink,
    axes_in,
    board,
    fitted,
    heading,
    inches,
    write,
)  # fmt: skip

ROWS, ROW = 4.4, 1.1  # greatest height of all classes' rows, and of one, in inches
UPRIGHT = 0.6  # more room above the rows for names that are turned
NAMES = (0.45, 1.1)  # least and greatest width of the column of names
NUMBERS = (0.66, 0.0)  # where precision and recall end, from the right
NOTHING: Ink = (0.965, 0.969, 0.973)


def draw_headline(figure: Figure, box: Box, evaluation: Evaluation) -> None:
    """Draw the accuracy, large, and what it was measured on."""
    axes, (low, high) = board(figure, box), evaluation.interval
    number = wording.percent(evaluation.accuracy)
    write(axes, 0, 0.85, number, 54, weight="bold")
    x = inches(number, 54, bold=True) + 0.3
    right = f"{evaluation.right:,} of {evaluation.images:,} test {evaluation.noun}s right"
    interval = f"95 % interval {100 * low:.1f} to {wording.percent(high)}"
    write(axes, x, 0.47, fitted(evaluation.dataset, 5.5, 17), 17, weight="bold")
    write(axes, x, 0.82, f"{right}  ·  {interval}", 12.5, color=MUTED)
    facts = {
        "cross-entropy": f"{evaluation.cross_entropy:.3f} nats",
        "calibration error": wording.percent(evaluation.reliability.error),
    }
    for baseline, (word, value) in zip((0.47, 0.82), facts.items(), strict=True):
        write(axes, box.width, baseline, value, 12.5, weight="bold", ha="right")
        write(axes, box.width - 1.2, baseline, word, 12.5, color=MUTED, ha="right")


def draw_classes(figure: Figure, box: Box, evaluation: Evaluation) -> None:
    """Draw precision and recall of each class, as marks on a line and as numbers."""
    axes, rows = board(figure, box), Rows.of(evaluation)
    heading(axes, "Each class")
    rows.write_names(axes)
    shares = np.stack([evaluation.precision, evaluation.recall])
    least = math.floor(20 * min(np.nanmin(shares), 0.95)) / 20
    width = box.width - rows.names - NUMBERS[0] - 0.7
    place = Box(box.left + rows.names, box.top + rows.top, width, rows.height * len(rows.classes))
    _marks(axes_in(figure, place, xlim=(least, 1)), shares)
    write(axes, rows.names, rows.top - 0.16, f"{100 * least:.0f} %", 9, color=MUTED)
    write(axes, rows.names + width, rows.top - 0.16, "100 %", 9, color=MUTED, ha="right")
    for word, values, end in zip(("○ precision", "◆ recall"), shares, NUMBERS, strict=True):
        write(axes, box.width - end, 0.3, word, 9, color=MUTED, ha="right")
        for place_, value in enumerate(values):
            text = "–" if math.isnan(value) else f"{100 * value:.1f}"
            rows.write(axes, box.width - end, place_, text, ha="right")


def draw_confusion(figure: Figure, box: Box, evaluation: Evaluation) -> None:
    """Draw how many images of each class, down, are taken for each, across."""
    axes, counts, rows = board(figure, box), evaluation.confusion, Rows.of(evaluation)
    heading(axes, "What is taken for what", "true down, taken for across")
    rows.write_names(axes)
    side = min(rows.height, (box.width - rows.names) / len(counts))
    for column, name in enumerate(evaluation.classes):
        x, y = rows.names + (column + 0.5) * side, rows.top - 0.12
        if rows.upright:
            size = 0.85 * rows.size
            text = fitted(name, UPRIGHT + 0.2, size)
            write(axes, x, y, text, size, weight="bold", rotation=90, ha="center", va="bottom")
        else:
            write(axes, x, y, fitted(name, side, rows.size), rows.size, weight="bold", ha="center")
    for (true, taken), share in np.ndenumerate(_tints(counts)):
        ink = RIGHT if true == taken else WRONG
        corner = rows.names + taken * side, rows.top + true * rows.height
        _tile(axes, corner, (side, rows.height), share, ink)
        if count := counts[true, taken]:
            rows.write(axes, corner[0] + side / 2, true, f"{count:,}", 0.9 * side, ha="center")


@dataclass(frozen=True)
class Rows:
    """The classes' rows, which are at the same height in both panels. All in inches.

    Attributes
    ----------
    classes
        Names of the classes, as they stand before the rows.
    top, height
        Of the first row, and of one.
    names
        Width of the column of names.
    upright
        Whether names do not fit over columns as wide as the rows are high, and are turned.
    """

    classes: tuple[str, ...]
    top: float
    height: float
    names: float
    upright: bool

    @classmethod
    def of(cls, evaluation: Evaluation) -> "Rows":
        """Return the rows of an evaluation."""
        least, most = NAMES
        count = len(evaluation.classes)
        height = min(ROW, ROWS / count)
        size = _size(height)
        names = tuple(fitted(name, most - 0.15, size) for name in evaluation.classes)
        widest = max(inches(name, size, bold=True) for name in names)
        over = UPRIGHT if widest > height else 0.0
        height = min(ROW, (ROWS - over) / count)
        return cls(names, ABOVE + over, height, max(least, widest + 0.15), bool(over))

    @property
    def size(self) -> float:
        """Points of the text."""
        return _size(self.height)

    def write_names(self, axes: Axes) -> None:
        """Write the classes' names before their rows."""
        for place, name in enumerate(self.classes):
            self.write(axes, 0, place, name, weight="bold")

    def write(
        self, axes: Axes, x: float, place: int, text: str, most: float = math.inf, **options: str
    ) -> None:
        """Write in the middle of a row; smaller where it would be wider than allowed."""
        size = self.size * min(1.0, most / inches(text, self.size))
        write(axes, x, self.top + (place + 0.5) * self.height + 0.005 * size, text, size, **options)


def _size(row: float) -> float:
    return min(12.0, 0.6 * POINTS * row)


def _marks(axes: Axes, shares: NDArray[np.float64]) -> None:
    count = shares.shape[1]
    axes.set_ylim(count - 0.5, -0.5)
    axes.hlines(range(count), *axes.get_xlim(), LINE, lw=1)
    size = min(55, 600 / count)
    for values, marker, face in zip(shares, "oD", (PAPER, INK), strict=True):
        axes.scatter(values, range(count), size * (0.7 if marker == "D" else 1), marker=marker,
                     ec=INK, fc=face, lw=1.2, clip_on=False, zorder=3)  # fmt: skip


def _tints(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how strong each square is: on the diagonal the recall, else of the most mistakes."""
    mistakes = counts - np.diag(counts.diagonal())
    tints: NDArray[np.float64] = mistakes / max(1, mistakes.max())
    np.fill_diagonal(tints, counts.diagonal() / np.maximum(1, counts.sum(axis=1)))
    return tints


def _tile(
    axes: Axes, corner: tuple[float, float], size: tuple[float, float], share: float, ink: Ink
) -> None:
    """Draw a rectangle whose tint says a share; light enough for dark numbers."""
    tint = tuple(1 - 0.75 * share * (1 - channel) for channel in ink) if share else NOTHING
    gap = 0.03 * size[1]
    place = (corner[0] + gap, corner[1] + gap)
    axes.add_patch(Rectangle(place, size[0] - 2 * gap, size[1] - 2 * gap, color=tint, lw=0))
