"""The panel of a report that shows the weights."""

import math

from matplotlib.figure import Figure

from mnistviz import wording
from mnistviz.evaluation import Evaluation
from mnistviz.model import SoftmaxRegression
from mnistviz.report_style import ABOVE, MUTED, Box, board, fitted, heading, picture, ramp, write
from mnistviz.scales import full_weight
from mnistviz.theme import signed_grey

UNDER = 0.62  # inches under each picture, for its name


def draw_weights(
    figure: Figure,
    box: Box,
    model: SoftmaxRegression,
    evaluation: Evaluation,
    image_size: tuple[int, int],
) -> None:
    """Draw each class's weights as large as all of them fit, with its bias."""
    axes, names = board(figure, box), evaluation.classes
    heading(axes, "What each class's weights look for", "on one scale; grey is zero")
    ramp(axes, box.width, 0.3)
    height, width = image_size
    columns, k = _grid(len(names), (box.width, box.height - ABOVE), image_size)
    full = full_weight(model)
    for place, name in enumerate(names):
        x = (place % columns) * (box.width - k * width) / max(1, columns - 1)
        y = ABOVE + (place // columns) * (k * height + UNDER)
        levels = signed_grey(model.weights[:, place], full).reshape(height, width)
        picture(axes, Box(x, y, k * width, k * height), levels)
        size = min(12.0, 72 * k * width / 8)
        foot = y + k * height + 0.018 * size
        bias = wording.bias(model.bias[place])
        write(axes, x, foot, fitted(name, 0.55 * k * width, size), size, weight="bold")
        write(axes, x + k * width, foot, bias, 0.75 * size, color=MUTED, ha="right")


def _grid(count: int, room: tuple[float, float], image_size: tuple[int, int]) -> tuple[int, float]:
    """Return the columns, and the inches of a pixel, that make the pictures largest."""
    height, width = image_size

    def size(columns: int) -> float:
        rows = math.ceil(count / columns)
        return min((room[0] / columns - 0.2) / width, (room[1] / rows - UNDER) / height)

    columns = max(range(1, count + 1), key=size)
    return columns, size(columns)
