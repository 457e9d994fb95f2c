"""What is told beside the pictures, before it goes into any file."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnistviz.film.captions import MAX_CHAPTERS, captions_of, chapters_of
from mnistviz.film.moments import Moments
from mnistviz.formats.notes import Cue, webvtt
from mnistviz.formats.timeline import Timeline
from mnistviz.frame.moment import Shown
from webvtt import parse

LINES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


CLASSES = "01?"


def shown(index, label, predicted, probability=0.75, name=""):
    """Return a shown image, of which only what captions say is made up."""
    scores = np.arange(predicted + 1, dtype=np.float32)
    return Shown(np.zeros((1, 1), "u1"), index, label, scores, scores * 0 + probability, name)


def images(answers):
    """Give an image for each answer: right if it is 1, of the first two classes in turn."""
    return [
        shown(place, place % 2, place % 2 if right == "1" else 2)
        for place, right in enumerate(answers)
    ]


def chapters_of_answers(answers, **options):
    timeline = Timeline(len(answers), 1, 30, **options)
    return chapters_of(images(answers), CLASSES, timeline, by_class=False, noun="digit")


def titles(chapters):
    return [chapter.text for chapter in chapters]


def test_a_caption_tells_which_image_what_it_is_what_it_is_taken_for_and_how_surely():
    classes = (*"012345678", "Ankle boot")
    film = [
        shown(8, 5, 6, 0.9949),
        shown(1234, 8, 8, 0.9951),
        shown(0, None, 9, 0.4, "mine.png"),
    ]
    assert [cue.text for cue in captions_of(film, classes, Timeline(3, 1, 30))] == [
        "Image 8 of the test set: a 5, taken for a 6, 99 % sure",
        "Image 1,234 of the test set: an 8, predicted right, more than 99 % sure",
        "mine.png: taken for an Ankle boot, 40 % sure",
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        *(("7", "a 7"), ("8", "an 8"), ("11", "an 11"), ("80", "an 80"), ("118", "a 118")),
        *(("F", "an F"), ("U", "a U"), ("o", "an o"), ("ki", "a ki"), ("Bag", "a Bag")),
        *(("Ankle boot", "an Ankle boot"), ("T-shirt/top", "a T-shirt/top"), ("猫", "a 猫")),
        ("\N{HEBREW LETTER ALEF}", "a \u2068\N{HEBREW LETTER ALEF}\u2069"),
        ("c\x1b[31m\nb", "a c\ufffd[31m\ufffdb"),
    ],
)
def test_a_class_is_called_as_one_says_it_and_cannot_turn_or_break_the_line(name, said):
    (cue,) = captions_of([shown(0, None, 0, 0.4, "a.png")], [name], Timeline(1, 1, 30))
    assert cue.text == f"a.png: taken for {said}, 40 % sure"


@settings(max_examples=50)
@given(
    images=st.integers(1, 30),
    thousandths=st.integers(5, 3_000),
    share=st.floats(0, 1),
    rate=st.sampled_from([1, 24, 30, 60, 240]),
    lead=st.sampled_from([0, 5, 17]),
)
def test_captions_change_in_the_very_frames_in_which_the_words_of_the_picture_do(
    images, thousandths, share, rate, lead
):
    seconds = max(Fraction(thousandths, 1000), Fraction(1, rate))
    timeline = Timeline(images, seconds, rate, float(seconds) * share * 0.999, lead)
    film = [shown(image, 0, 0) for image in range(images)]
    indices = [moment.shown.index for moment in Moments(film, timeline.pictures_per_image)]
    changes = [timeline.start(lead + indices.index(image)) for image in range(images)]
    cues = captions_of(film, CLASSES, timeline)
    assert [cue.start for cue in cues] == changes
    assert [cue.end for cue in cues] == [*changes[1:], timeline.frames]


def test_each_sentence_of_an_introduction_is_told_while_it_is_on():
    timeline = Timeline(2, 1, 30, 0.25, lead=600)
    cues = captions_of(images("11"), CLASSES, timeline, ["a", "b", "c", "d", "e"])
    assert cues[:5] == tuple(
        Cue(120 * step, 120 * step + 120, text) for step, text in enumerate("abcde")
    )
    assert [(cue.start, cue.end) for cue in cues[5:]] == [(600, 633), (633, 660)]


@settings(max_examples=50)
@given(st.lists(LINES, min_size=1, max_size=5), st.integers(1, 240), st.integers(1, 10**6))
def test_webvtt_reads_back_as_it_was_and_each_frame_finds_its_cue(texts, rate, length):
    cues = [Cue(n * length, (n + 1) * length, text) for n, text in enumerate(texts)]
    read = parse(webvtt(cues, rate))
    assert [text for _, _, text in read] == texts
    for cue, (start, end, _) in zip(cues, read, strict=True):
        assert start <= Fraction(cue.start, rate) < end
        assert Fraction(cue.start - 1, rate) < start or cue.start == 0
        assert start <= Fraction(cue.end - 1, rate) < end


def test_markup_in_a_caption_is_text():
    hostile = "</v><i>&lt;b --> <script>\u2028"
    content = webvtt([Cue(0, 1, hostile)], 30)
    assert "</v>&lt;i" not in content
    assert parse(content)[0][2] == hostile
    assert content.count("-->") == 1


def test_a_film_by_class_has_a_chapter_a_class():
    film = sorted(images("110111"), key=lambda image: image.label)
    chapters = chapters_of(film, "ab?", Timeline(6, 1, 30), by_class=True, noun="digit")
    assert chapters == (
        Cue(0, 90, "a: 3 digits, 2 right"),
        Cue(90, 180, "b: 3 digits, 3 right"),
    )


def test_else_a_mistake_is_a_chapter_and_what_is_right_between_them():
    chapters = chapters_of_answers("1101001")
    assert titles(chapters) == [
        *("2 digits right", "Image 2: a 0, taken for a ?", "1 digit right"),
        *("Image 4: a 0, taken for a ?", "Image 5: a 1, taken for a ?", "1 digit right"),
    ]
    assert [chapter.start for chapter in chapters] == [0, 60, 90, 120, 150, 180]
    assert chapters[-1].end == 210


def test_an_image_of_ones_own_is_a_chapter():
    film = [shown(place, None, 1, name=name) for place, name in enumerate(("a.png", "b.png"))]
    chapters = chapters_of(film, CLASSES, Timeline(2, 1, 30), by_class=False, noun="image")
    assert titles(chapters) == ["a.png: taken for a 1", "b.png: taken for a 1"]


def test_an_introduction_is_a_chapter_even_before_only_one():
    chapters = chapters_of_answers("11", lead=600)
    assert chapters == (Cue(0, 600, "Introduction"), Cue(600, 660, "1 to 2: 2 digits, 2 right"))


def test_one_chapter_is_none():
    assert chapters_of_answers("1" * 10) == ()


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
