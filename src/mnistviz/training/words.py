"""The words and numbers in the frames of the training film."""

import math
from collections.abc import Callable, Sequence
from functools import partial

from mnistviz.datasets.dataset import Dataset
from mnistviz.frame import words as frame_words
from mnistviz.language.language import ENGLISH, Language
from mnistviz.language.terms import noun_of
from mnistviz.model.fit import batch_size_of
from mnistviz.model.kind import SOFTMAX
from mnistviz.model.training_config import TrainingConfig
from mnistviz.model.watch import MOST_SAMPLED, TrainingMoment

EARLY = 0.88  # share of the final accuracy that early weights reach


def titles(language: Language) -> tuple[str, str]:
    """Return the titles of both charts."""
    return language.say("accuracy"), language.say("cross-entropy, in nats")


def axis(language: Language) -> str:
    """Return what stands under a chart."""
    return language.say("training step (square-root scale)")


def parts(language: Language, config: TrainingConfig) -> tuple[str, str]:
    """Return the names of the solid curves, of images not trained with, and of the dashed ones."""
    # Translators: name of a curve: of the images that it is about.
    unseen = {"test": language.say("test"), "validation": language.say("validation")}
    return unseen[config.unseen], language.say("training")


def header(language: Language, step: int, steps: int, epochs: int) -> str:
    """Return how far the training is."""
    number = language.number
    done = language.say("step {step} of {steps}", step=number(step), steps=number(steps))
    current = language.say(
        "epoch {epoch} of {epochs}",
        epoch=plain(language, epoch_of(step, steps, epochs)),
        epochs=plain(language, epochs),
    )
    return language.in_a_line((done, current))


def about(language: Language, weights: int, effect: bool = False) -> str:
    """Return what is trained, and what is drawn of it."""
    return frame_words.about(language, SOFTMAX.name, weights, effect)


def cross_entropy(language: Language, value: float) -> str:
    """Return a cross-entropy with three decimals."""
    return language.number(value, 3)


def numbered(language: Language) -> tuple[Callable[[float], str], ...]:
    """Return what writes the values of each chart."""
    return language.percent, partial(cross_entropy, language)


def percent(language: Language, share: float) -> str:
    """Return a number at the side of the chart of the accuracy."""
    return language.percent(share, 0)


def plain(language: Language, value: float) -> str:
    """Return a number with the digits that count, up to six."""
    written = f"{value:.6g}"
    if language == ENGLISH or "e" in written:  # English without commas, as an option takes it
        return written
    return language.number(value, len(written.partition(".")[2]))


def footer(language: Language, dataset: Dataset, config: TrainingConfig) -> str:
    """Return which images the charts are about."""
    unseen, trained = len(dataset.test), len(dataset.train)
    values = {
        "unseen": language.number(unseen),
        "sample": language.number(min(trained, unseen, MOST_SAMPLED)),
        "noun": noun_of(language, dataset.noun),
    }
    # Translators: sample is how many of the training images are measured.
    if config.validation_share:
        return language.say(
            "measured: all {unseen} validation {noun}s, {sample} of training", **values
        )
    return language.say("measured: all {unseen} test {noun}s, {sample} of training", **values)


def settings(language: Language, config: TrainingConfig, images: int) -> str:
    """Return how a model is trained with so many images."""
    say = language.say
    # Translators: settings of the training, each with its number after it.
    named = {
        say("epochs"): config.epochs,
        say("batch size"): batch_size_of(config, images),
        say("learning rate"): config.learning_rate,
        say("l2"): config.l2,
        say("smoothness"): config.smoothness,
        say("focus"): config.focus,
        say("seed"): config.seed,
    }
    if config.validation_share:
        named[say("validation share")] = config.validation_share
    return language.in_a_line(f"{name} {plain(language, value)}" for name, value in named.items())


def ending(language: Language, early: TrainingMoment, last: TrainingMoment) -> str:
    """Return what the weights were early, legible as images, and what they are in the end."""
    return _ending(language, early.step, early.unseen.accuracy, last.step, last.unseen.accuracy)


def _ending(language: Language, early: int, first: float, steps: int, last: float) -> str:
    # Translators: what the weights look like early, at a step and accuracy, and in the end.
    return language.say(
        "step {early}: templates, {before} → {steps}: differences, {after}",
        early=language.number(early),
        before=language.percent(first),
        steps=language.number(steps),
        after=language.percent(last),
    )


def early_of(moments: Sequence[TrainingMoment]) -> TrainingMoment:
    """Return the first moment that is right nearly as often as the last.

    Its weights still look like the images of their classes.
    """
    enough = EARLY * moments[-1].unseen.accuracy
    return next(moment for moment in moments if moment.unseen.accuracy >= enough)


# Room is left for these, since the steps are not known before the training.


def widest_header(language: Language) -> str:
    """Return the widest header."""
    return header(language, 88_888, 88_888, 88)


def widest_numbers(language: Language) -> tuple[str, str]:
    """Return the widest accuracy and cross-entropy beside the curves."""
    return language.percent(0.888), cross_entropy(language, 88.888)


def widest_ending(language: Language) -> str:
    """Return the widest last line."""
    return _ending(language, 888, 0.888, 88_888, 0.888)


def epoch_of(step: int, steps: int, epochs: int) -> int:
    """Return the epoch of a step; step 0 is of the first."""
    return max(1, math.ceil(step * epochs / steps))
