"""The sliders of time and smoothness: the weights of other versions of a model, as a page's data.

They are int8, with a scale for each class of each version: a weight is off by at most half a scale.
"""

import warnings
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.datasets.dataset import Dataset
from mnistviz.errors import ModelWarning, OptionError
from mnistviz.explorer.packed import as_base64, as_float32
from mnistviz.frame.scales import typical_ink
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.train import ReadModel, model_for
from mnistviz.model.training_config import TrainingConfig
from mnistviz.model.versions import Versions, steps_for, training_of, versions_of
from mnistviz.model.watch import scores
from mnistviz.progress import ProgressCallback

MOST = 127  # the largest int8: no weight is -128, so that zero is in the middle


def with_versions(
    dataset: Dataset, known: ReadModel | None, wanted: bool | None, progress: ProgressCallback
) -> tuple[LinearClassifier, Versions | None]:
    """Return the model of a page, and its versions if it is to have sliders.

    Parameters
    ----------
    dataset
        Whose images the page shows.
    known
        The model, as `read_if_file` returned it; None to train one.
    wanted
        Whether to have sliders; None is where that is possible.
    progress
        Called after each epoch of training.

    Raises
    ------
    OptionError
        Sliders are wanted, and impossible.
    MnistvizError
        As of `model_for`.
    """
    config = training_of(known)
    obstacle = _obstacle_of(config, dataset)
    if wanted and obstacle:
        raise OptionError(f"a page of this model can have no sliders: {obstacle}; leave them out")
    model = None if known is None else model_for(dataset, known, progress)
    if config is not None and not obstacle and wanted is not False:
        versions = versions_of(dataset, config, model, progress)
        if versions is not None:
            return versions.model, versions
        _say_others(wanted)
    return model or model_for(dataset, None, progress), None


def _obstacle_of(config: TrainingConfig | None, dataset: Dataset) -> str:
    """Return why a page can have no sliders, if that is known before training; or nothing."""
    if config is None:
        return "the model does not say how it was trained, so that it cannot be trained again"
    if not steps_for(dataset):
        return "there are so many weights that those of a few steps have no room in a page"
    return ""


def _say_others(wanted: bool | None) -> None:
    """Say that what was trained again is another model, as an error if sliders are wanted."""
    reason = (
        "trained again as its file says, the model has other weights: it was trained on other "
        "data, on another computer or by another version"
    )
    if wanted:
        raise OptionError(f"a page of this model can have no sliders: {reason}; leave them out")
    warnings.warn(
        f"the page has no sliders of time and smoothness: {reason}. --no-sliders, in Python "
        "sliders=False, does without the training",
        ModelWarning,
        stacklevel=2,
    )


def pack_versions(
    versions: Versions,
    dataset: Dataset,
    accuracy: float,
    effect: bool,
) -> dict[str, Any]:
    """Return the versions of a model as data of the page, fit for JSON.

    First are those by step, then those by smoothness; the trained model, which the page has in
    float32, is none of them. Levels (versions, classes, pixels) are deflated, scales and biases
    (versions, classes) are float32; see `quantised`.

    Parameters
    ----------
    versions
        Of the model.
    dataset
        On whose test images they are measured.
    accuracy
        Of the model.
    effect
        Whether the page draws effects of weights, for which it has the typical ink.
    """
    models = [*versions.by_step.values(), *versions.by_smoothness.values()]
    levels, scales = zip(*(quantised(model.weights.T) for model in models), strict=True)
    found = iter([score.accuracy for score in scores(models, dataset.test)])
    by_smoothness = sorted([*versions.by_smoothness, versions.smoothness])
    return {
        "steps": [*versions.by_step, versions.steps],
        "stepAccuracies": [next(found) for _ in versions.by_step] + [accuracy],
        "smoothness": by_smoothness,
        "smoothnessAccuracies": [
            accuracy if each == versions.smoothness else next(found) for each in by_smoothness
        ],
        "own": by_smoothness.index(versions.smoothness),
        "levels": as_base64(zlib.compress(np.array(levels).tobytes(), 9)),
        "scales": as_float32(np.array(scales)),
        "bias": as_float32(np.array([model.bias for model in models])),
        "ink": as_float32(typical_ink(dataset.train)) if effect else "",
    }


def quantised(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return weights (classes, pixels) as levels in int8, and the scale of each class.

    Scale times level is the weight to within half a scale.
    """
    largest = np.abs(weights).max(axis=1).astype(np.float64)
    scales = (largest / MOST).astype(np.float32)
    # Not below the quotient, so that no level is above 127.
    scales = np.where(scales * np.float64(MOST) < largest, np.nextafter(scales, np.inf), scales)
    divisors = np.where(scales > 0, scales, 1).astype(np.float64)[:, None]
    return np.rint(weights / divisors).astype(np.int8), scales.astype(np.float32)
