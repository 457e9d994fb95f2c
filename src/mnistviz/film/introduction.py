"""The sentences of an introduction: ours, or one's own from a file."""

from pathlib import Path

from mnistviz.drawing.text import is_legible, legible
from mnistviz.errors import OptionError

STEPS = 5
SECONDS = 4  # of each step: about ten words can be read in it
SENTENCES = (
    "Every class gets the same {noun}: {width}×{height} pixels",
    "Its weights: {positive} is for the class, {negative} against",
    "Pixel × weight: what each pixel adds or takes",
    "Their sum, with a bias, gives the class's {measure}",
    "The highest {measure} wins: {answer}",
)
"""What is said of the image, the weights, the product, the sum and the prediction."""
MOST_BYTES, MOST_CHARACTERS = 10_000, 200  # of a file, and of a sentence
MARKS = (
    *("noun", "width", "height", "positive", "negative", "measure", "predicted", "true", "answer"),
)


def read_sentences(path: Path) -> tuple[str, ...]:
    """Read the sentences of an introduction from a text file in UTF-8.

    Parameters
    ----------
    path
        A sentence a line; blank lines count for nothing. The `MARKS` in braces, as {noun}, stand
        for what is shown.

    Returns
    -------
    tuple
        Five sentences: of the image, the weights, the product, the sum and the prediction.

    Raises
    ------
    OptionError
        The file cannot be read, has more or fewer sentences, or one that cannot be drawn.
    """
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1).decode("utf-8-sig")
    except (OSError, ValueError) as error:  # of the name, or of UTF-8
        reason = getattr(error, "strerror", None) or error
        raise OptionError(f"cannot read the introduction in {path}: {reason}") from None
    sentences = tuple(line.strip() for line in content.splitlines() if line.strip())
    if len(sentences) != STEPS or len(content) > MOST_BYTES:
        raise OptionError(
            f"{path}: expected {STEPS} lines, a sentence for image, weights, product, sum and "
            f"prediction, got {len(sentences)}"
        )
    for sentence in sentences:
        _check(path, sentence)
    return sentences


def _check(path: Path, sentence: str) -> None:
    if len(sentence) > MOST_CHARACTERS:
        told = f"expected at most {MOST_CHARACTERS} characters in a line, got {len(sentence)}"
        raise OptionError(f"{path}: {told}: {sentence[:40]!r}…")
    if not sentence.isprintable() or not is_legible(sentence):
        latin = legible(sentence)
        raise OptionError(
            f"{path}: {sentence!r} has characters that cannot be drawn; try {latin!r}"
        )


def filled(sentence: str, facts: dict[str, str]) -> str:
    """Return a sentence with what is shown in the place of its {marks}."""
    for mark in MARKS:
        sentence = sentence.replace(f"{{{mark}}}", facts[mark])
    return sentence
