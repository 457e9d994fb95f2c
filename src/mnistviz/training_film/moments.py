"""The moments of a training: the model after some of its steps, and when each of them is on."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from mnistviz.datasets.dataset import Dataset, Split, as_pixels
from mnistviz.model.fit import THREADS, EpochProgress, fit
from mnistviz.model.softmax import SoftmaxRegression
from mnistviz.model.training_config import TrainingConfig

GROWING, HELD = 10, 2  # seconds until the trained model is on, and for which it stays
MOST_SNAPSHOTS = 300  # ten seconds at 30 frames a second
MOST_BYTES = 2**26  # of all snapshots: fewer are kept of images of 64×64 pixels


@dataclass(frozen=True, eq=False)
class TrainingMoment:
    """The model after so many steps. A frame depends on it and on those before alone.

    Attributes
    ----------
    step
        Steps done, from 0.
    model
        The model after them, centred.
    accuracy
        Share of the test images that exactly this model predicts right, in [0, 1].
    cross_entropy
        Its mean cross-entropy on the test images, in nats.
    """

    step: int
    model: SoftmaxRegression
    accuracy: float
    cross_entropy: float


def step_at(place: int, last: int, steps: int) -> int:
    """Return the step that is on at a place of the film, from 0 to `last`.

    Steps go with the square of time: the first tenth of the film shows a hundredth of the steps.
    That is slow where most happens, since early steps change the weights the most, and the film
    then speeds up evenly.
    """
    return steps * place**2 // last**2


def reel_of(moments: Sequence[TrainingMoment], rate: int) -> list[TrainingMoment]:
    """Return the moments of a film, one a picture: while a step stays on, the same object.

    Parameters
    ----------
    moments
        Those that were kept, in the order of their steps; the first is step 0, the last the
        trained model.
    rate
        Pictures a second.
    """
    kept, last = [moment.step for moment in moments], GROWING * rate - 1
    pictures = range((GROWING + HELD) * rate)
    steps = (step_at(min(picture, last), last, kept[-1]) for picture in pictures)
    return [moments[bisect_right(kept, step) - 1] for step in steps]


class Snapshots:
    """Keeps the parameters after some of the steps of a training: what `fit` calls to watch."""

    def __init__(self) -> None:
        self.kept: dict[int, tuple[NDArray[np.float32], NDArray[np.float32]]] = {}
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
            self.kept[step] = weights.copy(), bias.copy()


def watch_training(
    dataset: Dataset, config: TrainingConfig, progress: EpochProgress | None = None
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
    snapshots = Snapshots()
    trained = fit(dataset.train, len(dataset.classes), config, progress, snapshots)
    models = {
        step: SoftmaxRegression(*parameters).centred()
        for step, parameters in snapshots.kept.items()
    }
    return models | {snapshots.steps: trained}


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
