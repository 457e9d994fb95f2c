import copy
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import beta, betaincc

from mnistviz.datasets.dataset import Split, as_pixels
from mnistviz.datasets.load import load
from mnistviz.errors import ModelError, OptionError
from mnistviz.model.fit import AveragedAdam, fit, focus_in
from mnistviz.model.gradient import batch_gradient, penalty_gradient
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.training_config import TrainingConfig

QUICK = TrainingConfig(epochs=3, batch_size=16)


def stripes(*, n=200, height=5, width=4, classes=3, seed=0):
    """Noise with one bright row; the class says which."""
    random = np.random.default_rng(seed)
    images = random.integers(0, 100, (n, height, width), dtype=np.uint8)
    labels = random.integers(0, classes, n)
    images[np.arange(n), labels] += 120
    return Split(images, labels)


def slow_cross_entropy(weights, bias, pixels, labels):
    total = 0.0
    for row, label in zip(pixels, labels, strict=True):
        scores = [float(row @ weights[:, k] + bias[k]) for k in range(len(bias))]
        total += math.log(sum(map(math.exp, scores))) - scores[label]
    return total


def slow_penalty(weights, image_size, config):
    height, width = image_size
    total = config.l2 * sum(float(w) ** 2 for w in weights.flat)
    for image in weights.T.reshape(-1, height, width):
        framed = np.pad(image, 1)  # beyond the borders the weights count as zero
        for y in range(1, height + 1):
            for x in range(1, width + 1):
                neighbours = framed[[y - 1, y + 1, y, y], [x, x, x - 1, x + 1]]
                total += config.smoothness * (4 * framed[y, x] - neighbours.sum()) ** 2
    return 0.5 * total


def by_finite_differences(function, point, step=1e-5):
    gradient = np.zeros_like(point)
    for index in np.ndindex(point.shape):
        there, back = point.copy(), point.copy()
        there[index] += step
        back[index] -= step
        gradient[index] = (function(there) - function(back)) / (2 * step)
    return gradient


sizes = st.tuples(st.integers(1, 4), st.integers(1, 4))


@settings(max_examples=25)
@given(sizes, st.integers(1, 4), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_the_gradient_is_that_of_the_cross_entropy(size, classes, n, seed):
    random = np.random.default_rng(seed)
    weights, bias = random.normal(size=(math.prod(size), classes)), random.normal(size=classes)
    pixels, labels = random.random((n, math.prod(size))), random.integers(0, classes, n)
    found = batch_gradient(weights, bias, pixels, labels)

    def loss(weights, bias):
        return slow_cross_entropy(weights, bias, pixels, labels)

    assert found.cross_entropy == pytest.approx(loss(weights, bias))
    by_weights = by_finite_differences(lambda w: loss(w, bias), weights)
    by_bias = by_finite_differences(lambda b: loss(weights, b), bias)
    np.testing.assert_allclose(found.weights, by_weights, atol=1e-8)
    np.testing.assert_allclose(found.bias, by_bias, atol=1e-8)


@settings(max_examples=25)
@given(sizes, st.integers(2, 4), st.integers(1, 6), st.floats(0.1, 1), st.integers(0, 2**32 - 1))
def test_the_gradient_with_focus_is_that_of_a_bounded_loss(size, classes, n, focus, seed):
    random = np.random.default_rng(seed)
    weights, bias = random.normal(size=(math.prod(size), classes)), random.normal(size=classes)
    pixels, labels = random.random((n, math.prod(size))), random.integers(0, classes, n)
    found = batch_gradient(weights, bias, pixels, labels, focus)

    def loss(weights, bias):
        # The integral of t^(focus - 1) (1 - t)^(2 focus) from p to 1: an incomplete Beta function.
        a, b = focus, 1 + 2 * focus
        probabilities = [
            math.exp(-slow_cross_entropy(weights, bias, row[None], [label]))
            for row, label in zip(pixels, labels, strict=True)
        ]
        return float((beta(a, b) * betaincc(a, b, probabilities)).sum())

    by_weights = by_finite_differences(lambda w: loss(w, bias), weights)
    by_bias = by_finite_differences(lambda b: loss(weights, b), bias)
    np.testing.assert_allclose(found.weights, by_weights, atol=1e-7)
    np.testing.assert_allclose(found.bias, by_bias, atol=1e-7)
    assert found.cross_entropy == batch_gradient(weights, bias, pixels, labels).cross_entropy


def test_with_focus_a_hopeless_image_hardly_pulls_and_an_undecided_one_does():
    def pull(logit, focus):
        weights = np.array([[logit, -logit]])
        one = np.ones((1, 1))
        return abs(batch_gradient(weights, np.zeros(2), one, np.array([1]), focus).weights[0, 0])

    assert pull(20.0, 0.25) < 1e-4 < 0.9 < pull(20.0, 0.0)
    assert pull(0.0, 0.25) > 0.25


def test_the_first_quarter_of_the_epochs_is_without_focus():
    for epochs, without in ((1, 1), (2, 1), (4, 1), (8, 2), (10, 3)):
        config = replace(QUICK, epochs=epochs, focus=0.5)
        focus = [focus_in(epoch, config) for epoch in range(1, epochs + 1)]
        assert focus == [0.0] * without + [0.5] * (epochs - without)


def test_bright_pictures_are_learnt_although_the_first_steps_overshoot():
    train = load().train
    inverted = Split(255 - train.images[:3000], train.labels[:3000])
    model = fit(inverted, 10, TrainingConfig())
    right = model.predict(as_pixels(255 - train.images[3000:5000])) == train.labels[3000:5000]
    assert right.mean() > 0.8


@settings(max_examples=25)
@given(sizes, st.integers(1, 3), st.floats(0, 10), st.floats(0, 10), st.integers(0, 2**32 - 1))
def test_the_penalty_gradient_is_that_of_the_penalty(size, classes, l2, smoothness, seed):
    config = TrainingConfig(l2=l2, smoothness=smoothness)
    weights = np.random.default_rng(seed).normal(size=(math.prod(size), classes))
    np.testing.assert_allclose(
        penalty_gradient(weights, size, config),
        by_finite_differences(lambda w: slow_penalty(w, size, config), weights),
        atol=1e-6,
    )


def test_correct_images_are_counted():
    weights, bias = np.eye(3), np.zeros(3)
    assert batch_gradient(weights, bias, np.eye(3), np.array([0, 1, 1])).correct == 2


def test_huge_logits_leave_the_cross_entropy_finite():
    found = batch_gradient(np.array([[1e4, -1e4]]), np.zeros(2), np.ones((1, 1)), np.array([1]))
    assert found.cross_entropy == pytest.approx(2e4)


def test_the_same_seed_gives_the_same_weights_and_another_one_others():
    train = stripes()
    first, again, other = (fit(train, 3, replace(QUICK, seed=seed)) for seed in (0, 0, 1))
    assert np.array_equal(first.weights, again.weights)
    assert np.array_equal(first.bias, again.bias)
    assert not np.array_equal(first.weights, other.weights)


def test_an_easy_problem_is_learnt_epoch_by_epoch():
    epochs, config = [], replace(QUICK, epochs=20, learning_rate=0.05)
    model = fit(stripes(), 3, config, lambda *epoch: epochs.append(epoch))
    unseen = stripes(seed=1)
    assert (model.predict(as_pixels(unseen.images)) == unseen.labels).all()
    assert [epoch[:2] for epoch in epochs] == [(number, 20) for number in range(1, 21)]
    (*_, first, _), (*_, last, accuracy) = epochs[0], epochs[-1]
    assert last < first
    assert accuracy > 0.99


def test_the_model_is_the_average_of_equal_steps_in_which_the_late_ones_weigh_more():
    # A gradient that hardly changes makes each of Adam's steps as long as the learning rate.
    train = Split(np.full((1, 1, 1), 255, np.uint8), np.zeros(1, np.int64))
    config = TrainingConfig(epochs=100, learning_rate=1e-4, l2=0.0, smoothness=0.0, focus=0.0)
    model = fit(train, 2, config)
    # Shamir and Zhang: the weight of step t is proportional to (t + 1) (t + 2) … (t + η - 1).
    shares = [math.prod(range(step, step + 3)) for step in range(1, 101)]
    way = sum(share * step for step, share in enumerate(shares, 1)) / sum(shares) * 1e-4
    np.testing.assert_allclose(model.weights, [[way, -way]], rtol=0.01)


def test_a_training_can_be_watched_from_zero_weights_to_the_model_that_it_returns():
    seen = []
    model = fit(stripes(), 3, QUICK, watch=lambda *step: seen.append(copy.deepcopy(step)))
    assert [step for step, *_ in seen] == list(range(len(seen)))
    assert {steps for _, steps, *_ in seen} == {len(seen) - 1}
    assert not np.vstack(seen[0][2:]).any()
    last = LinearClassifier(*seen[-1][2:]).centred()
    np.testing.assert_array_equal(last.weights, model.weights)
    np.testing.assert_array_equal(last.bias, model.bias)


def test_a_batch_may_be_larger_than_the_training_set():
    model = fit(stripes(n=5), 3, replace(QUICK, batch_size=1000))
    assert model.weights.any()


def roughness(model, image_size):
    grid = model.weights.reshape(*image_size, -1)
    differences = (np.diff(grid, axis=0) ** 2).sum() + (np.diff(grid, axis=1) ** 2).sum()
    return differences / (grid**2).sum()


def test_smoothness_makes_the_weights_smoother():
    rough, smooth = (
        roughness(fit(stripes(), 3, replace(QUICK, epochs=20, smoothness=smoothness)), (5, 4))
        for smoothness in (0.0, 0.1)
    )
    assert smooth < 0.8 * rough


def test_a_training_that_diverges_is_refused():
    with pytest.raises(ModelError, match=r"diverged in epoch 1.*learning rate of 1e\+38"):
        fit(stripes(), 3, replace(QUICK, learning_rate=1e38))


@pytest.mark.parametrize("rate", [10, 1e3, 1e10, 1e30, 1e37])
def test_a_training_that_ends_far_worse_than_guessing_is_refused_by_its_learning_rate(digits, rate):
    for train in (digits.train, Split(digits.train.images[:300], digits.train.labels[:300])):
        with pytest.raises(ModelError, match=r"diverged.* less than a learning rate of") as error:
            fit(train, 10, TrainingConfig(epochs=1, learning_rate=rate))
        assert str(error.value).endswith(f"try less than a learning rate of {rate:g}")


def test_a_training_that_ends_finite_says_where_it_began_and_ended(digits):
    with pytest.raises(
        ModelError, match=r"began at a cross-entropy of 2\.3, that of guessing, and"
    ) as error:
        fit(digits.train, 10, TrainingConfig(epochs=1, learning_rate=1e3))
    assert float(str(error.value).split("ended at ")[1].split(";")[0]) > 20


@pytest.mark.parametrize("rate", [0.1, 0.3, 1])
def test_a_training_at_a_high_rate_that_ends_well_is_no_error(digits, rate):
    model = fit(digits.train, 10, TrainingConfig(epochs=1, learning_rate=rate))
    assert (model.predict(as_pixels(digits.test.images)) == digits.test.labels).mean() > 0.85


@pytest.mark.parametrize("side", [1, 64])
@pytest.mark.parametrize("images", [1, 3, 30])
@pytest.mark.parametrize("level", ["noise", 0, 255])
def test_whatever_a_small_set_is_like_the_default_rate_is_no_error(side, images, level):
    random = np.random.default_rng(0)
    levels = (0, 256) if level == "noise" else (level, level + 1)
    pixels = random.integers(*levels, (images, side, side)).astype(np.uint8)
    for classes in (2, 26):
        train = Split(pixels, random.integers(0, classes, images))
        for epochs in (1, 6):
            fit(train, classes, TrainingConfig(epochs=epochs))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("validation_share", -0.1),
        ("validation_share", 1.0),
        ("validation_share", math.nan),
        ("epochs", 0),
        ("batch_size", 0),
        ("seed", -1),
        ("learning_rate", 0.0),
        ("learning_rate", math.nan),
        ("learning_rate", math.inf),
        ("l2", -1.0),
        ("smoothness", math.nan),
        ("focus", -0.1),
    ],
)
def test_a_value_that_allows_no_training_is_refused_by_name(name, value):
    with pytest.raises(OptionError, match=f"{name.replace('_', ' ')} must be .* \\(got {value}\\)"):
        TrainingConfig(**{name: value})


@pytest.mark.slow
def test_the_defaults_reach_the_promised_accuracy_on_mnist():
    dataset = load()
    model = fit(dataset.train, len(dataset.classes), TrainingConfig())
    right = model.predict(as_pixels(dataset.test.images)) == dataset.test.labels
    assert right.mean() >= 0.93
    assert roughness(model, dataset.train.image_size) < 0.4  # 1.7 without the penalty


@pytest.mark.parametrize("size", [1e-9, 1e-3, 1.0])
def test_the_steps_are_those_of_adam_as_published(size):
    """Algorithm 1 of Kingma and Ba 2015 in plain Python, with its ε."""
    gradients = size * np.random.default_rng(0).normal(size=(20, 3))
    optimiser = AveragedAdam(np.zeros(3), 0.01)
    theta, m, v = np.zeros(3), np.zeros(3), np.zeros(3)
    for t, g in enumerate(gradients, 1):
        optimiser.descend(g)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        theta = theta - 0.01 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    np.testing.assert_allclose(optimiser.parameters, theta, rtol=1e-9)


def test_a_small_set_takes_a_hundred_steps_an_epoch():
    seen = []
    fit(
        stripes(n=250),
        3,
        replace(QUICK, epochs=1),
        watch=lambda step, steps, *_: seen.append(steps),
    )
    assert set(seen) == {84}  # of 3 images each: as few as make 100 batches
