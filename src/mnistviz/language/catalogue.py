"""Read the words of a language: gettext's .po files, ours and those of users."""

import io
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from mnistviz.errors import OptionError, reason
from mnistviz.input import read_text

MAX_BYTES = 2_000_000  # of a file
MARK = re.compile(r"{(\w+)}")  # where a value stands in a message
Texts = str | tuple[str, ...] | list[str] | None  # of a message, or of its plural forms
FOLDER = files(__package__).joinpath("catalogues")


@cache
def languages() -> tuple[str, ...]:
    """Return the tags of the languages that come with mnistviz, besides English."""
    names = (file.name for file in FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(".po") for name in names if name.endswith(".po")))


@cache
def template() -> Catalog:
    """Return all messages, without a translation."""
    return _parsed(FOLDER.joinpath("mnistviz.pot").read_text(encoding="utf-8"))


def catalogue_of(tag: str) -> Catalog:
    """Return the catalogue of one of `languages`."""
    return _parsed(FOLDER.joinpath(f"{tag}.po").read_text(encoding="utf-8"))


def read_catalogue(path: Path) -> Catalog:
    """Read a user's .po file.

    Raises
    ------
    OptionError
        The file cannot be read or is none, has a message that is not ours, or a translation that
        names a value which its message has not.
    """
    try:
        catalogue = _parsed(read_text(path, MAX_BYTES))
    except (OSError, ValueError, PoFileError) as error:
        raise OptionError(f"cannot read the words in {path}: {reason(error)}") from None
    known = template()
    for message in translated(catalogue):
        where = f"{path}, line {message.lineno}: "
        if known.get(message.id, message.context) is None:
            raise OptionError(f"{where}there is no message {_key(message)!r:.80}")
        if unknown := marks(message.string) - marks(message.id):
            allowed = ", ".join(f"{{{each}}}" for each in sorted(marks(message.id))) or "no values"
            raise OptionError(
                f"{where}expected {allowed}, got {{{min(unknown)}}} in {_key(message)!r:.80}"
            )
    return catalogue


def translated(catalogue: Catalog) -> list[Message]:
    """Return the messages that have a translation, of each plural form where there are several."""
    return [
        message
        for message in catalogue
        if message.id and not message.fuzzy and all(_texts(message.string))
    ]


def marks(texts: Texts) -> set[str]:
    """Return the names of the values in a message, or in all of its forms."""
    return set(MARK.findall(" ".join(_texts(texts))))


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as the content of a .mo file."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def _parsed(content: str) -> Catalog:
    return read_po(io.StringIO(content), abort_invalid=True)


def _texts(texts: Texts) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts or [""])


def _key(message: Message) -> str:
    return _texts(message.id)[0]
