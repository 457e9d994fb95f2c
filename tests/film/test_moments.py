import numpy as np
import pytest

from idx_files import random_pair
from mnistviz.datasets.dataset import Dataset, Split
from mnistviz.film.moments import Moments, shown_of_test
from mnistviz.model.softmax import softmax

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


def test_the_tally_counts_what_was_shown_and_what_of_it_was_right():
    assert [(moment.right, moment.count) for moment in moments(1, 0, 2, 3, 4)] == [
        (1, 1), (1, 2), (2, 3), (2, 4), (3, 5)
    ]  # fmt: skip


def test_progress_is_full_when_the_last_image_is_on():
    assert [moment.progress for moment in moments(*range(4))] == [0.25, 0.5, 0.75, 1]


def test_a_moment_depends_on_its_place_alone():
    film = moments(5, 9, 1)
    one_by_one = list(film)
    again = film.image(1)
    assert (again.shown.index, again.right, again.count) == (9, one_by_one[1].right, 2)


def test_there_is_no_moment_after_the_last():
    with pytest.raises(IndexError):
        moments(*range(4)).image(4)


def test_between_two_images_pixels_and_logits_blend_and_the_words_change_in_the_middle():
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
        words = (moment.right, moment.count, moment.progress)
        assert words == (nearer.right, nearer.count, nearer.progress)
    assert (second.pixels == film.image(1).pixels).all()


def test_a_blend_stays_between_its_images():
    film = moments(*range(20), steps=7)
    assert all(0 <= moment.pixels.min() <= moment.pixels.max() <= 1 for moment in film)
