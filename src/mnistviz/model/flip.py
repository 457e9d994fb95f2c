"""The fewest pixels that change the mind of a linear classifier: exact, since it is linear."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnistviz.model.linear import LinearClassifier

SURE = 4 * float(np.finfo(np.float32).eps)  # a lead in sums of float32, to the sum of |weights|


@dataclass(frozen=True, eq=False)
class Flip:
    """Pixels to change, and what they become.

    Attributes
    ----------
    places
        Of the changed pixels, the one that gains most first, (n,) integers.
    values
        What they become, (n,) float32: 0 or 1.
    before, after
        The predicted class of the image, and that of the changed one.
    least
        No fewer pixels do it. It is `len(places)` but where several classes have to be beaten and
        no order by gain against one of them alone did it; then a few less might.
    """

    places: NDArray[np.intp]
    values: NDArray[np.float32]
    before: int
    after: int
    least: int

    def applied(self, pixels: NDArray[np.float32], count: int | None = None) -> NDArray[np.float32]:
        """Return pixels (pixels,) of which the first so many are changed; by default all."""
        changed = pixels.copy()
        changed[self.places[:count]] = self.values[:count]
        return changed


def flip_away(model: LinearClassifier, pixels: NDArray[np.float32]) -> Flip | None:
    """Return the fewest pixels after which the prediction is any other class.

    It is another as soon as one class beats the predicted one, so that the smallest set is the
    smallest of those of all pairs, see `_Scores.beats`. Another class than that pair's may then
    win: it is `after`. None if no change of pixels does it.
    """
    scores = _Scores(model, pixels)
    pairs = [scores.beats(b, scores.best) for b in range(len(scores.logits)) if b != scores.best]
    found = [pair for pair in pairs if pair is not None]
    if not found:
        return None
    places, values = min(found, key=lambda pair: len(pair[0]))
    return scores.flip(places, values, least=len(places))


def flip_to(model: LinearClassifier, pixels: NDArray[np.float32], target: int) -> Flip | None:
    """Return few pixels after which the prediction is a class, often provably the fewest.

    The class has to beat every other. Each rival alone needs a number of pixels that is exact, so
    that the largest of them is a bound: no fewer do it. If the set against one rival has that
    size and beats all rivals as well, it is the smallest. Otherwise pixels are changed one by
    one, each time the one that gains most on the rival that leads; `Flip.least` has the bound.

    Parameters
    ----------
    model
        The classifier.
    pixels
        (pixels,) float32 in [0, 1], of one image.
    target
        The class; not the predicted one.

    Returns
    -------
    Flip | None
        None if none was found. There is none if one of the rivals cannot be beaten alone.
    """
    scores = _Scores(model, pixels)
    rivals = [rival for rival in range(len(scores.logits)) if rival != target]
    pairs = [scores.beats(target, rival) for rival in rivals]
    found = [pair for pair in pairs if pair is not None]
    if len(found) < len(pairs):
        return None
    least = max(len(places) for places, _ in found)
    for places, values in found:
        if len(places) == least and scores.lead(target, places, values) > 0:
            return scores.flip(places, values, least)
    one_by_one = scores.one_by_one(target)
    return None if one_by_one is None else scores.flip(*one_by_one, least)


Change = tuple[NDArray[np.intp], NDArray[np.float32]]


class _Scores:
    """A model's scores of one image, in float64, and what changes of pixels do to them."""

    def __init__(self, model: LinearClassifier, pixels: NDArray[np.float32]) -> None:
        self.model, self.pixels = model, pixels
        self.weights = model.weights.astype(np.float64)
        self.logits = pixels.astype(np.float64) @ self.weights + model.bias
        self.best = int(model.predict(pixels[None])[0])
        self.sure = SURE * float(np.abs(self.weights).sum(axis=0).max())

    def beats(self, target: int, rival: int) -> Change | None:
        """Return the fewest pixels after which one class leads another; None if none do.

        Their difference is linear in the pixels, and each pixel moves it by itself, by at most
        its gain: |difference of the weights| × the way to 0 or to 1, whichever helps. So k
        pixels gain at most the sum of the k largest gains, which the k first in that order do
        gain: if those are too few, any k are.
        """
        gains, values = self._gains(target, rival, self.pixels)
        order = np.argsort(-gains, kind="stable")
        lead = self.logits[target] - self.logits[rival]
        leads = lead + np.concatenate([[0.0], np.cumsum(gains[order])])
        enough = np.flatnonzero(leads > self.sure)
        if not len(enough):
            return None
        places = order[: enough[0]]
        return places, values[places]

    def one_by_one(self, target: int) -> Change | None:
        """Return pixels that each gain most on the rival that leads, until none does."""
        pixels, places = self.pixels.copy(), np.zeros(0, np.intp)
        while self.lead(target, places, pixels[places]) <= 0:
            rival = self._leading(target, pixels)
            gains, values = self._gains(target, rival, pixels)
            gains[places] = 0
            place = int(gains.argmax())
            if gains[place] <= 0:
                return None
            pixels[place] = values[place]
            places = np.append(places, place)
        return places, pixels[places]

    def lead(self, target: int, places: NDArray[np.intp], values: NDArray[np.float32]) -> float:
        """Return by how much more than rounding a class leads all others after a change."""
        pixels = self.pixels.copy()
        pixels[places] = values
        logits = self._logits(pixels)
        return float(logits[target] - logits[self._leading(target, pixels)] - self.sure)

    def flip(self, places: NDArray[np.intp], values: NDArray[np.float32], least: int) -> Flip:
        """Return a change with the answers before and after it."""
        found = Flip(places, values, self.best, self.best, least)
        after = int(self.model.predict(found.applied(self.pixels)[None])[0])
        return Flip(places, values, self.best, after, least)

    def _logits(self, pixels: NDArray[np.float32]) -> NDArray[np.float64]:
        logits: NDArray[np.float64] = pixels.astype(np.float64) @ self.weights + self.model.bias
        return logits

    def _leading(self, target: int, pixels: NDArray[np.float32]) -> int:
        """Return the class of the largest score but one."""
        logits = self._logits(pixels)
        logits[target] = -np.inf
        return int(logits.argmax())

    def _gains(
        self, target: int, rival: int, pixels: NDArray[np.float32]
    ) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
        """Return how much each pixel can gain one class on another, and at which value."""
        slope = self.weights[:, target] - self.weights[:, rival]
        values = (slope > 0).astype(np.float32)
        gains: NDArray[np.float64] = slope * (values.astype(np.float64) - pixels)
        return gains, values
