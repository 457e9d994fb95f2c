"""Softmax regression from zero weights, by mini-batch Adam."""

import math
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from mnistviz.config import TrainingConfig
from mnistviz.dataset import Split
from mnistviz.errors import ModelError, OptionError
from mnistviz.model import SoftmaxRegression, as_pixels

THREADS = 2  # whatever the machine, so that the same sums are added in the same order

LEAST_STEPS = 50  # an epoch: with fewer, a small set is left half learnt (MNIST takes 59)

# Called after each epoch: epochs done, epochs in all, cross-entropy, accuracy.
Progress = Callable[[int, int, float, float], None]
# Called before the first step and after each: steps done, steps in all, weights, bias. The arrays
# change with the next step.
Watch = Callable[[int, int, NDArray[Any], NDArray[Any]], None]


@dataclass(frozen=True)
class History:
    """How the training went, one value an epoch.

    Both are means over the images of the epoch as each came by, with the weights of that moment:
    a little worse than what the weights at the end of the epoch would reach.

    Attributes
    ----------
    cross_entropy
        Mean cross-entropy, in nats, without the penalties.
    accuracy
        Share of the images whose largest logit was their class's, in [0, 1].
    """

    cross_entropy: tuple[float, ...]
    accuracy: tuple[float, ...]


@dataclass(frozen=True)
class Slope:
    """What a batch says about the weights."""

    cross_entropy: float  # nats, summed over the images
    correct: int  # images
    weights: NDArray[Any]  # (pixels, classes): derivative of that cross-entropy
    bias: NDArray[Any]  # (classes,)

    def __add__(self, other: "Slope") -> "Slope":
        """Return what both batches together say."""
        return Slope(
            self.cross_entropy + other.cross_entropy,
            self.correct + other.correct,
            self.weights + other.weights,
            self.bias + other.bias,
        )


def fit(
    train: Split,
    classes: int,
    config: TrainingConfig,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> tuple[SoftmaxRegression, History]:
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
        Called after each epoch with the epochs done, the epochs in all, and that epoch's
        cross-entropy and accuracy as in `History`.
    watch
        Called before the first step and after each with the steps done, the steps in all, and the
        weights (pixels, classes) and bias (classes,), which are not centred and change in place.

    Returns
    -------
    tuple
        The centred model, and its history.

    Raises
    ------
    OptionError
        A value of `config` allows no training.
    ModelError
        The training diverged.
    """
    _check(config)
    config = replace(config, batch_size=min(config.batch_size, math.ceil(len(train) / LEAST_STEPS)))
    # The bias is the last row, so that one Adam step moves it with the weights.
    parameters = np.zeros((train.images[0].size + 1, classes), np.float32)
    cross_entropies: list[float] = []
    accuracies: list[float] = []
    for cross_entropy, accuracy in _epochs(train, parameters, config, watch):
        cross_entropies.append(cross_entropy)
        accuracies.append(accuracy)
        if progress is not None:
            progress(len(accuracies), config.epochs, cross_entropy, accuracy)
    model = SoftmaxRegression(parameters[:-1], parameters[-1]).centred()
    return model, History(tuple(cross_entropies), tuple(accuracies))


def slope(
    weights: NDArray[Any], bias: NDArray[Any], pixels: NDArray[Any], labels: NDArray[Any]
) -> Slope:
    """Return cross-entropy, hits and gradient of a batch, summed, in the weights' floating type.

    Parameters
    ----------
    weights, bias
        (pixels, classes) and (classes,).
    pixels
        (n, pixels) in [0, 1].
    labels
        (n,) integers below classes.
    """
    # One row a class: NumPy reduces over the long axis several times as fast.
    logits = np.ascontiguousarray((pixels @ weights + bias).T)
    truth = labels, np.arange(len(labels))
    correct = int(np.count_nonzero(logits.argmax(axis=0) == labels))
    logits -= logits.max(axis=0)
    powers = np.exp(logits)
    totals = powers.sum(axis=0)
    cross_entropy = float((np.log(totals) - logits[truth]).sum())
    errors = powers / totals
    errors[truth] -= 1
    return Slope(cross_entropy, correct, pixels.T @ errors.T, errors.sum(axis=1))


def penalty_slope(
    weights: NDArray[Any], image_size: tuple[int, int], config: TrainingConfig
) -> NDArray[Any]:
    """Return the gradient of ½·l2·‖W‖² + ½·smoothness·‖∇W‖².

    ∇W are the differences between neighbouring pixels, down and across. Beyond the borders the
    weights count as zero, so that they fade to 'no opinion' where images have nothing to say. The
    second term's gradient is then smoothness times the Laplacian of the grid.

    Parameters
    ----------
    weights
        (height × width, classes).
    image_size
        Height and width, in pixels.
    config
        Gives l2 and smoothness.

    Returns
    -------
    NDArray
        (height × width, classes), in the weights' type.
    """
    height, width = image_size
    framed = np.zeros((height + 2, width + 2, weights.shape[1]), weights.dtype)
    grid = framed[1:-1, 1:-1]
    grid[:] = weights.reshape(grid.shape)
    laplacian = 4 * grid - framed[2:, 1:-1] - framed[:-2, 1:-1]
    laplacian -= framed[1:-1, 2:] + framed[1:-1, :-2]
    gradient: NDArray[Any] = config.smoothness * laplacian + config.l2 * grid
    return gradient.reshape(weights.shape)


class _Adam:
    """Adam (Kingma and Ba 2015) with a step size that falls to zero by half a cosine."""

    mean_decay, square_decay, floor = 0.9, 0.999, 1e-8  # the paper's β₁, β₂, ε

    def __init__(self, parameters: NDArray[Any], learning_rate: float, steps: int) -> None:
        self.parameters = parameters  # changed in place
        self.learning_rate = learning_rate
        self.steps = steps
        self.step = 0
        self.mean = np.zeros_like(parameters)
        self.square = np.zeros_like(parameters)

    def descend(self, gradient: NDArray[Any]) -> None:
        rate = self.learning_rate * 0.5 * (1 + math.cos(math.pi * self.step / self.steps))
        self.step += 1
        self.mean += (1 - self.mean_decay) * (gradient - self.mean)
        self.square += (1 - self.square_decay) * (gradient * gradient - self.square)
        # Both averages start at zero; this is what undoes their bias towards it.
        rate /= 1 - self.mean_decay**self.step
        scale = np.sqrt(self.square / (1 - self.square_decay**self.step)) + self.floor
        self.parameters -= rate * self.mean / scale


def _check(config: TrainingConfig) -> None:
    for name, least in (("epochs", 1), ("batch_size", 1), ("seed", 0)):
        value = getattr(config, name)
        if not isinstance(value, int) or value < least:
            raise OptionError(f"{name}: expected a whole number of at least {least}, got {value}")
    if not 0 < config.learning_rate < math.inf:
        raise OptionError(
            f"learning_rate: expected a number above zero, got {config.learning_rate}"
        )
    for name in ("l2", "smoothness"):
        if not 0 <= getattr(config, name) < math.inf:
            raise OptionError(
                f"{name}: expected zero or a number above it, got {getattr(config, name)}"
            )


def _epochs(
    train: Split, parameters: NDArray[Any], config: TrainingConfig, watch: Watch | None
) -> Iterator[tuple[float, float]]:
    """Train the parameters in place; give each epoch's cross-entropy and accuracy."""
    random = np.random.default_rng(config.seed)
    batches = math.ceil(len(train) / config.batch_size)
    adam = _Adam(parameters, config.learning_rate, config.epochs * batches)
    if watch is not None:
        watch(0, adam.steps, parameters[:-1], parameters[-1])
    for epoch in range(1, config.epochs + 1):
        order = random.permutation(len(train))
        cross_entropy, accuracy = _epoch(train, order, adam, config, watch)
        if not math.isfinite(cross_entropy):
            raise ModelError(
                f"the training diverged in epoch {epoch}: expected a finite cross-entropy, got "
                f"{cross_entropy}; try a learning rate below {config.learning_rate:g}"
            )
        yield cross_entropy, accuracy


@np.errstate(over="ignore", invalid="ignore")  # what overflows is found in the cross-entropy
def _epoch(
    train: Split,
    order: NDArray[np.int64],
    adam: _Adam,
    config: TrainingConfig,
    watch: Watch | None,
) -> tuple[float, float]:
    cross_entropy, correct = 0.0, 0
    weights = adam.parameters[:-1]
    with _sharing(train, adam.parameters, config.batch_size) as slope_of:
        for start in range(0, len(order), config.batch_size):
            rows = order[start : start + config.batch_size]
            batch = slope_of(rows)
            smooth = penalty_slope(weights, train.image_size, config)
            adam.descend(np.vstack([batch.weights / len(rows) + smooth, batch.bias / len(rows)]))
            cross_entropy += batch.cross_entropy
            correct += batch.correct
            if watch is not None:
                watch(adam.step, adam.steps, weights, adam.parameters[-1])
    return cross_entropy / len(order), correct / len(order)


@contextmanager
def _sharing(
    train: Split, parameters: NDArray[Any], batch_size: int
) -> Iterator[Callable[[NDArray[np.int64]], Slope]]:
    """Give what computes the slope of some rows, a share of them in each of our own threads.

    BLAS gets one thread: with more, its threads wait for each other in loops that starve them
    where the cores are not idle, and the result depends on how many there are.
    """
    most = min(batch_size, len(train)) // THREADS + 1
    buffers = np.empty((THREADS, most, len(parameters) - 1), np.float32)

    def share(rows: NDArray[np.int64], buffer: NDArray[np.float32]) -> Slope:
        # Converted batch by batch: as fast as gathering from a float copy, at none of its memory.
        pixels = as_pixels(train.images.take(rows, axis=0), out=buffer[: len(rows)])
        with np.errstate(over="ignore", invalid="ignore"):  # it holds for this thread alone
            return slope(parameters[:-1], parameters[-1], pixels, train.labels[rows])

    def whole(rows: NDArray[np.int64]) -> Slope:
        first, *rest = pool.map(share, np.array_split(rows, THREADS), buffers)
        return sum(rest, start=first)

    with threadpool_limits(1, "blas"), ThreadPoolExecutor(THREADS) as pool:
        yield whole
