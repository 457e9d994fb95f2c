"""Class names as a picture can show them: in letters that there are, and no wider than fits."""

import unicodedata
from collections.abc import Callable

from anyascii import anyascii

from mnistviz.frame.plan import TextWidth

LEAST_WIDTH, MOST_WIDTH = 5, 12  # of a name in the header, in text sizes
FRAME_SHARE = 1 / 128  # the width of a frame to that of a name


def names_for(
    classes: tuple[str, ...],
    frame_width: int,
    text_width: TextWidth,
    can_draw: Callable[[str], bool],
) -> tuple[str, ...]:
    """Return class names as the header of a frame shows them.

    Parameters
    ----------
    classes
        The names in any script.
    frame_width
        In pixels; more room lets longer names stand.
    text_width
        Measures a text, in units of its size.
    can_draw
        Whether the typeface has a character.
    """
    most = min(max(frame_width * FRAME_SHARE, LEAST_WIDTH), MOST_WIDTH)
    return tuple(shortened(legible(name, can_draw), most, text_width) for name in classes)


def legible(name: str, can_draw: Callable[[str], bool]) -> str:
    """Return a name with Latin letters for what cannot be drawn as it should look.

    Parameters
    ----------
    name
        Any text.
    can_draw
        Whether the typeface has a character.

    Returns
    -------
    str
        Not blank, without control characters.
    """
    composed = unicodedata.normalize("NFC", name)
    text = "".join(c if _stands_alone(c) and can_draw(c) else _in_latin(c) for c in composed)
    return " ".join(text.split()) or " ".join(map(_called, name)) or "?"


def is_legible(text: str, can_draw: Callable[[str], bool]) -> bool:
    """Whether all of a text can be drawn as it should look; `can_draw` as in `legible`."""
    return legible(text, can_draw) == " ".join(unicodedata.normalize("NFC", text).split())


def shortened(name: str, most: float, text_width: TextWidth) -> str:
    """Return as much of a name as fits, with '…' for the rest.

    Parameters
    ----------
    name
        Any text.
    most
        The greatest width in bold, in text sizes.
    text_width
        Measures a text, in units of its size.
    """
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


def _called(character: str) -> str:
    """Return the last word of a character's name, since some letters have no Latin one: 'alef'."""
    *_, last = unicodedata.name(character, "").split() or [f"U+{ord(character):04X}"]
    return last if last.startswith("U+") else last.capitalize()
