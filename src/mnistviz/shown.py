"""What a film shows, image by image: where each is from, and what it is taken for."""

from collections.abc import Iterable
from dataclasses import dataclass

from mnistviz import caption_wording as words
from mnistviz.dataset import Dataset, OwnImages
from mnistviz.results import Prediction
from mnistviz.selection import Answers, Indices


@dataclass(frozen=True)
class Shown:
    """An image of a film.

    Attributes
    ----------
    name
        'Image 8' of the test split, or the name of its file.
    true
        The name of its class; None of an image of one's own.
    predicted
        The name of the class that it is taken for.
    share
        Its softmax, in (0, 1].
    """

    name: str
    true: str | None
    predicted: str
    share: float

    @property
    def right(self) -> bool:
        """Whether it is taken for what it is."""
        return self.true == self.predicted


def shown_in(
    choice: Indices | OwnImages,
    dataset: Dataset,
    answers: Answers,
    predictions: Iterable[Prediction],
) -> tuple[Shown, ...]:
    """Return what a film shows, image by image.

    Parameters
    ----------
    choice
        The test images in their order, or one's own.
    dataset, answers
        Where the test images are, and what the model says of them.
    predictions
        What it says of one's own.
    """
    if isinstance(choice, OwnImages):
        return tuple(
            Shown(words.name(own.image), None, own.predicted, own.share) for own in predictions
        )
    names, labels = dataset.classes, dataset.test.labels
    return tuple(
        Shown(
            words.position(index),
            names[labels[index]],
            names[answers.predicted[index]],
            float(answers.confidence[index]),
        )
        for index in choice.tolist()
    )
