"""Trains softmax regression from zero weights, by mini-batch Adam with averaged iterates."""

import math
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from mnistviz.arguments import spoken
from mnistviz.datasets.dataset import Split, as_pixels
from mnistviz.errors import ModelError
from mnistviz.model.gradient import BatchGradient, batch_gradient, penalty_gradient
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.training_config import TrainingConfig

THREADS = 2  # whatever the machine, so that the same sums are added in the same order

LEAST_STEPS = 100  # an epoch: with fewer, a small set is half learnt at the end (MNIST takes 118)
WORSE = 2  # times the cross-entropy of guessing: a training that ends above it has diverged
CHECKED = 5_000  # training images on which that is seen

EpochProgress = Callable[[int, int, float, float], None]
Watch = Callable[[int, int, NDArray[Any], NDArray[Any]], None]


class AveragedAdam:
    """Adam (Kingma and Ba 2015), and the polynomial-decay average of its iterates.

    At a constant step size the iterates keep circling the optimum, and their mean lies nearer to it
    than any of them. Iterate t weighs about t³ in it, so that the first ones soon count for nothing
    (Shamir and Zhang 2013, Stochastic Gradient Descent for Non-smooth Optimization, ICML, with
    η = 3). The mean is there after every step, whatever number of steps is to come.

    Attributes
    ----------
    parameters
        The iterate: where the next gradient is to be taken. Changed in place.
    average
        The mean of the iterates so far: the parameters of the model. Changed in place.
    """

    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    lateness = 3  # η of Shamir and Zhang: 0 is the plain mean

    def __init__(self, parameters: NDArray[Any], learning_rate: float) -> None:
        self.parameters = parameters
        self.average = parameters.copy()
        self.learning_rate = learning_rate
        self.step = 0
        self.mean = np.zeros_like(parameters)
        self.square = np.zeros_like(parameters)

    def descend(self, gradient: NDArray[Any]) -> None:
        """Take one step, and update the average."""
        self.step += 1
        self.mean += (1 - self.beta1) * (gradient - self.mean)
        self.square += (1 - self.beta2) * (gradient * gradient - self.square)
        # Both moving means start at zero; the divisors remove that bias.
        rate = self.learning_rate / (1 - self.beta1**self.step)
        scale = np.sqrt(self.square / (1 - self.beta2**self.step)) + self.epsilon
        self.parameters -= rate * self.mean / scale
        share = (self.lateness + 1) / (self.step + self.lateness)
        self.average += share * (self.parameters - self.average)


def fit(
    train: Split,
    classes: int,
    config: TrainingConfig,
    progress: EpochProgress | None = None,
    watch: Watch | None = None,
) -> LinearClassifier:
    """Train a softmax regression from zero weights.

    Parameters
    ----------
    train
        Images and labels; every label is below `classes`.
    classes
        Number of classes.
    config
        How to train. The same configuration on the same machine gives the same weights.
    progress
        Called after each epoch with the epochs done, the epochs in all, and the means over its
        images of cross-entropy (nats, without penalties) and accuracy (in [0, 1]). As they are of
        each image as it came by, the model at the end of the epoch is a little better.
    watch
        Called before the first step and after each with the steps done, the steps in all, and the
        weights (pixels, classes) and bias (classes,) of the model so far, which are not centred
        and change in place.

    Returns
    -------
    LinearClassifier
        The centred model.

    Raises
    ------
    ModelError
        The training diverged.
    """
    config = replace(config, batch_size=batch_size_of(config, len(train)))
    # The bias is the last row, so that one Adam step moves it with the weights.
    parameters = np.zeros((train.images[0].size + 1, classes), np.float32)
    adam = AveragedAdam(parameters, config.learning_rate)
    random = np.random.default_rng(config.seed)
    steps = config.epochs * math.ceil(len(train) / config.batch_size)

    def watched() -> None:
        if watch is not None:
            watch(adam.step, steps, adam.average[:-1], adam.average[-1])

    watched()
    for epoch in range(1, config.epochs + 1):
        order = random.permutation(len(train))
        now = replace(config, focus=focus_in(epoch, config))
        cross_entropy, accuracy = _epoch(train, order, adam, now, watched)
        if not math.isfinite(cross_entropy):
            expected = f"expected a finite cross-entropy, got {cross_entropy}"
            raise _diverged(f" in epoch {epoch}: {expected}", config)
        if epoch == config.epochs:
            _check_end(adam.average, train, cross_entropy, config)
        if progress is not None:
            progress(epoch, config.epochs, cross_entropy, accuracy)
    return LinearClassifier(adam.average[:-1], adam.average[-1]).centred()


def focus_in(epoch: int, config: TrainingConfig) -> float:
    """Return the focus in an epoch, counted from 1: none in the first quarter of them.

    The first steps may overshoot, by far if the images are large or bright. Then all that they got
    wrong would look hopeless, and be left so; the cross-entropy, which is convex, finds back.
    """
    return config.focus if epoch > math.ceil(config.epochs / 4) else 0.0


def batch_size_of(config: TrainingConfig, images: int) -> int:
    """Return the images a step: fewer than those of the configuration where there are few."""
    return min(config.batch_size, math.ceil(images / LEAST_STEPS))


@np.errstate(over="ignore", invalid="ignore")
def _check_end(
    average: NDArray[Any], train: Split, cross_entropy: float, config: TrainingConfig
) -> None:
    """Raise ModelError if the learning rate has made the model far worse than one that guesses.

    Not at the default rate or below it: there the first steps may overshoot in a set of a few
    large images, and there is nothing better to try.

    Parameters
    ----------
    average
        The parameters of the model.
    train
        What it was trained with.
    cross_entropy
        Mean of the last epoch, of the iterates, to which the model is better.
    config
        How it was trained.
    """
    guessing = math.log(average.shape[1])  # that of zeros, where the training begins
    fine = config.learning_rate <= TrainingConfig.learning_rate or cross_entropy <= guessing
    if fine and np.isfinite(average).all():
        return
    rows = slice(None, None, math.ceil(len(train) / CHECKED))
    pixels, labels = as_pixels(train.images[rows]), train.labels[rows]
    loss = batch_gradient(average[:-1], average[-1], pixels, labels).cross_entropy / len(labels)
    if not loss <= WORSE * guessing:
        began = f"it began at a cross-entropy of {guessing:.3g}, that of guessing"
        raise _diverged(f": {began}, and ended at {loss:.3g}", config)


def _diverged(how: str, config: TrainingConfig) -> ModelError:
    """Return the error, which names the settings that are larger than usual: all, if none is."""
    values = {name: getattr(config, name) for name in ("learning_rate", "smoothness", "l2")}
    larger = [name for name, value in values.items() if value > getattr(TrainingConfig, name)]
    said = [f"a {spoken(name)} of {values[name]:g}" for name in larger or values]
    return ModelError(
        f"the training diverged{how}; try less than {' or '.join(said)}".replace("a l2", "an l2")
    )


@np.errstate(over="ignore", invalid="ignore")  # the cross-entropy shows an overflow
def _epoch(
    train: Split,
    order: NDArray[np.int64],
    adam: AveragedAdam,
    config: TrainingConfig,
    watched: Callable[[], None],
) -> tuple[float, float]:
    """Take the steps of an epoch; return its mean cross-entropy and accuracy."""
    cross_entropy, correct = 0.0, 0
    weights = adam.parameters[:-1]
    with _in_threads(train, adam.parameters, config.batch_size, config.focus) as gradient_of:
        for start in range(0, len(order), config.batch_size):
            rows = order[start : start + config.batch_size]
            batch = gradient_of(rows)
            penalty = penalty_gradient(weights, train.image_size, config)
            adam.descend(np.vstack([batch.weights / len(rows) + penalty, batch.bias / len(rows)]))
            cross_entropy += batch.cross_entropy
            correct += batch.correct
            watched()
    return cross_entropy / len(order), correct / len(order)


@contextmanager
def _in_threads(
    train: Split, parameters: NDArray[Any], batch_size: int, focus: float
) -> Iterator[Callable[[NDArray[np.int64]], BatchGradient]]:
    """Yield a function that returns the gradient of some rows, computed in our own threads.

    BLAS gets one thread: with more, its threads wait for each other in loops that starve them
    where the cores are not idle, and the result depends on how many there are.
    """
    most = min(batch_size, len(train)) // THREADS + 1
    buffers = np.empty((THREADS, most, len(parameters) - 1), np.float32)

    def part(rows: NDArray[np.int64], buffer: NDArray[np.float32]) -> BatchGradient:
        # Converted batch by batch: as fast as indexing a float copy, without its memory.
        pixels = as_pixels(train.images.take(rows, axis=0), out=buffer[: len(rows)])
        with np.errstate(over="ignore", invalid="ignore"):  # each thread has its own
            labels = train.labels[rows]
            return batch_gradient(parameters[:-1], parameters[-1], pixels, labels, focus)

    def whole(rows: NDArray[np.int64]) -> BatchGradient:
        first, *rest = pool.map(part, np.array_split(rows, THREADS), buffers)
        return sum(rest, start=first)

    with threadpool_limits(1, "blas"), ThreadPoolExecutor(THREADS) as pool:
        yield whole
