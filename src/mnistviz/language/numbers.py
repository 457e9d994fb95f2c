"""Numbers as a language writes them, by Unicode's Common Locale Data Repository (CLDR)."""

from decimal import Decimal
from functools import lru_cache

from babel.core import Locale, UnknownLocaleError
from babel.lists import format_list
from babel.numbers import format_decimal

ENGLISH = Locale("en")
# The first of ten digits that follow each other, by CLDR's names. Babel has the signs alone.
ZEROS = {
    "arab": "\N{ARABIC-INDIC DIGIT ZERO}",
    "arabext": "\N{EXTENDED ARABIC-INDIC DIGIT ZERO}",
    "beng": "\N{BENGALI DIGIT ZERO}",
    "deva": "\N{DEVANAGARI DIGIT ZERO}",
    "mymr": "\N{MYANMAR DIGIT ZERO}",
}


@lru_cache(maxsize=64)
def locale_of(tag: str) -> Locale:
    """Return what CLDR knows of a language; of English for one that it does not know."""
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return ENGLISH


@lru_cache(maxsize=4096)
def decimal(tag: str, written: str) -> str:
    """Return a number as a language writes it, with the decimals that it is written with.

    It is written as Python writes it, without a sign.
    """
    value, locale, system = Decimal(written), locale_of(tag), _system(tag)
    pattern = locale.decimal_formats[None].pattern.split(".")[0]
    _, _, decimals = written.partition(".")
    pattern += "." * bool(decimals) + "0" * len(decimals)
    text = format_decimal(value, pattern, locale, numbering_system=system)
    if zero := ZEROS.get(system):
        return text.translate({ord("0") + digit: ord(zero) + digit for digit in range(10)})
    return text


@lru_cache(maxsize=4096)
def percent(tag: str, written: str) -> str:
    """Return a number of per cent as a language writes it; it is written as for `decimal`."""
    locale = locale_of(tag)
    before, after = locale.percent_formats[None].prefix[0], locale.percent_formats[None].suffix[0]
    # A system of digits lacks the signs that are the same as beside Latin ones.
    symbols = {**locale.number_symbols["latn"], **locale.number_symbols[_system(tag)]}
    sign = symbols["percentSign"]
    text = f"{before}{decimal(tag, written)}{after}".replace("%", sign)
    # CLDR's marks of Arabic and Hebrew would have what follows read from the left as well.
    return text.replace("\N{LEFT-TO-RIGHT MARK}", "")


def listed(tag: str, names: list[str]) -> str:
    """Return names as a sentence lists them."""
    return format_list(names, locale=locale_of(tag))


def _system(tag: str) -> str:
    """Return the numbering system of a language: its own if we have its digits, or the Latin."""
    system: str = locale_of(tag).default_numbering_system
    return system if system in ZEROS else "latn"
