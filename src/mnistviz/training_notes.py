"""What is told of a film of a training."""

from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise

from mnistviz import caption_wording, training_wording, wording
from mnistviz.cues import Cue
from mnistviz.dataset import Dataset
from mnistviz.notes import Notes
from mnistviz.training_reel import TrainingMoment

SECONDS = 2  # of a caption: nobody reads numbers faster
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
    images = caption_wording.counted(len(dataset.train), dataset.noun)
    about = wording.footer(len(last.model.weights), last.accuracy, len(test), dataset.noun)
    return Notes(
        title=training_wording.title(name),
        description=training_wording.description(images, name, last.step),
        about=" · ".join(about),
        licence=caption_wording.licence(name, dataset.licence),
        captions=_captions(reel, rate, dataset),
        chapters=_chapters(reel, epochs, about[1]),
        frame_rate=rate,
    )


def _captions(reel: Sequence[TrainingMoment], rate: int, dataset: Dataset) -> tuple[Cue, ...]:
    """Tell of the moment in which a caption begins; of the trained model as soon as it is on."""
    trained = reel.index(reel[-1])
    starts = [*range(0, trained, SECONDS * rate), trained]
    ends = pairwise([*starts, len(reel)])
    return tuple(Cue(start, end, _told(reel[start], reel[-1].step, dataset)) for start, end in ends)


def _told(moment: TrainingMoment, steps: int, dataset: Dataset) -> str:
    _, right = wording.footer(0, moment.accuracy, len(dataset.test), dataset.noun)
    return training_wording.caption(moment.step, steps, right, moment.cross_entropy)


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
