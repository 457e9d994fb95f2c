"""With --flip each mistake ends with the fewest pixels that make the answer right."""

import re
from itertools import chain

import numpy as np
import pytest

import mnistviz
from composers import composer_of, layout_of
from frames import decode
from mnistviz import Encoding, PictureConfig, Selection, Timing, Workers
from mnistviz.errors import DataWarning
from mnistviz.film.endings import endings_of, flips_of
from mnistviz.film.moments import Moments, shown_of_test, stretch
from mnistviz.film.reel import FilmReel
from mnistviz.formats.timeline import Timeline
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.train import logits_of
from webvtt import parse

RIGHT, WRONG = 0, 8  # MNIST's first test digit, and the first that is taken for another
SIZE = (640, 360)


@pytest.fixture(scope="module")
def ends(digits, trained):
    """A film's images, right, wrong, wrong, right, and the moments and timeline of their film."""
    logits = logits_of(trained.model, digits.test.images)
    wrong = np.flatnonzero(logits.argmax(axis=1) != digits.test.labels)[:2]
    shown = shown_of_test(digits, logits, np.array([RIGHT, *wrong, 1]))
    flips = flips_of(trained.model, shown)
    changes = tuple(len(flip.places) if flip else 0 for flip in flips)
    timeline = Timeline(4, 0.5, 10, 0.3, changes=changes)
    endings = endings_of(trained.model, shown, flips, timeline.endings.counts)
    return shown, Moments(shown, timeline.pictures_per_image, endings=endings), timeline


def test_one_pixel_after_another_changes_until_the_answer_is_right(digits, trained, ends):
    shown, moments, _ = ends
    assert [bool(ending) for ending in moments.endings] == [False, True, True, False]
    for image, ending in zip(shown[1:3], moments.endings[1:3], strict=True):
        differ = [np.count_nonzero(each.image != image.image) for each in ending]
        assert differ == [each.changed for each in ending] == list(range(1, len(ending) + 1))
        for each in ending:
            assert (each.logits == logits_of(trained.model, each.image[None])[0]).all()
        assert [each.right for each in ending] == [*(len(ending) - 1) * [False], True]
        assert {each.label for each in ending} == {digits.test.labels[image.index]}


def test_an_ending_leaves_the_tally_as_it_was_and_the_next_image_grows_out_of_it(ends):
    _, moments, timeline = ends
    ended = moments.whole(1)
    assert {(moment.right, moment.count) for moment in ended} == {(1, 2)}
    film = list(moments)
    assert len(film) == timeline.pictures
    first, second = film[timeline.picture_of(2)], moments.image(2)
    grown = ended[-1].pixels + (second.pixels - ended[-1].pixels) / 3
    assert np.allclose(first.pixels, grown, atol=1e-6)


def test_the_segments_show_together_what_the_film_shows_uncut(ends):
    shown, moments, _ = ends
    images = 12
    many = Moments(images // 4 * shown, 3, endings=images // 4 * moments.endings)
    timeline = Timeline(images, 0.5, 10, 0.3, changes=tuple(map(len, many.endings)))
    reel = FilmReel(None, many, timeline, None)
    segments = [reel[number] for number in range(len(reel))]
    assert len(segments) > 1
    parts = [list(stretch(it.images, it.steps, it.kind, it.before, it.after)) for it in segments]
    assert [len(part) for part in parts] == [len(it.frames) for it in segments]
    assert sum(sum(it.frames) for it in segments) == timeline.frames
    for moment, expected in zip(chain.from_iterable(parts), many, strict=True):
        assert (moment.pixels == expected.pixels).all()


def test_the_header_says_how_many_pixels_are_changed_and_the_answer_to_that(digits, trained, ends):
    _, moments, _ = ends
    image, one, *_, last = moments.whole(1)
    composer = composer_of(digits, trained.model)
    said = [
        " ".join(each.text for each in composer.scene(moment).changing if hasattr(each, "text"))
        for moment in (image, one, last)
    ]
    assert [re.search(r"image 8(, \d+ pixels? changed| of 10,000)", it)[1] for it in said] == [
        " of 10,000", ", 1 pixel changed", f", {last.shown.changed} pixels changed"
    ]  # fmt: skip
    assert [mark in it for it in said for mark in "✗✓"] == [True, False, True, False, False, True]


def test_the_film_shows_it_with_captions_to_the_frame_and_whoever_draws(digits, trained, tmp_path):
    how = (
        Selection(indices=(WRONG, RIGHT)),
        Timing(0.5, transition=0.3),
        Encoding(10, quality="master", captions=True),
        PictureConfig(SIZE),
    )
    film = mnistviz.render(digits, trained, tmp_path / "v.mp4", *how, flip=True)
    assert film.seconds == 2 * 0.5 + 3
    assert (film.images, film.right) == (2, 1)
    image, ending, after = parse(film.captions.read_text("utf-8"))
    assert [float(cue[0]) for cue in (image, ending, after)] == [0, 0.5, 3.6]
    changed = int(re.fullmatch(r"With (\d+) pixels changed, it is taken for a 5", ending[2])[1])
    frames = list(decode(film.path, SIZE, fps_mode="passthrough"))
    layout = layout_of(digits, PictureConfig(SIZE), changes=True)
    (x, y), (width, height) = layout.lanes[0].cells[0], layout.cell
    assert len(frames) == 40
    seen = [frame.luma[y : y + height, x : x + width].astype(float) for frame in frames[:35]]
    moves = [place for place in range(1, 35) if np.abs(seen[place] - seen[place - 1]).max() > 60]
    assert moves == [5 + 20 * pixel // changed for pixel in range(changed)]
    other = mnistviz.render(
        digits, trained, tmp_path / "w.mp4", *how, flip=True, workers=Workers(2)
    )
    assert other.path.read_bytes() == film.path.read_bytes()


def test_a_mistake_that_no_change_mends_is_named_and_has_no_ending(digits):
    model = LinearClassifier(np.zeros((784, 10), np.float32), np.eye(10, dtype=np.float32)[0])
    logits = logits_of(model, digits.test.images)
    shown = shown_of_test(digits, logits, np.array([WRONG]))
    with pytest.warns(DataWarning, match="image 8 has no ending"):
        flips = flips_of(model, shown)
    assert flips == (None,)
    assert endings_of(model, shown, flips, ((),)) == ((),)


def test_a_film_without_mistakes_says_that_nothing_is_added(digits, trained, tmp_path):
    how = Selection(indices=(RIGHT,)), Timing(0.5), Encoding(10, quality="draft")
    with pytest.warns(DataWarning, match="no image of the film is a mistake"):
        film = mnistviz.render(
            digits, trained, tmp_path / "v.mp4", *how, PictureConfig(SIZE), flip=True
        )
    assert film.seconds == 0.5
