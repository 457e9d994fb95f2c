"""Texts as a picture can show them: how wide they are, in letters that there are, cut to fit."""

import math
import unicodedata
from collections import Counter
from itertools import takewhile

from anyascii import anyascii

from mnistviz.drawing.raster import can_draw, text_width

LEAST_WIDTH, MOST_WIDTH = 5, 12  # of a name in the header, in text sizes
FRAME_SHARE = 1 / 128  # the width of a frame to that of a name


def width_of(text: str, size: int, bold: bool = False) -> int:
    """Return a text's width in pixels, rounded up."""
    return math.ceil(size * text_width(text, bold))


def headings_for(names: tuple[str, ...], most: float, two_lines: bool = False) -> tuple[str, ...]:
    """Return names in at most so many text sizes, in bold, no two of them alike.

    If some are too wide, what all begin with, up to a space, is left out. One that still is too
    wide takes two lines, if it may and they fit, or else loses its end.
    """
    if any(line_width(name) > most for name in names):
        names = _without_prefix(names)

    def fitted(name: str) -> str:
        split = _in_two(name) if two_lines and line_width(name) > most else name
        return split if line_width(split) <= most else shortened(name, most)

    return _apart(tuple(map(fitted, names)), names, most)


def line_width(name: str) -> float:
    """Return the width of the widest line of a name in bold, in text sizes."""
    return max(text_width(line, True) for line in name.split("\n"))


def _in_two(name: str) -> str:
    """Return a name in two lines, after a space, a slash or a hyphen, as narrow as can be."""
    ends = [place + 1 for place, letter in enumerate(name[:-1]) if letter in " /-"]
    cuts = [f"{name[:end].rstrip()}\n{name[end:]}" for end in ends if name[:end].strip()]
    return min(cuts, key=line_width, default=name)


def _without_prefix(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names without the words with which all of them begin."""
    first, last = min(names), max(names)  # what these two share, all do
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    cut = "".join(letter for letter, _ in same).rfind(" ") + 1
    return tuple(name[cut:] for name in names)


def _apart(
    shown: tuple[str, ...], names: tuple[str, ...], most: float = math.inf
) -> tuple[str, ...]:
    """Return shown names with the number of its class after each that is shown like another."""
    alike = {name for name, times in Counter(shown).items() if times > 1}
    return tuple(
        shortened(names[place], most - text_width(f" {place}", True)) + f" {place}"
        if name in alike
        else name
        for place, name in enumerate(shown)
    )


def names_for(classes: tuple[str, ...], frame_width: int) -> tuple[str, ...]:
    """Return class names, in any script, as the header of a frame shows them: no two alike.

    Parameters
    ----------
    classes
        The names.
    frame_width
        In pixels; wider frames show more of a long name.
    """
    most = min(max(frame_width * FRAME_SHARE, LEAST_WIDTH), MOST_WIDTH)
    names = tuple(legible(name) for name in classes)
    return _apart(tuple(shortened(name, most) for name in names), names, most)


def legible(name: str) -> str:
    """Return a name with Latin letters for what cannot be drawn as it should look.

    The result is not blank and has no control characters.
    """
    composed = unicodedata.normalize("NFC", name)
    text = "".join(c if _stands_alone(c) and can_draw(c) else _in_latin(c) for c in composed)
    return " ".join(text.split()) or " ".join(map(_letter_name, name)) or "?"


def is_legible(text: str) -> bool:
    """Whether all of a text can be drawn as it should look."""
    return legible(text) == " ".join(unicodedata.normalize("NFC", text).split())


def shortened(name: str, most: float) -> str:
    """Return as much of a name as is at most so wide, in bold and in text sizes, and '…'."""
    if text_width(name, True) <= most:
        return name
    cuts = (name[:end].rstrip(" …") + "…" for end in range(len(name) - 1, 0, -1))
    return next((cut for cut in cuts if text_width(cut, True) <= most), "…")


def _stands_alone(character: str) -> bool:
    """Whether a character is drawn left to right and for itself: no mark, and no control."""
    kind = unicodedata.category(character)[0]
    return kind not in "MC" and unicodedata.bidirectional(character) not in ("R", "AL")


def _in_latin(character: str) -> str:
    return " " if character.isspace() else "".join(filter(str.isprintable, anyascii(character)))


def _letter_name(character: str) -> str:
    """Return the last word of a character's name, since some letters have no Latin one: 'alef'."""
    *_, last = unicodedata.name(character, "").split() or [f"U+{ord(character):04X}"]
    return last if last.startswith("U+") else last.capitalize()
