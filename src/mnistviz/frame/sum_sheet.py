"""The sheet of a sum: the image at five moments, and all scores after each pixel."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnistviz.drawing.geometry import Align, Box, cap_height, even
from mnistviz.drawing.raster import text_width
from mnistviz.drawing.scene import Cell, Element, Rectangle, Scene
from mnistviz.drawing.theme import Colour, grey
from mnistviz.frame.adding import places_in, runner_up, settled_after, sums_after
from mnistviz.frame.cells import frame
from mnistviz.frame.composer import Composer
from mnistviz.frame.curves import Plot, curve, spread
from mnistviz.frame.moment import Moment
from mnistviz.frame.sheet import LEADING, Sheet
from mnistviz.language.language import Language

MOMENTS = 5  # at which the image is shown: equally far apart, the last with all pixels
DIM = 0.3  # pixels that are not added yet, as in the explorer
CELLS = 0.3  # share of the height for the images, at most
SCORES, LONGEST = 3.6, 6.0  # widths of the scores beside the curves, and of names, in text sizes


class Places(NamedTuple):
    """Where everything stands: the plot, the left edges of the images, their top and pixel size."""

    plot: Plot
    lefts: list[int]
    top: int
    k: int


@dataclass(frozen=True)
class SumSheet:
    """Composes the sheet.

    Attributes
    ----------
    sheet
        Its room and texts.
    composer
        Of the pictures of the same model.
    moment
        The image.
    order
        In which pixels are added: one of `SUM_ORDERS`.
    """

    sheet: Sheet
    composer: Composer
    moment: Moment
    order: str

    def scene(self) -> Scene:
        """Return what the sheet shows."""
        return self.sheet.scene(self._elements())

    def said(self, language: Language) -> str:
        """Return in a language after how many pixels the lead is settled."""
        name = self.composer.words.classes[self._predicted]
        if self.settled == 0:
            # Translators: the biases, before any pixel is added; {name} is the class ahead.
            return language.say("{name} leads from the start, by the biases", name=name)
        return language.say_counted(
            "After {number} pixel, {name} leads to the end",
            "After {number} pixels, {name} leads to the end",
            self.settled,
            name=name,
        )

    @property
    def _predicted(self) -> int:
        return self.moment.shown.predicted

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """The pixels, in the order in which they are added."""
        products = self.composer.contributions(self.moment)
        logits = self.moment.logits
        return places_in(self.order, self.moment.pixels, products, logits, self._predicted)

    @cached_property
    def sums(self) -> NDArray[np.float64]:
        """The scores after each number of pixels, (numbers, classes)."""
        products = self.composer.contributions(self.moment)
        return sums_after(self.places, products, self.composer.bias)

    @cached_property
    def settled(self) -> int:
        """The fewest pixels from which on no class is ahead of the predicted one."""
        return settled_after(self.sums, self._predicted)

    def _elements(self) -> Iterator[Element]:
        sheet, name = self.sheet, self.composer.header.image_name(self.moment.shown)
        lines, room = sheet.headline(self.said(sheet.language), self._ordered(), name)
        yield from lines
        at = self._arranged(room)
        yield from self._images(at)
        yield from self._axis(at.plot)
        yield from self._curves(at.plot)
        yield from self._names(at.plot)

    @cached_property
    def _named(self) -> float:
        """The width of names and scores beside the curves, in text sizes."""
        fonts = self.sheet.language.fonts
        names = (text_width(name, True, fonts) for name in self.composer.words.classes)
        return min(LONGEST, max(names)) + SCORES

    def _ordered(self) -> str:
        """Return in which order the pixels are added."""
        if self.order == "rows":
            return self.sheet.language.say("pixels are added row by row")
        # Translators: of pixels, which change the lead of one class on another.
        return self.sheet.language.say("the most influential pixels are added first")

    def _arranged(self, room: Box) -> Places:
        """Return where everything stands: each image ends where its moment is in the plot."""
        text, (height, width) = self.sheet.text, self.moment.shown.image.shape
        gap = self.sheet.space(12)
        wide = even(room.width - self._named * text.label - 2 * gap)
        band = wide / MOMENTS
        k = max(1, int(min((band - gap) / width, CELLS * room.height / height)))
        lefts = [room.x + round((number + 1) * band) - k * width for number in range(MOMENTS)]
        top = even(room.y + k * height + LEADING * text.label + 2 * gap)
        bottom = even(room.y + room.height - LEADING * text.label)
        plot = Plot(
            Box(room.x, top, wide, bottom - top),
            len(self.places),
            float(self.sums.min()),
            float(self.sums.max()),
            max(2, self.composer.layout.line),
        )
        return Places(plot, lefts, room.y, k)

    def _images(self, at: Places) -> Iterator[Element]:
        """Yield the image at each moment, and a line down to where that is in the plot."""
        theme, line = self.composer.theme, self.composer.layout.line
        height, width = self.moment.shown.image.shape
        box, beneath = at.plot.box, at.top + at.k * height
        for number, left in enumerate(at.lefts, start=1):
            added = round(number * len(self.places) / MOMENTS)
            shown = DIM * self.moment.pixels
            shown[self.places[:added]] = self.moment.pixels[self.places[:added]]
            down = box.y + box.height - beneath
            yield Rectangle(left + at.k * width, beneath, line, down, theme.shade)
            around = Box(left, at.top, at.k * width, at.k * height)
            yield frame(around, self.composer.layout, theme)
            yield Cell(left, at.top, at.k, grey(shown).reshape(height, width))

    def _axis(self, plot: Plot) -> Iterator[Element]:
        """Yield zero, numbers of pixels beneath, and a dotted line where the lead is settled."""
        sheet, theme, language = self.sheet, self.composer.theme, self.sheet.language
        box, line, size = plot.box, self.composer.layout.line, sheet.text.label
        yield Rectangle(box.x, plot.y(0), box.width, line, theme.line)
        x, thick = plot.x(self.settled), max(2, even(2 * line))
        accent, above = self._colours()[self._predicted], even(0.9 * size)
        yield Rectangle(x, box.y - above, thick, box.height + above, accent, dash=even(3 * thick))
        number, baseline = language.number(self.settled), box.y - above + cap_height(size)
        align: Align = "left"
        side = x + thick + sheet.space(8)
        if 2 * self.settled > len(self.places):
            side, align = x - sheet.space(8), "right"
        yield sheet.line(side, baseline, number, "label", box.width, theme.ink, True, align)
        below, half = box.y + box.height + sheet.space(10) + cap_height(size), box.width // 2
        all_of_them = language.number(len(self.places))
        right, middle = box.x + box.width, box.x + box.width // 2
        muted = theme.muted
        yield sheet.line(box.x, below, language.number(0), "label", half, muted, align="left")
        # Translators: under an axis with numbers of pixels.
        said = language.say("pixels added")
        yield sheet.line(middle, below, said, "label", half, muted)
        yield sheet.line(right, below, all_of_them, "label", half, muted, align="right")

    def _colours(self) -> dict[int, Colour]:
        """Return the colour of each curve: in those of the bars, and the second in ink."""
        theme, shown = self.composer.theme, self.moment.shown
        colours = dict.fromkeys(range(self.sums.shape[1]), theme.bar)
        colours[self._second] = theme.muted
        return colours | self.composer.header.accents(shown)

    @cached_property
    def _second(self) -> int:
        return runner_up(self.moment.logits, self._predicted)

    def _marked(self) -> list[int]:
        """Return the classes whose curves are thick, the predicted one last: it is drawn on top."""
        accents = self.composer.header.accents(self.moment.shown)
        others = [each for each in (self._second, *accents) if each != self._predicted]
        return [*dict.fromkeys(others), self._predicted]

    def _curves(self, plot: Plot) -> Iterator[Element]:
        colours, marked = self._colours(), self._marked()
        for label in [each for each in colours if each not in marked]:
            yield from curve(plot, self.sums[:, label], colours[label])
        for label in marked:
            yield from curve(plot.thicker(), self.sums[:, label], colours[label])

    def _names(self, plot: Plot) -> Iterator[Element]:
        """Yield the classes at the ends of their curves, with their scores: all, if they fit."""
        sheet, language, box = self.sheet, self.sheet.language, plot.box
        size, marked = sheet.text.label, self._marked()
        pitch = round(1.15 * size)
        fit = pitch * self.sums.shape[1] <= box.height + pitch
        labels = sorted(range(self.sums.shape[1]) if fit else marked, key=self._final)
        wanted = [plot.y(self._final(label)) + cap_height(size) // 2 for label in labels[::-1]]
        top, bottom = box.y + cap_height(size) // 2, box.y + box.height + cap_height(size) // 2
        left, right = box.x + box.width + sheet.space(16), sheet.room.x + sheet.room.width
        scores = round(SCORES * size)
        names = right - left - scores
        theme, accents = self.composer.theme, self.composer.header.accents(self.moment.shown)
        for label, baseline in zip(labels[::-1], spread(wanted, pitch, top, bottom), strict=True):
            colour, bold = theme.ink if label in marked else theme.muted, label in accents
            name, value = self.composer.words.classes[label], language.signed(self._final(label))
            yield sheet.line(left, baseline, name, "label", names, colour, bold, "left")
            yield sheet.line(right, baseline, value, "label", scores, colour, bold, "right")

    def _final(self, label: int) -> float:
        return float(self.sums[-1, label])
