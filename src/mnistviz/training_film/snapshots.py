"""A training that is watched: the model after some of its steps, measured on the test split."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from mnistviz.config import TrainingConfig
from mnistviz.datasets.dataset import Dataset, Split
from mnistviz.model.fit import THREADS, Progress, fit
from mnistviz.model.softmax import SoftmaxRegression, as_pixels
from mnistviz.training_film.moments import TrainingMoment, step_at

MOST_SNAPSHOTS = 300  # ten seconds at 30 frames a second
MOST_BYTES = 2**26  # of all snapshots: fewer are kept of images of 64×64 pixels


class Album:
    """Keeps the parameters after some of the steps of a training: what `fit` calls to watch."""

    def __init__(self) -> None:
        self.snapshots: dict[int, tuple[NDArray[np.float32], NDArray[np.float32]]] = {}
        self.steps = 0
        self._wanted: set[int] = set()

    def __call__(
        self, step: int, steps: int, weights: NDArray[np.float32], bias: NDArray[np.float32]
    ) -> None:
        """Keep a copy of the parameters if this step is one of those to show."""
        if step == 0:
            self.steps = steps
            last = min(MOST_SNAPSHOTS, max(2, MOST_BYTES // (weights.nbytes + bias.nbytes))) - 1
            self._wanted = {step_at(place, last, steps) for place in range(last)}
        if step in self._wanted:
            self.snapshots[step] = weights.copy(), bias.copy()


def watch_training(
    dataset: Dataset, config: TrainingConfig, progress: Progress | None = None
) -> dict[int, SoftmaxRegression]:
    """Train, and return the model after some of the steps.

    Parameters
    ----------
    dataset
        What to train with.
    config, progress
        As of `fit`.

    Returns
    -------
    dict
        Step to centred model, in order: step 0, of zeros, to the last, which is the model that
        `fit` returns. At most 300 and 64 MiB of them, chosen as `step_at` shows them.

    Raises
    ------
    MnistvizError
        As `fit`.
    """
    album = Album()
    trained = fit(dataset.train, len(dataset.classes), config, progress, album)
    models = {
        step: SoftmaxRegression(*parameters).centred()
        for step, parameters in album.snapshots.items()
    }
    return models | {album.steps: trained}


def measured(models: dict[int, SoftmaxRegression], test: Split) -> Iterator[TrainingMoment]:
    """Yield the moment of each model, with its accuracy and cross-entropy on a test split."""
    pixels = as_pixels(test.images)

    def moment(step: int) -> TrainingMoment:
        return TrainingMoment(step, models[step], *_scores(models[step], pixels, test.labels))

    # With several threads of its own BLAS adds in another order, and starves where cores are busy.
    with threadpool_limits(1, "blas"), ThreadPoolExecutor(THREADS) as pool:
        yield from pool.map(moment, models)


def _scores(
    model: SoftmaxRegression, pixels: NDArray[np.float32], labels: NDArray[np.int64]
) -> tuple[float, float]:
    """Return accuracy and mean cross-entropy in nats."""
    # One row a class: NumPy reduces over the long axis several times as fast.
    logits = np.ascontiguousarray(model.logits(pixels).T)
    accuracy = float((logits.argmax(axis=0) == labels).mean())
    logits -= logits.max(axis=0)
    true = logits[labels, np.arange(len(labels))]
    losses = np.log(np.exp(logits).sum(axis=0)) - true
    return accuracy, float(losses.mean(dtype=np.float64))
