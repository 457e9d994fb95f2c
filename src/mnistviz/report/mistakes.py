"""The panel of a report that shows mistakes, each as two columns of the film."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from mnistviz.datasets.dataset import Split, as_pixels
from mnistviz.drawing.theme import grey, signed_grey
from mnistviz.frame import words as wording
from mnistviz.frame.scales import full_weight
from mnistviz.model.evaluation import Evaluation
from mnistviz.model.softmax import SoftmaxRegression
from mnistviz.report.style import (
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
    inches,
    picture,
    write,
)  # fmt: skip

LARGE, SMALL = 5, 14  # mistakes as four-row pictures, and those beneath as their images alone
SIGNS = ("×", "=", "Σ")  # between the rows of a column
TAKEN, TRUE = "✗", "✓"  # before the names: colour is not the only sign
SIGN, GAP, BETWEEN = 0.26, 0.09, 0.4  # inches: of the signs, between cells, between mistakes
NAMES, BAR = 0.62, 0.52  # inches above the cells, and beneath them for bar and score
STRIP, OVER, UNDER = 1.57, 0.5, 0.4  # inches: of all small ones, above and beneath their images
LEAST = 0.65  # inches of a name or a score


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
        mistakes, pitch = self.evaluation.mistakes, (self.box.width + BETWEEN) / LARGE
        title = f"The most confident of {len(mistakes):,} mistakes"
        words = "× weights = product, whose sum with the bias is the score"
        title = title if len(mistakes) > 1 else "The only mistake"
        heading(self._axes, title, f"{self.evaluation.noun} {words}")
        key = f"{TAKEN} what it is taken for, {TRUE} what it is"
        write(self._axes, self.box.width, 0.3, key, 10, color=MUTED, ha="right")
        for place, index in enumerate(self._large.tolist()):
            self._mistake(place * pitch, ABOVE, index)
        self._strip(mistakes[LARGE : LARGE + SMALL].tolist())

    @cached_property
    def _axes(self) -> Axes:
        return board(self.figure, self.box)

    @property
    def _large(self) -> NDArray[np.int64]:
        return self.evaluation.mistakes[:LARGE]

    @cached_property
    def _cell(self) -> tuple[float, float]:
        """Width and height of a picture: two of them side by side, three one over the other."""
        height, width = self.split.image_size
        room = ((self.box.width + BETWEEN) / LARGE - BETWEEN - SIGN - GAP) / 2
        high = (self.box.height - ABOVE - NAMES - BAR - STRIP - 3 * GAP) / 3
        k = min(room / width, high / height)
        return k * width, k * height

    @property
    def _column_width(self) -> float:
        """Width of a picture, or what a name or a score needs, if that is more."""
        return max(self._cell[0], LEAST)

    @cached_property
    def _longest(self) -> float:
        """The score of the longest bar."""
        large = self._large
        scores = self.model.logits(as_pixels(self.split.images[large]))
        pairs = np.stack([self.evaluation.predicted[large], self.split.labels[large]], axis=1)
        return float(np.abs(np.take_along_axis(scores, pairs, axis=1)).max()) or 1.0

    def _mistake(self, x: float, y: float, index: int) -> None:
        """Draw one mistake with its top left corner there."""
        high, axes = self._cell[1], self._axes
        write(axes, x + SIGN, y + 0.1, f"{self.evaluation.noun} {index}", 11, weight="bold")
        top = y + NAMES
        for row, sign in enumerate(SIGNS, 1):
            middle = top + row * (high + GAP) + (high / 2 if row < len(SIGNS) else 0.1) + 0.06
            write(axes, x + SIGN / 2 - 0.03, middle, sign, 13, color=MUTED, ha="center")
        taken, true = int(self.evaluation.predicted[index]), int(self.split.labels[index])
        sure = wording.percent(self.evaluation.confidence[index])
        self._column(x + SIGN, top, index, taken, TAKEN, f"{sure} sure", WRONG)
        right = x + SIGN + self._column_width + GAP
        self._column(right, top, index, true, TRUE, "true", RIGHT)

    def _column(
        self, x: float, y: float, index: int, of: int, sign: str, word: str, ink: Ink
    ) -> None:
        """Draw what a class makes of an image: image, weights, product and sum."""
        (wide, high), full = self._cell, full_weight(self.model.weights)
        pixels = as_pixels(self.split.images[index : index + 1])[0]
        self._name(x, y - 0.25, sign, of, self._column_width, 11)
        size = min(9.0, 9 * self._column_width / inches(word, 9))
        write(self._axes, x, y - 0.08, word, size, color=MUTED)
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
        middle, text = x + self._column_width / 2, wording.signed(score)
        write(self._axes, middle, foot + BAR - 0.1, text, 11, weight="bold", ha="center")

    def _bar(self, x: float, y: float, share: float, ink: Ink) -> None:
        """Draw a score, from the middle of its column to the right if above zero."""
        half = self._column_width / 2
        self._axes.add_patch(Rectangle((x + half, y + 0.03), share * half, 0.16, color=ink, lw=0))
        self._axes.vlines(x + half, y, y + 0.22, LINE, lw=1)

    def _strip(self, indices: list[int]) -> None:
        """Draw the images of further mistakes, over what each is taken for and what it is."""
        height, width = self.split.image_size
        top, room = self.box.height - STRIP + OVER, STRIP - OVER - UNDER
        k = min(((self.box.width + 0.2) / SMALL - 0.2) / width, room / height)
        least = max(LEAST, k * width)
        if indices:
            write(self._axes, 0, top - 0.16, "The next ones", 11, weight="bold")
        for place, index in enumerate(indices):
            x = place * (self.box.width - least) / (SMALL - 1)
            self._small(Box(x, top, k * width, k * height), index, least + 0.15)

    def _small(self, box: Box, index: int, room: float) -> None:
        """Draw a mistake's image, and its two names beneath it."""
        picture(self._axes, box, self.split.images[index])
        taken, true = int(self.evaluation.predicted[index]), int(self.split.labels[index])
        foot = box.top + box.height - 0.02
        self._name(box.left, foot + UNDER / 2, TAKEN, taken, room, 10)
        self._name(box.left, foot + UNDER, TRUE, true, room, 10)

    def _name(self, x: float, y: float, sign: str, of: int, width: float, size: float) -> None:
        """Write a class's name after its sign, cut to a width."""
        room = width - inches(f"{sign} ", size)
        text = f"{sign} {fitted(self.evaluation.classes[of], room, size)}"
        write(self._axes, x, y, text, size, weight="bold")
