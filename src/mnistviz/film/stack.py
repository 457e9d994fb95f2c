"""What the films, stills and reports of a comparison show: the images, as each model takes them."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mnistviz.config import FILM_IMAGES, PictureConfig, Selection
from mnistviz.datasets.dataset import Dataset
from mnistviz.datasets.select import select
from mnistviz.drawing.scene import Scene
from mnistviz.drawing.theme import theme_of
from mnistviz.film.moments import Moments, shown_of_test
from mnistviz.frame.fit import blocks_for
from mnistviz.frame.moment import Shown
from mnistviz.frame.scales import Scales, typical_ink
from mnistviz.frame.stacked import Block
from mnistviz.frame.stacked_composer import StackedComposer
from mnistviz.frame.stacked_words import StackedWords
from mnistviz.language.language import ENGLISH, Language
from mnistviz.model.comparison import Comparison
from mnistviz.model.linear import LinearClassifier


def fitted(
    dataset: Dataset, names: tuple[str, ...], picture: PictureConfig, language: Language = ENGLISH
) -> tuple[StackedWords, tuple[Block, ...]]:
    """Return words and places for models of these names; LayoutError if there is no room."""
    words = StackedWords.of(dataset, picture, language=language).named(names, picture.size[0])
    return words, blocks_for(words, dataset.test.image_size, picture)


@dataclass(frozen=True, eq=False)
class Stack:
    """Models, one above the other, on the images that are shown.

    Attributes
    ----------
    dataset
        Where the test images are.
    models
        The classifiers.
    comparison
        What they make of the test images.
    picture
        Size and looks.
    selection
        Which images are shown.
    most
        How many where the selection does not say.
    language
        In which it is said.
    """

    dataset: Dataset
    models: tuple[LinearClassifier, ...]
    comparison: Comparison
    picture: PictureConfig
    selection: Selection
    most: int = FILM_IMAGES
    language: Language = ENGLISH

    @cached_property
    def indices(self) -> NDArray[np.int64]:
        """The images to show: those on which the models disagree first, the surest of them first.

        As sure as the least sure model is. The selection may order them otherwise; images that it
        lists stay as they are listed. 'Right' are those that all models get right.
        """
        compared, selection = self.comparison, self.selection
        hits = np.all([of.hits for of in compared.evaluations], axis=0)
        confidence = [of.confidence for of in compared.evaluations]
        if not all(of.kind.link for of in compared.evaluations):
            # Probabilities and leads do not compare, nor leads on scores of two scales: places do.
            confidence = [np.argsort(np.argsort(each)) / len(each) for each in confidence]
        sure = np.min(confidence, axis=0)
        labels = self.dataset.test.labels
        if selection.indices is not None and selection.order is None:
            return select(self.dataset, selection, np.where(hits, labels, -1), sure, self.most)
        ordered = replace(selection, order=selection.order or "confidence")
        return select(
            self.dataset,
            ordered,
            np.where(hits, labels, -1),
            sure,
            self.most,
            first=compared.disagreements,
        )

    @cached_property
    def shown(self) -> tuple[tuple[Shown, ...], ...]:
        """The images to show, as each model takes them."""
        return tuple(
            shown_of_test(self.dataset, of.logits, self.indices, of.kind)
            for of in self.comparison.evaluations
        )

    def fitted(self, size: tuple[int, int]) -> tuple[StackedWords, tuple[Block, ...]]:
        """Return words and places in a size; LayoutError if there is no room."""
        picture = replace(self.picture, size=size)
        return fitted(self.dataset, self.comparison.names, picture, self.language)

    def composer(self, size: tuple[int, int], still: bool = False) -> StackedComposer:
        """Return what composes the frames in a size, all models on one scale."""
        picture, compared = self.picture, self.comparison
        words, blocks = self.fitted(size)
        weights = tuple(model.weights for model in self.models)
        drawn = weights
        if picture.is_effect:
            ink = typical_ink(self.dataset.train)
            drawn = tuple(each * ink for each in weights)
        logits = [of.logits for of in compared.evaluations]
        return StackedComposer(
            weights,
            tuple(model.bias for model in self.models),
            drawn,
            Scales.of(np.concatenate(drawn, axis=1), np.concatenate(logits)),
            replace(
                words,
                accuracies=tuple(of.accuracy for of in compared.evaluations),
                disagreements=int(np.count_nonzero(compared.disagreements)),
            ),
            blocks,
            theme_of(picture),
            still,
        )

    def still(self, place: int) -> Scene:
        """Return the picture of an image that is shown, by its place, from 0."""
        moments = [Moments(shown).image(place) for shown in self.shown]
        return self.composer(self.picture.size, still=True).scene(moments)
