"""Texts as a picture can show them: how wide they are, in letters that there are, cut to fit."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from itertools import takewhile

from anyascii import anyascii

from mnistviz.drawing.fonts import can_draw
from mnistviz.drawing.letters import DIRECTIONS, NO_BREAKS, UNSEEN, apart, clusters
from mnistviz.drawing.raster import rasterise, text_width
from mnistviz.drawing.scene import Scene, Text
from mnistviz.drawing.scripts import script_with
from mnistviz.language.typefaces import DEJAVU, Fonts

LEAST_WIDTH, MOST_WIDTH = 5, 12  # of a name in the header, in text sizes
FRAME_SHARE = 1 / 128  # the width of a frame to that of a name
COMPARED = 24  # pixels of the size in which names are compared
MOST_MARKS = 5  # of a letter; more would stand outside of its line
SPACES = re.compile(rf"[^\S{NO_BREAKS}]+")


def width_of(text: str, size: int, bold: bool = False, fonts: Fonts = DEJAVU) -> int:
    """Return a text's width in pixels, rounded up."""
    return math.ceil(size * text_width(text, bold, fonts))


def headings_for(
    names: tuple[str, ...], most: float, two_lines: bool = False, fonts: Fonts = DEJAVU
) -> tuple[str, ...]:
    """Return names in at most so many text sizes, in bold, no two of them alike.

    If some are too wide, what all begin with, up to a space, is left out. One that still is too
    wide takes two lines, if it may and they fit, or else loses its end.
    """
    if any(line_width(name, fonts) > most for name in names):
        names = _without_prefix(names)

    def fitted(name: str) -> str:
        may = two_lines and line_width(name, fonts) > most
        split = _in_two(name, fonts) if may else name
        return split if line_width(split, fonts) <= most else shortened(name, most, fonts)

    return _apart(tuple(map(fitted, names)), names, most, fonts)


def line_width(name: str, fonts: Fonts = DEJAVU) -> float:
    """Return the width of the widest line of a name in bold, in text sizes."""
    return max(text_width(line, True, fonts) for line in name.split("\n"))


def _in_two(name: str, fonts: Fonts) -> str:
    """Return a name in two lines, after a space, a slash or a hyphen, as narrow as can be."""
    letters = clusters(name)
    ends = [place + 1 for place, letter in enumerate(letters[:-1]) if letter in " /-"]
    halves = [("".join(letters[:end]), "".join(letters[end:])) for end in ends]
    cuts = [f"{first.rstrip()}\n{second}" for first, second in halves if first.strip()]
    return min(cuts, key=lambda cut: line_width(cut, fonts), default=name)


def _without_prefix(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names without the words with which all of them begin."""
    first, last = min(names), max(names)  # what these two share, all do
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    cut = "".join(letter for letter, _ in same).rfind(" ") + 1
    return tuple(name[cut:] for name in names)


def _apart(
    shown: tuple[str, ...], names: tuple[str, ...], most: float, fonts: Fonts
) -> tuple[str, ...]:
    """Return shown names with the number of its class after each that looks like another."""

    def numbered(place: int) -> str:
        room = most - text_width(f" {place}", True, fonts)
        return f"{shortened(names[place], room, fonts)} {place}"

    told, places = shown, set[int]()
    while True:
        looks = [_look(name, fonts) for name in told]
        times = Counter(looks)
        more = {place for place, look in enumerate(looks) if times[look] > 1} - places
        if not more:
            return told
        places |= more  # and a number may make a name like another, so once more
        told = tuple(
            numbered(place) if place in places else name for place, name in enumerate(shown)
        )


@lru_cache(maxsize=1024)  # a layout is sought with the same names again and again
def _look(name: str, fonts: Fonts) -> bytes:
    """Return a digest of a name as it is drawn: letters of two scripts may look the same."""
    line = name.replace("\n", " ")
    size = width_of(line, COMPARED, True, fonts) + COMPARED, 2 * COMPARED
    text = Text(0, COMPARED, line, COMPARED, (255, 255, 255), True)
    return sha256(rasterise(Scene(size, (0, 0, 0), (text,), (), fonts)).tobytes()).digest()


def names_for(classes: tuple[str, ...], frame_width: int, fonts: Fonts = DEJAVU) -> tuple[str, ...]:
    """Return class names, in any script, as the header of a frame shows them: no two alike.

    Parameters
    ----------
    classes
        The names.
    frame_width
        In pixels; wider frames show more of a long name.
    fonts
        The typefaces.
    """
    most = min(max(frame_width * FRAME_SHARE, LEAST_WIDTH), MOST_WIDTH)
    names = tuple(legible(name, fonts) for name in classes)
    shown = _apart(tuple(shortened(name, most, fonts) for name in names), names, most, fonts)
    return tuple(apart(name, fonts.right_to_left) for name in shown)


def legible(name: str, fonts: Fonts = DEJAVU) -> str:
    """Return a name with Latin letters for what no typeface has.

    The result is not blank and has no control characters.
    """
    # First, since what stood on each side of a control may be a letter and its mark.
    seen = "".join(each for each in name if not _is_control(each))
    letters = clusters(unicodedata.normalize("NFC", seen))
    text = _spaced(
        "".join(letter if _is_drawn(letter, fonts) else _in_latin(letter) for letter in letters)
    )
    return text if _is_seen(text) else " ".join(map(_letter_name, name)) or "?"


def is_legible(text: str, fonts: Fonts = DEJAVU) -> bool:
    """Whether all of a text can be drawn as it should look."""
    return legible(text, fonts) == _spaced(unicodedata.normalize("NFC", text))


def why_not(text: str, fonts: Fonts = DEJAVU) -> str:
    """Return why a text cannot be drawn, and what to do; empty if it can."""
    if is_legible(text, fonts):
        return ""
    if lacks := lacking(text, fonts):
        return f"{lacks}, or try {legible(text, fonts)!r}"
    return f"has characters that cannot be drawn; try {legible(text, fonts)!r}"


def lacking(text: str, fonts: Fonts = DEJAVU) -> str:
    """Return which letters of a text no typeface has, and what to do; empty if there are none."""
    letters = clusters(unicodedata.normalize("NFC", text))
    found = [it for it in letters if it.isprintable() and not _is_drawn(it, fonts)]
    if not found:
        return ""
    script = script_with(found[0])
    example = f", as {script.advice}" if script else ""
    return (
        f"has letters that its typefaces lack: {', '.join(dict.fromkeys(found))}; "
        f"name one that has them with --font{example}"
    )


def shortened(name: str, most: float, fonts: Fonts = DEJAVU) -> str:
    """Return as much of a name as is at most so wide, in bold and in text sizes, and '…'."""
    if text_width(name, True, fonts) <= most:
        return name
    letters = clusters(name)
    cuts = ("".join(letters[:end]).rstrip(" …") + "…" for end in range(len(letters) - 1, 0, -1))
    return next((cut for cut in cuts if text_width(cut, True, fonts) <= most), "…")


def cut_in_middle(name: str, fits: Callable[[str], bool]) -> str:
    """Return a name, with as much of its middle left out as it must to fit."""
    if fits(name):
        return name
    letters = clusters(name)
    cuts = (
        "".join((*letters[: (kept + 1) // 2], "…", *letters[len(letters) - kept // 2 :]))
        for kept in range(len(letters) - 1, 0, -1)
    )
    return next((cut for cut in cuts if fits(cut)), "…")


def _spaced(text: str) -> str:
    """Return a text with one space for each run of them, and none around it."""
    return SPACES.sub(" ", text).strip()


def _is_control(character: str) -> bool:
    kind = unicodedata.category(character)[0]
    return kind == "C" and character not in UNSEEN and not character.isspace()


def _is_seen(text: str) -> bool:
    return any(not letter.isspace() and letter not in UNSEEN for letter in text)


def _is_drawn(letter: str, fonts: Fonts) -> bool:
    """Whether a letter with its marks looks as it should: one typeface has all of it.

    Marks alone have nothing to stand on. What is not seen needs no typeface.
    """
    kinds = [unicodedata.category(each)[0] for each in letter]
    seen = "".join(each for each in letter if each not in UNSEEN)
    if not seen:
        return letter in DIRECTIONS
    if kinds[0] in "MC" or kinds.count("M") > MOST_MARKS:
        return False
    return can_draw(seen, fonts)


def _in_latin(letter: str) -> str:
    return "".join(" " if each.isspace() else _transliterated(each) for each in letter)


def _transliterated(character: str) -> str:
    return "".join(filter(str.isprintable, anyascii(character)))


def _letter_name(character: str) -> str:
    """Return the last word of a character's name, since some letters have no Latin one: 'alef'."""
    *_, last = unicodedata.name(character, "").split() or [f"U+{ord(character):04X}"]
    return last if last.startswith("U+") else last.capitalize()
