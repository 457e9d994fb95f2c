"""The panel of a report that shows mistakes, each as two columns of the film."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from mnistviz import wording
from mnistviz.dataset import Split
from mnistviz.evaluation import Evaluation
from mnistviz.model import SoftmaxRegression, as_pixels
from mnistviz.report_style import (
    ABOVE,
    LINE,
    MUTED,
    RIGHT,
    WRONG,
    Box,
    Ink,
    board,
    fitted,
    heading,
    picture,
    write,
)  # fmt: skip
from mnistviz.scales import full_weight
from mnistviz.theme import grey, signed_grey

ACROSS, DOWN = 6, 2  # mistakes
SIGNS = ("×", "=", "Σ")  # between the rows of a column
SIGN, GAP, CAPTION, NAMES, BAR = 0.24, 0.08, 0.14, 0.38, 0.34  # inches


@dataclass(frozen=True)
class Mistakes:
    """The most confident mistakes: what the class that was chosen saw, and what the true one.

    Attributes
    ----------
    figure, box
        Where they are drawn.
    model, split
        The model, and the images that it was evaluated on.
    evaluation
        What came of it.
    """

    figure: Figure
    box: Box
    model: SoftmaxRegression
    split: Split
    evaluation: Evaluation

    def draw(self) -> None:
        """Draw the panel."""
        count = len(self._shown)
        if not count:
            heading(self._axes, "No mistakes", "")
            return
        title = f"The most confident of {len(self.evaluation.mistakes):,} mistakes"
        words = f"{self.evaluation.noun} × weights = product, whose sum with the bias is the score"
        heading(self._axes, title, words)
        for place, index in enumerate(self._shown):
            x = place % ACROSS * (self.box.width - self._width) / (ACROSS - 1)
            self._mistake(x, ABOVE + place // ACROSS * self._height, int(index))

    @cached_property
    def _axes(self) -> Axes:
        return board(self.figure, self.box)

    @cached_property
    def _shown(self) -> NDArray[np.int64]:
        return self.evaluation.mistakes[: ACROSS * DOWN]

    @property
    def _height(self) -> float:
        return (self.box.height - ABOVE) / DOWN

    @property
    def _width(self) -> float:
        return SIGN + 2 * self._cell[0] + GAP

    @cached_property
    def _cell(self) -> tuple[float, float]:
        """Width and height of a picture: two of them side by side, three one over the other."""
        height, width = self.split.image_size
        room = (self.box.width / ACROSS - SIGN - 0.35 - GAP) / 2
        high = (self._height - CAPTION - NAMES - BAR - 0.25 - 3 * GAP) / 3
        k = min(room / width, high / height)
        return k * width, k * height

    @cached_property
    def _scores(self) -> NDArray[np.float32]:
        """(mistakes, classes) logits of those that are shown."""
        return self.model.logits(as_pixels(self.split.images[self._shown]))

    @cached_property
    def _longest(self) -> float:
        """The score of the longest bar."""
        rows = np.arange(len(self._shown))
        columns = (self.evaluation.predicted[self._shown], self.split.labels[self._shown])
        return max(float(np.abs(self._scores[rows, each]).max()) for each in columns) or 1.0

    def _mistake(self, x: float, y: float, index: int) -> None:
        """Draw one mistake with its top left corner there."""
        wide, high = self._cell
        name = f"{self.evaluation.noun} {index}"
        write(self._axes, x + SIGN, y + CAPTION, name, 9.5, weight="bold")
        top = y + CAPTION + NAMES
        for row, sign in enumerate(SIGNS, 1):
            middle = top + row * (high + GAP) + (high / 2 if row < len(SIGNS) else BAR / 2) + 0.05
            write(self._axes, x + SIGN / 2 - 0.03, middle, sign, 11, color=MUTED, ha="center")
        taken, true = int(self.evaluation.predicted[index]), int(self.split.labels[index])
        self._column(
            x + SIGN, top, index, taken, wording.percent(self.evaluation.confidence[index]), WRONG
        )
        self._column(x + SIGN + wide + GAP, top, index, true, "true", RIGHT)

    def _column(self, x: float, y: float, index: int, of: int, word: str, ink: Ink) -> None:
        """Draw what a class makes of an image: image, weights, product and sum."""
        (wide, high), full = self._cell, full_weight(self.model)
        pixels = as_pixels(self.split.images[index : index + 1])[0]
        name = fitted(self.evaluation.classes[of], wide, 9)
        write(self._axes, x, y - 0.2, name, 9, weight="bold")
        write(self._axes, x, y - 0.07, word, 7.5, color=MUTED)
        shown = (
            grey(pixels),
            signed_grey(self.model.weights[:, of], full),
            signed_grey(self.model.contributions(pixels)[of], full),
        )
        for row, levels in enumerate(shown):
            place = Box(x, y + row * (high + GAP), wide, high)
            picture(self._axes, place, levels.reshape(self.split.image_size), ink)
        score = float(self.model.logits(pixels)[of])
        foot = y + 3 * (high + GAP)
        self._bar(x, foot, score / self._longest, ink)
        text = wording.signed(score)
        write(self._axes, x + wide / 2, foot + BAR, text, 9, weight="bold", ha="center")

    def _bar(self, x: float, y: float, share: float, ink: Ink) -> None:
        """Draw a score, from the middle of its column to the right if above zero."""
        half = self._cell[0] / 2
        self._axes.add_patch(Rectangle((x + half, y + 0.03), share * half, 0.14, color=ink, lw=0))
        self._axes.vlines(x + half, y, y + 0.2, LINE, lw=1)
