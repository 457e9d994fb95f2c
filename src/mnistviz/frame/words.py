"""Words of pictures, captions and messages, in any language. Without NumPy."""

from collections.abc import Sequence

from mnistviz.errors import harmless
from mnistviz.language.language import LONG, Language
from mnistviz.language.terms import kind_of, link_of, noun_of

RIGHT, WRONG = "✓", "✗"
MOST_DECIMALS = 6
VERDICT_SPACE = 0.45  # between the parts of a verdict, in text sizes


def plus_bias(language: Language) -> str:
    """Return what stands before the row of biases."""
    return language.say("+ bias")


def legend(language: Language) -> tuple[str, str]:
    """Return the words before and behind the ramp of what weights look like."""
    # Translators: a dark pixel of the weights speaks against a class, a light one for it.
    return language.say("against"), language.say("for")


def effect_explained(language: Language) -> str:
    """Return what an effect is."""
    return language.say("effect = weight × the pixel's typical ink")


def rows(
    language: Language, noun: str, link: str = "softmax", effect: bool = False
) -> tuple[tuple[str, str], ...]:
    """Return symbol and word of image, weights, product, bar and, if it has one, probability.

    The noun is what one image is called, the link what makes probabilities of scores. Effects,
    which may be in the place of the weights, are no factors of the product.
    """
    # Translators: names of the rows of the picture; in one short word each.
    weights, product = language.say("weights"), language.say("product")
    factors = (
        (("", language.say("effect")), ("", product))
        if effect
        else (("×", weights), ("=", product))
    )
    grid = ("", noun_of(language, noun)), *factors, ("Σ", language.say("score"))
    return (*grid, ("", link_of(language, link))) if link else grid


def counted(language: Language, number: int, noun: str) -> str:
    """Return a number of images, which the noun names in the singular."""
    said = noun_of(language, noun)
    return language.say_counted("{number} {noun}", "{number} {noun}s", number, noun=said)


def true(language: Language, name: str) -> str:
    """Return what the image is."""
    return language.say("true {name}", name=name)


def predicted(language: Language, name: str) -> str:
    """Return what the model takes the image for."""
    return language.say("predicted {name}", name=name)


def verdict(
    language: Language, name: str, truth: str | None, share: float | None, right: bool
) -> tuple[tuple[str, bool], ...]:
    """Return the parts of a verdict, and whether each is bold: mark, prediction, share and truth.

    Parameters
    ----------
    language
        In which it is said.
    name, truth
        The predicted class, and the true one; None where that is not known.
    share
        The probability of the prediction; None if the model has none.
    right
        Whether the two are one class.
    """
    said: tuple[tuple[str, bool], ...] = ((predicted(language, name), True),)
    if share is not None:
        said = (*said, (language.probability(share), False))
    if truth is None:
        return said
    if right:
        return (RIGHT, False), *said
    return (WRONG, False), *said, (true(language, truth), True)


def outcome(language: Language, name: str, truth: str | None) -> str:
    """Return what an image is taken for and, if that is known, what it is."""
    if truth is None:
        return predicted(language, name)
    said = language.say("predicted {name}, true {truth}", name=name, truth=truth)
    return f"{said} {RIGHT if name == truth else WRONG}"


def answer(
    language: Language, image: str, name: str, share: float | None, truth: str | None = None
) -> str:
    """Return the name of an image, its predicted class and, if known, probability and truth.

    As a line of text.
    """
    said = [harmless(image), predicted(language, name)]
    if share is not None:
        said.append(language.probability(share))
    if truth is not None:
        # Translators: the prediction is right.
        said.append(language.say("right") if name == truth else true(language, truth))
    # Translators: between the parts of a line, as in "image 8, predicted 2, right".
    return language.say(", ").join(said)


def disagreeing(language: Language, number: int, images: int, noun: str) -> str:
    """Return on how many of the test images models predict different classes."""
    return language.say(
        "the models disagree on {number} of {images} test {noun}s",
        number=language.number(number),
        images=language.number(images),
        noun=noun_of(language, noun),
    )


def bias(language: Language, value: float) -> str:
    """Return a class's bias."""
    return language.say("bias {value}", value=language.signed(value))


def adding_up(language: Language, parts: Sequence[float]) -> tuple[str, ...]:
    """Return parts and, last, their sum, as text that a reader can add up.

    They have the fewest decimals with which the rounded parts make the rounded sum: mostly one.
    """
    values = (*parts, sum(parts))
    if max(map(abs, values)) >= LONG:
        return tuple(map(language.signed, values))
    fitting = (each for each in range(1, MOST_DECIMALS) if _add_up(values, each))
    decimals = next(fitting, MOST_DECIMALS)
    return tuple(language.signed(value, decimals) for value in values)


def _add_up(values: Sequence[float], decimals: int) -> bool:
    """Return whether the last is the sum of the others, once all are rounded."""
    *parts, total = (round(float(f"{value:.{decimals}f}") * 10.0**decimals) for value in values)
    return sum(parts) == total


def about(language: Language, model: str, weights: int, effect: bool = False) -> str:
    """Return what the model is, and what is drawn of it."""
    said = (
        effect_explained(language)
        if effect
        else language.say_counted("{number} weight a class", "{number} weights a class", weights)
    )
    return language.in_a_line((kind_of(language, model), said))


def right(language: Language, accuracy: float, images: int, noun: str, part: str = "test") -> str:
    """Return how good a model is on the images of a part of the data."""
    of = {
        "share": language.percent(accuracy),
        "number": language.number(images),
        "noun": noun_of(language, noun),
    }
    if part == "validation":
        return language.say("{share} of {number} validation {noun}s right", **of)
    return language.say("{share} of {number} test {noun}s right", **of)
