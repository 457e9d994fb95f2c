import numpy as np
import pytest

from idx_files import random_pair
from mnistviz.datasets.dataset import Split
from mnistviz.film.moments import Reel

images, labels = random_pair(20, (4, 6), seed=3)
SPLIT = Split(images, labels.astype(np.int64))
PREDICTED = np.where(np.arange(20) % 3, SPLIT.labels, (SPLIT.labels + 1) % 10)


def test_a_moment_has_the_pixels_label_and_index_of_its_image():
    moment = Reel(SPLIT, PREDICTED, np.array([7, 2])).image(1)
    assert (moment.index, moment.label) == (2, SPLIT.labels[2])
    assert moment.pixels.dtype == np.float32
    assert np.allclose(moment.pixels * 255, SPLIT.images[2].ravel())


def test_the_tally_counts_what_was_shown_and_what_of_it_was_right():
    reel = Reel(SPLIT, PREDICTED, np.array([1, 0, 2, 3, 4]))
    assert [(moment.right, moment.shown) for moment in reel] == [
        (1, 1), (1, 2), (2, 3), (2, 4), (3, 5)
    ]  # fmt: skip


def test_progress_is_full_when_the_last_image_is_on():
    reel = Reel(SPLIT, PREDICTED, np.arange(4))
    assert [moment.progress for moment in reel] == [0.25, 0.5, 0.75, 1]


def test_a_moment_depends_on_its_place_alone():
    reel = Reel(SPLIT, PREDICTED, np.array([5, 9, 1]))
    one_by_one = list(reel)
    again = reel.image(1)
    assert (again.index, again.right, again.shown) == (9, one_by_one[1].right, 2)


def test_there_is_no_moment_after_the_last():
    with pytest.raises(IndexError):
        Reel(SPLIT, PREDICTED, np.arange(4)).image(4)


def test_between_two_images_the_pixels_blend_and_the_words_change_in_the_middle():
    reel = Reel(SPLIT, PREDICTED, np.array([5, 9, 1]), steps=4)
    moments = list(reel)
    assert len(moments) == 1 + 2 * 4
    first, *between, second = moments[:5]
    for step, moment in enumerate(between, start=1):
        blend = first.pixels + step / 4 * (second.pixels - first.pixels)
        assert np.allclose(moment.pixels, blend, atol=1e-6)
        nearer = second if step >= 2 else first
        told = (moment.label, moment.index, moment.right, moment.shown, moment.progress)
        assert told == (nearer.label, nearer.index, nearer.right, nearer.shown, nearer.progress)
    assert (second.pixels == reel.image(1).pixels).all()


def test_a_blend_stays_between_its_images():
    reel = Reel(SPLIT, PREDICTED, np.arange(20), steps=7)
    assert all(0 <= moment.pixels.min() <= moment.pixels.max() <= 1 for moment in reel)
