"""The endings of a film's mistakes: the fewest pixels change that make the answer right."""

import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from mnistviz.config import Selection, Timing
from mnistviz.datasets.dataset import as_pixels
from mnistviz.errors import DataWarning, OptionError
from mnistviz.formats.choose import kind_of
from mnistviz.frame.moment import Shown
from mnistviz.model.flip import Flip, flip_to
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.train import logits_of


def check_endings(out: Path | str, selection: Selection, timing: Timing, own: bool) -> None:
    """Refuse what does not go with endings, before anything is read; raise OptionError."""
    if own:
        raise OptionError("flip ends mistakes on test images: leave out flip or the own pictures")
    if selection.only == "right":
        raise OptionError("flip ends mistakes, and only right shows none: leave out one of them")
    if timing.duration is not None:
        raise OptionError(
            "a film with flip is longer by each mistake: leave out flip or the duration, or give "
            "the seconds per image"
        )
    if timing.loop:
        raise OptionError("a film that loops has no endings: leave out flip or loop")
    if kind_of(out) == ".gif":
        raise OptionError(
            "a GIF has one frame an image, and no endings: leave out flip, or write a WebP, which "
            "plays in a page by itself as well"
        )


def flips_of(model: LinearClassifier, shown: Sequence[Shown]) -> tuple[Flip | None, ...]:
    """Return of each image what makes the answer right; None if it is, or nothing was found."""
    flips = tuple(None if image.right else _flip(model, image) for image in shown)
    if all(image.right for image in shown):
        warnings.warn("no image of the film is a mistake: flip adds nothing", DataWarning, 2)
    return flips


def _flip(model: LinearClassifier, shown: Shown) -> Flip | None:
    assert shown.label is not None  # of a test image
    found = flip_to(model, as_pixels(shown.image[None])[0], shown.label)
    if found is None:
        said = f"image {shown.index} has no ending: no change of pixels makes the answer right"
        warnings.warn(said, DataWarning, stacklevel=3)
    return found


def endings_of(
    model: LinearClassifier,
    shown: Sequence[Shown],
    flips: Sequence[Flip | None],
    counts: Sequence[Sequence[int]],
) -> tuple[tuple[Shown, ...], ...]:
    """Return what the ending of each image shows in turn: the image with pixels changed.

    Parameters
    ----------
    model
        Whose answers are shown.
    shown, flips
        The images, and what `flips_of` returns of them.
    counts
        Of each image, how many pixels are changed each time.
    """
    return tuple(
        tuple(_changed(model, image, flip, count) for count in of) if flip else ()
        for image, flip, of in zip(shown, flips, counts, strict=True)
    )


def _changed(model: LinearClassifier, shown: Shown, flip: Flip, count: int) -> Shown:
    """Return an image of which the first so many pixels are changed, with the answer to it."""
    changed = flip.applied(as_pixels(shown.image[None])[0], count)
    image = np.rint(255 * changed).astype(np.uint8).reshape(shown.image.shape)
    logits = logits_of(model, image[None])[0]
    shares = model.kind.probabilities(logits)
    return replace(shown, image=image, logits=logits, probabilities=shares, changed=count)
