"""Draws a whole Scene as pixels, and measures text.

Letters are set by FreeType, as matplotlib brings it, and all else in a scene is whole pixels. So
nothing here reads or changes matplotlib's settings, and scenes can be drawn in many threads.
"""

import io
from functools import lru_cache

import numpy as np
from matplotlib.ft2font import FT2Font, LoadFlags
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from mnistviz._version import NAME
from mnistviz.drawing.fonts import opened, what_failed
from mnistviz.drawing.letters import directed, is_right_to_left
from mnistviz.drawing.scene import Cell, Element, Rectangle, Scene, Text
from mnistviz.errors import OptionError
from mnistviz.language.typefaces import DEJAVU, Fonts

# At 72 dots an inch a point is a pixel in every backend.
DOTS_PER_INCH = 72
GREYS = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
SUBPIXELS = 64  # FreeType's units of a pixel
EM_SPACE = "\N{EM SPACE}"
MEASURED = 100  # pixels of the size in which widths are measured
MOST_HEIGHT = 20  # of a text, in its sizes; a damaged typeface must not take all memory


def rasterise(scene: Scene) -> NDArray[np.uint8]:
    """Draw a scene as pixels, and return RGB (height, width, 3)."""
    width, height = scene.size
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[:] = scene.background
    for element in scene.elements:
        _draw(element, pixels, scene.fonts)
    return pixels


def _draw(element: Element, pixels: NDArray[np.uint8], fonts: Fonts) -> None:
    match element:
        case Cell(x, y, k, levels, colours):
            height, width = (k * side for side in levels.shape)
            drawn = (GREYS if colours is None else colours)[levels]
            pixels[y : y + height, x : x + width] = drawn.repeat(k, axis=0).repeat(k, axis=1)
        case Rectangle():
            for x, y, width, height, colour, _ in element.dashes():
                pixels[y : y + height, x : x + width] = colour
        case Text():
            _write(element, pixels, fonts)


def _write(text: Text, pixels: NDArray[np.uint8], fonts: Fonts) -> None:
    """Draw a text; what is outside of the picture is left out."""
    # FreeType's bitmap begins at the first ink, to whose fraction of a pixel matplotlib rounds
    # every glyph, and shifts some. After an em space, as wide as the size, it begins at a pixel.
    line = directed(text.text, fonts.right_to_left)
    indented = line + EM_SPACE if is_right_to_left(line) else EM_SPACE + line
    font = font_with(indented, text.size, text.bold, fonts)
    font.draw_glyphs_to_bitmap()
    cover = np.asarray(font.get_image())
    _, height = font.get_width_height()
    highest = (height - font.get_descent()) // SUBPIXELS + 1  # rows above the baseline
    left, top = left_of(text, fonts) - text.size, text.baseline - highest
    rows, columns = (
        slice(max(start, 0), max(start + length, 0))
        for start, length in zip((top, left), cover.shape, strict=True)
    )
    under = pixels[rows, columns]
    kept = cover[rows.start - top :, columns.start - left :][: under.shape[0], : under.shape[1]]
    ink = np.asarray(text.colour, np.int32) - under
    under += np.rint(ink * (kept[..., None] / 255)).astype(np.uint8)  # modulo 256


def left_of(text: Text, fonts: Fonts) -> int:
    """Return the whole pixel at which a text begins."""
    share = {"left": 0, "center": 0.5, "right": 1}[text.align]
    return round(text.x - share * text.size * text_width(text.text, text.bold, fonts))


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Return (height, width, 3) RGB pixels as the content of a PNG file, which says who drew it."""
    buffer, said = io.BytesIO(), PngInfo()
    said.add_text("Software", NAME)
    Image.fromarray(pixels).save(buffer, "png", pnginfo=said)
    return buffer.getvalue()


@lru_cache(maxsize=1024)
def text_width(text: str, bold: bool, fonts: Fonts = DEJAVU) -> float:
    """Return the width of a text in units of its size."""
    line = directed(text, fonts.right_to_left)
    width, _ = font_with(line, MEASURED, bold, fonts).get_width_height()
    return float(width) / SUBPIXELS / MEASURED


def font_with(line: str, size: int, bold: bool, fonts: Fonts) -> FT2Font:
    """Return this thread's typeface with a line laid out in a size, in pixels.

    The line is read in the direction of its first letter that has one.

    Raises
    ------
    OptionError
        A typeface is damaged.
    """
    font = opened(fonts, bold)
    font.set_size(size, DOTS_PER_INCH)
    try:
        font.set_text(line, flags=LoadFlags.NO_HINTING)  # advances as measured, at every size
    except RuntimeError as error:
        raise _damaged(fonts, what_failed(error)) from None
    if font.get_width_height()[1] > MOST_HEIGHT * SUBPIXELS * size:
        raise _damaged(fonts, f"expected letters up to {MOST_HEIGHT} sizes high, got more")
    return font


def _damaged(fonts: Fonts, problem: str) -> OptionError:
    files = ", ".join(family.regular.file for family in fonts.families)
    return OptionError(f"cannot draw with the typeface in {files}: {problem}; name another")
