"""The scenes of an introduction: one image and one class, explained on a large cell."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.geometry import Box, even
from mnistviz.drawing.letters import LEFT_TO_RIGHT
from mnistviz.drawing.raster import GREYS, text_width
from mnistviz.drawing.scene import Cell, Element, Rectangle, Scene, Text
from mnistviz.drawing.text import shortened
from mnistviz.drawing.theme import Colour, grey
from mnistviz.frame.cells import frame
from mnistviz.frame.composer import Composer
from mnistviz.frame.moment import Moment
from mnistviz.language.language import Language

NOT_ADDED = 0.15  # contrast of a product that is not in the sum yet
SHARE = 0.5  # of the grid's longer side, for the large cell
ZERO = 128  # level of a weight of zero
SHRINKING = 0.5  # share of its step in which the large cell shrinks into its column
SHRINKS = 24  # pictures of that, each of which has to be drawn whole
LINE = 1.7  # from line to line beside the cell, in text sizes


@dataclass(frozen=True)
class Opening:
    """Composes the scenes of an introduction to a film's first image.

    Each scene takes how far its step is, from 0 to 1, and the sentence in the header's place.

    Attributes
    ----------
    composer
        Of the film's frames.
    moment
        The first image.
    """

    composer: Composer
    moment: Moment

    def image(self, part: float, sentence: Text) -> Scene:
        """Return a scene in which the image appears, row by row."""
        levels = self._image.copy()
        levels[round(part * len(levels)) :] = 0
        said = self._said(0, self.composer.words.rows[0][1], bold=True)
        return self._large(levels, [said], sentence, grey_levels=True)

    def weights(self, part: float, sentence: Text) -> Scene:
        """Return a scene in which the weights of the predicted class slide over the image."""
        weights, (_, width) = self._levels(self._drawn), self._shape
        cut = round((1 - part) * width)
        say, name = self._language.say, self._name
        drawn = say("effect of {name}", name=name)
        if not self.composer.words.effect:
            drawn = say("weights of {name}", name=name)
        said = self._said(0, drawn, bold=True)
        if self.composer.theme.signed is None:
            levels = np.concatenate([self._image[:, :cut], weights[:, : width - cut]], axis=1)
        else:  # in whose colours an image has none
            levels = np.where(np.arange(width) < cut, np.uint8(ZERO), weights)
        return self._large(levels, [said], sentence)

    def product(self, part: float, sentence: Text) -> Scene:
        """Return a scene in which the weights are multiplied by the pixels, and one steps out."""
        products = part * (self._weights * self.moment.pixels)
        levels = self._levels(((1 - part) * self._drawn + products).astype(np.float32))
        said = self._one_pixel() if part > 0.5 else ()
        return self._large(levels, said, sentence)

    def sum(self, part: float, sentence: Text) -> Scene:
        """Return a scene in which the products are added up, from the first row to the last."""
        height, width = self._shape
        added = round(part * height) * width
        products = self._weights * self.moment.pixels
        score = float(products[:added].sum() + self.composer.bias[self._class])
        products[added:] *= NOT_ADDED
        return self._large(self._levels(products), self._score(score), sentence)

    def columns(self, part: float, sentence: Text) -> Scene:
        """Return a scene in which the cell shrinks into its column, and the others follow."""
        composer, layout = self.composer, self.composer.layout
        if part < SHRINKING:
            share = _eased(round(part / SHRINKING * SHRINKS) / SHRINKS)
            (x, y), (to_x, to_y) = self._corner, layout.lanes[self._class].cells[2]
            k = round((self._k + share * (layout.k - self._k)) / self._step) * self._step
            corner = even(x + share * (to_x - x)), even(y + share * (to_y - y))
            levels = self._levels(self._weights * self.moment.pixels)
            cell = Cell(*corner, k, levels, composer.theme.signed_colours)
            return self._scene((*composer.around, cell), (sentence,))
        others = [lane for lane in range(len(layout.lanes)) if lane != self._class]
        following = round((part - SHRINKING) / (1 - SHRINKING) * len(others))
        lanes = sorted([self._class, *others[:following]])
        return self._scene(composer.of_lanes(self.moment, lanes), (sentence,))

    def verdict(self, part: float, sentence: Text) -> Scene:
        """Return a scene in which the line rises to the winner, and true and wrong are told."""
        composer, moment = self.composer, self.moment
        shown, header, told = moment.shown, composer.header, part == 1
        accents = header.accents(shown) if told else {}
        winner = header.accents(shown)[shown.predicted] if told else composer.theme.ink
        changing = (
            *composer.cells.images(moment.pixels),
            *composer.cells.products(composer.contributions(moment)),
            *composer.bars.bars(moment, accents),
            *composer.bars.winner(moment, winner, _eased(part)),
            *(header.outlines(shown) if told else ()),
            *header.headings(*([shown] if told else [])),
            sentence,
        )
        return self._scene(composer.static, changing)

    # --- the large cell

    @property
    def _class(self) -> int:
        return self.moment.shown.predicted

    @property
    def _name(self) -> str:
        return self.composer.words.classes[self._class]

    @property
    def _language(self) -> Language:
        return self.composer.words.language

    @property
    def _shape(self) -> tuple[int, int]:
        height, width = self.moment.shown.image.shape
        return height, width

    @property
    def _image(self) -> NDArray[np.uint8]:
        return grey(self.moment.pixels).reshape(self._shape)

    @property
    def _weights(self) -> NDArray[np.float32]:
        return self.composer.weights[:, self._class].copy()

    @property
    def _drawn(self) -> NDArray[np.float32]:
        return self.composer.drawn[:, self._class]

    def _levels(self, values: NDArray[np.float32]) -> NDArray[np.uint8]:
        return self.composer.cells.levels(values).reshape(self._shape)

    @property
    def _step(self) -> int:
        """What k is a multiple of."""
        odd = self._shape[0] % 2 or self._shape[1] % 2
        return 2 if odd or self.composer.theme.signed is not None else 1

    @cached_property
    def _halves(self) -> tuple[Box, Box]:
        """The room of the large cell, and that beside it or, in a high frame, beneath it."""
        x, y, width, height = self.composer.layout.grid
        if width >= height:
            first = even(SHARE * width)
            cell, beside = Box(x, y, first, height), Box(x + first, y, width - first, height)
            if self._language.fonts.right_to_left:
                middle = 2 * x + width
                return cell.mirrored(middle), beside.mirrored(middle)
            return cell, beside
        first = even(SHARE * height)
        return Box(x, y, width, first), Box(x, y + first, width, height - first)

    @cached_property
    def _k(self) -> int:
        """Screen pixels along the side of a pixel of the large cell."""
        (height, width), room = self._shape, self._halves[0]
        k = min((room.width - 8) // width, (room.height - 8) // height)
        return max(self._step, k // self._step * self._step)

    @cached_property
    def _corner(self) -> tuple[int, int]:
        """Top left corner of the large cell."""
        (height, width), room = self._shape, self._halves[0]
        left = room.x + (room.width - self._k * width) / 2
        return even(left), even(room.y + (room.height - self._k * height) / 2)

    @cached_property
    def _statics(self) -> tuple[tuple[Element, ...], tuple[Element, ...]]:
        """What does not change around a cell of weights, and around the image.

        They are two objects where the colours of the cell differ: a painter is made for one kind.
        """
        composer, (height, width) = self.composer, self._shape
        box = Box(*self._corner, self._k * width, self._k * height)
        static = (*composer.around, frame(box, composer.layout, composer.theme))
        return static, static if composer.theme.signed is None else (*static, static[-1])

    def _large(
        self,
        levels: NDArray[np.uint8],
        beside: Iterable[Element],
        sentence: Text,
        grey_levels: bool = False,
    ) -> Scene:
        """Return a scene with the large cell, in levels of grey or of weights."""
        colours = None if grey_levels else self.composer.theme.signed_colours
        cell = Cell(*self._corner, self._k, levels, colours)
        return self._scene(self._statics[grey_levels], (cell, *beside, sentence))

    def _scene(self, static: tuple[Element, ...], changing: tuple[Element, ...]) -> Scene:
        composer = self.composer
        return Scene(
            composer.layout.size,
            composer.theme.background,
            static,
            changing,
            self._language.fonts,
        )

    # --- what is said beside it

    @property
    def _size(self) -> int:
        """Of the text beside the cell, in pixels: the largest in which the longest line fits."""
        longest = text_width(
            f" {self._multiplied(-88.8, -8.88, -88.88)} ", True, self._language.fonts
        )
        return min(self.composer.layout.text.title, int(self._halves[1].width / longest))

    def _said(
        self, line: float, text: str, colour: Colour | None = None, bold: bool = False
    ) -> Text:
        """Return a line of text in the middle of the room beside the cell, 0 being the middle."""
        box, size = self._halves[1], self._size
        baseline = box.y + box.height // 2 + round((line * LINE + 0.36) * size)
        ink = colour or self.composer.theme.ink
        fitting = shortened(text, box.width / size, self._language.fonts)
        return Text(box.x + box.width // 2, baseline, fitting, size, ink, bold, "center")

    def _one_pixel(self) -> Iterator[Element]:
        """Yield one pixel, its weight and their product, as squares and as numbers."""
        pixels, weights, theme = self.moment.pixels, self._weights, self.composer.theme
        place = int((weights * pixels * (pixels > 0.5)).argmax())
        pixel, weight = float(pixels[place]), float(weights[place])
        levels = self.composer.cells.levels(np.array([weight, weight * pixel], np.float32))
        colours = GREYS if theme.signed_colours is None else theme.signed_colours
        looks = [GREYS[round(255 * pixel)], *colours[levels]]
        box, size = self._halves[1], self._size
        side, middle = even(2 * size), box.x + box.width // 2
        top = even(box.y + box.height / 2 - 3 * size)
        for number, look in enumerate(looks):
            red, green, blue = look.tolist()
            left = even(middle + (number - 1) * 3 * size - side / 2)
            line = self.composer.layout.line
            square = Box(left, top, side, side)
            yield from _framed(square, line, (red, green, blue), theme.line)
        yield self._said(0.3, self._multiplied(pixel, weight, weight * pixel), bold=True)
        formula = self._as_formula(self._language.say("pixel × weight = product"))
        yield self._said(1.3, formula, theme.muted)

    def _multiplied(self, pixel: float, weight: float, product: float) -> str:
        """Return a pixel, its weight and their product as an equation."""
        numbers = [self._language.number(each, 2) for each in (pixel, weight, product)]
        sign = "+" if product >= 0 else ""
        return self._as_formula(f"{numbers[0]} × {numbers[1]} = {sign}{numbers[2]}")

    def _as_formula(self, text: str) -> str:
        """Return a formula that is read from left to right, as the squares above it stand."""
        if not self._language.fonts.right_to_left:
            return text
        return "".join(LEFT_TO_RIGHT + part for part in re.split("(?<= )", text))

    def _score(self, score: float) -> Iterator[Element]:
        """Yield a bar that grows to the score, with its number."""
        box, scales, theme = self._halves[1], self.composer.scales, self.composer.theme
        size = self._size
        high = even(box.height / 2 - 1.5 * size)
        unit = high / max(scales.high, -scales.low)
        wide, zero = even(0.3 * box.width), even(box.y + box.height / 2)
        left, line = even(box.x + (box.width - wide) / 2), self.composer.layout.line
        length = even(unit * min(scales.high, max(scales.low, score)))
        yield Rectangle(left - 8, zero, wide + 16, line, theme.line)
        top = zero - length if length > 0 else zero + line
        yield Rectangle(left, top, wide, abs(length), theme.bar)
        low = (box.height / 2 - 0.5 * size) / size / LINE
        value = self._language.signed(score)
        yield self._said(low, self._language.say("score {value}", value=value), bold=True)


def _framed(box: Box, line: int, colour: Colour, edge: Colour) -> Iterator[Rectangle]:
    """Yield a square of a colour, and its four edges."""
    x, y, width, height = box
    yield Rectangle(x, y, width, height, colour)
    yield Rectangle(x - line, y - line, width + 2 * line, line, edge)
    yield Rectangle(x - line, y + height, width + 2 * line, line, edge)
    yield Rectangle(x - line, y, line, height, edge)
    yield Rectangle(x + width, y, line, height, edge)


def _eased(part: float) -> float:
    """Return a share of a movement that begins and ends slowly."""
    return part * part * (3 - 2 * part)
