"""An evaluation as text: the lines of the command line, and what slides and page write too."""

import math
from collections.abc import Iterator
from itertools import islice

from mnistviz.errors import harmless
from mnistviz.language.language import ENGLISH, Language
from mnistviz.language.terms import noun_of
from mnistviz.model.evaluation import Evaluation

MISTAKES = 5  # that are listed


def lines(evaluation: Evaluation) -> list[str]:
    """Return the lines: accuracy, a row for each class, and the most confident mistakes.

    They are English, as all that the command line says.
    """
    accuracy, interval = ENGLISH.share(evaluation.accuracy), interval_of(ENGLISH, evaluation)
    return [
        f"{harmless(evaluation.dataset)}: {right(ENGLISH, evaluation)}, {accuracy} ({interval})",
        f"{evaluation.kind.name}: {probabilities(ENGLISH, evaluation)}",
        "",
        *_classes(evaluation),
        "",
        *_mistakes(evaluation),
    ]


def right(language: Language, evaluation: Evaluation) -> str:
    """Return how many images were predicted right, and of how many."""
    return language.say(
        "{right} of {number} test {noun}s right",
        right=language.number(evaluation.right),
        number=language.number(evaluation.images),
        noun=noun_of(language, evaluation.noun),
    )


def interval_of(language: Language, evaluation: Evaluation) -> str:
    """Return the 95 % interval of the accuracy."""
    low, high = (language.number(100 * share, 1) for share in evaluation.interval)
    # Translators: the confidence interval of a share; level is "95 %".
    return language.say(
        "{level} interval {low} to {high} %", level=language.percent(0.95, 0), low=low, high=high
    )


def probabilities(language: Language, evaluation: Evaluation) -> str:
    """Return cross-entropy and expected calibration error, or that there are no probabilities."""
    if evaluation.cross_entropy is None or evaluation.reliability is None:
        # Translators: what a model gives.
        return language.say("scores, no probabilities")
    return language.say(
        "cross-entropy {loss} nats, expected calibration error {error}",
        loss=language.number(evaluation.cross_entropy, 3),
        error=language.percent(evaluation.reliability.error),
    )


def sure(language: Language, evaluation: Evaluation, confidence: float) -> str:
    """Return how sure a prediction is: its probability, or its lead on the second class."""
    if evaluation.kind.link:
        # Translators: of a prediction: the model is sure of it by this much.
        return language.say("{share} sure", share=language.probability(confidence))
    # Translators: the score of the prediction is higher than the second one by this much.
    return language.say("ahead by {lead}", lead=language.signed(confidence).replace("+", ""))


def image_of(language: Language, noun: str, index: int) -> str:
    """Return which test image it is, by the number that --index takes."""
    # Translators: a test image by its number, as "digit 1717".
    return language.say("{noun} {index}", noun=noun_of(language, noun), index=index)


def class_rows(language: Language, evaluation: Evaluation) -> list[tuple[str, str, str, str]]:
    """Return each class's name, number of images, precision and recall."""
    return [
        (name, language.number(count), _share(language, precision), _share(language, recall))
        for name, count, precision, recall in evaluation.class_rows
    ]


def mistake_rows(language: Language, evaluation: Evaluation) -> Iterator[tuple[str, str, str, str]]:
    """Yield each mistake's image, true class, predicted class, and how sure that is."""
    for index, true, predicted, confidence in evaluation.mistake_rows:
        how = sure(language, evaluation, confidence)
        yield image_of(language, evaluation.noun, index), true, predicted, how


def _classes(evaluation: Evaluation) -> list[str]:
    rows = [(harmless(name), *row) for name, *row in class_rows(ENGLISH, evaluation)]
    rows.insert(0, ("class", "images", "precision", "recall"))
    width = max(len(name) for name, *_ in rows)
    return [f"{name:{width}}  {n:>6}  {p:>9}  {r:>7}" for name, n, p, r in rows]


def _mistakes(evaluation: Evaluation) -> list[str]:
    if not len(evaluation.mistakes):
        return ["no mistakes"]
    listed = [
        f"  {image}: true {harmless(true)}, predicted {harmless(predicted)}, {how}"
        for image, true, predicted, how in islice(mistake_rows(ENGLISH, evaluation), MISTAKES)
    ]
    surest = "most confident" if evaluation.kind.link else "most clearly ahead"
    return [f"{surest} of {len(evaluation.mistakes):,} mistakes:", *listed]


def _share(language: Language, value: float) -> str:
    return "–" if math.isnan(value) else language.share(value)
