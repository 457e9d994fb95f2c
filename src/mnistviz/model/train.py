"""The model of a film: trained now, read, or as given."""

from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from mnistviz import __version__
from mnistviz.config import TrainingConfig
from mnistviz.datasets.dataset import Dataset, Split
from mnistviz.errors import ModelError
from mnistviz.film.checks import MODEL_SUFFIXES
from mnistviz.frame import words as wording
from mnistviz.model.fit import Progress as EpochProgress
from mnistviz.model.fit import fit
from mnistviz.model.foreign import LinearWeights
from mnistviz.model.read import read_model
from mnistviz.model.saved import TrainedModel
from mnistviz.model.softmax import SoftmaxRegression, as_pixels
from mnistviz.output import check_target, replacing
from mnistviz.progress import Progress, ProgressCallback, silent

Model = SoftmaxRegression | TrainedModel | LinearWeights | Path | str | None


def train_model(
    dataset: Dataset,
    out: Path | str | None = None,
    config: TrainingConfig = TrainingConfig(),
    progress: ProgressCallback = silent,
) -> TrainedModel:
    """Train a softmax regression.

    Parameters
    ----------
    dataset
        What to train and test with.
    out
        Model file to write, ending in ``.npz``; none by default.
    config
        How to train.
    progress
        Called after each epoch.

    Returns
    -------
    TrainedModel
        The model; its ``training`` tells how it was trained and its accuracy on the test split.

    Raises
    ------
    MnistvizError
        If the file cannot be written or the training fails. An older file stays as it was.
    """
    if out is not None:
        check_target(Path(out), MODEL_SUFFIXES)

    model = fit(dataset.train, len(dataset.classes), config, reporting(progress))
    hits = logits_of(model, dataset.test).argmax(axis=1) == dataset.test.labels
    how = asdict(config) | {
        "dataset": dataset.name,
        "mnistviz": __version__,
        "test_accuracy": float(hits.mean()),
    }
    trained = TrainedModel(model, dataset.classes, dataset.test.image_size, how)
    if out is not None:
        with replacing(Path(out)) as part, part.open("wb") as file:
            trained.write(file)
    return trained


def model_for(dataset: Dataset, model: Model, progress: ProgressCallback) -> SoftmaxRegression:
    """Return the model to show: trained now, read, or as given.

    Parameters
    ----------
    dataset
        What the model must fit, and is trained with if there is none.
    model
        A model, or the file of one as `read_model` takes it; None to train one.
    progress
        Called after each epoch of training.

    Raises
    ------
    MnistvizError
        The model cannot be read or does not fit, or the training fails.
    """
    if model is None:
        return train_model(dataset, progress=progress).model
    if isinstance(model, SoftmaxRegression):
        return _checked(model, dataset)
    known = read_model(model) if isinstance(model, (Path, str)) else model
    return known.fitted(dataset.classes, dataset.test.image_size)


def _checked(model: SoftmaxRegression, dataset: Dataset) -> SoftmaxRegression:
    """Return a model of the data's shape, centred: what is drawn is what tells classes apart."""
    expected = dataset.test.images[0].size, len(dataset.classes)
    if model.weights.shape != expected:
        got = "×".join(map(str, model.weights.shape))
        raise ModelError(
            f"the model has weights of {got}, pixels by classes; expected "
            f"{expected[0]}×{expected[1]}, as {dataset.name} has"
        )
    return model.centred()


def logits_of(model: SoftmaxRegression, split: Split) -> NDArray[np.float32]:
    """Return the logits of a whole split, (n, classes)."""
    # With several threads BLAS adds in another order, and starves where cores are busy.
    with threadpool_limits(1, "blas"):
        return model.logits(as_pixels(split.images))


def reporting(progress: ProgressCallback) -> EpochProgress:
    """Return what `fit` calls after each epoch, to tell it on."""

    def report(epoch: int, epochs: int, cross_entropy: float, accuracy: float) -> None:
        note = f"cross-entropy {cross_entropy:.3f}, accuracy {wording.percent(accuracy)}"
        progress(Progress("training", epoch, epochs, note))

    return report
