"""Own pictures as a film or a still shows them, with a model's answers."""

import warnings

import numpy as np

from mnistviz.datasets.own_pictures import OwnPictures
from mnistviz.errors import DataWarning
from mnistviz.frame.moment import Shown
from mnistviz.language.language import ENGLISH, Remark, later
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.train import logits_of

SURE = 0.8  # probability of an own picture's class, below which that is said


def shown_of_own(pictures: OwnPictures, model: LinearClassifier) -> tuple[Shown, ...]:
    """Return own pictures as they are shown, with a model's answers."""
    # One by one: a batch is rounded by its size, and a film and a still must agree.
    images = [drawing.image for drawing in pictures.drawings]
    logits = np.concatenate([logits_of(model, image[None]) for image in images])
    labels = pictures.labels or len(images) * (None,)
    found = []
    for index, (drawing, label) in enumerate(zip(pictures.drawings, labels, strict=True)):
        doubts, shares = drawing.doubts, model.kind.probabilities(logits[index])
        if shares is not None and (share := float(shares.max())) < SURE:
            doubt = Remark(later("the network gives its class {share}"), share)
            said = f"{drawing.name}: not sure: {doubt.said(ENGLISH)}"
            warnings.warn(said, DataWarning, stacklevel=2)
            doubts = (*doubts, doubt)
        answer = logits[index], shares
        found.append(Shown(drawing.image, index, label, *answer, drawing.name, doubts))
    return tuple(found)
