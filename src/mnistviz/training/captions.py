"""The captions, chapters and tags of a training film."""

from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise

from mnistviz.datasets.dataset import Dataset
from mnistviz.formats.notes import Cue, Notes, isolated, licence
from mnistviz.frame import words as frame_words
from mnistviz.language.language import Language
from mnistviz.language.terms import noun_of
from mnistviz.model.kind import SOFTMAX
from mnistviz.model.training_config import TrainingConfig
from mnistviz.model.watch import TrainingMoment
from mnistviz.training.words import cross_entropy, early_of, epoch_of

PARTS, LEAST = 3, 3  # most captions of the training, and least seconds of each: to be read
MOST_EPOCHS = 12  # that are a chapter each: about as many as there are seconds


def notes_of(
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
        tag=language.tag,
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


def _chapters(
    language: Language, reel: Sequence[TrainingMoment], epochs: int, right: str
) -> tuple[Cue, ...]:
    """Return the epochs, or the training as one where they are many; and the trained model."""

    def title(moment: TrainingMoment) -> str:
        if moment is reel[-1]:
            return language.say("Trained: {right}", right=right)
        if epochs > MOST_EPOCHS:
            return language.say("Training")
        epoch = language.number(epoch_of(moment.step, reel[-1].step, epochs))
        return language.say(
            "Epoch {epoch} of {epochs}", epoch=epoch, epochs=language.number(epochs)
        )

    lengths = [(text, sum(1 for _ in group)) for text, group in groupby(map(title, reel))]
    times = pairwise(accumulate((length for _, length in lengths), initial=0))
    return tuple(Cue(*span, text) for span, (text, _) in zip(times, lengths, strict=True))
