"""Resolve what a caller names as a model, or train one."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from mnistviz.datasets.dataset import Dataset, as_pixels
from mnistviz.errors import ModelError, OptionError
from mnistviz.model.estimator import ImportedModel
from mnistviz.model.fit import EpochProgress, fit
from mnistviz.model.foreign import LinearWeights
from mnistviz.model.import_check import warn_of_better
from mnistviz.model.kind import SOFTMAX, Kind
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.read import Numbers, read_model
from mnistviz.model.saved import TrainedModel
from mnistviz.model.training_config import TrainingConfig
from mnistviz.progress import Progress, ProgressCallback

AT_ONCE = 10_000  # images; in float32 they take four times the memory


@dataclass(frozen=True)
class ModelFile:
    """The file of a model that is still to be read, with the arguments of `read_model`."""

    path: Path | str
    input_scale: Numbers | None = None
    input_shift: Numbers | None = None
    pixel_order: str | None = None
    class_order: tuple[str, ...] | None = None
    kind: str | None = None


ReadModel = LinearClassifier | TrainedModel | LinearWeights
Model = ReadModel | ModelFile | Path | str | None
"""What functions take that need a model: one, the file of one, or None to train one first."""


def read_if_file(model: Model) -> ReadModel | None:
    """Return a model as it is given, or read its file: before data are loaded, which may take long.

    Raises
    ------
    MnistvizError
        The file cannot be read, or it is no model that is given.
    """
    if isinstance(model, (Path, str)):
        return read_model(model)
    if isinstance(model, ModelFile):
        return read_model(**vars(model))
    if model is None or isinstance(model, ReadModel):
        return model
    raise OptionError(
        f"expected a model or the file of one, got a {type(model).__name__}; for a classifier of "
        "scikit-learn take mnistviz.from_sklearn"
    )


def source_of(model: object) -> object:
    """Return the path of a model that is still to be read; anything else as it is."""
    return model.path if isinstance(model, ModelFile) else model


def files_of(model: object) -> tuple[object, ...]:
    """Return the files of a model that is still to be read; a model itself as it is."""
    if isinstance(model, ModelFile):
        return model.path, model.input_scale, model.input_shift
    return (model,)


def is_imported(model: ReadModel | None) -> bool:
    """Whether a model, as `read_if_file` returned it, is other people's."""
    return isinstance(model, (ImportedModel, LinearWeights))


def kind_of(model: ReadModel | None) -> Kind:
    """Return the kind of a model, as `read_if_file` returned it: of one trained now, softmax."""
    if model is None or isinstance(model, TrainedModel):
        return SOFTMAX
    return model.kind


def model_for(
    dataset: Dataset, model: ReadModel | None, progress: ProgressCallback
) -> LinearClassifier:
    """Return the classifier for a data set: as `read_if_file` returned it, or trained now.

    Raises
    ------
    MnistvizError
        The model does not fit the data, or the training fails.
    """
    if model is None:
        return fit(dataset.train, len(dataset.classes), TrainingConfig(), reporting(progress))
    if isinstance(model, ImportedModel) and model.origin is not None:
        model = model.origin
    if isinstance(model, LinearWeights):
        warn_of_better(model, dataset)
    if not isinstance(model, LinearClassifier):
        return model.fitted(dataset.classes, dataset.test.image_size)
    expected = dataset.test.images[0].size, len(dataset.classes)
    if model.weights.shape != expected:
        got = "×".join(map(str, model.weights.shape))
        raise ModelError(
            f"the model has weights of {got}, pixels by classes; expected "
            f"{expected[0]}×{expected[1]}, as {dataset.name} has"
        )
    return model.centred()  # what is drawn is what tells classes apart


def logits_of(model: LinearClassifier, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the logits (n, classes) of images (n, height, width)."""
    # With several threads BLAS adds in another order, and starves where cores are busy.
    with threadpool_limits(1, "blas"):
        parts = [images[first : first + AT_ONCE] for first in range(0, len(images), AT_ONCE)]
        return np.concatenate([model.logits(as_pixels(part)) for part in parts])


def reporting(progress: ProgressCallback) -> EpochProgress:
    """Return the callback of `fit` that reports each epoch as progress."""

    def report(epoch: int, epochs: int, cross_entropy: float, accuracy: float) -> None:
        note = f"cross-entropy {cross_entropy:.3f}, accuracy {100 * accuracy:.1f} %"
        progress(Progress("training", epoch, epochs, note))

    return report
