"""Softmax regression from zero weights, by mini-batch Adam whose steps are averaged."""

import math
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from mnistviz.datasets.dataset import Split, as_pixels
from mnistviz.errors import ModelError
from mnistviz.model.adam import AveragedAdam
from mnistviz.model.gradient import Slope, penalty_slope, slope
from mnistviz.model.softmax import SoftmaxRegression
from mnistviz.model.training_config import TrainingConfig

THREADS = 2  # whatever the machine, so that the same sums are added in the same order

LEAST_STEPS = 100  # an epoch: with fewer, a small set is left half learnt (MNIST takes 118)

# Called after each epoch: epochs done, epochs in all, cross-entropy, accuracy.
Progress = Callable[[int, int, float, float], None]
# Called before the first step and after each: steps done, steps in all, weights, bias. The arrays
# change with the next step.
Watch = Callable[[int, int, NDArray[Any], NDArray[Any]], None]


@dataclass(frozen=True)
class History:
    """How the training went, one value an epoch.

    Both are means over the images of the epoch as each came by, with the weights of that moment,
    not averaged: a little worse than what the model at the end of the epoch would reach.

    Attributes
    ----------
    cross_entropy
        Mean cross-entropy, in nats, without the penalties.
    accuracy
        Share of the images whose largest logit was their class's, in [0, 1].
    """

    cross_entropy: tuple[float, ...]
    accuracy: tuple[float, ...]


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
        weights (pixels, classes) and bias (classes,) of the model so far, which are not centred
        and change in place.

    Returns
    -------
    tuple
        The centred model, and its history.

    Raises
    ------
    ModelError
        The training diverged.
    """
    config = replace(config, batch_size=min(config.batch_size, math.ceil(len(train) / LEAST_STEPS)))
    # The bias is the last row, so that one Adam step moves it with the weights.
    parameters = np.zeros((train.images[0].size + 1, classes), np.float32)
    adam = AveragedAdam(parameters, config.learning_rate)
    cross_entropies: list[float] = []
    accuracies: list[float] = []
    for cross_entropy, accuracy in _epochs(train, adam, config, watch):
        cross_entropies.append(cross_entropy)
        accuracies.append(accuracy)
        if progress is not None:
            progress(len(accuracies), config.epochs, cross_entropy, accuracy)
    model = SoftmaxRegression(adam.average[:-1], adam.average[-1]).centred()
    return model, History(tuple(cross_entropies), tuple(accuracies))


def _epochs(
    train: Split, adam: AveragedAdam, config: TrainingConfig, watch: Watch | None
) -> Iterator[tuple[float, float]]:
    """Train the parameters in place; give each epoch's cross-entropy and accuracy."""
    random = np.random.default_rng(config.seed)
    steps = config.epochs * math.ceil(len(train) / config.batch_size)

    def watched() -> None:
        if watch is not None:
            watch(adam.step, steps, adam.average[:-1], adam.average[-1])

    watched()
    for epoch in range(1, config.epochs + 1):
        order = random.permutation(len(train))
        cross_entropy, accuracy = _epoch(train, order, adam, config, watched)
        if not math.isfinite(cross_entropy):
            raise ModelError(
                f"the training diverged in epoch {epoch}: expected a finite cross-entropy, got "
                f"{cross_entropy}; try less than a learning rate of {config.learning_rate:g}, "
                f"a smoothness of {config.smoothness:g} or an l2 of {config.l2:g}"
            )
        yield cross_entropy, accuracy


@np.errstate(over="ignore", invalid="ignore")  # what overflows is found in the cross-entropy
def _epoch(
    train: Split,
    order: NDArray[np.int64],
    adam: AveragedAdam,
    config: TrainingConfig,
    watched: Callable[[], None],
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
            watched()
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
