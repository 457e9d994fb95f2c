"""The sheet of 'why A, not B': where two classes' scores of an image differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.geometry import Align, Box, cap_height, even
from mnistviz.drawing.scene import Cell, Element, Rectangle, Scene
from mnistviz.drawing.theme import Colour
from mnistviz.frame.cells import frame
from mnistviz.frame.composer import Composer
from mnistviz.frame.decisive import sentence, sums_of
from mnistviz.frame.moment import Moment
from mnistviz.frame.sheet import LEADING, Sheet
from mnistviz.frame.words import adding_up
from mnistviz.language.language import Language

INK = 0.5  # a pixel of more is inside of the outline
BESIDE, ABOVE = 0.6, 0.72  # share of the room for the map, if the bar is beside or beneath it
WIDE = 1.4  # width to height, from which the bar is beside it


@dataclass(frozen=True)
class WhySheet:
    """Composes the sheet.

    Attributes
    ----------
    sheet
        Its room and texts.
    composer
        Of the pictures of the same model.
    moment
        The image.
    first, second
        The classes: what speaks for the first is positive.
    """

    sheet: Sheet
    composer: Composer
    moment: Moment
    first: int
    second: int

    def scene(self) -> Scene:
        """Return what the sheet shows."""
        return self.sheet.scene(self._elements())

    @cached_property
    def parts(self) -> NDArray[np.float32]:
        """What each pixel adds to the difference of the scores, (pixels,)."""
        products = self.composer.contributions(self.moment)
        parts: NDArray[np.float32] = products[self.first] - products[self.second]
        return parts

    @property
    def bias(self) -> float:
        """What the biases add to it."""
        return float(self.composer.bias[self.first] - self.composer.bias[self.second])

    @property
    def total(self) -> float:
        """The difference of the scores."""
        return float(self.parts.sum(dtype=np.float64)) + self.bias

    def said(self, language: Language) -> str:
        """Return the question and the answer in a line of a language."""
        return language.in_a_line((self._headline(language), self._sentence(language)))

    def _sentence(self, language: Language) -> str:
        """Return which part of the image decides, or that none does."""
        return sentence(language, sums_of(self.parts, self.bias, self.moment.shown.image.shape))

    def _headline(self, language: Language) -> str:
        """Return the question, which does not say of a lower score that it is the higher."""
        first, second = self._names
        if self.total >= 0:
            # Translators: two classes; the first has the higher score.
            return language.say("Why {name}, not {other}?", name=first, other=second)
        # Translators: two classes; the second has the higher score.
        return language.say("Why not {name}, but {other}?", name=first, other=second)

    @property
    def _names(self) -> tuple[str, str]:
        classes = self.composer.words.classes
        return classes[self.first], classes[self.second]

    def _elements(self) -> Iterator[Element]:
        image, language = self.composer.header.image_name(self.moment.shown), self.sheet.language
        said = self._headline(language), self._sentence(language)
        lines, room = self.sheet.headline(*said, image)
        yield from lines
        first, beside = self._halves(room)
        yield from self._map(first)
        yield from self._bar(beside)

    def _halves(self, room: Box) -> tuple[Box, Box]:
        """Return the room of the map, and that of the bar: beside it, or beneath it."""
        x, y, width, height = room
        if width >= WIDE * height:
            wide = even(min(BESIDE * width, height * 1.1))
            first, beside = Box(x, y, wide, height), Box(x + wide, y, width - wide, height)
            if self.composer.words.fonts.right_to_left:
                return first.mirrored(2 * x + width), beside.mirrored(2 * x + width)
            return first, beside
        high = even(ABOVE * height)
        return Box(x, y, width, high), Box(x, y + high, width, height - high)

    def _map(self, room: Box) -> Iterator[Element]:
        """Yield the differences of the products, and the outline of the drawing on them."""
        theme, (height, width) = self.composer.theme, self.moment.shown.image.shape
        k = max(2, min(room.width // width, room.height // height) // 2 * 2)
        left = even(room.x + (room.width - k * width) / 2)
        top = even(room.y + (room.height - k * height) / 2)
        box = Box(left, top, k * width, k * height)
        levels = self.composer.cells.levels(self.parts).reshape(height, width)
        yield frame(box, self.composer.layout, theme)
        yield Cell(left, top, k, levels, theme.signed_colours)
        yield from self._outline(box, k)

    def _outline(self, box: Box, k: int) -> Iterator[Element]:
        """Yield a line between each pixel of ink and its neighbours without."""
        image = self.moment.shown.image
        ink = np.pad(self.moment.pixels.reshape(image.shape) > INK, 1)
        thick = max(2, even(k / 8))
        colour = self.composer.theme.accents.wrong
        for row, column in np.argwhere(ink[:, 1:] != ink[:, :-1]).tolist():
            x, y = box.x + column * k, box.y + (row - 1) * k
            yield Rectangle(x - thick // 2, y, thick, k, colour)
        for row, column in np.argwhere(ink[1:] != ink[:-1]).tolist():
            x, y = box.x + (column - 1) * k, box.y + row * k
            yield Rectangle(x - thick // 2, y - thick // 2, k + thick, thick, colour)

    def _bar(self, room: Box) -> Iterator[Element]:
        """Yield a tug of war: for to the right, against to the left, the sum as a tick."""
        sheet, theme, language = self.sheet, self.composer.theme, self.composer.words.language
        size, (first, second) = sheet.text.label, self._names
        gains = np.append(self.parts, self.bias).astype(np.float64)
        pulls = float(-gains[gains < 0].sum()), float(gains[gains > 0].sum())
        lost, won, in_all = adding_up(language, (-pulls[0], pulls[1]))
        left, wide = room.x + sheet.space(32), room.width - 2 * sheet.space(32)
        zero = left + even(wide * pulls[0] / (sum(pulls) or 1.0))
        line, high = self.composer.layout.line, even(1.6 * size)
        top, reach = even(room.y + room.height / 2 - high / 2), even(0.5 * size)
        against, favour = self._pull_colours()
        yield Rectangle(left, top, zero - left, high, against)
        yield Rectangle(zero, top, left + wide - zero, high, favour)
        yield Rectangle(zero, top - reach, line, high + 2 * reach, theme.line)
        net, tick = zero + round(wide * self.total / (sum(pulls) or 1.0)), max(4, 2 * line)
        yield Rectangle(net - tick // 2, top - reach, tick, high + 2 * reach, theme.accents.wrong)
        up = top - reach - even(0.6 * size)
        down = top + high + reach + even(0.6 * size) + cap_height(sheet.text.number)
        ends: tuple[tuple[int, Align, str, str], ...] = (
            (left, "left", second, lost),
            (left + wide, "right", first, won),
        )
        for x, align, name, value in ends:
            said, above = language.say("for {name}", name=name), up - even(LEADING * size)
            yield sheet.line(x, above, said, "label", wide // 2, theme.muted, align=align)
            yield sheet.line(x, up, value, "number", wide // 2, theme.ink, True, align)
        # Translators: the sum of all that speaks for one class and against it.
        total = language.say("in all {value}", value=in_all)
        middle = left + wide // 2
        yield sheet.line(middle, down, total, "number", wide, theme.ink, True)

    def _pull_colours(self) -> tuple[Colour, Colour]:
        """Return the colours of what speaks against and for: those of the map if it has any."""
        theme = self.composer.theme
        return (theme.signed[0], theme.signed[2]) if theme.signed else (theme.line, theme.ink)
