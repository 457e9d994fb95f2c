"""Words and numbers as pictures, captions and messages write them. Without NumPy."""

from collections.abc import Callable

from mnistviz.errors import harmless

RIGHT, WRONG = "✓", "✗"
LEGEND = ("against", "for")


def rows(noun: str, bars: str = "score") -> tuple[tuple[str, str], ...]:
    """Return symbol and word of image, weights, product and bar.

    Parameters
    ----------
    noun
        What one image is called.
    bars
        What the bars tell: 'score', the sum, or 'probability', the softmax of the sums.
    """
    last = ("Σ", "sum") if bars == "score" else ("%", "softmax")
    return ("", noun), ("×", "weights"), ("=", "product"), last


def counted(number: int, noun: str) -> str:
    """Return a number of what the noun says, which is in the singular."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def cut_in_middle(name: str, fits: Callable[[str], bool]) -> str:
    """Return a name, with as much of its middle left out as it must to fit."""
    if fits(name):
        return name
    cuts = (
        name[: (kept + 1) // 2] + "…" + name[len(name) - kept // 2 :]
        for kept in range(len(name) - 1, 0, -1)
    )
    return next((cut for cut in cuts if fits(cut)), "…")


def true(name: str) -> str:
    """Return what the image is."""
    return f"true {name}"


def predicted(name: str) -> str:
    """Return what the model takes the image for."""
    return f"predicted {name}"


def outcome(name: str, truth: str | None) -> str:
    """Return what an image is taken for and, if that is known, what it is."""
    if truth is None:
        return predicted(name)
    return f"{predicted(name)}, {true(truth)} {RIGHT if name == truth else WRONG}"


def answer(image: str, name: str, share: float) -> str:
    """Return the name of an image, its predicted class and the probability, as a line of text."""
    return f"{harmless(image)}, {predicted(name)}, {percent(share)}"


def percent(share: float) -> str:
    """Return a share of 1 in per cent, with one decimal."""
    return f"{100 * share:.1f} %"


def signed(value: float) -> str:
    """Return a number with its sign and one decimal; what rounds to zero has no sign.

    What has more than three digits is written in powers of ten, to take no more room.
    """
    text = f"{value:+.1f}" if abs(value) < 999.95 else f"{value:+.0e}"
    return "0.0" if text[1:] == "0.0" else text.replace("-", "−").replace("e+", "e")


def bias(value: float) -> str:
    """Return a class's bias."""
    return f"bias {signed(value)}"


def score(value: float) -> str:
    """Return a class's score, where the bar shows its probability."""
    return f"sum {signed(value)}"


def footer(weights: int, accuracy: float, images: int, noun: str) -> tuple[str, str]:
    """Return what the model is, and how good."""
    return (
        f"softmax regression · {weights:,} weights a class",
        f"{percent(accuracy)} of {images:,} test {noun}s right",
    )
