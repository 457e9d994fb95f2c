"""Class names of any script, in a picture."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnistviz.drawing.fonts import can_draw
from mnistviz.drawing.letters import NO_BREAKS, UNSEEN, clusters
from mnistviz.drawing.raster import rasterise, text_width
from mnistviz.drawing.scene import Scene, Text
from mnistviz.drawing.text import (
    cut_in_middle,
    headings_for,
    is_legible,
    legible,
    names_for,
    shortened,
)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("お", "o"),
        ("ಕ", "k"),
        ("हिन्दी", "hindi"),
        ("ܫܠܡܐ", "shlm'"),
        ("\u0301", "Accent"),
        ("e\u2060\u0301", "é"),
        ("a" + "\u0301" * 50, "a"),
        ("Café 本", "Café Ben"),
        ("e\u0301", "é"),
        *(("\x07", "U+0007"), ("\ud800x", "x"), ("\ud800", "U+D800"), ("", "?"), ("a\nb", "a b")),
    ],
)
def test_letters_that_cannot_be_drawn_become_latin_and_controls_crash_nothing(name, shown):
    assert legible(name) == shown


@pytest.mark.parametrize(
    "name",
    [
        *("Straße", "Ærø", "Ελλάδα", "Привет", "$a<b&\\", "✓ ½", "Ankle boot"),
        *("مرحبا", "שָׁלוֹם", "q\u0308", "12\N{NO-BREAK SPACE}%", "می\N{ZERO WIDTH NON-JOINER}خواهم"),
    ],
)
def test_names_that_can_be_drawn_stay_as_they_are(name):
    assert legible(name) == name


@given(st.text(st.characters(codec=None, categories=None), max_size=8))
def test_whatever_the_name_every_character_shown_is_in_the_typeface(name):
    shown = legible(name)
    seen = "".join(each for each in shown if each not in UNSEEN)
    assert seen.strip()
    assert seen.translate(dict.fromkeys(map(ord, NO_BREAKS), " ")).isprintable()
    assert all(map(can_draw, clusters(seen)))
    assert is_legible(shown)


def test_names_of_all_kinds_are_drawn_as_they_are_and_not_as_markup():
    names = names_for(("お", "$x^2$", "\u0627\ud800", "<b>&amp;", "\\frac"), 1920)
    texts = [Text(10, 30 + 30 * row, name, 20, (255, 255, 255)) for row, name in enumerate(names)]
    for text in texts:
        drawn = rasterise(Scene((400, 200), (0, 0, 0), (), (text,)))
        columns = drawn.max(axis=(0, 2)).nonzero()[0]
        assert columns[-1] <= 11 + 20 * text_width(text.text, False)
        assert columns[-1] >= 6 + 20 * text_width(text.text, False)


def test_a_name_that_fits_is_not_shortened_and_one_that_does_not_ends_in_an_ellipsis():
    assert shortened("Ankle boot", 12) == "Ankle boot"
    short = shortened("Ankle boots of all kinds", 5)
    assert short == "Ankle…"
    assert text_width(short, True) <= 5
    assert shortened("W", 0.1) == "…"


@given(st.text("aé שלָׁוֹلاًـ\u200d\u200cq\u0301\u0308", max_size=12), st.integers(0, 9))
def test_a_name_is_cut_between_letters_and_never_before_a_mark(name, most):
    name = legible(name)
    letters = clusters(name)
    assert "".join(letters) == name
    starts = {"".join(letters[:end]).rstrip(" …") for end in range(len(letters) + 1)}
    assert shortened(name, most).removesuffix("…") in starts
    head, _, tail = cut_in_middle(name, lambda cut: len(cut) <= most + 1).partition("…")
    assert head in {"".join(letters[:end]) for end in range(len(letters) + 1)}
    assert tail in {"".join(letters[end:]) for end in range(len(letters) + 1)}


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("हिन्दी", ["हि", "न्दी"]),
        ("क्षत्रिय", ["क्ष", "त्रि", "य"]),
        ("שָׁלוֹם", ["שָׁ", "ל", "וֹ", "ם"]),
        ("कि\u200dत", ["कि\u200dत"]),
        ("กำ", ["กำ"]),
        ("\u1112\u1161\u11ab글", ["\u1112\u1161\u11ab", "글"]),
        ("a\n\u0301", ["a", "\n", "\u0301"]),
        ("👍🏽", ["👍🏽"]),
    ],
)
def test_a_letter_has_its_marks_and_the_consonants_that_it_is_joined_to(text, letters):
    assert clusters(text) == letters


def test_wider_frames_show_more_of_a_name():
    name = ("W" * 50,)
    widths = [len(names_for(name, width)[0]) for width in (640, 1280, 1920)]
    assert widths == sorted(set(widths))
    assert names_for(name, sys.maxsize) == names_for(name, 1920)


def test_a_heading_that_is_too_wide_takes_two_lines_where_it_may_and_else_loses_its_end():
    names = ("Ankle boot", "T-shirt/top", "Bag")
    assert headings_for(names, 20, two_lines=True) == names
    assert headings_for(names, 5, two_lines=True) == ("Ankle\nboot", "T-shirt/\ntop", "Bag")
    one_line = headings_for(names, 5)
    assert one_line[0].endswith("…")
    assert all(text_width(name, True) <= 5 for name in one_line)


@pytest.mark.parametrize(
    "names",
    [
        ("a", "\N{CYRILLIC SMALL LETTER A}"),
        ("a\N{ZERO WIDTH JOINER}b", "ab"),
        ("a\N{NO-BREAK SPACE}b", "a b"),
        ("a\N{VARIATION SELECTOR-16}", "a", "b"),
        ("a", "\N{FULLWIDTH LATIN SMALL LETTER A}", "a 1", "a 1 2"),
    ],
)
def test_names_that_are_drawn_alike_are_told_apart_whatever_their_letters_are(names):
    shown = names_for(names, 640)
    size = 300, 60
    drawn = {
        rasterise(Scene(size, (0, 0, 0), (Text(9, 40, name, 24, (9, 9, 9), True),), ())).tobytes()
        for name in shown
    }
    assert len(drawn) == len(names)
    assert "b" not in names or shown[-1] == "b"
