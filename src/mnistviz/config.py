"""Settings and their defaults, which the command line and the Python interface share.

Without NumPy, so that ``mnistviz --help`` is quick.
"""

import math
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mnistviz.arguments import instance, items, number, one_of, path, shown, spoken, whole
from mnistviz.errors import OptionError, is_line

MODEL_KINDS = ("softmax", "logistic", "svm", "ridge", "perceptron", "lda", "linear")
PIXEL_ORDERS = ("rows", "columns")
SUM_ORDERS = ("rows", "influence")
ORDERS = ("shuffled", "file", "class", "confidence")
OUTCOMES = ("wrong", "right")
CODECS = {".mp4": ("h264", "hevc", "av1"), ".webm": ("vp9", "av1")}  # the default first
CODEC_NAMES = tuple(dict.fromkeys(name for names in CODECS.values() for name in names))
QUALITY_NAMES = ("draft", "standard", "master")
THEME_NAMES = ("dark", "light", "print")
PAGE_THEMES = ("auto", "dark", "light")
PALETTE_NAMES = ("green-orange", "blue-orange")
WEIGHT_LOOKS = ("gray", "diverging", "effect", "diverging-effect")
CONTRASTS = {"linear": 1.0, "soft": 0.75, "strong": 0.5}
"""Exponents of the tone curve of weights and products, see `signed_grey`."""
SIZES = {
    "720p": (1280, 720),
    "1080p": (1920, 1080),
    "1440p": (2560, 1440),
    "2160p": (3840, 2160),
    "square": (1080, 1080),
    "vertical": (1080, 1920),
}
"""Width and height of the sizes that have names, in pixels."""

FILM_IMAGES = 25  # test images in a film by default: a minute
EXPLORER_IMAGES = 500  # test images in an explorer by default, besides all mistakes
ALL = sys.maxsize  # a `count` of an explorer: all images that there are
# Seconds by default: a first-time viewer can follow four rows, and see what has changed.
SECONDS_PER_IMAGE, TRANSITION = 2.4, 0.4
MAX_FRAME_RATE = 240  # no screen shows more
_TAG = re.compile(r"([a-z]{2,3})([-_][a-z]{4})?([-_](?:[a-z]{2}|\d{3}))?", re.IGNORECASE)
MAX_TITLE = 200  # characters; far fewer fit


@dataclass(frozen=True)
class Selection:
    """Which test images are shown, and in which order.

    Attributes
    ----------
    count
        Number of images. Default: 25 in a film, 500 and all other mistakes in an explorer, or as
        many as there are; all that `indices` lists.
    indices
        The test images to choose from, by their places from 0; one that comes twice is shown once.
        Default: all.
    classes
        The classes to choose from, by name or number. Default: all.
    only
        'wrong' or 'right': how the images to choose from are predicted. Default: either.
    order
        'shuffled'; 'file', as in the test file; 'class', those that 'shuffled' would show, by
        class; or 'confidence', the most confident prediction first. Default: shuffled, or as
        `indices` lists them.
    order_seed
        Seed of the shuffled order.
    """

    count: int | None = None
    indices: tuple[int, ...] | None = None
    classes: tuple[str, ...] = ()
    only: str | None = None
    order: str | None = None
    order_seed: int = 0

    def __post_init__(self) -> None:
        if self.count is not None:
            _keep(self, count=whole("count", self.count, 1))
        _keep(self, order_seed=whole("order seed", self.order_seed, 0))
        if self.only is not None:
            one_of("only", self.only, OUTCOMES)
        if self.order is not None:
            one_of("order", self.order, ORDERS)
        if self.indices is not None:
            _keep(self, indices=_indices(self.indices))
        if self.order_seed and (self.order or self.indices) not in (None, "shuffled", "class"):
            raise OptionError("order seed is of a shuffled order: leave it out, or the other order")
        classes = items(self.classes)
        if classes is None or not all(isinstance(name, str) for name in classes):
            raise OptionError(f"classes must be a tuple of texts (got {shown(self.classes)})")
        _keep(self, classes=classes)


@dataclass(frozen=True)
class Timing:
    """For how long a film shows each image.

    Attributes
    ----------
    seconds_per_image
        Time of each image, in seconds: at least one frame. Default: 2.4.
    transition
        Seconds at the start of that time in which the image before turns into this one, rounded to
        whole frames; 0 is a cut. A GIF has none. Default: 0.4, or all of a shorter time.
    duration
        Length of the film in seconds, its introduction included; its images share it. Default: as
        long as they take.
    loop
        Whether the last image turns into the first at the end, so that a film that is played again
        and again has no seam.
    """

    seconds_per_image: float | None = None
    transition: float | None = None
    duration: float | None = None
    loop: bool = False

    def __post_init__(self) -> None:
        for name in ("seconds_per_image", "transition", "duration"):
            if (value := getattr(self, name)) is not None:
                _keep(self, **{name: number(spoken(name), value)})
        instance("loop", self.loop, bool)
        if self.duration is not None and self.seconds_per_image is not None:
            raise OptionError("give the duration of a film or the seconds per image, not both")

    def seconds_of(self, images: int, lead: float) -> tuple[float, float]:
        """Return the time of each of so many images after a lead, and of its transition."""
        seconds = SECONDS_PER_IMAGE if self.seconds_per_image is None else self.seconds_per_image
        if self.duration is not None:
            if not lead < self.duration < math.inf:
                after = f", longer than its introduction of {lead:g} s" if lead else ""
                raise OptionError(
                    f"a film must have a duration above 0 s{after} (got {self.duration:g} s)"
                )
            seconds = (self.duration - lead) / images
        return seconds, min(TRANSITION, seconds) if self.transition is None else self.transition


@dataclass(frozen=True)
class Encoding:
    """How a film is written.

    Attributes
    ----------
    frame_rate
        Frames a second. A GIF has one frame an image.
    codec
        'h264', 'hevc' or 'av1' in an MP4, 'vp9' or 'av1' in a WebM. Default: the first.
    quality
        'draft', fast to encode; 'standard', without a loss that is seen; or 'master', to be
        encoded again. For MP4 and WebM: other formats lose nothing, or, a GIF, colours alone.
    captions
        Whether captions say what is shown: as WebVTT in ``video.vtt`` next to the film, and in the
        film itself. For MP4 and WebM.
    poster
        Whether the first frame, of a training film the last, is written as ``video.poster.png``
        next to the film. For MP4 and WebM.
    max_size
        Most bytes of a GIF, which gets fewer colours, smaller pictures and then fewer images where
        it must; a `SizeWarning` says so. Default: any number.
    """

    frame_rate: int = 30
    codec: str | None = None
    quality: str = "standard"
    captions: bool = False
    poster: bool = False
    max_size: int | None = None

    def __post_init__(self) -> None:
        if self.max_size is not None:
            _keep(self, max_size=whole("largest size", self.max_size, 1))
        _keep(self, frame_rate=whole("frame rate", self.frame_rate, 1, MAX_FRAME_RATE))
        if self.codec is not None:
            one_of("codec", self.codec, CODEC_NAMES)
        one_of("quality", self.quality, QUALITY_NAMES)
        instance("captions", self.captions, bool)
        instance("poster", self.poster, bool)


@dataclass(frozen=True)
class Workers:
    """Who draws and encodes the segments of a film. Its bytes are the same, whoever does.

    Attributes
    ----------
    processes
        Worker processes of this machine; 1 is this process alone, and None as many as it has
        cores. A script with more than one needs ``if __name__ == "__main__":`` around what it does.
    scheduler
        Address of a Dask scheduler, as 'tcp://HOST:8786', whose workers do it instead.
    """

    processes: int | None = 1
    scheduler: str = ""

    def __post_init__(self) -> None:
        if self.processes is not None:
            _keep(self, processes=whole("workers", self.processes, 1))
        instance("scheduler", self.scheduler, str)
        if self.scheduler and self.processes is not None and self.processes > 1:
            raise OptionError("give workers or a scheduler, which has workers of its own")


@dataclass(frozen=True)
class Wording:
    """The language of what a viewer sees, and the letters that it is written in.

    Attributes
    ----------
    language
        Its name by BCP 47: 'en', 'de', or 'pt-BR' for one as it is written in a country.
    words
        A gettext file, ``.po``, of words of it that are better, or of all words of a language that
        mnistviz has not; `mnistviz words` writes one to fill in. Default: none.
    font
        File or family of a typeface for what DejaVu Sans has no letters for. Default: for the
        languages that need one, one that is installed.
    """

    language: str = "en"
    words: Path | None = None
    font: str = ""

    def __post_init__(self) -> None:
        instance("language", self.language, str)
        tag = _TAG.fullmatch(self.language)
        if tag is None:
            raise OptionError(
                f"language must be named as en, de or pt-BR are (got {self.language!r:.60})"
            )
        language, script, country = (each and each.lstrip("-_") for each in tag.groups())
        parts = language.lower(), script and script.title(), country and country.upper()
        _keep(self, language="-".join(filter(None, parts)))
        if self.words is not None:
            _keep(self, words=path("words", self.words))
        instance("font", self.font, str)


class _Looks:
    """What the names of looks mean."""

    weights: str

    @property
    def is_coloured(self) -> bool:
        """Whether weights and products are in colour, not in grey."""
        return self.weights.startswith("diverging")

    @property
    def is_effect(self) -> bool:
        """Whether effects are drawn in place of weights."""
        return self.weights.endswith("effect")


@dataclass(frozen=True)
class PictureConfig(_Looks):
    """What a picture looks like.

    Attributes
    ----------
    size
        Width and height in pixels, both even; `SIZES` names some. If it is higher than wide, the
        grid may be turned: a row for each class in place of a column.
    theme
        'dark', for a screen; 'light', white; or 'print', white and in colours that a printer
        without any keeps apart.
    palette
        Colours of the true class and of a wrong prediction: 'green-orange' or 'blue-orange'.
    weights
        Colours of weights and products: 'gray', or 'diverging', red against and blue for. Then
        an image pixel is an even number of screen pixels wide, since video halves the resolution
        of colour. Not with the theme 'print'. Or 'effect' and 'diverging-effect': in place of the
        weights are drawn weight × the pixel's typical ink, its standard deviation on the training
        split, so that pixels that hardly vary do not set the scale. Products are the same.
    contrast
        How far weak weights and products stand out: 'linear', 'soft' or 'strong', one of
        `CONTRASTS`.
    title
        A line of text above everything; none by default. No markup.
    """

    size: tuple[int, int] = SIZES["1080p"]
    theme: str = "dark"
    palette: str = "green-orange"
    weights: str = "gray"
    contrast: str = "soft"
    title: str = ""

    def __post_init__(self) -> None:
        sides = items(self.size) or ()
        if len(sides) != 2:
            raise OptionError(f"size must be width and height in pixels (got {shown(self.size)})")
        width, height = (whole("width and height", side, 1) for side in sides)
        _keep(self, size=(width, height))
        _check_looks(self, THEME_NAMES)
        if self.theme == "print" and self.is_coloured:
            raise OptionError(
                "diverging weights need colours, and the theme print does without: "
                "take the theme light, or gray weights"
            )


@dataclass(frozen=True)
class PageConfig(_Looks):
    """What an explorer looks like.

    Attributes
    ----------
    theme
        'dark'; 'light', white; or 'auto', the one of the two that the reader's browser asks for.
    palette, weights, contrast, title
        As in `PictureConfig`.
    sliders
        Whether it has sliders of the steps of the training and of its smoothness, for which the
        model is trained again. Default: where training again gives the model, to the bit.
    """

    theme: str = "auto"
    palette: str = "green-orange"
    weights: str = "gray"
    contrast: str = "soft"
    title: str = ""
    sliders: bool | None = None

    def __post_init__(self) -> None:
        if self.sliders is not None:
            instance("sliders", self.sliders, bool)
        _check_looks(self, PAGE_THEMES)


def _keep(settings: Any, **values: object) -> None:
    """Set fields of frozen settings to what they mean, such as an int for a NumPy integer."""
    for name, value in values.items():
        object.__setattr__(settings, name, value)


def _indices(given: object) -> tuple[int, ...]:
    """Return indices of images, each once."""
    indices = tuple(dict.fromkeys(whole("index", index, 0) for index in items(given) or ()))
    if not indices:
        raise OptionError(f"index must be whole numbers from 0 (got {shown(given)})")
    return indices


def _check_looks(looks: PictureConfig | PageConfig, themes: tuple[str, ...]) -> None:
    one_of("theme", looks.theme, themes)
    one_of("palette", looks.palette, PALETTE_NAMES)
    one_of("weights", looks.weights, WEIGHT_LOOKS)
    one_of("contrast", looks.contrast, tuple(CONTRASTS))
    title: object = looks.title
    if not isinstance(title, str):
        raise OptionError(f"title must be text (got {shown(title)})")
    if len(title) > MAX_TITLE:
        raise OptionError(f"title: expected at most {MAX_TITLE} characters, got {len(title)}")
    if title and (not is_line(title) or title != title.strip()):
        raise OptionError(f"title must be one line of text, not blank at its ends (got {title!r})")
