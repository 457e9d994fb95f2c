"""Where everything stands in a chart, and how much room that needs at a text size."""

import math
from dataclasses import dataclass
from functools import cached_property

from mnistviz.drawing.geometry import Box, Spot, cap_height, ceil_even, even
from mnistviz.drawing.text import width_of
from mnistviz.frame.places import TextSizes, space_at
from mnistviz.language.language import ENGLISH, Language
from mnistviz.training import words
from mnistviz.training.chart import COLUMN, DASH, GAP, ChartPlace, LabelPlace

FULL_PLOT = (300, 150)  # width and height of a plot at scale 1, in pixels
LEAST_PLOT = (96, 44)  # in which a curve is seen
# Of a curve, in text sizes: thickness, length of a piece before its name, and space between.
LINE, LEAST_SAMPLE, LEAST_SPACE = 0.2, 1.5, 0.4


@dataclass(frozen=True)
class ChartPlan:
    """A chart: title above, numbers at the left of its plot and beneath, labels at the right.

    Attributes
    ----------
    text, scale
        Text sizes, and the scale of spaces.
    parts
        Names of the solid curve and of the dashed one.
    aside
        Whether it stands next to a high grid, as narrow as it may be; then the plot alone is as
        wide as the axis' name.
    language
        Of the texts.
    """

    text: TextSizes
    scale: float
    parts: tuple[str, str]
    aside: bool
    language: Language = ENGLISH

    def space(self, pixels: int) -> int:
        """Return a space at the scale of this plan."""
        return space_at(self.scale, pixels)

    def _wide(self, text: str, size: int, bold: bool = False) -> int:
        return width_of(text, size, bold, self.language.fonts)

    @cached_property
    def left(self) -> int:
        """From the left edge of a chart to its plot."""
        return ceil_even(
            self._wide(words.percent(self.language, 1), self.text.footer) + self.space(10)
        )

    @cached_property
    def above(self) -> int:
        """From the top of a chart to its plot."""
        return cap_height(self.text.label) + self._under_title

    @property
    def _under_title(self) -> int:
        """From the baseline of a chart's title to its plot, on whose edge half a number stands."""
        return max(self.space(18), ceil_even(cap_height(self.text.footer) / 2 + 6))

    @cached_property
    def below(self) -> int:
        """From a plot to the bottom of its chart."""
        return 2 * (cap_height(self.text.footer) + self.space(11))

    @cached_property
    def right(self) -> int:
        """From the right edge of a plot to that of its labels."""
        names = max(self._wide(name, self.text.footer) for name in self.parts)
        number = max(
            self._wide(text, self.text.number, True) for text in words.widest_numbers(self.language)
        )
        return self.space(18) + ceil_even(max(self._before_name + names, number))

    @property
    def _before_name(self) -> int:
        """From the start of a label to its name."""
        return self._sample + max(self.space(10), even(LEAST_SPACE * self.text.footer))

    @property
    def _sample(self) -> int:
        """Length of the piece of a curve before its name: of the dashed one, whole dashes."""
        dashes = (LEAST_SAMPLE * self.text.footer / self.line + GAP) / (DASH + GAP)
        return (math.ceil(dashes) * (DASH + GAP) - GAP) * self.line

    @property
    def line(self) -> int:
        """Thickness of a curve."""
        return max(2, even(LINE * self.text.footer))

    @cached_property
    def least_plot(self) -> tuple[int, int]:
        """Least width and height of a plot: the words around it have room too."""
        width, height = (
            max(least, even(self.scale * full))
            for least, full in zip(LEAST_PLOT, FULL_PLOT, strict=True)
        )
        title = max(self._wide(title, self.text.label) for title in words.titles(self.language))
        axis = self._wide(words.axis(self.language), self.text.footer)
        sides = self.left + self.right
        widest = max(width, title - sides, axis if self.aside else axis - sides)
        return COLUMN * math.ceil(widest / COLUMN), height

    def place(self, plot: tuple[int, int], x: int, y: int) -> ChartPlace:
        """Return the chart with a plot of a width and height, and this top left corner."""
        box = Box(x + self.left, y + self.above, *plot)
        title, foot = box.y - self._under_title, box.y + box.height
        half = self._wide(words.axis(self.language), self.text.footer) / 2
        most = box.x + box.width + self.right - half
        middle = min(max(box.x + box.width / 2, x + half), most)
        return ChartPlace(
            plot=box,
            outer=x,
            title=Spot(x, title),
            ticks=foot + self.below // 2,
            axis=Spot(round(middle), foot + self.below, "center"),
            labels=self._labels(box),
        )

    def _labels(self, plot: Box) -> tuple[LabelPlace, LabelPlace]:
        """Return the labels of both curves, one over the other at the right of their plot."""
        small = cap_height(self.text.footer)
        high = small + self.space(12) + cap_height(self.text.number)
        apart = high + self.space(26)
        x, first = (
            plot.x + plot.width + self.space(18),
            plot.y + even((plot.height - apart - high) / 2),
        )

        def label(top: int) -> LabelPlace:
            return LabelPlace(
                Box(x, top + even((small - self.line) / 2), self._sample, self.line),
                Spot(x + self._before_name, top + small),
                Spot(x, top + high),
            )

        return label(first), label(first + apart)
