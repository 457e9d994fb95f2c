"""Where elements are, and whether two of them meet."""

from alike import text_box
from mnistviz.drawing.scene import Cell, Rectangle
from mnistviz.language.typefaces import DEJAVU


def box(element, fonts=DEJAVU):
    """Return the left, top, right and bottom of an element."""
    if isinstance(element, Cell):
        height, width = element.levels.shape
        return element.x, element.y, element.x + element.k * width, element.y + element.k * height
    if isinstance(element, Rectangle):
        x, y = element.x, element.y
        return x, y, x + element.width, y + element.height
    return text_box(element, fonts)


def overlap(first, second):
    return (
        min(first[2], second[2]) - max(first[0], second[0]) > 0
        and min(first[3], second[3]) - max(first[1], second[1]) > 0
    )
