"""An evaluation as text: the lines of the command line, and what slides and page write too."""

import math
from collections.abc import Iterator
from itertools import islice

from mnistviz.errors import harmless
from mnistviz.language.language import ENGLISH
from mnistviz.model.evaluation import Evaluation

MISTAKES = 5  # that are listed


def lines(evaluation: Evaluation) -> list[str]:
    """Return the lines: accuracy, a row for each class, and the most confident mistakes."""
    return [
        f"{harmless(evaluation.dataset)}: {right(evaluation)}, "
        f"{ENGLISH.percent(evaluation.accuracy)} ({interval(evaluation)})",
        f"{evaluation.kind.name}: {probabilities(evaluation)}",
        "",
        *_classes(evaluation),
        "",
        *_mistakes(evaluation),
    ]


def right(evaluation: Evaluation) -> str:
    """Return how many images were predicted right, and of how many."""
    return f"{evaluation.right:,} of {evaluation.images:,} test {evaluation.noun}s right"


def interval(evaluation: Evaluation) -> str:
    """Return the 95 % interval of the accuracy."""
    low, high = evaluation.interval
    return f"95 % interval {100 * low:.1f} to {ENGLISH.percent(high)}"


def probabilities(evaluation: Evaluation) -> str:
    """Return cross-entropy and expected calibration error, or that there are no probabilities."""
    if evaluation.cross_entropy is None or evaluation.reliability is None:
        return "scores, no probabilities"
    error = ENGLISH.percent(evaluation.reliability.error)
    return f"cross-entropy {evaluation.cross_entropy:.3f} nats, expected calibration error {error}"


def sure(evaluation: Evaluation, confidence: float) -> str:
    """Return how sure a prediction is: its probability, or its lead on the second class."""
    if evaluation.kind.link:
        return f"{ENGLISH.probability(confidence)} sure"
    return f"ahead by {ENGLISH.signed(confidence).lstrip('+')}"


def surest(evaluation: Evaluation) -> str:
    """Return which mistakes come first."""
    return "most confident" if evaluation.kind.link else "most clearly ahead"


def class_rows(evaluation: Evaluation) -> list[tuple[str, str, str, str]]:
    """Return each class's name, number of images, precision and recall."""
    rows = evaluation.class_rows
    return [(name, f"{count:,}", _share(p), _share(r)) for name, count, p, r in rows]


def mistake_rows(evaluation: Evaluation) -> Iterator[tuple[str, str, str, str]]:
    """Yield each mistake's image, true class, predicted class, and how sure that is."""
    for index, true, predicted, confidence in evaluation.mistake_rows:
        yield f"{evaluation.noun} {index}", true, predicted, sure(evaluation, confidence)


def _classes(evaluation: Evaluation) -> list[str]:
    rows = [(harmless(name), *row) for name, *row in class_rows(evaluation)]
    rows.insert(0, ("class", "images", "precision", "recall"))
    width = max(len(name) for name, *_ in rows)
    return [f"{name:{width}}  {n:>6}  {p:>9}  {r:>7}" for name, n, p, r in rows]


def _mistakes(evaluation: Evaluation) -> list[str]:
    if not len(evaluation.mistakes):
        return ["no mistakes"]
    listed = [
        f"  {image}: true {harmless(true)}, predicted {harmless(predicted)}, {how}"
        for image, true, predicted, how in islice(mistake_rows(evaluation), MISTAKES)
    ]
    return [f"{surest(evaluation)} of {len(evaluation.mistakes):,} mistakes:", *listed]


def _share(value: float) -> str:
    return "–" if math.isnan(value) else ENGLISH.percent(value)
