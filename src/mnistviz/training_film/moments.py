"""The training film before it is drawn: which step is on, and for how long."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from mnistviz.model.softmax import SoftmaxRegression

GROWING, HELD = 10, 2  # seconds until the trained model is on, and for which it stays


@dataclass(frozen=True, eq=False)
class TrainingMoment:
    """The model after so many steps. A frame depends on it and on those before alone.

    Attributes
    ----------
    step
        Steps done, from 0.
    model
        The model after them, centred.
    accuracy
        Share of the test images that exactly this model predicts right, in [0, 1].
    cross_entropy
        Its mean cross-entropy on the test images, in nats.
    """

    step: int
    model: SoftmaxRegression
    accuracy: float
    cross_entropy: float


def step_at(place: int, last: int, steps: int) -> int:
    """Return the step that is on at a place of the film, from 0 to `last`.

    Steps go with the square of time: the first tenth of the film shows a hundredth of the steps.
    That is slow where most happens, since early steps change the weights the most, and the film
    then speeds up evenly.
    """
    return steps * place**2 // last**2


@dataclass(frozen=True, eq=False)
class TrainingReel:
    """An ordered, lazy sequence of the moments of a training, one a picture.

    Attributes
    ----------
    moments
        Those that were kept, in the order of their steps; the first is step 0, the last the
        trained model.
    rate
        Pictures a second.
    """

    moments: tuple[TrainingMoment, ...]
    rate: int

    def __iter__(self) -> Iterator[TrainingMoment]:
        """Return the moments of the film; while a step stays on, the same object."""
        kept, last = [moment.step for moment in self.moments], GROWING * self.rate - 1
        for picture in range((GROWING + HELD) * self.rate):
            step = step_at(min(picture, last), last, kept[-1])
            yield self.moments[bisect_right(kept, step) - 1]
