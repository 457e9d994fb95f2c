import numpy as np
import pytest

from idx_files import random_pair
from mnistviz.datasets.dataset import Dataset, Split
from mnistviz.film.moments import Moments, shown_of_test, stretch
from mnistviz.film.reel import FilmReel
from mnistviz.formats.timeline import Timeline
from mnistviz.model.kind import softmax

images, labels = random_pair(20, (4, 6), seed=3)
SPLIT = Split(images, labels.astype(np.int64))
DATA = Dataset("random", tuple("0123456789"), "image", SPLIT, SPLIT)
PREDICTED = np.where(np.arange(20) % 3, SPLIT.labels, (SPLIT.labels + 1) % 10)
LOGITS = np.random.default_rng(4).random((20, 10), np.float32)
LOGITS[np.arange(20), PREDICTED] += 1


def moments(*indices, steps=1):
    return Moments(shown_of_test(DATA, LOGITS, np.array(indices)), steps)


def test_a_moment_has_the_pixels_label_index_and_answer_of_its_image():
    moment = moments(7, 2).image(1)
    shown = moment.shown
    assert (shown.index, shown.label, shown.predicted) == (2, SPLIT.labels[2], PREDICTED[2])
    assert moment.pixels.dtype == np.float32
    assert np.allclose(moment.pixels * 255, SPLIT.images[2].ravel())
    assert (moment.logits == LOGITS[2]).all()
    assert np.allclose(moment.probabilities, np.exp(LOGITS[2]) / np.exp(LOGITS[2]).sum())


def test_the_tally_counts_the_images_so_far_and_the_right_ones_and_progress_ends_full():
    assert [(it.right, it.count, it.progress) for it in moments(1, 0, 2, 4)] == [
        (1, 1, 0.25), (1, 2, 0.5), (2, 3, 0.75), (3, 4, 1)
    ]  # fmt: skip


def test_the_segments_of_a_film_show_together_what_it_shows_uncut():
    film, timeline = moments(*range(20), steps=20), Timeline(20, 1, 30, 20 / 30)
    reel = FilmReel(None, film, timeline, None)
    assert len(reel) > 3
    shown = [
        moment
        for it in (reel[number] for number in range(len(reel)))
        for moment in stretch(it.images, it.steps, it.kind, it.before, it.after)
    ]
    for moment, expected in zip(shown, film, strict=True):
        assert (moment.pixels == expected.pixels).all()
        assert moment.progress == expected.progress


def test_a_moment_depends_on_its_place_alone_and_there_is_none_after_the_last():
    film = moments(5, 9, 1)
    one_by_one = list(film)
    again = film.image(1)
    assert (again.shown.index, again.right, again.count) == (9, one_by_one[1].right, 2)
    with pytest.raises(IndexError):
        film.image(3)


def test_between_two_images_pixels_and_logits_blend_and_the_texts_change_in_the_middle():
    film = moments(5, 9, 1, steps=4)
    whole = list(film)
    assert len(whole) == 1 + 2 * 4
    first, *between, second = whole[:5]
    for step, moment in enumerate(between, start=1):
        for name in ("pixels", "logits"):
            start, end = getattr(first, name), getattr(second, name)
            assert np.allclose(getattr(moment, name), start + step / 4 * (end - start), atol=1e-6)
        assert np.allclose(moment.probabilities, softmax(moment.logits))
        nearer = second if step >= 2 else first
        assert moment.shown is nearer.shown
        texts = (moment.right, moment.count, moment.progress)
        assert texts == (nearer.right, nearer.count, nearer.progress)
    assert (second.pixels == film.image(1).pixels).all()


def test_a_blend_stays_from_0_to_1():
    film = moments(*range(20), steps=7)
    assert all(0 <= moment.pixels.min() <= moment.pixels.max() <= 1 for moment in film)
