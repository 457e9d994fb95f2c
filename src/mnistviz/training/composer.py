"""Decides what a frame of the training film contains."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from mnistviz.config import PictureConfig
from mnistviz.drawing.geometry import Box, Spot
from mnistviz.drawing.raster import text_width
from mnistviz.drawing.scene import Cell, Element, Rectangle, Scene, Text
from mnistviz.drawing.theme import Theme, signed_grey, theme_of
from mnistviz.frame.cells import frame, legend
from mnistviz.frame.places import text_at
from mnistviz.frame.scales import full_weight
from mnistviz.language.language import ENGLISH, Language
from mnistviz.model.training_config import TrainingConfig
from mnistviz.model.watch import Scores, TrainingMoment
from mnistviz.training import words
from mnistviz.training.chart import Chart, step_ticks, value_ticks
from mnistviz.training.layout import TrainingLayout


@dataclass(frozen=True)
class TrainingComposer:
    """Composes the frames of one training film.

    Attributes
    ----------
    steps, unseen, trained
        Of all models that were kept, in order: what the charts show.
    pixels
        Number of weights of a class.
    full
        The weight that is drawn white: that of the trained model, so that weights are seen to grow.
    epochs
        Of the training.
    parts
        Names of the solid curves and of the dashed ones.
    title
        Of the film.
    footer, ending
        The line under the charts, and what stands there once the model is trained.
    layout, theme
        Where everything stands, and in which colours.
    ink
        (pixels, 1) typical ink, by which weights are multiplied to draw their effects; None to draw
        weights.
    language
        Of the texts.
    """

    steps: tuple[int, ...]
    unseen: tuple[Scores, ...]
    trained: tuple[Scores, ...]
    pixels: int
    full: float
    epochs: int
    parts: tuple[str, str]
    title: str
    footer: str
    ending: str
    layout: TrainingLayout
    theme: Theme
    ink: NDArray[np.float32] | None = None
    language: Language = ENGLISH

    @classmethod
    def of(
        cls,
        moments: Sequence[TrainingMoment],
        config: TrainingConfig,
        footer: str,
        layout: TrainingLayout,
        picture: PictureConfig,
        ink: NDArray[np.float32] | None = None,
        language: Language = ENGLISH,
    ) -> "TrainingComposer":
        """Return the composer of a training of which these moments were kept."""
        weights = moments[-1].model.weights
        weights = weights if ink is None else weights * ink
        return cls(
            tuple(moment.step for moment in moments),
            tuple(moment.unseen for moment in moments),
            tuple(moment.trained for moment in moments),
            len(weights),
            full_weight(weights),
            config.epochs,
            words.parts(language, config),
            normalize("NFC", picture.title),  # a letter and its accent: one glyph
            footer,
            words.ending(language, words.early_of(moments), moments[-1]),
            layout,
            theme_of(picture),
            ink,
            language,
        )

    def scene(self, moment: TrainingMoment) -> Scene:
        """Return what the frame of a moment contains."""
        at, ink = self.layout, self.theme.ink
        header = words.header(self.language, moment.step, self.steps[-1], self.epochs)
        changing: tuple[Element, ...] = (
            *self._weights(moment),
            text_at(at, at.header, "title", header, ink, bold=True),
            *self._numbers(moment),
            *(piece for chart in self._charts for piece in chart.curve(moment.step)),
            self._footer(moment.step == self.steps[-1]),
        )
        return Scene(at.size, self.theme.background, self._static, changing, self.language.fonts)

    def _numbers(self, moment: TrainingMoment) -> Iterator[Text]:
        """Yield the numbers at the right of the charts: bold of the solid curve."""
        at, theme = self.layout, self.theme
        for which, number in enumerate(words.numbered(self.language)):
            solid, dashed = at.charts[which].labels
            unseen, trained = number(moment.unseen[which]), number(moment.trained[which])
            yield text_at(at, solid.number, "number", unseen, theme.ink, bold=True)
            yield text_at(at, dashed.number, "number", trained, theme.muted)

    def _weights(self, moment: TrainingMoment) -> Iterator[Cell]:
        """Yield the weights, or their effects."""
        drawn = moment.model.weights * (1 if self.ink is None else self.ink)
        width, height = (side // self.layout.k for side in self.layout.cell)
        levels = signed_grey(drawn.T, self.full, self.theme.exponent)
        for (x, y), weights in zip(
            self.layout.cells, levels.reshape(-1, height, width), strict=True
        ):
            yield Cell(x, y, self.layout.k, weights, self.theme.signed_colours)

    @cached_property
    def _charts(self) -> tuple[Chart, Chart]:
        (accuracies, losses), (own_accuracies, own_losses) = (
            zip(*scores, strict=True) for scores in (self.unseen, self.trained)
        )
        (first, second), line = self.layout.charts, self.layout.line
        colours = self.theme.ink, self.theme.muted, self.theme.shade
        top = max(*losses, *own_losses)
        return (
            Chart(first, line, self.steps, accuracies, own_accuracies, 1.0, *colours),
            Chart(second, line, self.steps, losses, own_losses, top, *colours),
        )

    @cached_property
    def _static(self) -> tuple[Element, ...]:
        accuracy, loss = self._charts
        titles = words.titles(self.language)
        shares = {share: words.percent(self.language, share) for share in (0, 0.5, 1)}
        losses = {value: words.plain(self.language, value) for value in value_ticks(loss.top)}
        return (
            *self._headings(),
            *self._lines(),
            *self._axes(accuracy, titles[0], shares),
            *self._axes(loss, titles[1], losses),
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
        if at.banner:
            yield text_at(at, at.banner, "banner", self.title, self.theme.ink, bold=True)
        if at.about:
            about = words.about(self.language, self.pixels, self.ink is not None)
            yield text_at(at, at.about, "label", about, self.theme.muted)
        yield from legend(at, self.theme, self.language)

    def _footer(self, trained: bool) -> Text:
        """Return the line under the charts."""
        at, text = self.layout, self.ending if trained else self.footer
        colour = self.theme.ink if trained else self.theme.muted
        line = text_at(at, at.footer, "footer", text, colour)
        if at.legend:
            return line
        width = text_width(text, False, self.language.fonts)
        return line._replace(size=min(line.size, int(at.band_width / width)))

    def _axes(self, chart: Chart, title: str, ticks: dict[float, str]) -> Iterator[Element]:
        at, place, plot, thin = self.layout, chart.place, chart.place.plot, 2
        yield text_at(at, place.title, "label", title, self.theme.muted)
        middle, left = round(0.36 * at.text.footer), plot.x - (plot.x - place.outer) // 6
        for value, label in ticks.items():
            y = chart.y(value) + chart.line // 2
            yield Rectangle(plot.x, y // 2 * 2, plot.width, thin, self.theme.shade)
            yield self._small(Spot(left, y + middle, "right"), label)
        yield from self._step_numbers(chart)
        yield self._small(place.axis, words.axis(self.language))
        for spot, name, dashed in zip(place.labels, self.parts, (False, True), strict=True):
            yield from chart.sample(spot.sample, dashed)
            yield self._small(spot.name, name)

    def _step_numbers(self, chart: Chart) -> Iterator[Text]:
        """Yield the round steps under a plot that have the room."""
        taken: list[tuple[float, float]] = []
        size = self.layout.text.footer
        for step in step_ticks(chart.steps[-1]):
            label = self.language.number(step)
            width, x = size * text_width(label, False, self.language.fonts), chart.x(step)
            # The last one ends with the plot, as the number above it does.
            left = x - width * (1 if step == chart.steps[-1] else 0.5)
            if all(left + width + size <= begin or end + size <= left for begin, end in taken):
                taken.append((left, left + width))
                yield self._small(Spot(round(left), chart.place.ticks), label)

    def _small(self, spot: Spot, text: str) -> Text:
        return text_at(self.layout, spot, "footer", text, self.theme.muted)
