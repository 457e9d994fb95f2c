"""The defaults, each in one place; the command line and the Python API read them here.

Without NumPy, so that ``mnistviz --help`` is quick.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Real

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
PALETTE_NAMES = ("green-orange", "blue-orange")
WEIGHT_COLOURS = ("gray", "diverging")
BAR_KINDS = ("score", "probability")
MOST_TITLE = 200  # characters; far fewer fit
ORDERS = ("shuffled", "file", "class", "confidence")
ANSWERS = ("wrong", "right")
CODEC_NAMES = ("h264", "hevc", "av1", "vp9")
QUALITY_NAMES = ("draft", "standard", "master")
TEST_IMAGES = 60  # that a film shows by default
EXPLORER_IMAGES = 500  # that an explorer holds by default
PAGE_THEMES = ("auto", "dark", "light")
TRANSITION = 0.25  # seconds
MOST_FRAME_RATE = 240  # no screen shows more


@dataclass(frozen=True)
class TrainingConfig:
    """How a model is trained: mini-batch Adam, whose steps are averaged.

    The defaults were chosen for MNIST on a part of its training set that was held back:
    `docs/training.md` has the figures. The objective is the mean cross-entropy of the images, in
    nats, plus ½·l2·‖W‖² + ½·smoothness·‖ΔW‖².

    Attributes
    ----------
    epochs
        Passes over the training set, at least 1. More cost time and gain less than the seed does.
    batch_size
        Images a step, at least 1; fewer in a small set, so that it takes at least 100 steps an
        epoch. Larger batches take fewer steps, and stop further from the optimum.
    learning_rate
        Adam's step size, in units of the weights, above 0. Constant: the average of the steps
        does what a falling rate would, and is closer to the optimum after as many epochs.
    l2
        Weight decay: the factor of ½·‖W‖², in nats; 0 or more. A little keeps the weights of
        pixels where nobody writes near zero; more makes all of them rougher.
    smoothness
        Factor of ½·‖ΔW‖², in nats; 0 or more. ΔW is the Laplacian of each class's picture of
        weights: how far a weight is from its four neighbours' mean, times four. The dial from
        accurate noise, at 0, to clear shapes, at 0.01. The default costs 0.1 % of the images
        (Hastie, Buja and Tibshirani 1995, Penalized Discriminant Analysis, Ann. Stat. 23:73-102).
    seed
        Seed of the order in which the images come, 0 or more.
    """

    epochs: int = 6
    batch_size: int = 512
    learning_rate: float = 3e-2
    l2: float = 1e-5
    smoothness: float = 1e-4
    seed: int = 0

    def __post_init__(self) -> None:
        for name, least in (("epochs", 1), ("batch_size", 1), ("seed", 0)):
            value = getattr(self, name)
            if not isinstance(value, int) or value < least:
                raise OptionError(
                    f"{name}: expected a whole number of at least {least}, got {value!r}"
                )
        _check_number("learning_rate", self.learning_rate, "a number above zero")
        for name in ("l2", "smoothness"):
            _check_number(name, getattr(self, name), "zero or a number above it")


def _check_number(name: str, value: object, expected: str) -> None:
    """Refuse what is no number, not finite, below zero, or zero where that is not expected."""
    number = isinstance(value, Real) and 0 <= float(value) < math.inf
    if not number or (value == 0 and "zero or" not in expected):
        raise OptionError(f"{name}: expected {expected}, got {value!r}")


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
            _check_known(name, getattr(self, name), known)
        if self.theme == "print" and self.weights == "diverging":
            raise OptionError(
                "diverging weights need colours, and the theme print does without: "
                "take the theme light, or gray weights"
            )
        _check_title(self.title)


def _check_known(name: str, value: object, known: tuple[str, ...]) -> None:
    if value not in known:
        raise OptionError(f"{name} must be one of {', '.join(known)} (got {value!r})")


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
            _check_known(name, getattr(self, name), known)
        _check_title(self.title)


@dataclass(frozen=True)
class FilmConfig:
    """Which images a film shows, and for how long.

    Attributes
    ----------
    count
        Number of test images, or the most of one's own. Default: 60 test images or as many as
        there are; all that `indices` lists; all of one's own.
    seconds_per_image
        Time of each image, in seconds: at least one frame.
    transition
        Seconds of each image's time, at its start, in which the one before turns into it. Rounded
        to whole frames; 0 is a cut. Default: a quarter of a second, or all of a shorter time. A
        GIF has none.
    order
        'shuffled'; 'file', as in the test file; 'class', those that 'shuffled' would show, by
        class; or 'confidence', the most confident prediction first. Default: shuffled, or as
        `indices` lists them. One's own come by name.
    order_seed
        Seed of the shuffled order.
    frame_rate
        Frames a second. A GIF has one frame an image.
    quality
        'draft', fast to encode; 'standard', without a loss that is seen; or 'master', to be
        encoded again. Of an MP4 or a WebM: other formats lose nothing, or, a GIF, colours alone.
    variable_frame_rate
        Whether an image that is held takes one frame only: faster, but not for every editor.
    indices
        The test images to choose from, by their places from 0; one that comes twice is shown once.
        Default: all.
    classes
        The classes to choose from, by name or number. Default: all.
    only
        'wrong' or 'right': how the images to choose from are predicted. Default: either.
    intro
        Five sentences, of image, weights, product, sum and prediction: the film opens with its
        first image explained by them, step by step. `introduction.SENTENCES` are ours. Default:
        none, the film begins at once.
    captions
        Whether the film tells in captions what is on, as WebVTT beside it, ``video.vtt``, and in
        the file itself. An MP4 or a WebM alone.
    poster
        Whether its first frame stands beside it as ``video.poster.png``: of a training film the
        last. For an MP4 or a WebM alone.
    codec
        'h264', 'hevc' or 'av1' in an MP4, 'vp9' or 'av1' in a WebM. Default: the first.
    """

    count: int | None = None
    seconds_per_image: float = 1.0
    transition: float | None = None
    order: str | None = None
    order_seed: int = 0
    frame_rate: int = 30
    quality: str = "standard"
    variable_frame_rate: bool = False
    indices: tuple[int, ...] | None = None
    classes: tuple[str, ...] = ()
    only: str | None = None
    intro: tuple[str, ...] = ()
    captions: bool = False
    poster: bool = False
    codec: str | None = None

    def __post_init__(self) -> None:
        count = 1 if self.count is None else self.count
        for name in ("count", "order_seed", "frame_rate"):
            value = count if name == "count" else getattr(self, name)
            if not isinstance(value, int):
                said = name.replace("_", " ")
                raise OptionError(f"{said} must be a whole number (got {value!r})")
        for name in ("seconds_per_image", "seconds_of_transition"):
            if not isinstance(getattr(self, name), Real):
                said = name.replace("_", " ")
                raise OptionError(f"{said} must be a number (got {getattr(self, name)!r})")
        self._check_choice()
        if count < 1:
            raise OptionError(f"count must be at least 1 (got {self.count})")
        if not 1 <= self.frame_rate <= MOST_FRAME_RATE:
            raise OptionError(
                f"frame rate must be from 1 to {MOST_FRAME_RATE} a second (got {self.frame_rate})"
            )
        for name, known in (("order", ORDERS), ("only", ANSWERS), ("codec", CODEC_NAMES)):
            if (value := getattr(self, name)) not in (None, *known):
                raise OptionError(f"{name} must be one of {', '.join(known)} (got {value!r})")
        if self.quality not in QUALITY_NAMES:
            names = ", ".join(QUALITY_NAMES)
            raise OptionError(f"quality must be one of {names} (got {self.quality!r})")
        if self.order_seed < 0:
            raise OptionError(f"order seed must be at least 0 (got {self.order_seed})")

    def _check_choice(self) -> None:
        """Make what was chosen a tuple of whole numbers, and one of texts."""
        if self.indices is not None:
            given = self.indices if isinstance(self.indices, Iterable) else ()
            listed = tuple(dict.fromkeys(given))
            if not listed or not all(isinstance(index, int) and index >= 0 for index in listed):
                raise OptionError(f"index must be a whole number from 0 (got {self.indices!r:.60})")
            object.__setattr__(self, "indices", listed)
        if isinstance(self.classes, str) or not all(isinstance(it, str) for it in self.classes):
            raise OptionError(f"classes must be a tuple of texts (got {self.classes!r:.60})")
        if self.intro and (len(self.intro) != 5 or not all(isinstance(s, str) for s in self.intro)):
            raise OptionError(f"intro must be five sentences (got {self.intro!r:.60})")
        object.__setattr__(self, "classes", tuple(self.classes))

    @property
    def seconds_of_transition(self) -> float:
        """The transition, or its default."""
        if self.transition is None:
            return min(TRANSITION, self.seconds_per_image)
        return self.transition

    @property
    def chooses(self) -> bool:
        """Whether it tells more of the test images than their number."""
        return bool(self.classes) or any(
            it is not None for it in (self.indices, self.only, self.order)
        )
