"""What a frame tells of its image in words: header, headings and outlines."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from mnistviz.drawing.scene import Element, Rectangle, Text
from mnistviz.drawing.theme import Colour, Theme
from mnistviz.film.moments import Moment
from mnistviz.frame import words as wording
from mnistviz.frame.places import Layout, text_at


class Verdict(NamedTuple):
    """What the words of a frame tell; the same in all moments that are nearest to one image."""

    name: str
    label: int | None
    place: int
    right: int
    shown: int
    predicted: int

    @classmethod
    def of(cls, moment: Moment, predicted: int) -> "Verdict":
        """Return what is told of a moment that is taken for a class."""
        facts = (moment.label, moment.index, moment.right, moment.shown)
        return cls(moment.name, *facts, predicted)


@dataclass(frozen=True)
class Headline:
    """Composes words and outlines.

    Attributes
    ----------
    classes
        Names of the classes as the header shows them.
    images
        Number of images of the test split.
    scope
        Which of them the film shows; nothing for a plain sample.
    layout, theme
        Where everything stands, and in which colours.
    """

    classes: tuple[str, ...]
    images: int
    scope: str
    layout: Layout
    theme: Theme

    def accents(self, label: int | None, predicted: int) -> dict[int, Colour]:
        """Return the colours of the columns that stand out: what is true, and what is wrong.

        Where nobody knows what is true, the prediction has neither, but that of the text.
        """
        if label is None:
            return {predicted: self.theme.ink}
        return {predicted: self.theme.accents.wrong, label: self.theme.accents.true}

    def outlines(self, accents: dict[int, Colour]) -> Iterator[Element]:
        """Give the outlines of the columns that stand out."""
        thick = self.layout.outline
        for column, colour in accents.items():
            x, y, width, height = self.layout.lanes[column].outline
            yield Rectangle(x, y, width, thick, colour)
            yield Rectangle(x, y + height - thick, width, thick, colour)
            for edge in (x, x + width - thick):
                yield Rectangle(edge, y, thick, height, colour)

    def headings(self, colours: dict[int, Colour]) -> Iterator[Element]:
        """Give the names of the columns; those that stand out are bold."""
        at = self.layout
        for column, (lane, name) in enumerate(zip(at.lanes, at.headings, strict=True)):
            colour = colours.get(column, self.theme.muted)
            yield text_at(at, lane.heading, "heading", name, colour, bold=column in colours)

    def heading_colours(self, label: int | None, predicted: int) -> dict[int, Colour]:
        """Return the colours of the headings that stand out."""
        accents = self.theme.accents
        if label is None:
            return {predicted: self.theme.ink}
        return {predicted: accents.wrong_text, label: accents.true_text}

    def header(self, verdict: Verdict) -> Iterator[Element]:
        """Give the header but for the probability."""
        label = verdict.label
        return self._own(verdict) if label is None else self._of_test(verdict, label)

    def percent(self, label: int | None, probability: float) -> Text:
        """Return the probability of what is predicted."""
        at = self.layout.header
        place = at.mark if label is None else at.percent  # one's own image has no mark
        text = wording.percent(probability)
        return text_at(self.layout, place, "position", text, self.theme.muted)

    def _own(self, verdict: Verdict) -> Iterator[Element]:
        layout, at, theme = self.layout, self.layout.header, self.theme
        taken_for = wording.predicted(self.classes[verdict.predicted])
        yield text_at(layout, at.position, "position", verdict.name, theme.muted)
        yield Rectangle(*at.predicted_swatch, theme.ink)
        yield text_at(layout, at.predicted, "title", taken_for, theme.ink, bold=True)

    def _of_test(self, verdict: Verdict, label: int) -> Iterator[Element]:
        layout, at, accents = self.layout, self.layout.header, self.theme.accents
        right = verdict.predicted == label
        colour = accents.true_text if right else accents.wrong_text
        place = wording.position(verdict.place, self.images)
        tally = wording.tally(verdict.right, verdict.shown, self.scope)
        yield text_at(layout, at.position, "position", place, self.theme.muted)
        yield text_at(layout, at.tally, "position", tally, self.theme.muted)
        yield Rectangle(*at.true_swatch, accents.true)
        true = wording.true(self.classes[label])
        yield text_at(layout, at.true, "title", true, accents.true_text, bold=True)
        yield Rectangle(*at.predicted_swatch, accents.true if right else accents.wrong)
        taken_for = wording.predicted(self.classes[verdict.predicted])
        yield text_at(layout, at.predicted, "title", taken_for, colour, bold=True)
        mark = wording.RIGHT if right else wording.WRONG
        yield text_at(layout, at.mark, "title", mark, colour)
