"""The words of one film's frames, and how wide they can get."""

import unicodedata
from dataclasses import dataclass
from typing import Self

from mnistviz.config import PictureConfig, Selection
from mnistviz.datasets.dataset import Dataset
from mnistviz.datasets.select import labels_of
from mnistviz.drawing.raster import text_width
from mnistviz.drawing.text import legible, names_for
from mnistviz.frame import words

# Room is left for these, whatever the model, so that all films of a data set line up.
WIDEST_NUMBER, WIDEST_BIAS = words.signed(-88.8), words.bias(-88.8)
WIDEST_PERCENT = words.probability(1)
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
    title
        As in `PictureConfig`.
    scope
        Which of the test images are shown; empty for a plain sample.
    accuracy
        Share of the test images that the model predicts right. Default: 1, its widest.
    model
        What kind of model it is.
    link
        What makes probabilities of scores; empty if the model has none.
    effect
        Whether effects are drawn in place of weights.
    """

    classes: tuple[str, ...]
    noun: str
    images: int
    pixels: int
    title: str = ""
    scope: str = ""
    accuracy: float = 1.0
    model: str = "softmax regression"
    link: str = "softmax"
    effect: bool = False

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        picture: PictureConfig,
        scope: str = "",
        model: str = model,
        link: str = link,
    ) -> Self:
        """Return the words of films of a data set and a kind of model."""
        return cls(
            classes=names_for(dataset.classes, picture.size[0]),
            noun=dataset.noun,
            images=len(dataset.test),
            pixels=dataset.test.images[0].size,
            title=unicodedata.normalize("NFC", picture.title),  # a letter and its accent: one glyph
            scope=scope,
            model=model,
            link=link,
            effect=picture.is_effect,
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
        return (
            words.about(self.model, self.pixels, self.effect),
            words.right(self.accuracy, self.images, self.noun),
        )

    def footer_from(self, part: int) -> str:
        """Return the footer from one of its two parts on."""
        return " · ".join(self.footer[part:])

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Symbol and word of image, weights, product, bar and, if there is one, probability."""
        return words.rows(self.noun, self.link, self.effect)

    @property
    def widest_side(self) -> tuple[str, str]:
        """The widest texts at the side of the header: position, and tally."""
        return self.position(self.images - 1), self.tally(self.images, self.images)

    @property
    def widest_verdict(self) -> float:
        """The width of the widest verdict, in text sizes."""
        name = max(self.classes, key=lambda name: text_width(name, True))
        parts = words.verdict(name, name, 1 if self.link else None, right=False)
        width = sum(text_width(text, bold) for text, bold in parts)
        return width + words.VERDICT_SPACE * (len(parts) - 1)
