"""A picture of what was done with own pictures: each as it was, in even light, and its images."""

import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.area import in_size
from mnistviz.datasets.own_pictures import Steps
from mnistviz.drawing.raster import GREYS, png, rasterise
from mnistviz.drawing.scene import Cell, Element, Scene, Text
from mnistviz.drawing.text import legible, shortened
from mnistviz.drawing.theme import THEMES
from mnistviz.errors import OptionError, OutputError, SizeWarning
from mnistviz.language.language import Language, later
from mnistviz.output import check_apart, check_target, is_same, replacing

STEPS_SUFFIXES = (".png",)
SIDE, GAP, LINE, LETTER = 224, 24, 40, 18  # pixels: of a picture, between them, of text, its size
MOST_IMAGES = 6  # of a picture
MOST_ROWS = 100  # pictures; more make a file that nothing opens
# Translators: headings of what was done with a photo of a digit.
NAMES = later("as it is"), later("in even light"), later("what the network sees")


def check_steps(out: Path | str | None, files: list[Path], *others: Path | str | None) -> None:
    """Refuse a file for the steps that cannot be written, or is read or written as well.

    Raises
    ------
    OptionError
        If there is no own picture whose steps could be shown.
    OutputError
        As `check_target` and `check_apart`.
    """
    if out is None:
        return
    if not files:
        raise OptionError("show steps is for own pictures: give an image, or a folder of images")
    check_target(Path(out), STEPS_SUFFIXES)
    check_apart(out, *files)
    if any(other and is_same(Path(out), Path(other)) for other in others):
        raise OutputError(f"cannot write {out} twice: give show steps another file")


def draw_steps(steps: tuple[Steps, ...], out: Path, language: Language) -> None:
    """Write the steps of pictures as a PNG, a row for each.

    Parameters
    ----------
    steps
        Those of at most `MOST_ROWS` pictures are drawn.
    out
        The file.
    language
        In which they are named.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    theme, rows = THEMES["light"], steps[:MOST_ROWS]
    if len(rows) < len(steps):
        warnings.warn(
            f"{out} shows the first {len(rows)} of {len(steps)} pictures", SizeWarning, stacklevel=2
        )
    wide = 2 + max(min(len(row.drawings), MOST_IMAGES) for row in rows)
    high = SIDE + LINE + GAP
    elements: list[Element] = [
        Text(GAP + place * (SIDE + GAP), LINE, language.say(name), LETTER, theme.ink, bold=True)
        for place, name in enumerate(NAMES)
    ]
    for number, row in enumerate(rows):
        top = LINE + GAP + number * high
        for place, levels in enumerate((row.grey, row.relit)):
            square = in_size(levels[None], (SIDE, SIDE))[0]
            elements.append(_cell(GAP + place * (SIDE + GAP), top, square, 1))
        for place, drawing in enumerate(row.drawings[:MOST_IMAGES], 2):
            k = max(1, SIDE // max(drawing.image.shape))
            elements.append(_cell(GAP + place * (SIDE + GAP), top, drawing.image, k))
        room = (wide * (SIDE + GAP) - GAP) / LETTER
        said = shortened(legible(_said(row, language), language.fonts), room, language.fonts)
        elements.append(Text(GAP, top + SIDE + LINE - 14, said, LETTER, theme.muted))
    size = GAP + wide * (SIDE + GAP), LINE + GAP + len(rows) * high
    content = png(rasterise(Scene(size, theme.background, (), tuple(elements), language.fonts)))
    with replacing(out) as part:
        part.write_bytes(content)


def _said(row: Steps, language: Language) -> str:
    """Return the name of a picture, and what there is to say of its images."""
    count, said = len(row.drawings), [row.name]
    if count > MOST_IMAGES:
        number, shown = language.number(count), language.number(MOST_IMAGES)
        said.append(language.say("{number} drawings, {shown} shown", number=number, shown=shown))
    for doubt in row.drawings[0].doubts:
        said.append(language.say("not sure: {doubt}", doubt=doubt.said(language)))
    return language.in_a_line(said)


def _cell(x: int, y: int, levels: NDArray[np.uint8], k: int) -> Cell:
    return Cell(x, y, k, levels, GREYS)
