"""Words and numbers as pictures, captions and messages write them. Without NumPy."""

from collections.abc import Sequence

from mnistviz.errors import harmless

RIGHT, WRONG = "✓", "✗"
LEGEND = ("against", "for")
VERDICT_SPACE = 0.45  # between the parts of a verdict, in text sizes


PLUS_BIAS = "+ bias"
EFFECT = "effect = weight × the pixel's typical ink"


def rows(noun: str, link: str = "softmax", effect: bool = False) -> tuple[tuple[str, str], ...]:
    """Return symbol and word of image, weights, product, bar and, if it has one, probability.

    The noun is what one image is called, the link what makes probabilities of scores. Effects,
    which may be in the place of the weights, are no factors of the product.
    """
    factors = (("", "effect"), ("", "product")) if effect else (("×", "weights"), ("=", "product"))
    grid = ("", noun), *factors, ("Σ", "score")
    return (*grid, ("", link)) if link else grid


def counted(number: int, noun: str) -> str:
    """Return a number of what the noun says, which is in the singular."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them: 'a, b and c'."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def true(name: str) -> str:
    """Return what the image is."""
    return f"true {name}"


def predicted(name: str) -> str:
    """Return what the model takes the image for."""
    return f"predicted {name}"


def verdict(
    name: str, truth: str | None, share: float | None, right: bool
) -> tuple[tuple[str, bool], ...]:
    """Return the parts of a verdict, and whether each is bold: mark, prediction, share and truth.

    Parameters
    ----------
    name, truth
        The predicted class, and the true one; None where that is not known.
    share
        The probability of the prediction; None if the model has none.
    right
        Whether the two are one class.
    """
    said: tuple[tuple[str, bool], ...] = ((predicted(name), True),)
    if share is not None:
        said = (*said, (probability(share), False))
    if truth is None:
        return said
    if right:
        return (RIGHT, False), *said
    return (WRONG, False), *said, (true(truth), True)


def outcome(name: str, truth: str | None) -> str:
    """Return what an image is taken for and, if that is known, what it is."""
    if truth is None:
        return predicted(name)
    return f"{predicted(name)}, {true(truth)} {RIGHT if name == truth else WRONG}"


def answer(image: str, name: str, share: float | None, truth: str | None = None) -> str:
    """Return the name of an image, its predicted class and, if known, probability and truth.

    As a line of text.
    """
    said = f"{harmless(image)}, {predicted(name)}"
    if share is not None:
        said = f"{said}, {probability(share)}"
    if truth is None:
        return said
    return f"{said}, right" if name == truth else f"{said}, {true(truth)}"


def percent(share: float) -> str:
    """Return a share of 1 in per cent, with one decimal."""
    return f"{100 * share:.1f} %"


def probability(share: float, decimals: int = 1) -> str:
    """Return a probability in per cent; what is nearly certain or impossible is not called so."""
    least = 10.0**-decimals
    if 100 - 100 * share < least / 2:
        return f">{100 - least:.{decimals}f} %"
    return (
        f"<{least:.{decimals}f} %" if 100 * share < least / 2 else f"{100 * share:.{decimals}f} %"
    )


def signed(value: float) -> str:
    """Return a number with its sign and one decimal; what rounds to zero has no sign.

    What has more digits before the point loses the decimal, and from 1,000 is written in powers of
    ten, to take no more room.
    """
    size = abs(value)
    text = f"{value:+.1f}" if size < 99.95 else f"{value:+.0f}" if size < 999.5 else f"{value:+.0e}"
    return "0.0" if text[1:] == "0.0" else text.replace("-", "−").replace("e+", "e")


def disagreeing(number: int, images: int, noun: str) -> str:
    """Return on how many of the test images models predict different classes."""
    return f"the models disagree on {number:,} of {images:,} test {noun}s"


def bias(value: float) -> str:
    """Return a class's bias."""
    return f"bias {signed(value)}"


def about(model: str, weights: int, effect: bool = False) -> str:
    """Return what the model is, and what is drawn of it."""
    return f"{model} · " + (EFFECT if effect else f"{weights:,} weights a class")


def right(accuracy: float, images: int, noun: str, part: str = "test") -> str:
    """Return how good a model is on the images of a part of the data."""
    return f"{percent(accuracy)} of {images:,} {part} {noun}s right"
