"""The colours of the picture.

Green and orange stay apart for colour-blind viewers: their CIE76 distance is 52 under protanopia
and 66 under deuteranopia (Machado 2009, severity 1). Every text colour reaches a contrast of
4.5:1 against its background (WCAG 2.2, 1.4.3); green and orange do not on white, so there the
text is neutral and a swatch beside it carries the colour.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Colour = tuple[int, int, int]  # red, green, blue: sRGB, 0 to 255

GREEN: Colour = (0, 158, 115)
ORANGE: Colour = (230, 159, 0)


@dataclass(frozen=True)
class Theme:
    """The colours of one theme.

    Attributes
    ----------
    background, ink, muted
        The frame's background, its main text, and text that stands back.
    line
        Zero lines, frames around the digits, and what is left of the progress bar.
    bar
        Bars of the classes that are neither true nor predicted.
    true_text, wrong_text
        Text about the true class, and about a wrong prediction.
    """

    background: Colour
    ink: Colour
    muted: Colour
    line: Colour
    bar: Colour
    true_text: Colour
    wrong_text: Colour

    def palette(self) -> NDArray[np.uint8]:
        """Return the 256 colours that a GIF of this theme needs.

        Returns
        -------
        NDArray[np.uint8]
            (256, 3): the theme's colours, steps from the background to each of them for the
            smooth edges of text, and greys for the cells.
        """
        inks = (self.ink, self.muted, self.true_text, self.wrong_text)
        flat = (self.background, self.line, self.bar, GREEN, ORANGE)
        steps = np.linspace(0, 1, TEXT_STEPS + 1)[1:, None]
        background = np.array(self.background)
        blends = [background + steps * (np.array(ink) - background) for ink in inks]
        greys = np.linspace(0, 255, 256 - len(flat) - TEXT_STEPS * len(inks))
        colours = [np.array(flat), *blends, np.repeat(greys[:, None], 3, axis=1)]
        palette: NDArray[np.uint8] = np.rint(np.concatenate(colours)).astype(np.uint8)
        return palette


TEXT_STEPS = 10

THEMES = {
    "dark": Theme(
        background=(14, 17, 22),
        ink=(243, 244, 245),
        muted=(154, 164, 175),
        line=(61, 68, 80),
        bar=(110, 122, 136),
        true_text=(26, 194, 146),
        wrong_text=(242, 174, 31),
    ),
    "light": Theme(
        background=(255, 255, 255),
        ink=(20, 24, 29),
        muted=(87, 96, 106),
        line=(196, 203, 211),
        bar=(140, 150, 161),
        true_text=(20, 24, 29),
        wrong_text=(20, 24, 29),
    ),
}


def grey(values: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Return the grey levels of pixels.

    Parameters
    ----------
    values
        Any shape, in [0, 1]: 0 is black, 1 white.

    Returns
    -------
    NDArray[np.uint8]
        The same shape, 0 to 255.
    """
    levels: NDArray[np.uint8] = np.rint(255 * values).astype(np.uint8)
    return levels


def signed_grey(values: NDArray[np.floating], full_scale: float) -> NDArray[np.uint8]:
    """Return the grey levels of weights or contributions.

    Parameters
    ----------
    values
        Any shape. Zero is mid grey (128), positive lighter, negative darker.
    full_scale
        The value that is white; its negative is black. Values beyond are clipped.

    Returns
    -------
    NDArray[np.uint8]
        The same shape, 0 to 255.
    """
    shares = np.clip(values / full_scale, -1, 1)
    levels: NDArray[np.uint8] = np.floor(127.5 * shares + 128).astype(np.uint8)
    return levels
