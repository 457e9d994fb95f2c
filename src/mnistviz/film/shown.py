"""What a film shows, image by image: where each is from, and what it is taken for."""

from dataclasses import dataclass

from mnistviz.datasets.dataset import Dataset, OwnImages
from mnistviz.datasets.select import Answers, Indices
from mnistviz.film import caption_words as words
from mnistviz.model.softmax import SoftmaxRegression, as_pixels


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
    choice: Indices | OwnImages, dataset: Dataset, model: SoftmaxRegression, answers: Answers
) -> tuple[Shown, ...]:
    """Return what a film shows, image by image.

    Parameters
    ----------
    choice
        The test images in their order, or one's own.
    dataset, answers
        Where the test images are, and what the model says of them.
    model
        What one's own are shown to.
    """
    if isinstance(choice, OwnImages):
        own = Answers.of(model.logits(as_pixels(choice.images)))
        return tuple(
            _shown(words.name(name), None, place, own, dataset)
            for place, name in enumerate(choice.names)
        )
    labels = dataset.test.labels
    return tuple(
        _shown(words.position(index), dataset.classes[labels[index]], index, answers, dataset)
        for index in choice.tolist()
    )


def _shown(name: str, true: str | None, place: int, answers: Answers, dataset: Dataset) -> Shown:
    predicted = dataset.classes[answers.predicted[place]]
    return Shown(name, true, predicted, float(answers.confidence[place]))
