"""Which moment of a training each picture of its film shows."""

from bisect import bisect_right
from collections.abc import Sequence

from mnistviz.model.watch import TrainingMoment, step_at


def reel_of(moments: Sequence[TrainingMoment], growing: int, held: int) -> list[TrainingMoment]:
    """Return the moments of a film, one a picture: while a step stays on, the same object.

    Parameters
    ----------
    moments
        Those that were kept, in the order of their steps; the first is step 0, the last the
        trained model.
    growing
        Pictures until the trained model is on, which the last of them shows; at least 2.
    held
        Pictures for which it stays.
    """
    kept, last = [moment.step for moment in moments], growing - 1
    steps = (step_at(min(picture, last), last, kept[-1]) for picture in range(growing + held))
    return [moments[bisect_right(kept, step) - 1] for step in steps]
