"""A comparison of models as text: the table, and what McNemar's tests say in words."""

import math
from collections.abc import Iterator

from mnistviz.errors import harmless
from mnistviz.frame import words
from mnistviz.language.language import ENGLISH, Language
from mnistviz.language.terms import kind_of, noun_of
from mnistviz.model.comparison import Comparison, McNemar

LEAST_P = 0.0001  # a smaller p-value is said to be smaller


def heads(language: Language) -> tuple[str, ...]:
    """Return the heads of the table's columns, after the names of the models."""
    say = language.say
    # Translators: heads of the table of models; right is the number of images that are.
    kind, right, accuracy = say("kind"), say("right"), say("accuracy")
    measures = say("cross-entropy"), say("calibration error"), say("roughness")
    return kind, right, accuracy, *measures


def lines(comparison: Comparison) -> list[str]:
    """Return the lines: a row for each model, how often they disagree, and each pair's test.

    They are English, as all that the command line says.
    """
    first, top = comparison.evaluations[0], ("", *heads(ENGLISH))
    table = [top, *((harmless(name), *values) for name, *values in rows(ENGLISH, comparison))]
    return [
        f"{harmless(first.dataset)}: {_disagreeing(comparison)}",
        "",
        *_aligned(table),
        "",
        *(harmless(sentence(ENGLISH, test, first.noun)) for test in comparison.tests),
    ]


def rows(language: Language, comparison: Comparison) -> Iterator[tuple[str, ...]]:
    """Yield each model's name, and what stands under each of the heads."""
    for name, kind, right, accuracy, entropy, error, rough in comparison.rows:
        yield (
            name,
            kind_of(language, kind),
            language.number(right),
            language.share(accuracy),
            _number(language, entropy),
            "–" if error is None or math.isnan(error) else language.percent(error),
            _number(language, rough),
        )


def sentence(language: Language, test: McNemar, noun: str) -> str:
    """Return McNemar's test of two models in words, from which the numbers can be checked."""
    counts = language.say_counted(
        "{one} is right on {number} {noun} that {other} gets wrong, "
        "{other} on {others} that {one} gets wrong",
        "{one} is right on {number} {noun}s that {other} gets wrong, "
        "{other} on {others} that {one} gets wrong",
        test.first_only,
        noun=noun_of(language, noun),
        one=test.first,
        other=test.second,
        others=language.number(test.second_only),
    )
    values = {"counts": counts, "p": _p(language, test.p)}
    if not test.is_significant:
        return language.say(
            "{counts}: McNemar's test, {p}, no evidence that either is better", **values
        )
    better = test.first if test.first_only > test.second_only else test.second
    # Translators: counts is "a is right on 12 digits that b gets wrong, b on 30 that a gets wrong".
    return language.say(
        "{counts}: McNemar's test, {p}, evidence that {better} is better", better=better, **values
    )


def _disagreeing(comparison: Comparison) -> str:
    first = comparison.evaluations[0]
    return words.disagreeing(ENGLISH, int(comparison.disagreements.sum()), first.images, first.noun)


def _p(language: Language, p: float) -> str:
    """Return a p-value with two digits that count, or that it is smaller than any of interest."""
    sign, written = ("=", f"{p:.2g}") if p >= LEAST_P else ("<", str(LEAST_P))
    return f"p {sign} {language.number(float(written), len(written.partition('.')[2]))}"


def _aligned(table: list[tuple[str, ...]]) -> Iterator[str]:
    """Yield rows of texts as lines: the first column to the left, the others to the right."""
    first, *others = (max(map(len, column)) for column in zip(*table, strict=True))
    for name, *values in table:
        cells = (f"{value:>{width}}" for value, width in zip(values, others, strict=True))
        yield "  ".join((f"{name:{first}}", *cells))


def _number(language: Language, value: float | None) -> str:
    return "–" if value is None or math.isnan(value) else language.number(value, 3)
