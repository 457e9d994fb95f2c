"""The panel of a report that shows mistakes, each as two columns of the film."""

from dataclasses import dataclass
from functools import cached_property

from mnistviz.datasets.dataset import Split, as_pixels
from mnistviz.drawing.theme import grey, signed_grey
from mnistviz.frame.scales import Scales
from mnistviz.language.terms import noun_of
from mnistviz.model.evaluation import Evaluation
from mnistviz.model.linear import LinearClassifier
from mnistviz.report import table
from mnistviz.report.style import ABOVE, LINE, MUTED, RIGHT, WRONG, Area, Board, Ink

LARGE, SMALL = 5, 14  # mistakes drawn as two columns each, and those below as their images alone
SIGNS = ("×", "=", "Σ")  # between the rows of a column
PREDICTED, TRUE = "✗", "✓"  # before the names: colour is not the only sign
SIGN, GAP, BETWEEN = 0.26, 0.09, 0.4  # inches: of the signs, between cells, between mistakes
NAMES, BAR = 0.62, 0.52  # inches above the cells, and beneath them for bar and score
STRIP, OVER, UNDER = 1.57, 0.5, 0.4  # inches: of the small ones, above and beneath their images
LEAST = 0.65  # inches of a name or a score
OVER_LARGE = 0.1  # inches above one that is drawn alone


@dataclass(frozen=True)
class Mistakes:
    """The most confident mistakes: columns of the predicted class and of the true one."""

    board: Board
    model: LinearClassifier
    split: Split
    evaluation: Evaluation
    panel: Area | None = None  # the size of the whole, if the board has one mistake alone

    def draw(self) -> None:
        """Draw the panel."""
        pitch = (self.board.width + BETWEEN) / LARGE
        width, room = self.board.width, 0.3 * self.board.width
        title, formula, key = self.texts
        self.board.heading(title, formula, width - min(self.board.inches(key, 10), room) - 0.2)
        self.board.write(width, 0.3, key, 10, most=room, color=MUTED, ha="right")
        for place, index in enumerate(self.large):
            self._mistake(place * pitch, ABOVE, index)
        self._strip(self.small)

    def draw_large(self, index: int) -> None:
        """Draw one mistake alone, on a board of `large_area`."""
        self._mistake(0, OVER_LARGE, index)

    @property
    def texts(self) -> tuple[str, str, str]:
        """What the panel shows, how each is computed, and what the signs are."""
        language = self.board.language
        formula = language.say(
            "{noun} × weights = product, whose sum with the bias is the score",
            noun=noun_of(language, self.evaluation.noun),
        )
        key = language.say(
            "{wrong} what it is taken for, {right} what it is", wrong=PREDICTED, right=TRUE
        )
        return self._title, formula, key

    @property
    def _title(self) -> str:
        say_counted, count = self.board.language.say_counted, len(self.evaluation.mistakes)
        if count == 1:
            return self.board.language.say("The only mistake")
        if self.evaluation.kind.link:
            return say_counted(
                "The most confident of {number} mistake",
                "The most confident of {number} mistakes",
                count,
            )
        return say_counted(
            "The most clearly ahead of {number} mistake",
            "The most clearly ahead of {number} mistakes",
            count,
        )

    @property
    def next_ones(self) -> str:
        """What stands above the small ones."""
        # Translators: of the mistakes.
        return self.board.language.say("The next ones")

    @property
    def large(self) -> list[int]:
        """Indices of those that are drawn as two columns."""
        return [int(index) for index in self.evaluation.mistakes[:LARGE]]

    @property
    def small(self) -> list[int]:
        """Indices of those that are drawn as their images alone."""
        return [int(index) for index in self.evaluation.mistakes[LARGE : LARGE + SMALL]]

    @property
    def large_area(self) -> Area:
        """The room that a large one takes."""
        high = OVER_LARGE + NAMES + 3 * (self.cell[1] + GAP) + BAR
        return Area(0, 0, SIGN + self._most, high)

    @property
    def _small_cell(self) -> tuple[float, float]:
        height, width = self.split.image_size
        k = min(((self.board.width + 0.2) / SMALL - 0.2) / width, (STRIP - OVER - UNDER) / height)
        return k * width, k * height

    @cached_property
    def cell(self) -> tuple[float, float]:
        """Width and height of a picture: two of them side by side, three one over the other."""
        height, width = self.split.image_size
        panel = self.panel or self.board.box
        room = ((panel.width + BETWEEN) / LARGE - BETWEEN - SIGN - GAP) / 2
        high = (panel.height - ABOVE - NAMES - BAR - STRIP - 3 * GAP) / 3
        k = min(room / width, high / height)
        return k * width, k * height

    @property
    def _column_width(self) -> float:
        """Width of a picture, or what a name or a score needs, if that is more."""
        return max(self.cell[0], LEAST)

    @property
    def _most(self) -> float:
        """Width of both columns of a mistake."""
        return 2 * self._column_width + GAP

    @cached_property
    def _scales(self) -> Scales:
        """Those of the model's films."""
        return Scales.of(self.model.weights, self.evaluation.logits)

    def _mistake(self, x: float, y: float, index: int) -> None:
        """Draw one mistake with its top left corner there."""
        high, board = self.cell[1], self.board
        said = table.image_of(board.language, self.evaluation.noun, index)
        board.write(x + SIGN, y + 0.1, said, 11, most=self._most, weight="bold")
        top = y + NAMES
        for row, sign in enumerate(SIGNS, 1):
            middle = top + row * (high + GAP) + (high / 2 if row < len(SIGNS) else 0.1) + 0.06
            board.write(x + SIGN / 2 - 0.03, middle, sign, 13, color=MUTED, ha="center")
        predicted, true = int(self.evaluation.predicted[index]), int(self.split.labels[index])
        sure = table.sure(board.language, self.evaluation, float(self.evaluation.confidence[index]))
        right = x + SIGN + self._column_width + GAP
        self._column(x + SIGN, top, index, predicted, PREDICTED, sure, WRONG)
        self._column(right, top, index, true, TRUE, board.language.say("true"), RIGHT)

    def _column(
        self, x: float, y: float, index: int, label: int, sign: str, note: str, ink: Ink
    ) -> None:
        """Draw what a class computes from an image: image, weights, product and sum."""
        (wide, high), full = self.cell, self._scales.weight
        pixels = as_pixels(self.split.images[index : index + 1])[0]
        self._name(x, y - 0.25, sign, label, self._column_width, 11)
        self.board.write(x, y - 0.08, note, 9, most=self._column_width, color=MUTED)
        cells = (
            grey(pixels),
            signed_grey(self.model.weights[:, label], full),
            signed_grey(self.model.contributions(pixels)[label], full),
        )
        for row, levels in enumerate(cells):
            place = Area(x, y + row * (high + GAP), wide, high)
            self.board.picture(place, levels.reshape(self.split.image_size), ink)
        self._bar(x, y + 3 * (high + GAP), float(self.evaluation.logits[index, label]), ink)

    def _bar(self, x: float, y: float, score: float, ink: Ink) -> None:
        """Draw a score, from zero to the right if above zero, on the range of a film's bars."""
        low, high = self._scales.low, self._scales.high
        unit = self._column_width / (high - low)
        zero, length = x - low * unit, min(high, max(low, score)) * unit
        self.board.rectangle(Area(zero, y + 0.03, length, 0.16), ink)
        self.board.axes.vlines(zero, y, y + 0.22, LINE, lw=1)
        middle, text = x + self._column_width / 2, self.board.language.signed(score)
        self.board.write(middle, y + BAR - 0.1, text, 11, weight="bold", ha="center")

    def _strip(self, indices: list[int]) -> None:
        """Draw the images of further mistakes, each above its predicted and its true class."""
        (wide, high), top = self._small_cell, self.board.height - STRIP + OVER
        least = max(LEAST, wide)
        if indices:
            most = self.board.width
            self.board.write(0, top - 0.16, self.next_ones, 11, most=most, weight="bold")
        for place, index in enumerate(indices):
            x = place * (self.board.width - least) / (SMALL - 1)
            self._small(Area(x, top, wide, high), index, least + 0.15)

    def _small(self, box: Area, index: int, room: float) -> None:
        """Draw a mistake's image, and its two names beneath it."""
        self.board.picture(box, self.split.images[index])
        predicted, true = int(self.evaluation.predicted[index]), int(self.split.labels[index])
        foot = box.top + box.height - 0.02
        self._name(box.left, foot + UNDER / 2, PREDICTED, predicted, room, 10)
        self._name(box.left, foot + UNDER, TRUE, true, room, 10)

    def _name(self, x: float, y: float, sign: str, label: int, width: float, size: float) -> None:
        """Write a class's name after its sign, shortened to a width."""
        room = width - self.board.inches(f"{sign} ", size)
        text = f"{sign} {self.board.fitted(self.evaluation.classes[label], room, size)}"
        self.board.write(x, y, text, size, weight="bold")
