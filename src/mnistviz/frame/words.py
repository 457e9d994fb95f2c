"""The words and numbers of a frame, as they are written."""

from collections.abc import Callable, Sequence

from mnistviz.config import FilmConfig
from mnistviz.drawing.matplotlib_renderer import text_width
from mnistviz.frame.places import Widest

RIGHT, WRONG = "✓", "✗"
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
LEGEND = ("against", "for")
# Room is left for these, whatever the model, so that all films of a data set line up.
WIDE_LOGIT, WIDE_BIAS = 888.8, 88.8
MOST_NAMED = 2  # classes in the tally


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


def position(index: int, images: int) -> str:
    """Return which image of the test split is on, counted from 0."""
    return f"image {index:,} of {images:,}"


def counted(number: int, noun: str) -> str:
    """Return a number of what the noun says, which is in the singular."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def tally(right: int, shown: int, scope: str = "") -> str:
    """Return how many of the images shown were predicted right, and which images are shown."""
    return f"{right:,} of {shown:,} right" + (f" ({scope})" if scope else "")


def scope(film: FilmConfig, classes: Sequence[str]) -> str:
    """Return which of the test images a film shows, if they are no plain sample of them.

    Parameters
    ----------
    film
        Which images.
    classes
        The names of the classes that it is about, as they can be drawn.
    """
    named = ", ".join(classes) if len(classes) <= MOST_NAMED else f"{len(classes)} classes"
    words = (
        "surest" if film.order == "confidence" else "",
        {"wrong": "mistakes", "right": "hits"}.get(film.only or "", ""),
        named,
        "chosen" if film.indices is not None else "",
    )
    return " ".join(filter(None, words))


def harmless(name: str) -> str:
    """Return a file's name with a sign for each character that a terminal could obey."""
    return "".join(each if each.isprintable() else UNKNOWN for each in name)


def shortened(name: str, fits: Callable[[str], bool]) -> str:
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
    """Return what an image, by the name of its file, is taken for."""
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
    """Return a class's score, where the bar tells its probability."""
    return f"sum {signed(value)}"


def footer(weights: int, accuracy: float, images: int, noun: str) -> tuple[str, str]:
    """Return what the model is, and how good."""
    return (
        f"softmax regression · {weights:,} weights a class",
        f"{percent(accuracy)} of {images:,} test {noun}s right",
    )


def widest(
    classes: tuple[str, ...],
    noun: str,
    images: int,
    footer: tuple[str, str],
    bars: str = "score",
    title: str = "",
    scope: str = "",
) -> Widest:
    """Return the widest text that can come to each place.

    Parameters
    ----------
    classes, noun
        Names of the classes, and what one image is called.
    images
        Number of images of the test split.
    footer
        What the model is, and how good, at their widest.
    bars, title
        As in `PictureConfig`.
    scope
        Which of the test images are shown.
    """
    symbols, labels = zip(*rows(noun, bars), strict=True)
    of_score = bars == "score"
    name = max(classes, key=lambda name: text_width(name, True))
    return Widest(
        classes=classes,
        symbols=symbols,
        labels=labels,
        position=position(images - 1, images),
        true=true(name),
        predicted=predicted(name),
        mark=max(RIGHT, WRONG, key=lambda mark: text_width(mark, False)),
        percent=percent(1),
        tally=tally(images, images, scope),
        number=signed(-WIDE_LOGIT) if of_score else percent(1),
        bias=bias(-WIDE_BIAS) if of_score else score(-WIDE_LOGIT),
        footer=footer,
        banner=title,
    )
