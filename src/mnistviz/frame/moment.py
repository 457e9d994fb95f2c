"""What a frame shows: an image, or a blend of two, with the model's answer to it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnistviz.language.language import Remark


@dataclass(frozen=True, eq=False)
class Shown:
    """An image that is shown, and the model's answer to it.

    Pictures, tally, captions and results all take what they say of an image from here.

    Attributes
    ----------
    image
        (height, width) uint8, 0 (background) to 255.
    index
        Its place, from 0: in the test split, or among own pictures.
    label
        Its class; None for an own picture whose name gives none.
    logits
        (classes,) float32.
    probabilities
        (classes,) float64 in [0, 1]; None if the model has none.
    name
        File name of an own picture; empty for a test image.
    doubts
        What may be wrong with an own picture's image, each as an end of 'not sure: …'.
    changed
        How many of its pixels are other ones than in its file.
    """

    image: NDArray[np.uint8]
    index: int
    label: int | None
    logits: NDArray[np.float32]
    probabilities: NDArray[np.float64] | None
    name: str = ""
    doubts: tuple[Remark, ...] = ()
    changed: int = 0

    @property
    def predicted(self) -> int:
        """The class of the largest logit."""
        return int(self.logits.argmax())

    @property
    def probability(self) -> float | None:
        """That of the predicted class, in (0, 1]; None if the model has none."""
        return None if self.probabilities is None else float(self.probabilities[self.predicted])

    @property
    def right(self) -> bool:
        """Whether the prediction is the class of the image."""
        return self.label == self.predicted


@dataclass(frozen=True, eq=False)
class Moment:
    """What is on screen at one instant. A frame depends on its Moment alone.

    Attributes
    ----------
    shown
        The image that words, outlines and colours are about: in a blend, the nearer one. What the
        model takes the blend itself for is nowhere said, since it is no image's class.
    pixels
        (pixels,) float32 in [0, 1]: of the image, or of the blend.
    logits, probabilities
        (classes,) of these pixels.
    right, count
        How many of the images so far, this one included, are predicted right, of how many.
    progress
        How much of the film has been shown when this image ends, in (0, 1].
    """

    shown: Shown
    pixels: NDArray[np.float32]
    logits: NDArray[np.float32]
    probabilities: NDArray[np.float64] | None
    right: int
    count: int
    progress: float
