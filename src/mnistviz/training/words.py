"""The words and numbers of the training film: in its frames, its captions and its file."""

import math
from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise

from mnistviz.arguments import spoken
from mnistviz.datasets.dataset import Dataset
from mnistviz.formats.notes import Cue, Notes, isolated, licence
from mnistviz.frame import words as frame_words
from mnistviz.language.language import ENGLISH
from mnistviz.model.fit import batch_size_of
from mnistviz.model.kind import SOFTMAX
from mnistviz.model.training_config import TrainingConfig
from mnistviz.model.watch import MOST_SAMPLED, TrainingMoment

TITLES = ("accuracy", "cross-entropy, in nats")
TRAINING = "training"  # the name of its curve
AXIS = "training step (square-root scale)"
EARLY = 0.88  # share of the final accuracy that early weights reach
PARTS, LEAST = 3, 3  # most captions of the training, and least seconds of each: to be read
MOST_EPOCHS = 12  # that are a chapter each: about as many as there are seconds


def header(step: int, steps: int, epochs: int) -> str:
    """Return how far the training is."""
    return f"step {step:,} of {steps:,} · {epoch(step, steps, epochs)}"


def epoch(step: int, steps: int, epochs: int) -> str:
    """Return the epoch of a step; step 0 is of the first."""
    return f"epoch {max(1, math.ceil(step * epochs / steps))} of {epochs}"


def about(weights: int, effect: bool = False) -> str:
    """Return what is trained, and what is drawn of it."""
    return frame_words.about(ENGLISH, SOFTMAX.name, weights, effect)


def cross_entropy(value: float) -> str:
    """Return a cross-entropy with three decimals."""
    return f"{value:.3f}"


def percent(share: float) -> str:
    """Return a number at the side of the chart of the accuracy."""
    return f"{share:.0%}".replace("%", " %")


def footer(dataset: Dataset, config: TrainingConfig) -> str:
    """Return which images the charts are about."""
    unseen, trained = len(dataset.test), len(dataset.train)
    sample = min(trained, unseen, MOST_SAMPLED)
    return f"measured: all {unseen:,} {config.unseen} {dataset.noun}s, {sample:,} of training"


def settings(config: TrainingConfig, images: int) -> str:
    """Return how a model is trained with so many images."""
    named = vars(config) | {"batch_size": batch_size_of(config, images)}
    if not config.validation_share:
        del named["validation_share"]
    return " · ".join(f"{spoken(name)} {value:g}" for name, value in named.items())


def ending(early: TrainingMoment, last: TrainingMoment) -> str:
    """Return what the weights were early, legible as images, and what they are in the end."""
    return _ending(early.step, early.unseen.accuracy, last.step, last.unseen.accuracy)


def _ending(early: int, first: float, steps: int, last: float) -> str:
    before, after = ENGLISH.percent(first), ENGLISH.percent(last)
    return f"step {early:,}: templates, {before} → {steps:,}: differences, {after}"


def early_of(moments: Sequence[TrainingMoment]) -> TrainingMoment:
    """Return the first moment that is right nearly as often as the last.

    Its weights still look like the images of their classes.
    """
    enough = EARLY * moments[-1].unseen.accuracy
    return next(moment for moment in moments if moment.unseen.accuracy >= enough)


# Room is left for these, since the steps are not known before the training.
WIDEST_HEADER = header(88_888, 88_888, 88)
WIDEST_NUMBER = cross_entropy(88.888)
WIDEST_TICK = percent(1)
WIDEST_ENDING = _ending(888, 0.888, 88_888, 0.888)


def notes(
    dataset: Dataset,
    reel: Sequence[TrainingMoment],
    rate: int,
    config: TrainingConfig,
    title: str,
) -> Notes:
    """Return title, description, captions and chapters of a training film.

    Parameters
    ----------
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
    images = frame_words.counted(ENGLISH, len(dataset.train), dataset.noun)
    model = frame_words.about(ENGLISH, SOFTMAX.name, len(last.model.weights))
    right = frame_words.right(ENGLISH, last.unseen.accuracy, len(test), dataset.noun, config.unseen)
    return Notes(
        title=title or f"A linear classifier learns {name}",
        description=(
            "The weights of a softmax regression, a picture for each class, while it learns from "
            f"{images} of {name} in {last.step:,} steps."
        ),
        about=f"{model} · {right}",
        licence=licence(name, dataset.licence),
        captions=_captions(reel, right, dataset.noun, len(reel) / rate),
        chapters=_chapters(reel, config.epochs, right),
        frame_rate=rate,
    )


def _captions(
    reel: Sequence[TrainingMoment], right: str, noun: str, seconds: float
) -> tuple[Cue, ...]:
    """Return a caption for each part of the training, and one for the trained model."""
    count = max(1, min(PARTS, int(seconds / LEAST) - 1))
    trained, last = reel.index(reel[-1]), reel[-1]
    spans = pairwise(trained * part // count for part in range(count + 1))
    parts = (Cue(*span, _progress(reel[span[0]], reel[span[1] - 1], last.step)) for span in spans)
    loss, taught = cross_entropy(last.unseen.cross_entropy), last.trained
    early = early_of(list(dict.fromkeys(reel)))
    before = ENGLISH.percent(early.unseen.accuracy)
    result = (
        f"Trained, after {last.step:,} steps: {right}, cross-entropy {loss}; of training "
        f"{noun}s {ENGLISH.percent(taught.accuracy)}, {cross_entropy(taught.cross_entropy)}. "
        f"At step {early.step:,}, with {before} right, the weights "
        f"were templates, legible as {noun}s; now they are differences between the classes"
    )
    return (*parts, Cue(trained, len(reel), result))


def _progress(first: TrainingMoment, last: TrainingMoment, steps: int) -> str:
    """Return from where to where steps, accuracy and cross-entropy go between two moments."""
    ends = first, last
    done = _from_to(*(f"{moment.step:,}" for moment in ends))
    percents = (ENGLISH.percent(each.unseen.accuracy).removesuffix(" %") for each in ends)
    losses = _from_to(*(cross_entropy(moment.unseen.cross_entropy) for moment in ends))
    return f"Steps {done} of {steps:,}: {_from_to(*percents)} % right, cross-entropy {losses}"


def _from_to(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def _chapters(reel: Sequence[TrainingMoment], epochs: int, right: str) -> tuple[Cue, ...]:
    """Return the epochs, or the training as one where they are many; and the trained model."""

    def title(moment: TrainingMoment) -> str:
        if moment is reel[-1]:
            return f"Trained: {right}"
        if epochs > MOST_EPOCHS:
            return "Training"
        return epoch(moment.step, reel[-1].step, epochs).capitalize()

    lengths = [(text, sum(1 for _ in group)) for text, group in groupby(map(title, reel))]
    times = pairwise(accumulate((length for _, length in lengths), initial=0))
    return tuple(Cue(*span, text) for span, (text, _) in zip(times, lengths, strict=True))
