"""The header, the headings of the columns and the outlines that tell right from wrong."""

from collections.abc import Iterator
from dataclasses import dataclass

from mnistviz.drawing.geometry import Spot
from mnistviz.drawing.raster import text_width
from mnistviz.drawing.scene import Element, Rectangle, Text
from mnistviz.drawing.text import legible
from mnistviz.drawing.theme import Colour, Theme
from mnistviz.frame import words
from mnistviz.frame.frame_words import FrameWords
from mnistviz.frame.moment import Shown
from mnistviz.frame.places import Layout, text_at


@dataclass(frozen=True)
class Header:
    """Composes header, headings and outlines.

    Attributes
    ----------
    words
        What they say.
    layout, theme
        Where everything stands, and in which colours.
    """

    words: FrameWords
    layout: Layout
    theme: Theme

    def accents(self, label: int | None, predicted: int) -> dict[int, Colour]:
        """Return the colours of the columns of the true class and of a wrong prediction.

        Where the true class is not known, the prediction has neither, but that of the text.
        """
        if label is None:
            return {predicted: self.theme.ink}
        return {predicted: self.theme.accents.wrong, label: self.theme.accents.true}

    def heading_colours(self, label: int | None, predicted: int) -> dict[int, Colour]:
        """Return the colours of the headings of the columns that `accents` has."""
        accents = self.theme.accents
        if label is None:
            return {predicted: self.theme.ink}
        return {predicted: accents.wrong_text, label: accents.true_text}

    def outlines(self, accents: dict[int, Colour]) -> Iterator[Element]:
        """Yield an outline around each accented column."""
        thick = self.layout.outline
        for column, colour in accents.items():
            x, y, width, height = self.layout.lanes[column].outline
            yield Rectangle(x, y, width, thick, colour)
            yield Rectangle(x, y + height - thick, width, thick, colour)
            for edge in (x, x + width - thick):
                yield Rectangle(edge, y, thick, height, colour)

    def headings(self, colours: dict[int, Colour]) -> Iterator[Element]:
        """Yield the names of the columns; those with a colour of their own are bold."""
        at = self.layout
        for column, (lane, name) in enumerate(zip(at.lanes, at.headings, strict=True)):
            colour = colours.get(column, self.theme.muted)
            yield text_at(at, lane.heading, "heading", name, colour, bold=column in colours)

    def texts(self, shown: Shown, right: int, count: int) -> Iterator[Element]:
        """Yield the header."""
        if shown.label is None:
            return self._of_own_picture(shown)
        return self._of_test_image(shown, shown.label, right, count)

    def _of_own_picture(self, shown: Shown) -> Iterator[Element]:
        layout, at, theme = self.layout, self.layout.header, self.theme
        prediction = words.predicted(self.words.classes[shown.predicted])
        yield text_at(layout, at.position, "position", self._fitted(shown.name), theme.muted)
        yield Rectangle(*at.predicted_swatch, theme.ink)
        yield text_at(layout, at.predicted, "title", prediction, theme.ink, bold=True)
        # Such a picture has no mark, so its probability takes the mark's place.
        yield self._probability(at.mark, shown)

    def _of_test_image(self, shown: Shown, label: int, right: int, count: int) -> Iterator[Element]:
        layout, at, accents = self.layout, self.layout.header, self.theme.accents
        colour = accents.true_text if shown.right else accents.wrong_text
        true, prediction = (self.words.classes[each] for each in (label, shown.predicted))
        position, tally = self.words.position(shown.index), self.words.tally(right, count)
        yield text_at(layout, at.position, "position", position, self.theme.muted)
        yield text_at(layout, at.tally, "position", tally, self.theme.muted)
        yield Rectangle(*at.true_swatch, accents.true)
        yield text_at(layout, at.true, "title", words.true(true), accents.true_text, bold=True)
        yield Rectangle(*at.predicted_swatch, accents.true if shown.right else accents.wrong)
        prediction = words.predicted(prediction)
        yield text_at(layout, at.predicted, "title", prediction, colour, bold=True)
        mark = words.RIGHT if shown.right else words.WRONG
        yield text_at(layout, at.mark, "title", mark, colour)
        yield self._probability(at.percent, shown)

    def _probability(self, place: Spot, shown: Shown) -> Text:
        """Return the probability of the predicted class."""
        percent = words.percent(shown.probability)
        return text_at(self.layout, place, "position", percent, self.theme.muted)

    def _fitted(self, name: str) -> str:
        """Return the name of a file in letters that there are, and no wider than its place."""
        room = self.layout.name_room / self.layout.text.position
        return words.cut_in_middle(legible(name), lambda text: text_width(text, False) <= room)
