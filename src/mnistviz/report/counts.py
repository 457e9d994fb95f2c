"""The panels of a report that show counts: accuracy, classes and confusion."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from mnistviz.drawing.matplotlib_renderer import rgb
from mnistviz.drawing.theme import THEMES
from mnistviz.formats.views import browsed_view
from mnistviz.language.language import Language
from mnistviz.language.terms import kind_of
from mnistviz.model.evaluation import Evaluation
from mnistviz.report import style, table
from mnistviz.report.style import ABOVE, INK, LINE, MUTED, PAPER, Area, Board, Ink

MOST_ROWS = 60  # of classes; with more, none could be read
LOWEST = 25  # classes that are listed where there are more than that
ROWS, ROW = 4.4, 1.1  # greatest height of all classes' rows, and of one, in inches
UPRIGHT = 0.6  # more inches above the rows, where names are turned
NAMES = (0.45, 1.1)  # least and greatest width of the column of names
# Inches at the right: least and most of the column of recalls, and least of the measures' values.
NUMBERS, MOST_NUMBERS, VALUES = 0.66, 1.1, 1.2
NOTHING_DARK: Ink = (0.085, 0.098, 0.122)
DARKER = 0.55  # share of the ink in a full tile on a dark page
NOTHING: Ink = (0.965, 0.969, 0.973)


def draw_headline(board: Board, evaluation: Evaluation) -> None:
    """Draw the accuracy, large, and what it was measured on."""
    language = board.language
    number = language.share(evaluation.accuracy)
    board.write(0, 0.85, number, 54, weight="bold")
    x = board.inches(number, 54, bold=True) + 0.3
    facts = f"{table.right(language, evaluation)}  ·  {table.interval_of(language, evaluation)}"
    measures = _measures(language, evaluation)
    values = max((board.inches(value, 12.5, bold=True) + 0.1 for _, value in measures), default=0)
    names = board.width - max(VALUES, values)
    room = names - max((board.inches(name, 12.5) for name, _ in measures), default=0) - 0.2 - x
    board.write(x, 0.47, board.fitted(evaluation.dataset, min(5.5, room), 17), 17, weight="bold")
    board.write(x, 0.82, facts, 12.5, most=room, color=MUTED)
    kind = kind_of(language, evaluation.kind.name)
    board.write(x, 1.12, kind, 12.5, most=room, color=MUTED)
    for baseline, (name, value) in zip((0.47, 0.82), measures, strict=False):
        board.write(board.width, baseline, value, 12.5, weight="bold", ha="right")
        board.write(names, baseline, name, 12.5, color=MUTED, ha="right")


def _measures(language: Language, evaluation: Evaluation) -> tuple[tuple[str, str], ...]:
    """Return the names and values of the measures of probabilities, if there are any."""
    loss, bins = evaluation.cross_entropy, evaluation.reliability
    if loss is None or bins is None:
        return ()
    nats = language.say("{loss} nats", loss=language.number(loss, 3))
    return (
        (language.say("cross-entropy"), nats),
        (language.say("calibration error"), language.percent(bins.error)),
    )


def draw_classes(board: Board, evaluation: Evaluation) -> None:
    """Draw precision and recall of each class, as marks on a line and as numbers.

    Of very many classes those of the lowest recall are shown, the lowest first.
    """
    shares = np.stack([evaluation.precision, evaluation.recall])
    language = board.language
    shown, title = np.arange(len(evaluation.classes)), language.say("Each class")
    if len(shown) > MOST_ROWS:
        shown = np.argsort(evaluation.recall, kind="stable")[:LOWEST]
        # Translators: of all classes, those of which fewest images are found.
        title = language.say("Lowest recall")
    shares = shares[:, shown]
    rows = Rows.of(board, tuple(evaluation.classes[place] for place in shown))
    precision, recall = language.say("precision"), language.say("recall")
    heads = f"○ {precision}", f"◆ {recall}"
    ends = max(NUMBERS, min(MOST_NUMBERS, board.inches(heads[1], 9) + 0.1)), 0.0
    left = board.width - ends[0] - min(board.inches(heads[0], 9), MOST_NUMBERS - 0.1)
    board.heading(title, until=left - 0.1)
    rows.write_names(board)
    least = math.floor(20 * min(np.nanmin(shares), 0.95)) / 20
    width = board.width - rows.names - ends[0] - 0.7
    place = Area(rows.names, rows.top, width, rows.height * len(rows.classes))
    _marks(board.plot(place, xlim=(least, 1)), shares)
    low, high = language.percent(least, 0), language.percent(1, 0)
    board.write(rows.names, rows.top - 0.16, low, 9, color=MUTED)
    board.write(rows.names + width, rows.top - 0.16, high, 9, color=MUTED, ha="right")
    for head, values, end in zip(heads, shares, ends, strict=True):
        most = MOST_NUMBERS - 0.1
        board.write(board.width - end, 0.3, head, 9, most=most, color=MUTED, ha="right")
        for row, value in enumerate(values):
            text = "–" if math.isnan(value) else language.hundredths(value)
            rows.write(board, board.width - end, row, text, ha="right")


def draw_confusion(board: Board, evaluation: Evaluation) -> None:
    """Draw how many images of each true class, down, are predicted as each class, across."""
    counts = evaluation.confusion
    language = board.language
    # Translators: the table of counts has a row for each true class, and columns for predictions.
    explained = language.say("true down, taken for across")
    board.heading(language.say("What is taken for what"), explained)
    if len(counts) > MOST_ROWS:
        side = min(ROWS, board.width)
        board.picture(Area(0, ABOVE, side, side), _colours(_tints(counts)))
        return
    rows = Rows.of(board, evaluation.classes)
    rows.write_names(board)
    side = min(rows.height, (board.width - rows.names) / len(counts))
    for column, name in enumerate(evaluation.classes):
        rows.write_above(board, rows.names + (column + 0.5) * side, name, side)
    for (true, predicted), share in np.ndenumerate(_tints(counts)):
        ink = style.RIGHT if true == predicted else style.WRONG
        x = rows.names + predicted * side
        tile = Area(x, rows.top + true * rows.height, side, rows.height)
        _tile(board, tile, _colour(share, ink))
        if count := counts[true, predicted]:
            board.links.append((tile, browsed_view(true, predicted)))
            rows.write(
                board, x + side / 2, true, language.number(int(count)), 0.9 * side, ha="center"
            )


@dataclass(frozen=True)
class Rows:
    """The rows of the classes, at the same height in both panels. All in inches."""

    classes: tuple[str, ...]  # names, as they are written before the rows
    top: float  # of the first row
    height: float  # of each row
    names: float  # width of the column of names
    upright: bool  # whether names are turned above columns, which are too narrow for them

    @classmethod
    def of(cls, board: Board, classes: tuple[str, ...]) -> "Rows":
        """Return the rows of some classes on a board."""
        least, most = NAMES
        count = len(classes)
        height = min(ROW, ROWS / count)
        size = _size(height)
        names = tuple(board.fitted(name, most - 0.15, size) for name in classes)
        widest = max(board.inches(name, size, bold=True) for name in names)
        over = UPRIGHT if widest > height else 0.0
        height = min(ROW, (ROWS - over) / count)
        return cls(names, ABOVE + over, height, max(least, widest + 0.15), bool(over))

    @property
    def size(self) -> float:
        """Size of the text in points."""
        return _size(self.height)

    def write_names(self, board: Board) -> None:
        """Write the classes' names before their rows."""
        for row, name in enumerate(self.classes):
            self.write(board, 0, row, name, weight="bold")

    def write_above(self, board: Board, x: float, name: str, width: float) -> None:
        """Write a class's name above its column, upright if names are."""
        y, size = self.top - 0.12, self.size
        if self.upright:
            size *= 0.85
            turn: dict[str, Any] = {"rotation": 90, "va": "bottom"}
            text = board.fitted(name, UPRIGHT + 0.2, size)
            board.write(x, y, text, size, weight="bold", ha="center", **turn)
        else:
            board.write(x, y, board.fitted(name, width, size), size, weight="bold", ha="center")

    def write(
        self, board: Board, x: float, row: int, text: str, most: float = math.inf, **options: Any
    ) -> None:
        """Write in the middle of a row; smaller where it would be wider than allowed."""
        size = self.size * min(1.0, most / board.inches(text, self.size))
        board.write(x, self.top + (row + 0.5) * self.height + 0.005 * size, text, size, **options)


def _size(row: float) -> float:
    return min(12.0, 0.6 * style.POINTS * row)


def _marks(axes: Axes, shares: NDArray[np.float64]) -> None:
    count = shares.shape[1]
    axes.set_ylim(count - 0.5, -0.5)
    axes.hlines(range(count), *axes.get_xlim(), LINE, lw=1)
    size = min(55, 600 / count)
    for values, marker, face in zip(shares, "oD", (PAPER, INK), strict=True):
        axes.scatter(values, range(count), size * (0.7 if marker == "D" else 1), marker=marker,
                     ec=INK, fc=face, lw=1.2, clip_on=False, zorder=3)  # fmt: skip


def _tints(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return (classes, classes) tints: recall on the diagonal, else the share of the largest."""
    mistakes = counts - np.diag(counts.diagonal())
    tints: NDArray[np.float64] = mistakes / max(1, mistakes.max())
    np.fill_diagonal(tints, counts.diagonal() / np.maximum(1, counts.sum(axis=1)))
    return tints


def _colour(share: float, ink: Ink) -> Ink:
    """Return a tint that shows a share; light enough for dark numbers."""
    red, green, blue = (1 - 0.75 * share * (1 - channel) for channel in ink)
    return (red, green, blue) if share else NOTHING


def dark_tints(evaluation: Evaluation) -> dict[Ink, Ink]:
    """Return, by each colour of the confusion's tiles, that on a dark page, for light numbers."""
    paper = rgb(THEMES["dark"].background)
    dark: dict[Ink, Ink] = {NOTHING: NOTHING_DARK}
    if len(evaluation.classes) > MOST_ROWS:  # these are a picture
        return {}
    for (true, predicted), share in np.ndenumerate(_tints(evaluation.confusion)):
        ink = style.RIGHT if true == predicted else style.WRONG
        if share:
            red, green, blue = (
                it + DARKER * share * (to - it) for it, to in zip(paper, ink, strict=True)
            )
            dark[_colour(share, ink)] = (red, green, blue)
    return dark


def _colours(tints: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return the tiles of all counts as a picture, RGB (classes, classes, 3)."""
    inks = np.full((*tints.shape, 3), style.WRONG)
    inks[np.diag_indices(len(tints))] = style.RIGHT
    # Of thousands of tiles as small as these only full ink is seen, so all but none have it.
    depths = 0.36 + 0.54 * tints[..., None]
    colours = np.where(tints[..., None] > 0, 1 - depths * (1 - inks), NOTHING)
    levels: NDArray[np.float64] = np.rint(255 * colours)
    return levels.astype(np.uint8)


def _tile(board: Board, box: Area, colour: Ink) -> None:
    gap = 0.03 * box.height
    inner = Area(box.left + gap, box.top + gap, box.width - 2 * gap, box.height - 2 * gap)
    board.rectangle(inner, colour)
