"""Decides what a frame of the training film contains."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mnistviz.drawing.geometry import Align
from mnistviz.drawing.matplotlib_renderer import text_width
from mnistviz.drawing.scene import Cell, Element, Rectangle, Scene, Text
from mnistviz.drawing.theme import Colour, Theme, signed_grey
from mnistviz.frame import words as wording
from mnistviz.frame.scales import full_weight
from mnistviz.training_film import words
from mnistviz.training_film.chart import Chart, step_ticks, value_ticks
from mnistviz.training_film.layout import ChartPlace, TrainingLayout
from mnistviz.training_film.moments import TrainingMoment


@dataclass(frozen=True)
class TrainingComposer:
    """Composes the frames of one training film.

    Attributes
    ----------
    moments
        All that were kept, in the order of their steps.
    epochs
        Of the training.
    footer
        The line under the charts.
    layout, theme
        Where everything stands, and in which colours.
    """

    moments: tuple[TrainingMoment, ...]
    epochs: int
    footer: str
    layout: TrainingLayout
    theme: Theme

    def scene(self, moment: TrainingMoment) -> Scene:
        """Return what the frame of a moment contains."""
        at, theme = self.layout, self.theme
        header = words.header(moment.step, self.moments[-1].step, self.epochs)
        numbers = wording.percent(moment.accuracy), words.cross_entropy(moment.cross_entropy)
        changing: tuple[Element, ...] = (
            *self._weights(moment),
            Text(at.left, at.header, header, at.text.title, theme.ink, bold=True),
            *(self._number(*pair) for pair in zip(at.charts, numbers, strict=True)),
            *(part for chart in (0, 1) for part in self._curve(chart, moment.step)),
        )
        return Scene(at.size, theme.background, self._still, changing)

    def _weights(self, moment: TrainingMoment) -> Iterator[Cell]:
        """Give the weights on the final model's scale, so that they are seen to grow."""
        width, height = (side // self.layout.k for side in self.layout.cell)
        levels = signed_grey(moment.model.weights.T, self._full).reshape(-1, height, width)
        for (x, y), weights in zip(self.layout.cells, levels, strict=True):
            yield Cell(x, y, self.layout.k, weights, self.theme.signed_colours)

    def _number(self, place: ChartPlace, number: str) -> Text:
        size, ink = self.layout.text.number, self.theme.ink
        return Text(place.right, place.title, number, size, ink, bold=True, align="right")

    def _curve(self, chart: int, step: int) -> Iterator[Rectangle]:
        for column in self._columns[chart][: self._charts[chart].columns_until(step)]:
            yield from column

    @cached_property
    def _full(self) -> float:
        return full_weight(self.moments[-1].model)

    @cached_property
    def _charts(self) -> tuple[Chart, Chart]:
        steps = tuple(moment.step for moment in self.moments)
        accuracies = tuple(moment.accuracy for moment in self.moments)
        losses = tuple(moment.cross_entropy for moment in self.moments)
        (first, second), line = self.layout.charts, self.layout.line
        return (
            Chart(first, line, steps, accuracies, 1.0),
            Chart(second, line, steps, losses, max(losses)),
        )

    @cached_property
    def _columns(self) -> tuple[list[tuple[Rectangle, ...]], ...]:
        """The columns of both curves, composed once."""
        last, (ink, shade) = self.moments[-1].step, (self.theme.ink, self.theme.shade)
        return tuple(
            [chart.column(number, ink, shade) for number in range(chart.columns_until(last))]
            for chart in self._charts
        )

    @cached_property
    def _still(self) -> tuple[Element, ...]:
        charts = zip(self._charts, words.TITLES, self._value_ticks, strict=True)
        return (
            *self._names(),
            *self._frames(),
            *self._lines(),
            *(part for chart in charts for part in self._axes(*chart)),
        )

    @property
    def _value_ticks(self) -> tuple[dict[float, str], dict[float, str]]:
        losses = value_ticks(self._charts[1].top)
        return (
            {share: f"{share:.0%}".replace("%", " %") for share in (0, 0.5, 1)},
            {loss: words.tick(loss) for loss in losses},
        )

    def _names(self) -> Iterator[Text]:
        at = self.layout
        for (x, y), name in zip(at.cells, at.headings, strict=True):
            centre, baseline = x + at.cell[0] // 2, y - at.heading_above
            size, ink = at.text.heading, self.theme.ink
            yield Text(centre, baseline, name, size, ink, bold=True, align="center")

    def _frames(self) -> Iterator[Rectangle]:
        """Frame the ramp, and weights in colour, whose zeros are like the ground."""
        at = self.layout
        corners = () if self.theme.signed is None else at.cells
        for x, y, width, height in (at.legend.ramp, *((*corner, *at.cell) for corner in corners)):
            sides = width + 2 * at.line, height + 2 * at.line
            yield Rectangle(x - at.line, y - at.line, *sides, self.theme.line)

    def _lines(self) -> Iterator[Element]:
        """Give what is still in header and footer."""
        at, (against, favour) = self.layout, wording.LEGEND
        if at.about:
            size, ink = at.text.label, self.theme.muted
            yield Text(at.right, at.header, at.about, size, ink, align="right")
        ramp = signed_grey(np.linspace(-1, 1, at.legend.ramp.width // 2), 1)
        levels = np.tile(ramp, (at.legend.ramp.height // 2, 1))
        yield Cell(at.legend.ramp.x, at.legend.ramp.y, 2, levels, self.theme.signed_colours)
        yield self._small(at.left, at.footer, self.footer)
        yield self._small(at.legend.against.x, at.footer, against, "right")
        yield self._small(at.right, at.footer, favour, "right")

    def _axes(self, chart: Chart, title: str, ticks: dict[float, str]) -> Iterator[Element]:
        at, place, thin = self.layout, chart.place, 2
        yield Text(place.outer, place.title, title, at.text.label, self.theme.muted)
        middle = round(0.36 * at.text.footer)
        for value, label in ticks.items():
            y = chart.y(value) + chart.line // 2
            yield Rectangle(place.left, y // 2 * 2, place.width, thin, self.theme.shade)
            left = place.left - (place.left - place.outer) // 6
            yield self._small(left, y + middle, label, "right")
        yield from self._steps(chart)
        centre = place.left + place.width // 2
        yield self._small(centre, place.axis, words.AXIS, "center")

    def _steps(self, chart: Chart) -> Iterator[Text]:
        """Give the round steps under a plot that have the room."""
        taken: list[tuple[float, float]] = []
        place, size = chart.place, self.layout.text.footer
        for step in step_ticks(chart.steps[-1]):
            label = f"{step:,}"
            width, x = size * text_width(label, False), chart.x(step)
            # The last one ends with the plot, as the number above it does.
            left = x - width * (1 if step == chart.steps[-1] else 0.5)
            if all(left + width + size <= begin or end + size <= left for begin, end in taken):
                taken.append((left, left + width))
                yield self._small(round(left), place.ticks, label)

    def _small(self, x: int, baseline: int, text: str, align: Align = "left") -> Text:
        colour: Colour = self.theme.muted
        return Text(x, baseline, text, self.layout.text.footer, colour, align=align)
