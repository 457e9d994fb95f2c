"""The fewest pixels that change a prediction: proved by trying all changes of small images."""

from itertools import combinations, product

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mnistviz.model.flip import Flip, flip_away, flip_to
from mnistviz.model.linear import LinearClassifier

PIXELS, CLASSES = 5, 3
EIGHTHS = st.integers(-16, 16).map(lambda number: number / 8)  # exact in float32, as their sums are
MODELS = st.builds(
    LinearClassifier,
    arrays(np.float32, (PIXELS, CLASSES), elements=EIGHTHS),
    arrays(np.float32, CLASSES, elements=EIGHTHS),
)
IMAGES = arrays(np.float32, PIXELS, elements=st.integers(0, 4).map(lambda number: number / 4))


def fewest(model: LinearClassifier, image: np.ndarray, wins: object) -> int | None:
    """Return the size of the smallest change after which a test of the scores holds."""
    for count in range(PIXELS + 1):
        for places in combinations(range(PIXELS), count):
            for values in product((0, 1), repeat=count):
                changed = image.copy()
                changed[list(places)] = values
                if wins(model.logits(changed)):
                    return count
    return None


def is_consistent(model: LinearClassifier, image: np.ndarray, found: Flip) -> bool:
    """Whether its answers are the model's, and its pixels are distinct and become 0 or 1."""
    changed = found.applied(image)
    return (
        model.predict(image[None])[0] == found.before
        and model.predict(changed[None])[0] == found.after
        and len(set(found.places.tolist())) == len(found.places)
        and set(found.values.tolist()) <= {0.0, 1.0}
    )


@given(MODELS, IMAGES)
def test_no_smaller_change_gives_any_other_answer(model: LinearClassifier, image: np.ndarray):
    answer = int(model.predict(image[None])[0])
    found = flip_away(model, image)
    size = fewest(model, image, lambda logits: logits.max() > logits[answer])
    if found is None:
        assert size is None
    else:
        assert is_consistent(model, image, found)
        assert found.before == answer != found.after
        assert len(found.places) == found.least == size


@given(MODELS, IMAGES, st.integers(0, CLASSES - 1))
def test_what_is_called_the_smallest_change_to_a_class_is(
    model: LinearClassifier, image: np.ndarray, target: int
):
    assume(model.predict(image[None])[0] != target)
    found = flip_to(model, image, target)
    size = fewest(model, image, lambda logits: logits[target] > np.delete(logits, target).max())
    if found is None:
        return  # that none was found does not say that there is none
    assert is_consistent(model, image, found)
    assert found.after == target
    assert found.least <= size <= len(found.places)
    if found.least == len(found.places):
        assert len(found.places) == size


@given(MODELS, IMAGES)
def test_of_two_classes_the_change_is_always_found_and_the_smallest(
    model: LinearClassifier, image: np.ndarray
):
    two = LinearClassifier(model.weights[:, :2], model.bias[:2])
    target = 1 - int(two.predict(image[None])[0])
    found = flip_to(two, image, target)
    size = fewest(two, image, lambda logits: logits[target] > logits[1 - target])
    if found is None:
        assert size is None
    else:
        assert found.least == len(found.places)
        assert len(found.places) == size


def test_a_third_class_that_overtakes_is_beaten_as_well():
    """Pixel 0 takes class 1 past class 0, but class 2 further; pixel 1 takes class 2 down."""
    weights = np.array([[0, 3, 4], [0, 0, -2]], np.float32)
    model = LinearClassifier(weights, np.array([1, 0, 0], np.float32))
    image = np.zeros(2, np.float32)
    away, to = flip_away(model, image), flip_to(model, image, 1)
    assert away is not None
    assert to is not None
    assert (away.places.tolist(), away.after) == ([0], 2)
    assert (sorted(to.places.tolist()), to.after, to.least) == ([0, 1], 1, 1)


def test_the_first_pixels_gain_the_most():
    weights = np.array([[0, 1], [0, 3], [0, 2], [0, -1]], np.float32)
    model = LinearClassifier(weights, np.array([5.5, 0], np.float32))
    found = flip_to(model, np.array([0, 0, 0, 1], np.float32), 1)
    assert found is not None
    assert found.places[:2].tolist() == [1, 2]
    assert found.applied(np.zeros(4, np.float32), 1).tolist() == [0, 1, 0, 0]
