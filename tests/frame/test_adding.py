"""Pixels are added to the scores one after another, until all are."""

import numpy as np
from hypothesis import given
from hypothesis.extra.numpy import arrays
from hypothesis.strategies import floats, integers, sampled_from

from mnistviz.config import SUM_ORDERS
from mnistviz.frame.adding import places_in, settled_after, sums_after

WEIGHTS = arrays(np.float32, (3, 12), elements=floats(-4, 4, width=32))
PIXELS = arrays(np.float32, 12, elements=sampled_from([0, 0.25, 0.5, 1]))
BIAS = arrays(np.float32, 3, elements=integers(-3, 3).map(float))


def added(weights, pixels, bias, order):
    products = weights * pixels
    logits = products.sum(axis=1) + bias
    predicted = int(logits.argmax())
    places = places_in(order, pixels, products, logits, predicted)
    return products, places, predicted, sums_after(places, products, bias)


@given(WEIGHTS, PIXELS, BIAS, sampled_from(SUM_ORDERS))
def test_each_pixel_of_ink_is_added_once_and_all_make_the_scores(weights, pixels, bias, order):
    products, places, _, sums = added(weights, pixels, bias, order)
    assert sorted(places.tolist()) == np.flatnonzero(pixels).tolist()
    for number in range(len(places) + 1):
        expected = products[:, places[:number]].astype(float).sum(axis=1) + bias
        np.testing.assert_allclose(sums[number], expected, atol=1e-9)


@given(WEIGHTS, PIXELS, BIAS, sampled_from(SUM_ORDERS))
def test_from_the_deciding_pixel_on_the_predicted_class_leads_and_before_it_not(
    weights, pixels, bias, order
):
    _, places, predicted, sums = added(weights, pixels, bias, order)
    settled = settled_after(sums, predicted)
    assert 0 <= settled <= len(places)
    assert (sums[settled:-1].max(axis=1) == sums[settled:-1, predicted]).all()
    if settled > 0:
        assert sums[settled - 1].max() > sums[settled - 1, predicted]


def test_the_most_influential_pixels_come_first_and_equal_ones_row_by_row():
    """Of classes 2 and 0, the first and the second: the third does not count."""
    products = np.array([[0, 1, -1, 0, 0, 0], [9, 0, 0, 0, -9, 0], [5, 2, 2, 1, 0, -1]], "f4")
    pixels = np.array([1, 1, 1, 1, 1, 0], "f4")
    logits = np.array([4, 0, 9], "f4")
    assert places_in("influence", pixels, products, logits, 2).tolist() == [0, 2, 1, 3, 4]
    assert places_in("rows", pixels, products, logits, 2).tolist() == [0, 1, 2, 3, 4]
