"""An evaluation as lines of text."""

import math

from mnistviz.frame import words as wording
from mnistviz.model.evaluation import Evaluation

MISTAKES = 5  # that are named


def lines(evaluation: Evaluation) -> list[str]:
    """Return the lines: accuracy, a row for each class, and the most confident mistakes."""
    low, high = evaluation.interval
    name = wording.harmless(evaluation.dataset)
    return [
        f"{name}: {evaluation.right:,} of {evaluation.images:,} test {evaluation.noun}s right, "
        f"{wording.percent(evaluation.accuracy)} (95 % interval {100 * low:.1f} to "
        f"{wording.percent(high)})",
        f"cross-entropy {evaluation.cross_entropy:.3f}, "
        f"expected calibration error {wording.percent(evaluation.reliability.error)}",
        "",
        *_classes(evaluation),
        "",
        *_mistakes(evaluation),
    ]


def _classes(evaluation: Evaluation) -> list[str]:
    names = [wording.harmless(name) for name in evaluation.classes]
    width = max(len("class"), *map(len, names))
    images = evaluation.confusion.sum(axis=1)
    rows = zip(names, images, evaluation.precision, evaluation.recall, strict=True)
    return [f"{'class':{width}}  images  precision   recall"] + [
        f"{name:{width}}  {count:6,}  {_share(precision):>9}  {_share(recall):>7}"
        for name, count, precision, recall in rows
    ]


def _mistakes(evaluation: Evaluation) -> list[str]:
    if not len(evaluation.mistakes):
        return ["no mistakes"]
    names = [wording.harmless(name) for name in evaluation.classes]
    return [f"most confident of {len(evaluation.mistakes):,} mistakes:"] + [
        f"  {evaluation.noun} {index}: {wording.true(names[evaluation.labels[index]])}, "
        f"{wording.predicted(names[evaluation.predicted[index]])}, "
        f"{wording.percent(evaluation.confidence[index])}"
        for index in evaluation.mistakes[:MISTAKES]
    ]


def _share(value: float) -> str:
    return "–" if math.isnan(value) else wording.percent(value)
