"""The panel of a report that shows the weights."""

import math

from mnistviz.drawing.theme import signed_grey
from mnistviz.frame import words
from mnistviz.frame.scales import full_weight
from mnistviz.language.language import Language
from mnistviz.model.evaluation import Evaluation
from mnistviz.model.linear import LinearClassifier
from mnistviz.report.style import ABOVE, MUTED, Area, Board

# Inches: for the name under a picture, the least between rows, the most between pictures.
NAME, UNDER, APART = 0.3, 0.45, 0.9
APART_FROM_LEGEND = 0.2
BIAS = 0.56  # most of a picture's width


def heading_of(language: Language) -> tuple[str, str]:
    """Return what the weights of one model are, and its explanation."""
    say = language.say
    return say("What each class's weights look for"), say("on one scale; grey is zero")


def draw_weights(
    board: Board,
    model: LinearClassifier,
    evaluation: Evaluation,
    image_size: tuple[int, int],
    heading: tuple[str, str] | None = None,
    full: float = 0,
) -> None:
    """Draw each class's weights (height, width) with its bias, as large as all of them fit.

    Under a heading and its explanation, by default those of one model; what is white is the full
    weight, by default the model's.
    """
    title, explained = heading or heading_of(board.language)
    board.heading(title, explained, board.before_legend - APART_FROM_LEGEND)
    board.legend()
    names, (height, width) = evaluation.classes, image_size
    columns, k = _grid(len(names), (board.width, board.height - ABOVE), image_size)
    across = _pitch(board.width, k * width, columns)
    down = _pitch(board.height - ABOVE - NAME, k * height, math.ceil(len(names) / columns))
    full = full or full_weight(model.weights)
    for place, name in enumerate(names):
        x, y = place % columns * across, ABOVE + place // columns * down
        levels = signed_grey(model.weights[:, place], full).reshape(height, width)
        board.picture(Area(x, y, k * width, k * height), levels)
        size = min(12.0, 72 * k * width / 8)
        foot = y + k * height + 0.018 * size
        bias = words.bias(board.language, model.bias[place])
        board.write(x, foot, board.fitted(name, 0.55 * k * width, size), size, weight="bold")
        board.write(
            x + k * width, foot, bias, 0.75 * size, most=BIAS * k * width, color=MUTED, ha="right"
        )


def _grid(count: int, room: tuple[float, float], image_size: tuple[int, int]) -> tuple[int, float]:
    """Return the columns, and the inches of a pixel, that make the pictures largest."""
    height, width = image_size

    def size(columns: int) -> float:
        rows = math.ceil(count / columns)
        return min((room[0] / columns - 0.2) / width, (room[1] / rows - UNDER) / height)

    columns = max(range(1, count + 1), key=size)
    return columns, size(columns)


def _pitch(room: float, size: float, count: int) -> float:
    """Return the distance from picture to picture: all the room, but gaps of at most APART."""
    return min((room - size) / max(1, count - 1), size + APART)
