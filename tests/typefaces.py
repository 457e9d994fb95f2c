"""Typefaces for the tests: those that are installed, and some that are made up."""

from pathlib import Path

import matplotlib as mpl
from fontTools.ttLib import TTFont

from browser import do_without
from mnistviz.drawing.find_fonts import fonts_for
from mnistviz.errors import OptionError

BROUGHT = Path(mpl.get_data_path(), "fonts", "ttf")  # by matplotlib


def installed(language, **options):
    """Return the typefaces of a language; without one, skip the test or fail it."""
    try:
        return fonts_for(language, **options)
    except OptionError as error:
        do_without(str(error))


def made_up(path, letters, family="Made Up", units=None):
    """Write a typeface in which letters, the keys, look like others in DejaVu Serif."""
    font = TTFont(BROUGHT / "DejaVuSerif.ttf")
    glyphs = font.getBestCmap()
    for table in font["cmap"].tables:
        table.cmap = {ord(new): glyphs[ord(old)] for new, old in letters.items()}
    for name in font["name"].names:
        if name.nameID in (1, 4, 16):
            name.string = family
    font["head"].unitsPerEm = units or font["head"].unitsPerEm
    font.save(path)
    return path
