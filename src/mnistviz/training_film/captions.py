"""What is told of a film of a training."""

from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise

from mnistviz.datasets.dataset import Dataset
from mnistviz.film import caption_words as caption_wording
from mnistviz.formats.notes import Cue, Notes
from mnistviz.frame import words as wording
from mnistviz.training_film import words as training_wording
from mnistviz.training_film.moments import TrainingMoment

PARTS = 3  # of the training, with a caption each: nobody reads more numbers in ten seconds
MOST_EPOCHS = 12  # that are a chapter each: about as many as there are seconds


def training_notes(
    dataset: Dataset, reel: Sequence[TrainingMoment], rate: int, epochs: int
) -> Notes:
    """Return what is told of a film of a training.

    Parameters
    ----------
    dataset
        What is learnt.
    reel
        The film's moments, one a frame.
    rate
        Frames a second.
    epochs
        Of the training.
    """
    last, test, name = reel[-1], dataset.test, caption_wording.name(dataset.name)
    images = wording.counted(len(dataset.train), dataset.noun)
    about = wording.footer(len(last.model.weights), last.accuracy, len(test), dataset.noun)
    return Notes(
        title=training_wording.title(name),
        description=training_wording.description(images, name, last.step),
        about=" · ".join(about),
        licence=caption_wording.licence(name, dataset.licence),
        captions=_captions(reel, about[1]),
        chapters=_chapters(reel, epochs, about[1]),
        frame_rate=rate,
    )


def _captions(reel: Sequence[TrainingMoment], right: str) -> tuple[Cue, ...]:
    """Tell what happens in each part of the training, and of the trained model once it is on."""
    trained, last = reel.index(reel[-1]), reel[-1]
    spans = pairwise(trained * part // PARTS for part in range(PARTS + 1))
    grown = (Cue(start, end, _told(reel[start], reel[end - 1], last)) for start, end in spans)
    result = training_wording.result(last.step, right, last.cross_entropy)
    return (*grown, Cue(trained, len(reel), result))


def _told(first: TrainingMoment, until: TrainingMoment, last: TrainingMoment) -> str:
    return training_wording.caption(
        (first.step, until.step),
        last.step,
        (first.accuracy, until.accuracy),
        (first.cross_entropy, until.cross_entropy),
    )


def _chapters(reel: Sequence[TrainingMoment], epochs: int, result: str) -> tuple[Cue, ...]:
    """Return the epochs, or the training as one where they are many; and the trained model."""

    def title(moment: TrainingMoment) -> str:
        if moment is reel[-1]:
            return f"Trained: {result}"
        if epochs > MOST_EPOCHS:
            return "Training"
        return training_wording.epoch(moment.step, reel[-1].step, epochs).capitalize()

    lengths = [(text, sum(1 for _ in group)) for text, group in groupby(map(title, reel))]
    times = pairwise(accumulate((length for _, length in lengths), initial=0))
    return tuple(Cue(*span, text) for span, (text, _) in zip(times, lengths, strict=True))
