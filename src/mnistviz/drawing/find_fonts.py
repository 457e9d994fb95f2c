"""Find the typefaces of a language, and those that a user names, among what is installed."""

import difflib
import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from matplotlib.ft2font import FT2Font, StyleFlags

from mnistviz.config import Wording
from mnistviz.drawing.fonts import can_draw, face_of
from mnistviz.drawing.scripts import Script, script_of
from mnistviz.drawing.text import lacking
from mnistviz.errors import OptionError, reason
from mnistviz.input import open_file
from mnistviz.language.language import Language, language_of
from mnistviz.language.typefaces import Family, Fonts, Typeface

SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
MOST_FACES = 100  # read of one file
REGULAR, BOLD = 400, 700  # weights, as OpenType counts them
LEAST_BOLD = 600
USUAL_WIDTH = 5  # neither condensed nor expanded
MAC = ("~/Library/Fonts", "/Library/Fonts", "/System/Library/Fonts", "/System/Library/AssetsV2")
WINDOWS = ("$LOCALAPPDATA/Microsoft/Windows/Fonts", "$WINDIR/Fonts")
LINUX = (
    *("~/.fonts", "~/.local/share/fonts", "$XDG_DATA_HOME/fonts"),
    *("/usr/local/share/fonts", "/usr/share/fonts", "/run/current-system/sw/share/X11/fonts"),
)
FOLDERS = {"darwin": MAC, "win32": WINDOWS}.get(sys.platform, LINUX)


class _Face(NamedTuple):
    """A face of a file, which has a family."""

    family: str
    file: str
    face: int


def drawn_language(wording: Wording) -> Language:
    """Return the language that is asked for, with the typefaces that its pictures need.

    Raises
    ------
    OptionError
        As `language_of` and `fonts_for`; or no typeface has a letter of the user's words.
    """
    language = language_of(wording)
    fonts = fonts_for(wording.language, wording.font, language.is_right_to_left)
    if wording.words is not None:
        from mnistviz.language.catalogue import read_catalogue, texts_of  # which need Babel

        for text in texts_of(read_catalogue(wording.words)):
            if problem := lacking(text, fonts):
                raise OptionError(f"{wording.words}: {text!r:.60} {problem}")
    return replace(language, fonts=fonts)


def fonts_for(
    language: str = "en",
    given: str = "",
    right_to_left: bool = False,
    folders: tuple[str, ...] = FOLDERS,
) -> Fonts:
    """Return the typefaces that a language needs.

    Letters are looked for in DejaVu Sans, then in the typeface that is given, then in one that is
    installed, if the language needs another. For English and no typeface given that is DejaVu Sans
    alone, whatever is installed.

    Parameters
    ----------
    language
        Its tag, as 'hi' or 'zh-TW'.
    given
        A font file, or the family of an installed typeface. Default: none.
    right_to_left
        Whether the language is written from right to left.
    folders
        Where typefaces are installed. Default: the system's folders, and the user's own.

    Raises
    ------
    OptionError
        What is given is no typeface, or none is installed that has the letters of the language.
    """
    script = script_of(language)
    families = (_given(given, script.families if script else (), folders),) if given else ()
    if script is None or can_draw(script.letters, Fonts(families)):
        return Fonts(families, right_to_left)
    if found := _with_script(script, folders):
        return Fonts((*families, found), right_to_left)
    raise OptionError(
        f"no typeface here has the letters of {script.name}, in which language {language!r} is "
        f"written: install {script.advice}, or name one with --font"
    )


def without_typeface(
    languages: Sequence[str], folders: tuple[str, ...] = FOLDERS
) -> dict[str, str]:
    """Return the languages whose letters no typeface has here, with one to install for each."""
    scripts = {tag: script for tag in languages if (script := script_of(tag))}
    return {
        tag: script.advice for tag, script in scripts.items() if not _with_script(script, folders)
    }


def _with_script(script: Script, folders: tuple[str, ...]) -> Family | None:
    """Return the best of the typefaces of a script that are installed, None if none is."""
    installed = (_installed(name, folders) for name in script.families)
    return next(
        (each for each in installed if each and can_draw(script.letters, Fonts((each,)))), None
    )


def _given(name: str, preferred: Sequence[str], folders: tuple[str, ...]) -> Family:
    """Return the typeface of a file or of a family."""
    path = _at_home(name)
    if path.suffix.lower() in SUFFIXES or name != path.name:  # it has a folder
        return _of_file(path, preferred)
    if found := _installed(name, folders):
        return found
    near = difflib.get_close_matches(name, sorted({face.family for face in _faces(folders)}), 3)
    hint = f"; near it are {', '.join(near)}" if near else ""
    raise OptionError(
        f"font must be a file ({', '.join(SUFFIXES)}) or the family of an installed typeface: "
        f"none is called {name!r}{hint}"
    )


def _at_home(name: str) -> Path:
    """Return a path without its ~; as it is if there is no such home, as in some containers."""
    try:
        return Path(name).expanduser()
    except RuntimeError:
        return Path(name)


def _of_file(path: Path, preferred: Sequence[str]) -> Family:
    """Return the typeface of a file; if it has several, the one that a language likes best."""
    try:
        open_file(path).close()
    except (OSError, ValueError) as error:
        raise OptionError(f"cannot read the typeface in {path}: {reason(error)}") from None
    face_of(Typeface(str(path)))  # which says what is wrong
    faces = list(_faces_in(str(path.resolve())))
    if not faces:
        raise OptionError(
            f"{path}: expected a typeface of outlines, got one of pixels; name another"
        )
    names = [face.family for face in faces]
    name = next((each for each in preferred if each in names), names[0])
    return _picked([face for face in faces if face.family == name])


def _installed(name: str, folders: tuple[str, ...]) -> Family | None:
    """Return the typeface of a family, None if it is not installed."""
    called = name.casefold()
    faces = [face for face in _faces(folders) if face.family.casefold() == called]
    return _picked(faces) if faces else None


@lru_cache(maxsize=4)
def _faces(folders: tuple[str, ...]) -> tuple[_Face, ...]:
    """Return all faces that are installed."""
    files = sorted(
        str(Path(folder, name))
        for place in folders
        for folder, _, names in os.walk(_at_home(os.path.expandvars(place)))
        for name in names
        if name.lower().endswith(SUFFIXES)
    )
    return tuple(face for file in files for face in _faces_in(file))


def _faces_in(file: str) -> Iterator[_Face]:
    """Yield the faces of a file that can be drawn with, from the first to a damaged one."""
    try:
        count = face_of(Typeface(file)).num_faces
        for place in range(min(count, MOST_FACES)):
            face = face_of(Typeface(file, place))
            if face.scalable:
                yield _Face(face.family_name, file, place)
    except OptionError:
        return


def _picked(faces: Sequence[_Face]) -> Family:
    """Return the faces of a family that are nearest to regular and to bold."""
    looks = {face: _look(face_of(Typeface(face.file, face.face))) for face in faces}

    def nearest(weight: int) -> _Face:
        return min(faces, key=lambda face: (looks[face][:2], abs(looks[face][2] - weight), face))

    regular, bold = nearest(REGULAR), nearest(BOLD)
    return Family(_typeface(regular), _typeface(bold if looks[bold][2] >= LEAST_BOLD else regular))


def _look(face: FT2Font) -> tuple[bool, int, int]:
    """Return whether a face is italic, how far from the usual width it is, and its weight."""
    table, flags = face.get_sfnt_table("OS/2"), face.style_flags
    italic, bold = StyleFlags.ITALIC in flags, StyleFlags.BOLD in flags
    if table is None:
        return italic, 0, BOLD if bold else REGULAR
    return italic, abs(table["usWidthClass"] - USUAL_WIDTH), table["usWeightClass"]


def _typeface(face: _Face) -> Typeface:
    with Path(face.file).open("rb") as file:
        return Typeface(face.file, face.face, hashlib.file_digest(file, "sha256").hexdigest())
