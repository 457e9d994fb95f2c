"""The words of one film's frames, and how wide they can get."""

import unicodedata
from dataclasses import dataclass

from mnistviz.config import PictureConfig, Selection
from mnistviz.datasets.dataset import Dataset
from mnistviz.datasets.select import labels_of
from mnistviz.drawing.raster import text_width
from mnistviz.drawing.text import legible, names_for
from mnistviz.frame import words
from mnistviz.frame.places import Widest

# Room is left for these, whatever the model, so that all films of a data set line up.
WIDE_LOGIT, WIDE_BIAS = 888.8, 88.8
MOST_NAMED = 2  # classes in the tally


def scope_of(dataset: Dataset, selection: Selection) -> str:
    """Return which test images are selected, as the tally says; empty for a plain sample."""
    labels = labels_of(dataset.classes, selection.classes)
    names = [legible(dataset.classes[label]) for label in labels]
    parts = (
        "surest" if selection.order == "confidence" else "",
        {"wrong": "mistakes", "right": "hits"}.get(selection.only or "", ""),
        ", ".join(names) if len(names) <= MOST_NAMED else f"{len(names)} classes",
        "chosen" if selection.indices is not None else "",
    )
    return " ".join(filter(None, parts))


@dataclass(frozen=True)
class FrameWords:
    """The words of a film's frames, into which each image puts its numbers and names.

    Attributes
    ----------
    classes, noun
        Names of the classes as the header shows them, and what one image is called.
    images, pixels
        Number of images of the test split, and of pixels of one.
    bars, title
        As in `PictureConfig`.
    scope
        Which of the test images are shown; empty for a plain sample.
    accuracy
        Share of the test images that the model predicts right. Default: 1, its widest.
    """

    classes: tuple[str, ...]
    noun: str
    images: int
    pixels: int
    bars: str = "score"
    title: str = ""
    scope: str = ""
    accuracy: float = 1.0

    @classmethod
    def of(cls, dataset: Dataset, picture: PictureConfig, scope: str = "") -> "FrameWords":
        """Return the words of films of a data set, whatever the model."""
        return cls(
            classes=names_for(dataset.classes, picture.size[0]),
            noun=dataset.noun,
            images=len(dataset.test),
            pixels=dataset.test.images[0].size,
            bars=picture.bars,
            title=unicodedata.normalize("NFC", picture.title),  # a letter and its accent: one glyph
            scope=scope,
        )

    def position(self, index: int) -> str:
        """Return which image of the test split is on, counted from 0."""
        return f"image {index:,} of {self.images:,}"

    def tally(self, right: int, count: int) -> str:
        """Return how many of the images shown so far are predicted right."""
        return f"{right:,} of {count:,} right" + (f" ({self.scope})" if self.scope else "")

    @property
    def footer(self) -> tuple[str, str]:
        """What the model is, and how good."""
        return words.footer(self.pixels, self.accuracy, self.images, self.noun)

    @property
    def widest(self) -> Widest:
        """The widest text that can come to each place."""
        symbols, labels = zip(*words.rows(self.noun, self.bars), strict=True)
        of_score = self.bars == "score"
        name = max(self.classes, key=lambda name: text_width(name, True))
        return Widest(
            classes=self.classes,
            symbols=symbols,
            labels=labels,
            position=self.position(self.images - 1),
            true=words.true(name),
            predicted=words.predicted(name),
            mark=max(words.RIGHT, words.WRONG, key=lambda mark: text_width(mark, False)),
            percent=words.percent(1),
            tally=self.tally(self.images, self.images),
            number=words.signed(-WIDE_LOGIT) if of_score else words.percent(1),
            bias=words.bias(-WIDE_BIAS) if of_score else words.score(-WIDE_LOGIT),
            footer=self.footer,
            banner=self.title,
        )
