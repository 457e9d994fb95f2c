"""The words and numbers of the training film: in its frames, its captions and its file."""

import math
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate, groupby, pairwise

from mnistviz.datasets.dataset import Dataset
from mnistviz.formats.notes import Cue, Notes, isolated, licence
from mnistviz.frame import words as frame_words
from mnistviz.language.language import ENGLISH, Language
from mnistviz.language.terms import noun_of
from mnistviz.model.fit import batch_size_of
from mnistviz.model.kind import SOFTMAX
from mnistviz.model.training_config import TrainingConfig
from mnistviz.model.watch import MOST_SAMPLED, TrainingMoment

EARLY = 0.88  # share of the final accuracy that early weights reach
PARTS, LEAST = 3, 3  # most captions of the training, and least seconds of each: to be read
MOST_EPOCHS = 12  # that are a chapter each: about as many as there are seconds


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
        epoch=plain(language, _epoch(step, steps, epochs)),
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


def notes(
    language: Language,
    dataset: Dataset,
    reel: Sequence[TrainingMoment],
    rate: int,
    config: TrainingConfig,
    title: str,
) -> Notes:
    """Return title, description, captions and chapters of a training film.

    Parameters
    ----------
    language
        In which they are said.
    dataset
        What is learnt.
    reel
        The film's moments, one a frame.
    rate
        Frames a second.
    config
        How it was trained.
    title
        Of the film; an empty one for that of all.
    """
    last, test, name = reel[-1], dataset.test, isolated(dataset.name)
    images = frame_words.counted(language, len(dataset.train), dataset.noun)
    model = frame_words.about(language, SOFTMAX.name, len(last.model.weights))
    right = frame_words.right(
        language, last.unseen.accuracy, len(test), dataset.noun, config.unseen
    )
    return Notes(
        title=title or language.say("A linear classifier learns {name}", name=name),
        # Translators: images is a number of them, as "60,000 digits", name that of the data set.
        description=language.say(
            "The weights of a softmax regression, a picture for each class, while it learns from "
            "{images} of {name} in {steps} steps.",
            images=images,
            name=name,
            steps=language.number(last.step),
        ),
        about=language.in_a_line((model, right)),
        licence=licence(name, dataset.licence),
        captions=_captions(language, reel, right, dataset.noun, len(reel) / rate),
        chapters=_chapters(language, reel, config.epochs, right),
        frame_rate=rate,
        language=language.in_tracks,
    )


def _captions(
    language: Language, reel: Sequence[TrainingMoment], right: str, noun: str, seconds: float
) -> tuple[Cue, ...]:
    """Return a caption for each part of the training, and one for the trained model."""
    count = max(1, min(PARTS, int(seconds / LEAST) - 1))
    trained, last = reel.index(reel[-1]), reel[-1]
    spans = pairwise(trained * part // count for part in range(count + 1))
    cues = (
        Cue(*span, _progress(language, reel[span[0]], reel[span[1] - 1], last.step))
        for span in spans
    )
    early, taught = early_of(list(dict.fromkeys(reel))), last.trained
    result = language.say(
        # Translators: right is "92.8 % of 10,000 test digits right".
        "Trained, after {steps} steps: {right}, cross-entropy {loss}; of training {noun}s {share}, "
        "{own_loss}. At step {early}, with {before} right, the weights were templates, legible as "
        "{noun}s; now they are differences between the classes",
        steps=language.number(last.step),
        right=right,
        loss=cross_entropy(language, last.unseen.cross_entropy),
        noun=noun_of(language, noun),
        share=language.percent(taught.accuracy),
        own_loss=cross_entropy(language, taught.cross_entropy),
        early=language.number(early.step),
        before=language.percent(early.unseen.accuracy),
    )
    return (*cues, Cue(trained, len(reel), result))


def _progress(language: Language, first: TrainingMoment, last: TrainingMoment, steps: int) -> str:
    """Return from where to where steps, accuracy and cross-entropy go between two moments."""
    ends = first, last
    return language.say(
        # Translators: done, shares and losses are ranges, as "0 to 1,416".
        "Steps {done} of {steps}: {shares} right, cross-entropy {losses}",
        done=_from_to(language, *(language.number(moment.step) for moment in ends)),
        steps=language.number(steps),
        shares=_shares(language, *(moment.unseen.accuracy for moment in ends)),
        losses=_from_to(
            language, *(cross_entropy(language, each.unseen.cross_entropy) for each in ends)
        ),
    )


def _shares(language: Language, *shares: float) -> str:
    first, last = (language.number(100 * share, 1) for share in shares)
    if first == last:
        return language.percent(shares[-1])
    return language.say("{first} to {last} %", first=first, last=last)


def _from_to(language: Language, first: str, last: str) -> str:
    if first == last:
        return first
    # Translators: a range of numbers.
    return language.say("{first} to {last}", first=first, last=last)


def _epoch(step: int, steps: int, epochs: int) -> int:
    """Return the epoch of a step; step 0 is of the first."""
    return max(1, math.ceil(step * epochs / steps))


def _chapters(
    language: Language, reel: Sequence[TrainingMoment], epochs: int, right: str
) -> tuple[Cue, ...]:
    """Return the epochs, or the training as one where they are many; and the trained model."""

    def title(moment: TrainingMoment) -> str:
        if moment is reel[-1]:
            return language.say("Trained: {right}", right=right)
        if epochs > MOST_EPOCHS:
            return language.say("Training")
        epoch = language.number(_epoch(moment.step, reel[-1].step, epochs))
        return language.say(
            "Epoch {epoch} of {epochs}", epoch=epoch, epochs=language.number(epochs)
        )

    lengths = [(text, sum(1 for _ in group)) for text, group in groupby(map(title, reel))]
    times = pairwise(accumulate((length for _, length in lengths), initial=0))
    return tuple(Cue(*span, text) for span, (text, _) in zip(times, lengths, strict=True))
