"""Trains, and measures the model after some of the steps: on unseen images, and on trained ones."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from mnistviz.datasets.dataset import Dataset, Split, as_pixels
from mnistviz.model.fit import THREADS, fit
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.train import reporting
from mnistviz.model.training_config import TrainingConfig
from mnistviz.progress import Progress, ProgressCallback

MOST_SNAPSHOTS = 300  # by default: ten seconds of film at 30 frames a second
MOST_BYTES = 2**26  # of all snapshots: fewer are kept of images of 64×64 pixels
MOST_SAMPLED = 10_000  # training images that are measured
TOGETHER, AT_ONCE = 8, 1_000  # models, images in one product: faster than one by one


class Scores(NamedTuple):
    """How good a model is on some images.

    Attributes
    ----------
    accuracy
        Share of the images that it predicts right, in [0, 1].
    cross_entropy
        Mean of the images, in nats, without penalties.
    """

    accuracy: float
    cross_entropy: float


@dataclass(frozen=True, eq=False)
class TrainingMoment:
    """The model after so many steps. A frame depends on it and on those before alone.

    Attributes
    ----------
    step
        Steps done, from 0.
    model
        The model after them, centred.
    unseen, trained
        How good exactly this model is on the images that it is not trained with, and on a sample
        of those that it is.
    """

    step: int
    model: LinearClassifier
    unseen: Scores
    trained: Scores


def step_at(place: int, last: int, steps: int) -> int:
    """Return the step that is on at a place of the film, from 0 to `last`.

    Steps go with the square of time: the first tenth of the film shows a hundredth of the steps.
    That is slow where most happens, since early steps change the weights the most, and the film
    then speeds up evenly.
    """
    return steps * place**2 // last**2


def film_steps(steps: int, most: int) -> Iterator[int]:
    """Yield the steps of a training of which a film shows at most so many; see `step_at`."""
    return (step_at(place, most - 1, steps) for place in range(most))


class Snapshots:
    """Keeps the parameters after some of the steps of a training: what `fit` calls to watch.

    Attributes
    ----------
    most
        Snapshots to keep with the last step, which is left out; at least 2, and fewer if they took
        more than 64 MiB.
    chosen
        Returns which steps, of how many in all and at most how many, from 0 to the last.
    """

    def __init__(self, most: int, chosen: Callable[[int, int], Iterable[int]] = film_steps) -> None:
        self.kept: dict[int, tuple[NDArray[np.float32], NDArray[np.float32]]] = {}
        self.steps = 0
        self._most, self._chosen = most, chosen
        self._wanted: set[int] = set()

    def __call__(
        self, step: int, steps: int, weights: NDArray[np.float32], bias: NDArray[np.float32]
    ) -> None:
        """Keep a copy of the parameters if this step is one of those to show."""
        if step == 0:
            self.steps = steps
            most = min(self._most, max(2, MOST_BYTES // (weights.nbytes + bias.nbytes)))
            self._wanted = {*self._chosen(steps, most)} - {steps}
        if step in self._wanted:
            self.kept[step] = weights.copy(), bias.copy()

    def models(self) -> dict[int, LinearClassifier]:
        """Return the models by step."""
        return {step: LinearClassifier(*both).centred() for step, both in self.kept.items()}


def watch_training(
    dataset: Dataset,
    config: TrainingConfig,
    progress: ProgressCallback,
    most: int = MOST_SNAPSHOTS,
) -> tuple[TrainingMoment, ...]:
    """Train, and return the model after some of the steps, with what it is like by then.

    Parameters
    ----------
    dataset
        What to train with; the unseen images are its test images.
    config
        How to train, but for the validation share, which is put aside before.
    progress
        Called after each epoch, and for each model measured.
    most
        Moments, at least 2; fewer if their weights took more than 64 MiB.

    Returns
    -------
    tuple
        From step 0, a model of zeros, to the last, which is the model that `fit` returns, chosen as
        `step_at` shows them.

    Raises
    ------
    MnistvizError
        As `fit`.
    """
    snapshots = Snapshots(most)
    last = fit(dataset.train, len(dataset.classes), config, reporting(progress), snapshots)
    models = snapshots.models() | {snapshots.steps: last}
    sample = sample_of(dataset.train, len(dataset.test), config.seed)
    moments: list[TrainingMoment] = []
    measured = (scores([*models.values()], split) for split in (dataset.test, sample))
    for (step, model), unseen, trained in zip(models.items(), *measured, strict=True):
        moments.append(TrainingMoment(step, model, unseen, trained))
        progress(Progress("measuring", len(moments), len(models)))
    return tuple(moments)


def sample_of(train: Split, most: int, seed: int) -> Split:
    """Return training images to measure on, always the same: at most so many, and 10,000."""
    most = min(most, MOST_SAMPLED)
    if len(train) <= most:
        return train
    rows = np.sort(np.random.default_rng(seed).choice(len(train), most, replace=False))
    return Split(train.images[rows], train.labels[rows])


def scores(models: Sequence[LinearClassifier], split: Split) -> Iterator[Scores]:
    """Yield how good each model is on a split."""
    # With several threads of its own BLAS adds in another order, and starves where cores are busy.
    with threadpool_limits(1, "blas"), ThreadPoolExecutor(THREADS) as pool:
        groups = [models[first : first + TOGETHER] for first in range(0, len(models), TOGETHER)]
        yield from chain.from_iterable(pool.map(partial(_scores, split=split), groups))


def _scores(models: Sequence[LinearClassifier], split: Split) -> list[Scores]:
    """Return how good each of a few models is on a split."""
    weights = np.concatenate([model.weights for model in models], axis=1)
    bias = np.concatenate([model.bias for model in models])
    hits, losses = np.zeros(len(models), np.int64), np.zeros(len(models))
    for first in range(0, len(split), AT_ONCE):
        labels = split.labels[first : first + AT_ONCE]
        logits = as_pixels(split.images[first : first + AT_ONCE]) @ weights + bias
        # One row a class: NumPy reduces over the long axis several times as fast.
        rows = np.ascontiguousarray(logits.T).reshape(len(models), -1, len(labels))
        hits += (rows.argmax(axis=1) == labels).sum(axis=1)
        rows -= rows.max(axis=1, keepdims=True)
        true = rows[:, labels, np.arange(len(labels))]
        losses += (np.log(np.exp(rows, out=rows).sum(axis=1)) - true).sum(axis=1, dtype=np.float64)
    return [
        Scores(float(hit), float(loss))
        for hit, loss in zip(hits / len(split), losses / len(split), strict=True)
    ]
