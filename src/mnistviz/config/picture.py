"""What a picture looks like, or an explorer."""

from dataclasses import dataclass

from mnistviz.config.checking import check_known
from mnistviz.errors import OptionError

SIZES = {
    "720p": (1280, 720),
    "1080p": (1920, 1080),
    "1440p": (2560, 1440),
    "2160p": (3840, 2160),
    "square": (1080, 1080),
    "vertical": (1080, 1920),
}
"""Width and height of the sizes that have names, in pixels."""

THEME_NAMES = ("dark", "light", "print")
PAGE_THEMES = ("auto", "dark", "light")
PALETTE_NAMES = ("green-orange", "blue-orange")
WEIGHT_COLOURS = ("gray", "diverging")
BAR_KINDS = ("score", "probability")
MOST_TITLE = 200  # characters; far fewer fit


@dataclass(frozen=True)
class PictureConfig:
    """What a picture looks like.

    Attributes
    ----------
    size
        Width and height in pixels, both even; `SIZES` names some. If it is higher than wide, the
        grid may be turned: a row a class in place of a column.
    theme
        'dark', for a screen; 'light', white; or 'print', white and in colours that a printer
        without any keeps apart.
    palette
        What is true and what is wrong: 'green-orange' or 'blue-orange'.
    weights
        Colours of weights and products: 'gray', or 'diverging', red against and blue for. Then
        an image pixel is an even number of screen pixels wide, since video halves the resolution
        of colour. Not on paper without colours, the theme 'print'.
    bars
        What the bars tell: 'score', or 'probability', its softmax.
    title
        A line of text above everything; none by default. No markup.
    """

    size: tuple[int, int] = SIZES["1080p"]
    theme: str = "dark"
    palette: str = "green-orange"
    weights: str = "gray"
    bars: str = "score"
    title: str = ""

    def __post_init__(self) -> None:
        if len(self.size) != 2 or not all(isinstance(side, int) for side in self.size):
            raise OptionError(f"size must be width and height in pixels (got {self.size!r})")
        for name, known in (
            ("theme", THEME_NAMES),
            ("palette", PALETTE_NAMES),
            ("weights", WEIGHT_COLOURS),
            ("bars", BAR_KINDS),
        ):
            check_known(name, getattr(self, name), known)
        if self.theme == "print" and self.weights == "diverging":
            raise OptionError(
                "diverging weights need colours, and the theme print does without: "
                "take the theme light, or gray weights"
            )
        _check_title(self.title)


def _check_title(title: object) -> None:
    if not isinstance(title, str):
        raise OptionError(f"title must be text (got {title!r})")
    if len(title) > MOST_TITLE:
        raise OptionError(f"title: expected at most {MOST_TITLE} characters, got {len(title)}")
    if not title.isprintable() or title != title.strip():
        raise OptionError(f"title must be one line of text, not blank at its ends (got {title!r})")


@dataclass(frozen=True)
class PageConfig:
    """What an explorer looks like.

    Attributes
    ----------
    theme
        'dark'; 'light', white; or 'auto', the one of the two that the reader's browser asks for.
    palette, weights, title
        As in `PictureConfig`.
    """

    theme: str = "auto"
    palette: str = "green-orange"
    weights: str = "gray"
    title: str = ""

    def __post_init__(self) -> None:
        for name, known in (
            ("theme", PAGE_THEMES),
            ("palette", PALETTE_NAMES),
            ("weights", WEIGHT_COLOURS),
        ):
            check_known(name, getattr(self, name), known)
        _check_title(self.title)
