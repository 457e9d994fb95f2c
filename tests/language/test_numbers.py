"""Numbers, percentages and lists as each language writes them."""

# ruff: noqa: RUF001 (digits of other scripts)

from decimal import Decimal

import pytest
from babel.core import Locale
from babel.numbers import parse_decimal
from hypothesis import given
from hypothesis import strategies as st

from mnistviz.language.catalogue import languages
from mnistviz.language.language import ENGLISH, Language
from mnistviz.language.numbers import ZEROS

MARK = "\N{LEFT-TO-RIGHT MARK}"


def only_seen(text):
    """Return a text without marks of direction, and with plain spaces."""
    return "".join(it for it in text if it not in "\u200e\u200f\u061c").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("tag", "number", "share"),
    [
        ("en", "10,000", "92.8 %"),
        ("de", "10.000", "92,8 %"),
        ("fr", "10\u202f000", "92,8 %"),
        ("pl", "10 000", "92,8%"),
        ("es", "10.000", "92,8 %"),
        ("tr", "10.000", "%92,8"),
        ("hi", "10,000", "92.8%"),
        ("ar-EG", "١٠٬٠٠٠", "٩٢٫٨٪"),
        ("fa", "۱۰٬۰۰۰", "۹۲٫۸٪"),
        ("bn", "১০,০০০", "৯২.৮%"),
        ("mr", "१०,०००", "९२.८%"),
        ("my", "၁၀,၀၀၀", "၉၂.၈%"),
    ],
)
def test_numbers_and_percentages_are_written_as_in_the_language(tag, number, share):
    language = Language(tag)
    assert only_seen(language.number(10_000)) == number
    assert only_seen(language.percent(0.9279)) == share


@pytest.mark.parametrize("tag", ["en", "de", "fr", "pl", "hi", "zh", "ja", "ko", "he", "tr"])
@given(st.integers(0, 10**7), st.integers(0, 4))
def test_every_number_is_read_back_by_the_rules_of_the_language(tag, thousandths, decimals):
    value = round(Decimal(thousandths) / 1000, decimals)
    written = Language(tag).number(float(value), decimals)
    assert parse_decimal(written, locale=Locale(tag)) == value


@pytest.mark.parametrize("tag", ["he", "ar", "fa"])
def test_a_sign_stays_at_the_left_of_its_number_where_one_writes_from_right_to_left(tag):
    assert Language(tag).signed(-3.25).startswith(f"{MARK}−")
    assert Language(tag).signed(3.25).startswith(f"{MARK}+")
    assert Language(tag).is_right_to_left
    assert not ENGLISH.is_right_to_left


def test_names_are_listed_as_in_the_language():
    names = ["4", "7", "9"]
    assert Language("de").listed(names) == "4, 7 und 9"
    assert Language("ja").listed(names) == "4、7、9"
    assert ENGLISH.listed(names) == "4, 7 and 9"


@pytest.mark.parametrize("tag", languages())
def test_every_number_of_a_language_has_digits_that_we_have(tag):
    system = Locale.parse(tag).default_numbering_system
    assert system in (*ZEROS, "latn")
