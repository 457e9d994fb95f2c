"""Letters with their marks, and the direction in which a text is read."""

import re
from unicodedata import bidirectional, category, combining

ZWNJ, ZWJ = "\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}"
LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"
DIRECTIONS = (LEFT_TO_RIGHT, RIGHT_TO_LEFT, "\N{ARABIC LETTER MARK}")
NO_BREAKS = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}"
# What is not seen, but says how its neighbours are drawn. A typeface need not have it.
UNSEEN = frozenset((ZWNJ, ZWJ, *DIRECTIONS, *map(chr, range(0xFE00, 0xFE10))))
VIRAMA = 9  # Unicode's class of the marks that join two consonants
# Letters that stand after others as marks do: two vowels of Thai and Lao, and skin colours.
AS_MARKS = frozenset("\u0e33\u0eb3" + "".join(map(chr, range(0x1F3FB, 0x1F400))))
VOWELS_AND_FINALS = ("\u1160", "\u11ff")  # of Hangul, where a syllable is not one letter
# Letters that look the same whatever stands beside them: Latin, Greek, Cyrillic, Armenian; signs;
# kana, Chinese and Korean; their forms of full width.
UNCHANGING = (
    *((0, 0x058F), (0x1E00, 0x2BFF), (0x2E80, 0xA4CF)),
    *((0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFF00, 0xFFEF)),
)
NUMBER = re.compile(r"([−+]?)[0-9٠-٩.,٫٬]+")  # noqa: RUF001 (Arabic's comma and point)


def clusters(text: str) -> list[str]:
    """Return the letters of a text, each with its marks: between them it can be cut.

    Consonants that a sign joins, as in Hindi, are one letter.
    """
    found: list[str] = []
    for character in text:
        if found and _belongs(character, found[-1]):
            found[-1] += character
        else:
            found.append(character)
    return found


def _belongs(character: str, before: str) -> bool:
    """Whether a character belongs to the letter before."""
    if category(before[0])[0] in "CZ":
        return False
    first, last = VOWELS_AND_FINALS
    joined = before[-1] == ZWJ or combining(before[-1]) == VIRAMA
    return (
        category(character)[0] == "M"
        or character in (ZWNJ, ZWJ)
        or character in AS_MARKS
        or first <= character <= last
        or (joined and category(character)[0] in "LS")
    )


def side_by_side(text: str, right_to_left: bool) -> str:
    """Return letters that stand from left to right, and are drawn as if each stood alone.

    Empty if those of the text do not, as letters that join, and most texts from right to left.
    """
    line = directed(text, right_to_left)
    turned, letters = is_right_to_left(line), line[line[0] in (LEFT_TO_RIGHT, RIGHT_TO_LEFT) :]
    number = NUMBER.fullmatch(letters)
    if number:  # its sign stands on the side where it is read first
        return "" if turned and number[1] else letters
    return letters if not turned and all(map(_looks_the_same, letters)) else ""


def _looks_the_same(character: str) -> bool:
    code = ord(character)
    known = any(first <= code <= last for first, last in UNCHANGING)
    return known and category(character)[0] not in "MC"


def is_right_to_left(text: str) -> bool:
    """Whether a text is read from right to left, by its first letter that has a direction."""
    isolated = 0
    for character in text:
        kind = bidirectional(character)
        isolated += (kind in ("LRI", "RLI", "FSI")) - (kind == "PDI" and isolated > 0)
        if not isolated and kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def apart(name: str, right_to_left: bool) -> str:
    """Return a name that is read from left to right, whatever stands around it, if it should be.

    That is one without letters of its own direction, as '-7' or 'C++', in a text that is read from
    right to left. A number alone needs no marks.
    """
    if not right_to_left or name.isalnum() or is_right_to_left(name):
        return name
    return f"{LEFT_TO_RIGHT}{name}{LEFT_TO_RIGHT}"


def directed(text: str, right_to_left: bool) -> str:
    """Return a text that is read in a direction, whatever letter it begins with.

    A mark of a direction at its beginning stands.
    """
    if text.startswith(DIRECTIONS) or is_right_to_left(text) == right_to_left:
        return text
    return (RIGHT_TO_LEFT if right_to_left else LEFT_TO_RIGHT) + text
