"""Read the words of a language: gettext's .po files, ours and those of users."""

import io
import re
from datetime import UTC, datetime
from functools import cache
from gettext import c2py
from importlib.resources import files
from pathlib import Path

from babel.core import get_global
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from mnistviz.config import Wording
from mnistviz.errors import OptionError, is_line, reason
from mnistviz.input import read_text
from mnistviz.language.language import MARK
from mnistviz.language.numbers import locale_of

MAX_BYTES, MOST_FORMS = 2_000_000, 10  # of a file, and of a message: Arabic has six
Texts = str | tuple[str, ...] | list[str] | None  # of a message, or of its plural forms
NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)  # so that the same words are the same bytes
DROPPED = tuple(
    f'"{name}'
    for name in (
        *("Project-Id", "Report-Msgid", "Last-Translator", "Language-Team", "Generated-By"),
        *("POT-Creation-Date", "PO-Revision-Date"),
    )
)
TO_FILL_IN = """\
# Words of mnistviz: what a viewer of its films, pictures and pages reads.
#
# Write the translation of each msgid into the msgstr after it, between the quotes. What stands in
# {braces} is replaced by a value: keep it as it is, wherever your language wants it. A program for
# .po files, such as Poedit, helps. Then look, with the name of your language and of this file:
#
#   mnistviz still --index 8 --language sv --words sv.po --out sv.png
"""
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


def is_known(tag: str) -> bool:
    """Whether we have the words of a language, as it is written in a country."""
    language = _language(tag)
    if language not in ("en", *languages()):
        return False
    # That of 'zh-TW' is Hant, which readers of the usual Hans do not read.
    script = locale_of(tag).script
    return script is None or script in get_global("likely_subtags").get(language, "").split("_")


def catalogue_of(wording: Wording) -> Catalog:
    """Return all words of a language: ours, if we have it, and a user's in their place.

    Raises
    ------
    OptionError
        As `read_catalogue`.
    """
    tag, given = wording.language, wording.words and read_catalogue(wording.words)
    if is_known(tag) and _language(tag) != "en":
        path = FOLDER.joinpath(f"{_language(tag)}.po")
        catalogue = _parsed(path.read_text(encoding="utf-8"))
    else:
        # A language that CLDR does not know either may have plurals of its own.
        catalogue = Catalog(tag.replace("-", "_"))
    if given and not is_known(tag):
        catalogue = given
    elif given and _has_plurals(given) and _forms(given) != _forms(catalogue):
        raise OptionError(
            f"{wording.words}: expected the plural forms of {tag}, "
            f"{catalogue.plural_forms!r}, got {given.plural_forms!r} in Plural-Forms"
        )
    for message in translated(given) if given else []:
        catalogue.delete(message.id)  # which otherwise stays as it is
        catalogue.add(message.id, message.string)
    return catalogue


def to_fill_in(wording: Wording) -> Catalog:
    """Return a catalogue of all messages, with the words that a language has already.

    Raises
    ------
    OptionError
        As `read_catalogue`.
    """
    catalogue = catalogue_of(wording)
    bring_up_to_date(catalogue, template())
    catalogue.header_comment, catalogue.fuzzy = TO_FILL_IN, False
    return catalogue


def bring_up_to_date(catalogue: Catalog, messages: Catalog) -> None:
    """Add what is new in the messages to a catalogue, untranslated, and drop what is gone."""
    catalogue.update(messages, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as a .po file, without the headers that say who made it when."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, include_lineno=False)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(DROPPED)).encode()


def _check_header(content: str) -> None:
    """Refuse what Babel would take for granted, and take up all memory or fail."""
    for number in re.findall(r"nplurals\s*=\s*(\d+)", content):
        if int(number) > MOST_FORMS:
            raise ValueError(f"expected at most {MOST_FORMS} plural forms, got {number}")
    for charset in re.findall(r"charset\s*=\s*([\w-]+)", content):
        if charset.lower() not in ("utf-8", "utf8"):
            raise ValueError(f"expected charset=utf-8, got {charset}")


def _lines(text: str, message: Message) -> list[str]:
    """Return the lines of a translation; it has several where its message has."""
    return text.split("\n") if "\n" in _key(message) else [text]


def _has_plurals(catalogue: Catalog) -> bool:
    return any(message.pluralizable for message in translated(catalogue))


def _forms(catalogue: Catalog) -> tuple[int, ...]:
    """Return which of its plural forms a catalogue takes, for numbers of every kind."""
    chosen = c2py(catalogue.plural_expr)
    return tuple(map(chosen, range(1000)))


def _language(tag: str) -> str:
    return tag.split("-")[0]


def read_catalogue(path: Path) -> Catalog:
    """Read a user's .po file.

    Raises
    ------
    OptionError
        The file cannot be read or is none, has a message that is not ours, or a translation with
        other values than its message.
    """
    try:
        content = read_text(path, MAX_BYTES)
        _check_header(content)
        catalogue = _parsed(content)
        chosen = set(_forms(catalogue))
    except (OSError, ValueError, LookupError, ArithmeticError, PoFileError) as error:
        raise OptionError(f"cannot read the words in {path}: {reason(error)}") from None
    if not chosen <= set(range(catalogue.num_plurals)):
        raise OptionError(
            f"cannot read the words in {path}: expected plural forms from 0 to "
            f"{catalogue.num_plurals - 1}, got {max(chosen)} in Plural-Forms"
        )
    known = template()
    for message in translated(catalogue):
        where = f"{path}, line {message.lineno}: "
        if known.get(message.id, message.context) is None:
            raise OptionError(f"{where}there is no message {_key(message)!r:.80}")
        lines = [line for text in _texts(message.string) for line in _lines(text, message)]
        if not all(map(is_line, lines)):
            raise OptionError(
                f"{where}expected a line of text, got {min(lines, key=is_line)!r:.80} "
                f"in {_key(message)!r:.80}"
            )
        if wrong := _wrong_values(message):
            allowed = ", ".join(f"{{{each}}}" for each in sorted(marks(message.id))) or "no values"
            raise OptionError(f"{where}expected {allowed}, got {wrong} in {_key(message)!r:.80}")
    return catalogue


def _wrong_values(message: Message) -> str:
    """Return what is wrong with the {values} of a translation; empty if nothing is.

    A noun may be left out, and a number in some of the forms that numbers choose between.
    """
    expected = marks(message.id)
    for text in _texts(message.string):
        if unknown := marks(text) - expected:
            return f"{{{min(unknown)}}}"
        if brace := re.search("[{}].{,20}", MARK.sub("", text)):
            return repr(brace[0])
        missing = expected - marks(text) - {"noun"}
        if missing and not message.pluralizable:
            return f"no {{{min(missing)}}}"
    return ""


def translated(catalogue: Catalog) -> list[Message]:
    """Return the messages that have a translation, of each plural form where there are several."""
    return [
        message
        for message in catalogue
        if message.id and not message.fuzzy and all(_texts(message.string))
    ]


def texts_of(catalogue: Catalog) -> list[str]:
    """Return all translations, and their lines one by one."""
    texts = (text for message in translated(catalogue) for text in _texts(message.string))
    return [line for text in texts for line in text.split("\n")]


def marks(texts: Texts) -> set[str]:
    """Return the names of the values in a message, or in all of its forms."""
    return set(MARK.findall(" ".join(_texts(texts))))


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as the content of a .mo file."""
    buffer = io.BytesIO()
    catalogue.creation_date = catalogue.revision_date = NO_DATE
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def _parsed(content: str) -> Catalog:
    return read_po(io.StringIO(content), abort_invalid=True)


def _texts(texts: Texts) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts or [""])


def _key(message: Message) -> str:
    return _texts(message.id)[0]
