"""What a film shows, image by image: where each is from, and what it is taken for."""

from collections.abc import Iterable
from dataclasses import dataclass

from mnistviz import caption_wording as words
from mnistviz.dataset import Dataset
from mnistviz.results import Prediction
from mnistviz.selection import Answers, Indices


@dataclass(frozen=True)
class Shown:
    """An image of a film.

    Attributes
    ----------
    name
        'Image 8 of the test set', or the name of its file.
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

    def told(self) -> str:
        """Return what it is, and what it is taken for."""
        return f"{self.name}: {words.verdict(self.true, self.predicted)}"


def test_images(indices: Indices, dataset: Dataset, answers: Answers) -> tuple[Shown, ...]:
    """Return what a film of test images shows.

    Parameters
    ----------
    indices
        The images, in their order.
    dataset, answers
        Where they are, and what the model says of the test split.
    """
    names, labels = dataset.classes, dataset.test.labels
    return tuple(
        Shown(
            words.position(index),
            names[labels[index]],
            names[answers.predicted[index]],
            float(answers.confidence[index]),
        )
        for index in indices.tolist()
    )


def own(predictions: Iterable[Prediction]) -> tuple[Shown, ...]:
    """Return what a film of one's own images shows."""
    return tuple(Shown(words.name(it.image), None, it.predicted, it.share) for it in predictions)
