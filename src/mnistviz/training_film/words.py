"""The words and numbers of the training film, as they are written."""

import math

from mnistviz.frame import words as wording
from mnistviz.training_film.layout import TrainingTexts

TITLES = ("test accuracy", "test cross-entropy, in nats")
AXIS = "training step (square-root scale)"
# Room is left for these, since the steps are not known before the training.
WIDE_STEPS, WIDE_EPOCHS, WIDE_CROSS_ENTROPY = 88_888, 88, 88.888


def header(step: int, steps: int, epochs: int) -> str:
    """Return how far the training is."""
    return f"step {step:,} of {steps:,} · {epoch(step, steps, epochs)}"


def epoch(step: int, steps: int, epochs: int) -> str:
    """Return the epoch of a step; step 0 is of the first."""
    return f"epoch {max(1, math.ceil(step * epochs / steps))} of {epochs}"


def about(weights: int) -> str:
    """Return what is trained."""
    return f"softmax regression · {weights:,} weights a class"


def cross_entropy(value: float) -> str:
    """Return a cross-entropy with three decimals."""
    return f"{value:.3f}"


def tick(value: float) -> str:
    """Return a number beside a chart."""
    return f"{value:.6g}"


def footer(images: int, noun: str) -> str:
    """Return what the charts show."""
    return f"charts: all {images:,} test {noun}s, with exactly the weights shown"


def title(name: str) -> str:
    """Return what a film of a training on a set is called."""
    return f"A linear classifier learns {name}"


def description(images: str, name: str, steps: int) -> str:
    """Return what it shows."""
    return (
        f"The weights of a softmax regression, a picture for each class, while it learns from "
        f"{images} of {name} in {steps:,} steps."
    )


def caption(
    steps: tuple[int, int], of: int, right: tuple[float, float], losses: tuple[float, float]
) -> str:
    """Return from where to where steps, shares of 1 that are right, and cross-entropies go."""
    done = _from_to(*(f"{step:,}" for step in steps))
    percents = _from_to(*(wording.percent(share).removesuffix(" %") for share in right))
    entropies = _from_to(*map(cross_entropy, losses))
    return f"Steps {done} of {of:,}: {percents} % right, cross-entropy {entropies}"


def _from_to(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def result(steps: int, right: str, loss: float) -> str:
    """Return how good the trained model is, after so many steps."""
    return f"Trained, after {steps:,} steps: {right}, cross-entropy {cross_entropy(loss)}"


def widest_texts(classes: tuple[str, ...], weights: int, images: int, noun: str) -> TrainingTexts:
    """Return the widest text that can come to each place.

    Parameters
    ----------
    classes
        Their names.
    weights
        Of a class.
    images, noun
        How many test images there are, and what one is called.
    """
    return TrainingTexts(
        classes=classes,
        header=header(WIDE_STEPS, WIDE_STEPS, WIDE_EPOCHS),
        about=about(weights),
        titles=TITLES,
        number=cross_entropy(WIDE_CROSS_ENTROPY),
        tick=wording.percent(1).replace(".0", ""),
        axis=AXIS,
        footer=footer(images, noun),
        legend=wording.LEGEND,
    )
