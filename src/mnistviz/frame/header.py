"""The header, the headings of the lanes and the outlines that tell right from wrong."""

from collections.abc import Iterator
from dataclasses import dataclass

from mnistviz.drawing.geometry import Box
from mnistviz.drawing.letters import apart
from mnistviz.drawing.raster import text_width
from mnistviz.drawing.scene import Element, Rectangle, Text
from mnistviz.drawing.text import cut_in_middle, legible
from mnistviz.drawing.theme import Colour, Theme
from mnistviz.frame import words
from mnistviz.frame.frame_words import FrameWords
from mnistviz.frame.moment import Shown
from mnistviz.frame.places import Layout, line_height, text_at

DASH = 4  # of the outline of a wrong prediction, in its thicknesses


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

    def accents(self, shown: Shown) -> dict[int, Colour]:
        """Return the colours of the lanes of the true class and of a wrong prediction.

        Where the true class is not known, the prediction has neither, but that of the text.
        """
        if shown.label is None:
            return {shown.predicted: self.theme.ink}
        return {
            shown.predicted: self.theme.accents.wrong,
            shown.label: self.theme.accents.true,
        }

    def outlines(self, shown: Shown) -> Iterator[Element]:
        """Yield an outline around each accented lane: dashed around a wrong prediction."""
        thick = self.layout.outline
        for lane, colour in self.accents(shown).items():
            dash = DASH * thick if shown.label not in (None, lane) else 0
            yield from outline(self.layout.lanes[lane].outline, thick, colour, dash)

    def headings(self, *shown: Shown) -> Iterator[Element]:
        """Yield the names of the lanes; those of true and predicted are bold and in colour.

        Of an image as one model takes it, or as each of several does, or of none.
        """
        at, accents, colours = self.layout, self.theme.accents, {}
        for each in shown:
            colours[each.predicted] = self.theme.ink if each.label is None else accents.wrong_text
        for each in shown:
            if each.label is not None:
                colours[each.label] = accents.true_text
        for number, (lane, name) in enumerate(zip(at.lanes, at.headings, strict=True)):
            colour = colours.get(number, self.theme.muted)
            for above, line in enumerate(reversed(name.split("\n"))):
                up = above * line_height(at.text.heading)
                spot = lane.heading._replace(baseline=lane.heading.baseline - up)
                yield text_at(at, spot, "heading", line, colour, bold=number in colours)

    def texts(self, shown: Shown, right: int, count: int) -> Iterator[Element]:
        """Yield the verdict, which image it is, and the tally, unless nothing was counted."""
        yield from self._verdict(shown)
        layout, at, muted = self.layout, self.layout.header, self.theme.muted
        yield text_at(layout, at.position, "position", self.image_name(shown), muted)
        if count and shown.label is not None:
            yield text_at(layout, at.tally, "position", self.words.tally(right, count), muted)

    def image_name(self, shown: Shown) -> str:
        """Return which image it is: the name of its file, or its place in the test split."""
        if shown.changed:
            return self.words.changed(shown.index, shown.changed)
        return self._fitted(shown.name) if shown.name else self.words.position(shown.index)

    def _verdict(self, shown: Shown) -> Iterator[Text]:
        """Yield mark, prediction and its probability, and the true class where that is another."""
        layout, accents, ink = self.layout, self.theme.accents, self.theme.ink
        language = self.words.language
        name = self.words.classes[shown.predicted]
        truth = None if shown.label is None else self.words.classes[shown.label]
        parts = words.verdict(language, name, truth, shown.probability, shown.right)
        said = ink if truth is None else accents.true_text if shown.right else accents.wrong_text
        colours = {words.predicted(language, name): said, words.RIGHT: said, words.WRONG: said}
        x, size = float(layout.header.verdict.x), layout.text.title
        for text, bold in parts:
            colour = colours.get(text, accents.true_text if bold else ink)
            place = layout.header.verdict._replace(x=round(x))
            yield text_at(layout, place, "title", text, colour, bold)
            step = size * (self.words.width(text, bold) + words.VERDICT_SPACE)
            x += step if place.align == "left" else -step

    def _fitted(self, name: str) -> str:
        """Return the name of a file in letters that there are, and no wider than its place."""
        room = self.layout.name_room / self.layout.text.position
        fonts = self.words.fonts
        cut = cut_in_middle(
            legible(name, fonts), lambda text: text_width(text, False, fonts) <= room
        )
        return apart(cut, fonts.right_to_left)


def outline(box: Box, thick: int, colour: Colour, dash: int = 0) -> Iterator[Rectangle]:
    """Yield an outline, so thick, inside of the edges of a box; solid, or in dashes."""
    x, y, width, height = box
    yield Rectangle(x, y, width, thick, colour, dash)
    yield Rectangle(x, y + height - thick, width, thick, colour, dash)
    for edge in (x, x + width - thick):
        yield Rectangle(edge, y + thick, thick, height - 2 * thick, colour, dash)
