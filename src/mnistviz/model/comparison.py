"""Two or three models on the same test split: their measures, and McNemar's test of each pair."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnistviz.arguments import shown
from mnistviz.datasets.dataset import Dataset
from mnistviz.errors import OptionError, harmless, is_line
from mnistviz.model.evaluation import Evaluation
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.train import logits_of, source_of

FEWEST, MOST = 2, 3  # models; more are not seen at once
SIGNIFICANT = 0.05  # a p-value below is called evidence


def check_number(models: Sequence[object]) -> None:
    """Refuse what is not as many models as can be compared; raise OptionError."""
    if isinstance(models, (str, bytes)):
        raise OptionError(
            f"models must be a list of models or of their files (got {shown(models)})"
        )
    if not FEWEST <= len(models) <= MOST:
        raise OptionError(f"a comparison is of {FEWEST} or {MOST} models (got {len(models)})")


def names_of(models: Sequence[object], names: Sequence[str] = ()) -> tuple[str, ...]:
    """Return what models are called, no two alike: as they are named, or as their files are.

    Parameters
    ----------
    models
        Models, or the files of some.
    names
        A name for each. Default: of a file its name without suffix, of others 'model' and a number.

    Raises
    ------
    OptionError
        If there is another number of names, one is not a line of text, or two are alike.
    """
    if names:
        if len(names) != len(models) or len(set(names)) < len(names):
            raise OptionError(
                f"names must be {len(models)}, one for each model, and no two alike "
                f"(got {', '.join(names)})"
            )
        for name in names:
            if not is_line(name):
                raise OptionError(f"a name must be one line of text (got {name!r:.80})")
        return tuple(names)
    sources = map(source_of, models)
    files = [Path(source) if isinstance(source, (Path, str)) else None for source in sources]
    stems = _numbered([file.stem if file else "" for file in files])
    found = stems if _differ(stems) else _numbered([str(file or "") for file in files])
    if not _differ(found):  # a model against itself
        found = [f"{name} {place}" for place, name in enumerate(found, 1)]
    return tuple(map(harmless, found))


def _numbered(names: list[str]) -> list[str]:
    return [name or f"model {place}" for place, name in enumerate(names, 1)]


def _differ(names: list[str]) -> bool:
    return len(set(names)) == len(names)


def roughness(model: LinearClassifier, image_size: tuple[int, int]) -> float:
    """Return how rough a model's weights are: ‖∇W‖² / ‖W‖² of the centred weights.

    ∇W are the differences of neighbouring pixels inside the picture, down and across; both norms
    are summed over all classes. White noise has about 3.9, a picture of one grey 0; weights that
    are the same for all classes have NaN.
    """
    weights = model.weights
    centred = weights - weights.mean(axis=1, keepdims=True, dtype=np.float64)
    grid = centred.reshape(*image_size, -1)
    differences = np.square(np.diff(grid, axis=0)).sum() + np.square(np.diff(grid, axis=1)).sum()
    whole = np.square(grid).sum()
    return float(differences / whole) if whole else math.nan


@dataclass(frozen=True)
class McNemar:
    """McNemar's test of whether two models are equally often right on images like these.

    Exact: were they, each image that only one of them gets right would be the one's or the other's
    with probability ½ (McNemar 1947, Psychometrika 12:153-157; for classifiers, Dietterich 1998,
    Neural Computation 10:1895-1923). It does not say how good either is.

    Attributes
    ----------
    first, second
        Names of the models.
    first_only, second_only
        Number of images that only this one of the two gets right.
    """

    first: str
    second: str
    first_only: int
    second_only: int

    @cached_property
    def p(self) -> float:
        """The two-sided p-value in [0, 1]: of a difference as large as this, or larger, by chance.

        Twice the lower tail of the binomial distribution. Its terms are made as logarithms, since
        a binomial coefficient of thousands overflows.
        """
        both, fewer = self.first_only + self.second_only, min(self.first_only, self.second_only)
        steps = np.arange(1, fewer + 1)
        logarithms = np.concatenate(([0.0], np.cumsum(np.log((both - steps + 1) / steps))))
        tail = np.exp(logarithms - both * math.log(2)).sum()
        return float(min(1.0, 2 * tail))

    @property
    def is_significant(self) -> bool:
        """Whether the p-value is below 0.05."""
        return self.p < SIGNIFICANT


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two or three models on the same test images.

    Attributes
    ----------
    names
        Of the models, no two alike.
    evaluations
        Of each model on the same test images.
    roughness
        Of each model's weights, see `roughness`; NaN of weights that are all the same.
    """

    names: tuple[str, ...]
    evaluations: tuple[Evaluation, ...]
    roughness: tuple[float, ...]

    @classmethod
    def of(
        cls, models: Sequence[LinearClassifier], names: tuple[str, ...], dataset: Dataset
    ) -> "Comparison":
        """Return the comparison of models, by their names, on a data set's test images."""
        test = dataset.test
        evaluations = [
            Evaluation(
                logits_of(model, test.images),
                test.labels,
                dataset.classes,
                dataset.name,
                dataset.noun,
                model.kind,
            )
            for model in models
        ]
        rough = [roughness(model, test.image_size) for model in models]
        return cls(names, tuple(evaluations), tuple(rough))

    @cached_property
    def disagreements(self) -> NDArray[np.bool_]:
        """(n,) whether the models predict different classes for each image."""
        first, *others = (evaluation.predicted for evaluation in self.evaluations)
        differ: NDArray[np.bool_] = np.any([first != other for other in others], axis=0)
        return differ

    @cached_property
    def tests(self) -> tuple[McNemar, ...]:
        """McNemar's test of each pair of models."""
        pairs = combinations(zip(self.names, self.evaluations, strict=True), 2)
        return tuple(
            McNemar(
                one,
                other,
                int(np.count_nonzero(first.hits & ~second.hits)),
                int(np.count_nonzero(second.hits & ~first.hits)),
            )
            for (one, first), (other, second) in pairs
        )

    @property
    def rows(self) -> list[tuple[str, str, int, float, float | None, float | None, float]]:
        """Name, kind, right images, accuracy, cross-entropy, calibration error and roughness.

        Cross-entropy in nats; the others are shares of 1, but for the roughness. None is what a
        model without probabilities does not have.
        """
        return [
            (
                name,
                of.kind.name,
                of.right,
                of.accuracy,
                of.cross_entropy,
                of.reliability.error if of.reliability else None,
                rough,
            )
            for name, of, rough in zip(self.names, self.evaluations, self.roughness, strict=True)
        ]

    def as_json(self) -> dict[str, Any]:
        """Return the comparison as values of JSON; a roughness that there is not is None."""
        first = self.evaluations[0]
        models = [
            {"name": name, **of.as_json(), "roughness": None if math.isnan(rough) else rough}
            for name, of, rough in zip(self.names, self.evaluations, self.roughness, strict=True)
        ]
        tests = [
            {
                "models": [test.first, test.second],
                "only_right": [test.first_only, test.second_only],
                "p": test.p,
            }
            for test in self.tests
        ]
        return {
            "dataset": first.dataset,
            "images": first.images,
            "disagreements": np.flatnonzero(self.disagreements).tolist(),
            "models": models,
            "mcnemar": tests,
        }
