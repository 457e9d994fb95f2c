"""Captions and chapters of a film, before they go into any file."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mnistviz.film.captions import MAX_CHAPTERS, captions_of, chapters_of
from mnistviz.film.moments import Moments
from mnistviz.formats.notes import Cue, webvtt
from mnistviz.formats.timeline import Timeline
from mnistviz.frame.moment import Shown
from mnistviz.language.language import ENGLISH
from webvtt import parse

LINES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)
MARKUP = "</v><i>&lt;b --> <script>\u2028"
CLASSES = "01?"


def shown(index, label, predicted, probability=0.75, name=""):
    """Return a shown image with all that captions and chapters need."""
    scores = np.arange(predicted + 1, dtype=np.float32)
    return Shown(np.zeros((1, 1), "u1"), index, label, scores, scores * 0 + probability, name)


def images(answers):
    """Return images of the first two classes in turn; those with a 1 are predicted right."""
    return [
        shown(place, place % 2, place % 2 if right == "1" else 2)
        for place, right in enumerate(answers)
    ]


def chapters_of_answers(answers, **options):
    timeline = Timeline(len(answers), 1, 30, **options)
    return chapters_of(ENGLISH, images(answers), CLASSES, timeline, by_class=False, noun="digit")


def titles(chapters):
    return [chapter.text for chapter in chapters]


def test_a_caption_states_image_true_class_prediction_and_confidence():
    classes = (*"012345678", "Ankle boot")
    film = [
        shown(8, 5, 6, 0.9949),
        shown(1234, 8, 8, 0.9951),
        shown(0, None, 9, 0.4, "mine.png"),
    ]
    assert [cue.text for cue in captions_of(ENGLISH, film, classes, Timeline(3, 1, 30))] == [
        "Image 8 of the test set: a 5, taken for a 6, 99 % sure",
        "Image 1,234 of the test set: an 8, predicted right, more than 99 % sure",
        "mine.png: taken for an Ankle boot, 40 % sure",
    ]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        *(("7", "a 7"), ("8", "an 8"), ("11", "an 11"), ("80", "an 80"), ("118", "a 118")),
        *(("F", "an F"), ("U", "a U"), ("o", "an o"), ("ki", "a ki"), ("Bag", "a Bag")),
        *(("Ankle boot", "an Ankle boot"), ("T-shirt/top", "a T-shirt/top"), ("猫", "a 猫")),
        ("\N{HEBREW LETTER ALEF}", "a \u2068\N{HEBREW LETTER ALEF}\u2069"),
        ("c\x1b[31m\nb", "a c\ufffd[31m\ufffdb"),
    ],
)
def test_a_class_has_the_right_article_and_cannot_turn_or_break_the_line(name, written):
    (cue,) = captions_of(ENGLISH, [shown(0, None, 0, 0.4, "a.png")], [name], Timeline(1, 1, 30))
    assert cue.text == f"a.png: taken for {written}, 40 % sure"


@settings(max_examples=50)
@given(
    images=st.integers(1, 30),
    thousandths=st.integers(5, 3_000),
    share=st.floats(0, 1),
    rate=st.sampled_from([1, 24, 30, 60, 240]),
    lead=st.sampled_from([0, 5, 17]),
)
def test_captions_change_in_the_same_frames_as_the_texts_of_the_picture(
    images, thousandths, share, rate, lead
):
    seconds = max(Fraction(thousandths, 1000), Fraction(1, rate))
    timeline = Timeline(images, seconds, rate, float(seconds) * share * 0.999, lead)
    film = [shown(image, 0, 0) for image in range(images)]
    indices = [moment.shown.index for moment in Moments(film, timeline.pictures_per_image)]
    changes = [timeline.start(lead + indices.index(image)) for image in range(images)]
    cues = captions_of(ENGLISH, film, CLASSES, timeline)
    assert [cue.start for cue in cues] == changes
    assert [cue.end for cue in cues] == [*changes[1:], timeline.frames]


@settings(max_examples=50)
@given(st.lists(LINES, min_size=1, max_size=5), st.integers(1, 240), st.integers(1, 10**6))
@example([MARKUP], 30, 1)
def test_webvtt_reads_back_without_markup_and_each_frame_finds_its_cue(texts, rate, length):
    cues = [Cue(n * length, (n + 1) * length, text) for n, text in enumerate(texts)]
    read = parse(webvtt(cues, rate))
    assert [text for _, _, text in read] == texts
    for cue, (start, end, _) in zip(cues, read, strict=True):
        assert start <= Fraction(cue.start, rate) < end
        assert Fraction(cue.start - 1, rate) < start or cue.start == 0
        assert start <= Fraction(cue.end - 1, rate) < end


def test_a_film_by_class_has_a_chapter_a_class():
    film = sorted(images("110111"), key=lambda image: image.label)
    chapters = chapters_of(ENGLISH, film, "ab?", Timeline(6, 1, 30), by_class=True, noun="digit")
    assert chapters == (
        Cue(0, 90, "a: 3 digits, 2 right"),
        Cue(90, 180, "b: 3 digits, 3 right"),
    )


def test_otherwise_each_mistake_is_a_chapter_and_so_is_each_run_of_hits():
    chapters = chapters_of_answers("1101001")
    assert titles(chapters) == [
        *("2 digits right", "Image 2: a 0, taken for a ?", "1 digit right"),
        *("Image 4: a 0, taken for a ?", "Image 5: a 1, taken for a ?", "1 digit right"),
    ]
    assert [chapter.start for chapter in chapters] == [0, 60, 90, 120, 150, 180]
    assert chapters[-1].end == 210


def test_a_film_of_one_chapter_has_none_but_an_introduction_is_a_chapter_too():
    assert chapters_of_answers("1" * 10) == ()
    chapters = chapters_of_answers("11", lead=600)
    assert chapters == (Cue(0, 600, "Introduction"), Cue(600, 660, "1 to 2: 2 digits, 2 right"))


@pytest.mark.parametrize(
    ("answers", "first", "number"),
    [
        ("1" * 60, "1 to 10: 10 digits, 10 right", 6),
        ("10" * 51, "1 to 10: 10 digits, 5 right", 11),
        ("0" * 1001, "1 to 20: 20 digits, 0 right", 51),
        ("10" * 5000, "1 to 100: 100 digits, 50 right", 100),
    ],
)
def test_chapters_are_neither_one_nor_too_many(answers, first, number):
    chapters = chapters_of_answers(answers)
    assert titles(chapters)[0] == first
    assert len(chapters) == number <= MAX_CHAPTERS
    assert [chapters[0].start, chapters[-1].end] == [0, 30 * len(answers)]
