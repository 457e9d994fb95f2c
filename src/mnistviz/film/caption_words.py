"""The words of captions and chapters."""

import re
import unicodedata

from mnistviz.frame.words import harmless

# A letter for itself is called by its name: 'an F'. What else sounds otherwise than it is written
# ('an hour'), is taken as it is written.
_VOWEL_FIRST = re.compile(r"[aefhilmnorsx]|8\d*|11|18|[aeiou].+", re.IGNORECASE)


def position(index: int) -> str:
    """Return which image of the test split it is, counted from 0."""
    return f"Image {index:,}"


def name(text: str) -> str:
    """Return the name of a class or a file, set apart if it is written from right to left."""
    shown = harmless(text)
    if not any(unicodedata.bidirectional(each) in ("R", "AL") for each in shown):
        return shown
    return f"\N{FIRST STRONG ISOLATE}{shown}\N{POP DIRECTIONAL ISOLATE}"


def one(class_name: str) -> str:
    """Return the name of a class after 'a' or 'an'."""
    return f"{'an' if _VOWEL_FIRST.fullmatch(class_name) else 'a'} {name(class_name)}"


def verdict(true: str | None, predicted: str) -> str:
    """Return what an image is, where that is known, and what it is taken for."""
    if true is None:
        return f"taken for {one(predicted)}"
    if true == predicted:
        return f"{one(true)}, predicted right"
    return f"{one(true)}, taken for {one(predicted)}"


def caption(image: str, true: str | None, predicted: str, share: float) -> str:
    """Return what is told of an image while it is on."""
    place = "" if true is None else " of the test set"
    return f"{image}{place}: {verdict(true, predicted)}, {sure(share)}"


def sure(share: float) -> str:
    """Return how sure a prediction is; none is wholly."""
    percent = round(100 * share)
    return f"{percent} % sure" if percent < 100 else "more than 99 % sure"


def film_title(what: str) -> str:
    """Return the title of a film of images that has none of its own."""
    return f"A linear classifier at work on {what}"


def film_description(images: str, name: str, tally: str) -> str:
    """Return what a film shows.

    Parameters
    ----------
    images
        How many images.
    name, tally
        Of which test set, and how many of them are predicted right; nothing of one's own.
    """
    shown = f"{images} of the test set of {name}" if name else f"{images} of one's own"
    way = "pixel × weight, added up for each class, and the highest sum wins."
    told = f"{shown} on their way through a softmax regression: {way}"
    return f"{told} {tally}." if tally else told


def licence(name: str, terms: str) -> str:
    """Return under which licence the images of a set may be used, if that is known."""
    return f"{name}: {terms}" if terms else ""
