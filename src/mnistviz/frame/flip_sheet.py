"""The sheet of a change of mind: the image, the pixels that change, and what it becomes."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.geometry import Box, cap_height, even
from mnistviz.drawing.scene import Cell, Element, Rectangle, Scene
from mnistviz.drawing.theme import Colour, grey
from mnistviz.frame import words
from mnistviz.frame.composer import Composer
from mnistviz.frame.moment import Moment
from mnistviz.frame.sheet import LEADING, Sheet
from mnistviz.language.language import Language

GAP = 40  # between the cells, at scale 1
MARK = 0.14  # of a pixel's side, the line around one that changes


@dataclass(frozen=True)
class FlipSheet:
    """Composes the sheet.

    Attributes
    ----------
    sheet
        Its room and texts.
    composer
        Of the pictures of the same model.
    before, after
        The image, and the image when its pixels are changed, with the answers.
    places
        The pixels that change, (n,) integers.
    least
        No fewer pixels do it.
    """

    sheet: Sheet
    composer: Composer
    before: Moment
    after: Moment
    places: NDArray[np.intp]
    least: int

    def scene(self) -> Scene:
        """Return what the sheet shows."""
        return self.sheet.scene(self._elements())

    def said(self, language: Language) -> str:
        """Return in a language what the change does, with the number of pixels."""
        # Translators: the model's answer to an image, a class.
        return language.say_counted(
            "{number} pixel changes the answer from {name} to {other}",
            "{number} pixels change the answer from {name} to {other}",
            len(self.places),
            name=self._name(self.before),
            other=self._name(self.after),
        )

    def _bound(self) -> str:
        """Return whether fewer pixels could do it."""
        language = self.composer.words.language
        if self.least == len(self.places):
            return language.say("and no fewer pixels can")
        number = language.number(self.least)
        return language.say("and no fewer than {number} can", number=number)

    def _name(self, moment: Moment) -> str:
        return self.composer.words.classes[int(moment.logits.argmax())]

    def _elements(self) -> Iterator[Element]:
        shown = self.before.shown
        name = self.composer.header.image_name(shown)
        lines, room = self.sheet.headline(self.said(self.sheet.language), self._bound(), name)
        yield from lines
        k, boxes = self._boxes(room)
        levels = [grey(self.before.pixels), self._difference(), grey(self.after.pixels)]
        signed = [None, self.composer.theme.signed_colours, None]
        for box, level, colours in zip(boxes, levels, signed, strict=True):
            line = self.composer.layout.line
            yield Rectangle(*_grown(box, line), self.composer.theme.line)
            yield Cell(box.x, box.y, k, level.reshape(shown.image.shape), colours)
        for box in boxes[1:]:
            yield from self._marks(box, k)
        yield from self._captions(boxes)

    def _difference(self) -> NDArray[np.uint8]:
        """Return the levels of the new answer's weights less the old one's."""
        drawn = self.composer.drawn
        old, new = (int(each.logits.argmax()) for each in (self.before, self.after))
        return self.composer.cells.levels(drawn[:, new] - drawn[:, old])

    def _boxes(self, room: Box) -> tuple[int, list[Box]]:
        """Return the size of a pixel, and the three cells: in the direction with more room."""
        height, width = self.before.shown.image.shape
        gap = self.sheet.space(GAP)
        text = even(LEADING * self.sheet.text.label) + self.sheet.space(16)
        step = 1 if self.composer.theme.signed is None else 2
        beside = min((room.width - 2 * gap) // (3 * width), (room.height - text) // height)
        above = min(room.width // width, (room.height - 3 * text - 2 * gap) // (3 * height))
        k = max(step, max(beside, above) // step * step)
        wide, high = k * width, k * height
        if beside >= above:
            left = even(room.x + (room.width - 3 * wide - 2 * gap) / 2)
            top = even(room.y + (room.height - text - high) / 2)
            boxes = [Box(left + number * (wide + gap), top, wide, high) for number in range(3)]
            turned = self.composer.words.fonts.right_to_left
            return k, boxes[::-1] if turned else boxes
        left, pitch = even(room.x + (room.width - wide) / 2), high + text + gap
        top = even(room.y + (room.height - 3 * pitch + gap) / 2)
        return k, [Box(left, top + number * pitch, wide, high) for number in range(3)]

    def _marks(self, box: Box, k: int) -> Iterator[Element]:
        """Yield a line around each pixel that changes, inside of its edges."""
        thick = max(1, round(MARK * k))
        across = self.before.shown.image.shape[1]
        colour = self.composer.theme.accents.wrong
        for place in self.places.tolist():
            x, y = box.x + place % across * k, box.y + place // across * k
            yield Rectangle(x, y, k, thick, colour)
            yield Rectangle(x, y + k - thick, k, thick, colour)
            yield Rectangle(x, y, thick, k, colour)
            yield Rectangle(x + k - thick, y, thick, k, colour)

    def _captions(self, boxes: list[Box]) -> Iterator[Element]:
        """Yield what each cell is, under it."""
        language, theme = self.composer.words.language, self.composer.theme
        old, new = self._name(self.before), self._name(self.after)
        # Translators: a difference: the weights of one class minus those of another.
        middle = language.say("weights of {name} less {other}", name=new, other=old)
        said: list[tuple[str, Colour]] = [
            (self._answer(self.before), theme.ink),
            (middle, theme.muted),
            (self._answer(self.after), theme.ink),
        ]
        size = self.sheet.text.label
        beside = boxes[0].y == boxes[1].y
        wide = boxes[0].width + self.sheet.space(GAP) // 2 if beside else self.sheet.room.width
        for box, (text, colour) in zip(boxes, said, strict=True):
            baseline = box.y + box.height + self.sheet.space(16) + cap_height(size)
            bold = colour == theme.ink
            middle_x = box.x + box.width // 2
            yield self.sheet.line(middle_x, baseline, text, "label", wide, colour, bold)

    def _answer(self, moment: Moment) -> str:
        """Return the answer to an image, with its probability if the model has any."""
        language, best = self.composer.words.language, int(moment.logits.argmax())
        said = words.predicted(language, self._name(moment))
        if moment.probabilities is None:
            return said
        share = language.probability(float(moment.probabilities[best]))
        return f"{said}  {share}"


def _grown(box: Box, line: int) -> Box:
    return Box(box.x - line, box.y - line, box.width + 2 * line, box.height + 2 * line)
