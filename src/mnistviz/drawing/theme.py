"""The colours of the picture.

The colours of the true class and of a wrong prediction stay apart for colour-blind viewers: by
CIE76 they are at least 40 apart under protanopia, deuteranopia and tritanopia (Machado 2009,
severity 1). Every text reaches a contrast of 4.5:1 against its background (WCAG 2.2, 1.4.3), and
every bar, outline and frame of a cell 3:1 (1.4.11). On white, `ORANGE` reaches 2.2:1: so it is
deeper there, and text is neutral, with a swatch before it that carries the colour.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mnistviz.config import CONTRASTS, PictureConfig

Colour = tuple[int, int, int]  # red, green, blue: sRGB, 0 to 255

GREEN: Colour = (0, 158, 115)
BLUE: Colour = (0, 114, 178)
ORANGE: Colour = (230, 159, 0)
BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)


@dataclass(frozen=True)
class Accents:
    """The colours of one palette on one background.

    Attributes
    ----------
    true, wrong
        Bars, outlines and swatches of the true class, and of a wrong prediction.
    true_text, wrong_text
        Text about them.
    """

    true: Colour
    wrong: Colour
    true_text: Colour
    wrong_text: Colour


@dataclass(frozen=True)
class Theme:
    """The colours of one look.

    Attributes
    ----------
    background, ink, muted
        The frame's background, its main text, and text that is less important.
    line
        Zero lines, and frames around cells.
    shade
        The rail of the progress bar, a chart's grid, and the area under its curve.
    bar
        Bars of the classes that are neither true nor predicted.
    accents
        Of the true class and of a wrong prediction.
    signed
        Colours of the most negative weight, of zero and of the most positive one, if weights
        and products are in colour; None if they are grey.
    exponent
        Of the tone curve of weights and products, see `signed_grey`.
    """

    background: Colour
    ink: Colour
    muted: Colour
    line: Colour
    shade: Colour
    bar: Colour
    accents: Accents
    signed: tuple[Colour, Colour, Colour] | None = None
    exponent: float = CONTRASTS["soft"]

    @cached_property
    def signed_colours(self) -> NDArray[np.uint8] | None:
        """Colour of each level of `signed_grey`, (256, 3); None if levels are drawn grey."""
        if self.signed is None:
            return None
        levels = (0, 128, 255)  # 128 is zero
        channels = [
            np.interp(np.arange(256), levels, ends) for ends in zip(*self.signed, strict=True)
        ]
        colours: NDArray[np.uint8] = np.rint(np.stack(channels, axis=1)).astype(np.uint8)
        return colours


THEMES = {
    "dark": Theme(
        background=(14, 17, 22),
        ink=(243, 244, 245),
        muted=(154, 164, 175),
        line=(92, 100, 113),
        shade=(46, 52, 62),
        bar=(110, 122, 136),
        accents=Accents(GREEN, ORANGE, (26, 194, 146), (242, 174, 31)),
    ),
    "light": Theme(
        background=WHITE,
        ink=(20, 24, 29),
        muted=(87, 96, 106),
        line=(136, 145, 155),
        shade=(222, 226, 231),
        bar=(136, 145, 155),
        accents=Accents(GREEN, (202, 127, 0), (0, 118, 86), (154, 88, 0)),
    ),
    # For paper: in black and white, true, wrong and the rest are dark, middling and light.
    "print": Theme(
        background=WHITE,
        ink=BLACK,
        muted=(64, 64, 64),
        line=(96, 96, 96),
        shade=(217, 217, 217),
        bar=(148, 148, 148),
        accents=Accents((0, 64, 48), (173, 90, 0), (0, 64, 48), (140, 72, 0)),
    ),
}
"""The themes in the palette of green and orange, with grey weights."""

BLUE_AND_ORANGE = {
    "dark": Accents(BLUE, ORANGE, (86, 180, 233), (242, 174, 31)),
    "light": replace(THEMES["light"].accents, true=BLUE),
    "print": replace(THEMES["print"].accents, true=(0, 61, 102)),
}
"""The accents of the other palette."""

# From red, against, to blue, for; zero is like the background, so that strong weights stand out.
DIVERGING = {
    "dark": ((255, 111, 82), (22, 24, 28), (74, 168, 255)),
    "light": ((190, 30, 45), (247, 247, 247), (26, 98, 170)),
}


def theme_of(picture: PictureConfig) -> Theme:
    """Return the colours of a picture."""
    theme = THEMES[picture.theme]
    if picture.palette == "blue-orange":
        theme = replace(theme, accents=BLUE_AND_ORANGE[picture.theme])
    if picture.is_coloured:
        theme = replace(theme, signed=DIVERGING[picture.theme])
    return replace(theme, exponent=CONTRASTS[picture.contrast])


def grey(values: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Return the grey levels of pixels, of any shape: 0 to 255 for values in [0, 1]."""
    levels: NDArray[np.uint8] = np.rint(255 * values).astype(np.uint8)
    return levels


def signed_grey(
    values: NDArray[np.floating], full_scale: float, exponent: float = CONTRASTS["soft"]
) -> NDArray[np.uint8]:
    """Return the grey levels of weights or contributions, of any shape.

    Zero is mid grey (128), positive lighter, negative darker. What is `full_scale` or more is white
    (255); its negative, or less, is black (0). Between them a level's distance from mid grey is
    the exponent's power of its share of `full_scale`: below 1, weak values stand out from zero.

    Parameters
    ----------
    values, full_scale
        The weights or contributions, and the largest that is told from larger ones.
    exponent
        One of those of `CONTRASTS`. They are made of square roots, which are rounded alike
        everywhere, so that the explorer's levels are the film's.
    """
    shares = np.clip(values / full_scale, -1, 1)
    if exponent < 1:
        roots = np.sqrt(np.abs(shares))
        shares = np.copysign(roots if exponent == 0.5 else roots * np.sqrt(roots), shares)
    levels: NDArray[np.uint8] = np.floor(127.5 * shares + 128).astype(np.uint8)
    return levels
