"""A model as it was on its way, and as it would be with other smoothness: trained again."""

import math
from contextlib import suppress
from dataclasses import dataclass, fields, replace

import numpy as np

from mnistviz.datasets.aside import with_validation
from mnistviz.datasets.dataset import Dataset
from mnistviz.errors import MnistvizError, ModelError
from mnistviz.model.fit import fit
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.saved import TrainedModel
from mnistviz.model.train import ReadModel, reporting
from mnistviz.model.training_config import TrainingConfig
from mnistviz.model.watch import Snapshots
from mnistviz.progress import Progress, ProgressCallback

MOST_STEPS, LEAST_STEPS = 24, 3  # at most, about; and so few that they tell nothing
SMOOTHNESS = (0.0, 3e-6, 3e-5, 3e-4, 1e-2)  # from accurate noise to clear shapes
MOST_WEIGHTS = 2**19  # of all versions: fewer steps of many classes or large images


@dataclass(frozen=True, eq=False)
class Versions:
    """A model, with those that it might be taken for.

    Attributes
    ----------
    model
        The trained one.
    steps
        Of its training.
    smoothness
        Of its training.
    by_step
        Models after fewer steps, in order; the first is step 0, a model of zeros.
    by_smoothness
        Models trained with other smoothness, in order; none of a training that diverged.
    """

    model: LinearClassifier
    steps: int
    smoothness: float
    by_step: dict[int, LinearClassifier]
    by_smoothness: dict[float, LinearClassifier]


def training_of(model: ReadModel | None) -> TrainingConfig | None:
    """Return how a model, as `read_if_file` returned it, was trained, or is to be; or None.

    None of other people's weights, and of a model that does not say all of it.
    """
    if model is None:
        return TrainingConfig()
    if not isinstance(model, TrainedModel):
        return None
    names = [field.name for field in fields(TrainingConfig)]
    try:
        return TrainingConfig(**{name: model.training[name] for name in names})
    except (KeyError, MnistvizError):
        return None


def steps_for(dataset: Dataset) -> int:
    """Return after how many steps a model of a data set is kept: none, if only a few have room."""
    weights = dataset.test.images[0].size * len(dataset.classes)
    steps = min(MOST_STEPS, MOST_WEIGHTS // weights - (len(SMOOTHNESS) - 1))
    return steps if steps >= LEAST_STEPS else 0


def steps_shown(steps: int, most: int) -> tuple[int, ...]:
    """Return steps from 0 to the last, at most so many: each later by about the same factor.

    Most of what is to be seen happens first.
    """
    return tuple(dict.fromkeys((np.geomspace(1, steps + 1, most) - 1).round().astype(int).tolist()))


def smoothness_beside(own: float) -> tuple[float, ...]:
    """Return five values of smoothness, the own among them: in place of the one nearest to it."""
    if own in SMOOTHNESS:
        return SMOOTHNESS
    least = SMOOTHNESS[1] / 2  # as near to 0, which has no logarithm, as the next
    nearest = min(SMOOTHNESS, key=lambda it: abs(math.log(max(it, least) / max(own, least))))
    return tuple(sorted({*SMOOTHNESS, own} - {nearest}))


def versions_of(
    dataset: Dataset,
    config: TrainingConfig,
    expected: LinearClassifier | None,
    progress: ProgressCallback,
) -> Versions | None:
    """Train again, and return the versions of a model.

    Parameters
    ----------
    dataset
        What to train with.
    config
        How the model was trained.
    expected
        The model; None to take the one that is trained now.
    progress
        Called after each epoch of all trainings.

    Returns
    -------
    Versions
        None, if what is trained is not the expected model, to the bit.

    Raises
    ------
    MnistvizError
        No model is expected, and the training fails.
    """
    others = [each for each in smoothness_beside(config.smoothness) if each != config.smoothness]
    reports = [_part_of(progress, part, 1 + len(others)) for part in range(1 + len(others))]
    snapshots = Snapshots(steps_for(dataset), steps_shown)
    try:
        dataset = with_validation(dataset, config.validation_share, config.seed)
        train, classes = dataset.train, len(dataset.classes)
        model = fit(train, classes, config, reporting(reports[0]), snapshots)
    except MnistvizError:
        if expected is None:
            raise
        return None
    if expected is not None and not _is_same(model, expected):
        return None
    smooth = {}
    for smoothness, report in zip(others, reports[1:], strict=True):
        with suppress(ModelError):  # it diverged
            other = replace(config, smoothness=smoothness)
            smooth[smoothness] = fit(train, classes, other, reporting(report))
    return Versions(model, snapshots.steps, config.smoothness, snapshots.models(), smooth)


def _part_of(progress: ProgressCallback, part: int, parts: int) -> ProgressCallback:
    """Return what reports one of several trainings as a part of all."""

    def report(it: Progress) -> None:
        progress(replace(it, done=part * it.total + it.done, total=parts * it.total))

    return report


def _is_same(model: LinearClassifier, other: LinearClassifier) -> bool:
    """Whether two models are the same to the bit."""
    pairs = (model.weights, other.weights), (model.bias, other.bias)
    return all(own.tobytes() == its.tobytes() for own, its in pairs)
