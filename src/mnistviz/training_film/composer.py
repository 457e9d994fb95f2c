"""Decides what a frame of the training film contains."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from mnistviz.drawing.geometry import Box, Spot
from mnistviz.drawing.raster import text_width
from mnistviz.drawing.scene import Cell, Element, Rectangle, Scene, Text
from mnistviz.drawing.theme import Theme, signed_grey
from mnistviz.frame import words as frame_words
from mnistviz.frame.cells import frame, legend
from mnistviz.frame.places import text_at
from mnistviz.frame.scales import full_weight
from mnistviz.training_film import words
from mnistviz.training_film.chart import Chart, step_ticks, value_ticks
from mnistviz.training_film.layout import TrainingLayout
from mnistviz.training_film.moments import TrainingMoment


@dataclass(frozen=True)
class TrainingComposer:
    """Composes the frames of one training film.

    Attributes
    ----------
    steps, accuracies, cross_entropies
        Of all models that were kept, in order: what the charts show.
    pixels
        Number of weights of a class.
    full
        The weight that is drawn white: that of the trained model, so that weights are seen to grow.
    epochs
        Of the training.
    footer, ending
        The line under the charts, and what stands there once the model is trained.
    layout, theme
        Where everything stands, and in which colours.
    """

    steps: tuple[int, ...]
    accuracies: tuple[float, ...]
    cross_entropies: tuple[float, ...]
    pixels: int
    full: float
    epochs: int
    footer: str
    ending: str
    layout: TrainingLayout
    theme: Theme

    @classmethod
    def of(
        cls,
        moments: Sequence[TrainingMoment],
        epochs: int,
        footer: str,
        layout: TrainingLayout,
        theme: Theme,
    ) -> "TrainingComposer":
        """Return the composer of a training of which these moments were kept."""
        weights = moments[-1].model.weights
        return cls(
            tuple(moment.step for moment in moments),
            tuple(moment.accuracy for moment in moments),
            tuple(moment.cross_entropy for moment in moments),
            len(weights),
            full_weight(weights),
            epochs,
            footer,
            words.ending(words.early_of(moments), moments[-1]),
            layout,
            theme,
        )

    def scene(self, moment: TrainingMoment) -> Scene:
        """Return what the frame of a moment contains."""
        at, ink = self.layout, self.theme.ink
        header = words.header(moment.step, self.steps[-1], self.epochs)
        numbers = frame_words.percent(moment.accuracy), words.cross_entropy(moment.cross_entropy)
        changing: tuple[Element, ...] = (
            *self._weights(moment),
            text_at(at, at.header, "title", header, ink, bold=True),
            *(
                text_at(at, place.number, "number", number, ink, bold=True)
                for place, number in zip(at.charts, numbers, strict=True)
            ),
            *(piece for chart in self._charts for piece in chart.curve(moment.step)),
            self._footer(moment.step == self.steps[-1]),
        )
        return Scene(at.size, self.theme.background, self._static, changing)

    def _weights(self, moment: TrainingMoment) -> Iterator[Cell]:
        """Yield the weights."""
        width, height = (side // self.layout.k for side in self.layout.cell)
        levels = signed_grey(moment.model.weights.T, self.full, self.theme.exponent)
        for (x, y), weights in zip(
            self.layout.cells, levels.reshape(-1, height, width), strict=True
        ):
            yield Cell(x, y, self.layout.k, weights, self.theme.signed_colours)

    @cached_property
    def _charts(self) -> tuple[Chart, Chart]:
        losses = self.cross_entropies
        (first, second), line = self.layout.charts, self.layout.line
        colours = self.theme.ink, self.theme.shade
        return (
            Chart(first, line, self.steps, self.accuracies, 1.0, *colours),
            Chart(second, line, self.steps, losses, max(losses), *colours),
        )

    @cached_property
    def _static(self) -> tuple[Element, ...]:
        accuracy, loss = self._charts
        shares = {share: words.percent(share) for share in (0, 0.5, 1)}
        losses = {value: f"{value:.6g}" for value in value_ticks(loss.top)}
        return (
            *self._headings(),
            *self._lines(),
            *self._axes(accuracy, words.TITLES[0], shares),
            *self._axes(loss, words.TITLES[1], losses),
        )

    def _headings(self) -> Iterator[Element]:
        """Yield names, and frames around weights in colour, whose zeros are like the ground."""
        at, theme = self.layout, self.theme
        for corner, spot, name in zip(at.cells, at.names, at.headings, strict=True):
            yield text_at(at, spot, "heading", name, theme.ink, bold=True)
            if theme.signed is not None:
                yield frame(Box(*corner, *at.cell), at, theme)

    def _lines(self) -> Iterator[Element]:
        """Yield what is static in header and footer."""
        at = self.layout
        if at.about:
            about = words.about(self.pixels)
            yield text_at(at, at.about, "label", about, self.theme.muted)
        yield from legend(at, self.theme)

    def _footer(self, trained: bool) -> Text:
        """Return the line under the charts."""
        if not trained:
            return self._small(self.layout.footer, self.footer)
        at, ink = self.layout, self.theme.ink
        return text_at(at, at.footer, "footer", self.ending, ink)

    def _axes(self, chart: Chart, title: str, ticks: dict[float, str]) -> Iterator[Element]:
        at, place, plot, thin = self.layout, chart.place, chart.place.plot, 2
        yield text_at(at, place.title, "label", title, self.theme.muted)
        middle, left = round(0.36 * at.text.footer), plot.x - (plot.x - place.outer) // 6
        for value, label in ticks.items():
            y = chart.y(value) + chart.line // 2
            yield Rectangle(plot.x, y // 2 * 2, plot.width, thin, self.theme.shade)
            yield self._small(Spot(left, y + middle, "right"), label)
        yield from self._step_numbers(chart)
        yield self._small(place.axis, words.AXIS)

    def _step_numbers(self, chart: Chart) -> Iterator[Text]:
        """Yield the round steps under a plot that have the room."""
        taken: list[tuple[float, float]] = []
        size = self.layout.text.footer
        for step in step_ticks(chart.steps[-1]):
            label = f"{step:,}"
            width, x = size * text_width(label, False), chart.x(step)
            # The last one ends with the plot, as the number above it does.
            left = x - width * (1 if step == chart.steps[-1] else 0.5)
            if all(left + width + size <= begin or end + size <= left for begin, end in taken):
                taken.append((left, left + width))
                yield self._small(Spot(round(left), chart.place.ticks), label)

    def _small(self, spot: Spot, text: str) -> Text:
        return text_at(self.layout, spot, "footer", text, self.theme.muted)
