"""Typefaces: DejaVu Sans, and those that are looked in for what it lacks.

FreeType opens them, as matplotlib brings it, which also brings what shapes and orders a text
(HarfBuzz, FriBidi). For English without another typeface there is DejaVu Sans alone, which
matplotlib installs: so pictures are the same on all machines.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from threading import get_ident

import matplotlib as mpl
from matplotlib.ft2font import FT2Font

from mnistviz.errors import OptionError, reason
from mnistviz.language.typefaces import DEJAVU, Family, Fonts, Typeface


def opened(fonts: Fonts, bold: bool) -> FT2Font:
    """Return this thread's typeface, which takes from the others what it lacks.

    Raises
    ------
    OptionError
        One of the files cannot be read as a typeface.
    """
    return _opened(fonts.families, bold, get_ident())


@lru_cache(maxsize=32)
def _opened(families: tuple[Family, ...], bold: bool, thread: int) -> FT2Font:
    others = [face_of(family.bold if bold else family.regular) for family in families]
    return FT2Font(typeface_file(bold), _fallback_list=others)


def face_of(typeface: Typeface) -> FT2Font:
    """Open a typeface; raises OptionError if it cannot be read."""
    try:
        return FT2Font(typeface.file, face_index=typeface.face)
    except (OSError, RuntimeError, ValueError) as error:
        problem = f"expected a TrueType or OpenType font, got {what_failed(error)}"
        raise OptionError(f"cannot read the typeface in {typeface.file}: {problem}") from None


def what_failed(error: Exception) -> str:
    """Return an error of FreeType without the line of matplotlib's source that met it."""
    return reason(error).rpartition(": ")[-1]


@lru_cache(maxsize=4096)
def can_draw(letters: str, fonts: Fonts = DEJAVU) -> bool:
    """Whether one of the typefaces has all of some letters, bold or not."""
    return any(
        all(face.get_char_index(ord(letter)) for letter in letters for face in weights)
        for weights in _faces(fonts.families, get_ident())
    )


@lru_cache(maxsize=32)
def _faces(families: tuple[Family, ...], thread: int) -> list[tuple[FT2Font, ...]]:
    return [tuple(map(face_of, family)) for family in _with_dejavu(families)]


def _with_dejavu(families: tuple[Family, ...]) -> Iterator[Family]:
    yield Family(Typeface(typeface_file(False)), Typeface(typeface_file(True)))
    yield from families


def typeface_file(bold: bool) -> str:
    """Return the file of DejaVu Sans that matplotlib installs, not of the system's."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return str(Path(mpl.get_data_path(), "fonts", "ttf", name))
