"""Which typefaces a language is written in: DejaVu Sans, and others for what it lacks."""

from typing import NamedTuple


class Typeface(NamedTuple):
    """A face in a font file.

    Attributes
    ----------
    file
        Path of the file.
    face
        Which of the faces in it.
    sha256
        Of the file, so that a film depends on it.
    """

    file: str
    face: int = 0
    sha256: str = ""


class Family(NamedTuple):
    """A typeface in two weights; the same one twice if it has no bold."""

    regular: Typeface
    bold: Typeface


class Fonts(NamedTuple):
    """How texts are set.

    Attributes
    ----------
    families
        Where letters are looked for that DejaVu Sans lacks, one after the other.
    right_to_left
        Whether a text is read from right to left, even one that begins with a number or a name in
        Latin letters.
    """

    families: tuple[Family, ...] = ()
    right_to_left: bool = False


DEJAVU = Fonts()
