"""A comparison of models as text: the table, and what McNemar's tests say in words."""

import math
from collections.abc import Iterator

from mnistviz.errors import harmless
from mnistviz.frame import words
from mnistviz.language.language import ENGLISH
from mnistviz.model.comparison import Comparison, McNemar

HEADS = ("kind", "right", "accuracy", "cross-entropy", "calibration error", "roughness")
LEAST_P = 0.0001  # a smaller p-value is said to be smaller


def lines(comparison: Comparison) -> list[str]:
    """Return the lines: a row for each model, how often they disagree, and each pair's test."""
    first, heads = comparison.evaluations[0], ("", *HEADS)
    table = [heads, *((harmless(name), *values) for name, *values in rows(comparison))]
    return [
        f"{harmless(first.dataset)}: {disagreeing(comparison)}",
        "",
        *_aligned(table),
        "",
        *(harmless(sentence(test, first.noun)) for test in comparison.tests),
    ]


def rows(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    """Yield each model's name, and what stands under each of the heads."""
    for name, kind, right, accuracy, entropy, error, rough in comparison.rows:
        yield (
            name,
            kind,
            f"{right:,}",
            ENGLISH.percent(accuracy),
            _number(entropy),
            "–" if error is None or math.isnan(error) else ENGLISH.percent(error),
            _number(rough),
        )


def disagreeing(comparison: Comparison) -> str:
    """Return on how many of the test images the models disagree."""
    first = comparison.evaluations[0]
    return words.disagreeing(ENGLISH, int(comparison.disagreements.sum()), first.images, first.noun)


def sentence(test: McNemar, noun: str) -> str:
    """Return McNemar's test of two models in words, from which the numbers can be checked."""
    one, other = test.first, test.second
    only = words.counted(ENGLISH, test.first_only, noun)
    counts = f"{one} is right on {only} that {other} gets wrong, {other} on {test.second_only:,}"
    p = f"p = {test.p:.2g}" if test.p >= LEAST_P else f"p < {LEAST_P}"
    better = one if test.first_only > test.second_only else other
    said = f"evidence that {better} is" if test.is_significant else "no evidence that either is"
    return f"{counts} that {one} gets wrong: McNemar's test, {p}, {said} better"


def _aligned(table: list[tuple[str, ...]]) -> Iterator[str]:
    """Yield rows of texts as lines: the first column to the left, the others to the right."""
    first, *others = (max(map(len, column)) for column in zip(*table, strict=True))
    for name, *values in table:
        cells = (f"{value:>{width}}" for value, width in zip(values, others, strict=True))
        yield "  ".join((f"{name:{first}}", *cells))


def _number(value: float | None) -> str:
    return "–" if value is None or math.isnan(value) else f"{value:.3f}"
