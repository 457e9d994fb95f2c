"""Which images a film shows, for how long, and how it is encoded."""

from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Real

from mnistviz.config.checking import check_known
from mnistviz.errors import OptionError

ORDERS = ("shuffled", "file", "class", "confidence")
ANSWERS = ("wrong", "right")
CODEC_NAMES = ("h264", "hevc", "av1", "vp9")
QUALITY_NAMES = ("draft", "standard", "master")
TEST_IMAGES = 60  # that a film shows by default
EXPLORER_IMAGES = 500  # that an explorer holds by default
TRANSITION = 0.25  # seconds
MOST_FRAME_RATE = 240  # no screen shows more


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
            if (value := getattr(self, name)) is not None:
                check_known(name, value, known)
        check_known("quality", self.quality, QUALITY_NAMES)
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
