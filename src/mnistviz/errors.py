"""Errors and warnings, whose texts are for users: one or two lines, without a traceback."""

from unicodedata import bidirectional, category


class MnistvizError(Exception):
    """Base of every error that mnistviz raises on purpose.

    Its message says what is wrong, where, what was expected, what was there and what to do.
    """


class DataError(MnistvizError):
    """A data set is missing, damaged or not what was asked for."""


class ModelError(MnistvizError):
    """A model file is damaged, foreign, or does not fit the data."""


class OptionError(MnistvizError):
    """An argument or an option has a value that is not possible."""


class LayoutError(OptionError):
    """The picture does not fit into its size."""


class OutputError(MnistvizError):
    """A target cannot be written."""


class SizeWarning(UserWarning):
    """A film will be larger than people expect, or shows less so that it keeps to a limit."""


class ModelWarning(UserWarning):
    """A model is used in a way that is most likely not what was meant."""


class DataWarning(UserWarning):
    """Something that was given is no picture, and is passed over."""


class LanguageWarning(UserWarning):
    """Words of a language are missing, and stay English."""


class VideoWarning(UserWarning):
    """ffmpeg does something in another way than expected. The film is made all the same."""


class VideoError(MnistvizError):
    """ffmpeg is missing, failed, or wrote something other than what it was given."""


def reason(error: BaseException) -> str:
    """Return what went wrong, without the number and the path that an OSError's text has."""
    return str(getattr(error, "strerror", None) or error)


def harmless(text: str) -> str:
    """Return a text from outside with a sign for each character that a terminal could obey.

    These are control characters, half surrogates, ends of lines and what turns the direction.
    """
    return "".join(_REPLACEMENT if _is_obeyed(each) else each for each in text)


def is_line(text: str) -> bool:
    """Whether a text is one line that is seen: no control characters, and something visible."""
    return harmless(text) == text and any(category(each)[0] not in "CZ" for each in text)


def _is_obeyed(character: str) -> bool:
    return category(character) in _CONTROLS or bidirectional(character) in _TURNS


_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_CONTROLS = ("Cc", "Cs", "Zl", "Zp")
_TURNS = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
