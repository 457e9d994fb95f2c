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
from mnistviz.language.language import ENGLISH, Language
from mnistviz.language.typefaces import Fonts

WIDEST = -88.8  # score and bias: room is left for it, so that all films of a data set line up
MOST_NAMED = 2  # classes in the tally


def scope_of(language: Language, dataset: Dataset, selection: Selection) -> str:
    """Return which test images are selected, as the tally says; empty for a plain sample."""
    labels = labels_of(dataset.classes, selection.classes)
    names = [legible(dataset.classes[label], language.fonts) for label in labels]
    of_classes = (
        ", ".join(names)
        if len(names) <= MOST_NAMED
        else language.say_counted("{number} class", "{number} classes", len(names))
    )
    # Translators: of the images that are shown: those that the user has listed.
    chosen = language.say("chosen") if selection.indices is not None else ""
    return " ".join(filter(None, (_outcome_of(language, selection), of_classes, chosen)))


def _outcome_of(language: Language, selection: Selection) -> str:
    """Return how the images that are selected are predicted; empty for a plain sample."""
    if selection.order == "confidence":
        # Translators: of the images that are shown: those of which the model is surest.
        surest = {None: language.say("surest"), "wrong": language.say("surest mistakes")}
        return surest.get(selection.only, language.say("surest hits"))
    # Translators: of the images that are shown: those that are predicted wrong, or right.
    plain = {None: "", "wrong": language.say("mistakes")}
    return plain.get(selection.only, language.say("hits"))


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
    changes
        Whether pixels of an image may be changed, which is said with its place.
    language
        In which they are said.
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
    changes: bool = False
    language: Language = ENGLISH

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        picture: PictureConfig,
        scope: str = "",
        model: str = model,
        link: str = link,
        language: Language = ENGLISH,
        changes: bool = False,
    ) -> Self:
        """Return the words of films of a data set and a kind of model."""
        return cls(
            classes=names_for(dataset.classes, picture.size[0], language.fonts),
            noun=dataset.noun,
            images=len(dataset.test),
            pixels=dataset.test.images[0].size,
            title=unicodedata.normalize("NFC", picture.title),  # a letter and its accent: one glyph
            scope=scope,
            model=model,
            link=link,
            effect=picture.is_effect,
            changes=changes,
            language=language,
        )

    @property
    def fonts(self) -> Fonts:
        """What they are written in."""
        return self.language.fonts

    def width(self, text: str, bold: bool = False) -> float:
        """Return the width of a text in text sizes."""
        return text_width(text, bold, self.fonts)

    def position(self, index: int) -> str:
        """Return which image of the test split is on, counted from 0."""
        number = self.language.number
        return self.language.say(
            "image {index} of {number}", index=number(index), number=number(self.images)
        )

    def changed(self, index: int, changed: int) -> str:
        """Return which image of the test split is on, with so many pixels changed."""
        return self.language.say_counted(
            "image {index}, {number} pixel changed",
            "image {index}, {number} pixels changed",
            changed,
            index=self.language.number(index),
        )

    def tally(self, right: int, count: int) -> str:
        """Return how many of the images shown so far are predicted right."""
        number, scope = self.language.number, self.scope
        counts = {"right": number(right), "number": number(count)}
        if not scope:
            return self.language.say("{right} of {number} right", **counts)
        # Translators: scope says which images are shown, as "mistakes".
        return self.language.say("{right} of {number} right ({scope})", scope=scope, **counts)

    @property
    def footer(self) -> tuple[str, str]:
        """What the model is, and how good."""
        return (
            words.about(self.language, self.model, self.pixels, self.effect),
            words.right(self.language, self.accuracy, self.images, self.noun),
        )

    def footer_from(self, part: int) -> str:
        """Return the footer from one of its two parts on."""
        return self.language.in_a_line(self.footer[part:])

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Symbol and word of image, weights, product, bar and, if there is one, probability."""
        return words.rows(self.language, self.noun, self.link, self.effect)

    @property
    def widest_numbers(self) -> tuple[str, str]:
        """The widest score, and the widest bias with its word."""
        return self.language.signed(WIDEST), words.bias(self.language, WIDEST)

    @property
    def widest_side(self) -> tuple[str, ...]:
        """The widest texts at the side of the header: position, and tally."""
        position, tally = self.position(self.images - 1), self.tally(self.images, self.images)
        if self.changes:
            position = max(position, self.changed(self.images - 1, self.pixels), key=self.width)
        return position, tally

    @property
    def widest_verdict(self) -> float:
        """The width of the widest verdict, in text sizes."""
        name = max(self.classes, key=lambda name: self.width(name, True))
        share = 1 if self.link else None
        parts = words.verdict(self.language, name, name, share, right=False)
        width = sum(self.width(text, bold) for text, bold in parts)
        return width + words.VERDICT_SPACE * (len(parts) - 1)
